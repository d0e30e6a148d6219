// @ts-check
// `caring.js` in this browser, for the shared page.

import { useSyncExternalStore } from "react";
import { createCaring, LOADING } from "./caring.js";
import { day, wall } from "./dates.js";
import { decoded } from "./push.js";

const here = /** @type {any} */ (globalThis);
const inBrowser = typeof window !== "undefined";

const caring = createCaring({
  fetch: (...args) => fetch(...args),
  search: () => location.search,
  supported: inBrowser && "serviceWorker" in navigator && "PushManager" in here && "Notification" in here,
  permission: () => here.Notification?.permission ?? "default",
  ask: () => here.Notification.requestPermission(),
  registration: () =>
    Promise.race([navigator.serviceWorker.ready, new Promise((/** @type {(none: null) => void} */ done) => setTimeout(done, 5000, null))]),
  open: (path) => location.assign(path),
  later: (run, ms) => setTimeout(run, ms),
  decoded,
  day: (at) => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const [ends, now] = [Date.parse(String(at)), Date.now()].map((ms) => (Number.isNaN(ms) ? "" : wall(ms, zone).date));
    return day(ends, now, document.documentElement.lang || "en").short;
  },
});

/** How it stands: see `pwa/caring.py`. */
export const useCaring = () => useSyncExternalStore(caring.subscribe, caring.state, () => LOADING);

/** @type {EventSource | null} */
let live = null;

/** Ask how it stands, now and whenever the server says that something changed. */
export function lookAtCaring() {
  void caring.look();
  if (live || typeof EventSource === "undefined") return;
  live = new EventSource("/api/v1/changes");
  live.addEventListener("changed", () => void caring.look());
}

export const { heart: sendHeart, word: sendWord, toggle: toggleAlerts, close: closeView } = caring;
