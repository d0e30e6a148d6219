// @ts-check
// The only stateful module, and the only one that knows the browser and React. Pages import from here.

import { useSyncExternalStore } from "react";
import { createActions } from "./actions.js";
import { createCore } from "./core.js";
import { memoryStorage } from "./outbox.js";
import { createView } from "./views/index.js";

const inBrowser = typeof window !== "undefined";

const core = createCore({
  fetch: (...args) => fetch(...args),
  open: (url) => (typeof EventSource === "undefined" ? null : new EventSource(url)),
  now: () => Date.now(),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
  path: () => location.pathname,
  // api/gate.py sets this with every page it gives out.
  nobody: () => /(^|; )backend-enabled=false(;|$)/.test(document.cookie),
  later: (run, ms) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer),
  storage: memoryStorage(),
});

const view = createView(core, () => (inBrowser && document.documentElement.lang) || "en");
// Pages are prerendered with this, and hydrate with it.
const loading = view();

/** What to show: see `pwa/views/`. */
export const useStore = () => useSyncExternalStore(subscribe, view, () => loading);

let path = "";

/** @param {() => void} listener */
function subscribe(listener) {
  // A share's page and the patient's own pages read different things.
  if (path !== location.pathname) {
    path = location.pathname;
    void core.enter();
  }
  return core.subscribe(listener);
}

/** Go to another page without loading. @param {string} to */
export function go(to) {
  const router = /** @type {any} */ (window).__reactRouterDataRouter;
  if (router) void router.navigate(to);
  else location.assign(to);
}

export const {
  take, skip, different, openDifferent, removePatch, logAsNeeded, retract, restore, endFlare, goOnFlare, ask, tried,
  setNaloxone, discard, setField, toggleChip, samePlaces, begin, clear, saveForm, startEdit, refresh,
} = createActions(core, view, go);

if (inBrowser) {
  const wake = () => document.visibilityState === "visible" && core.wake();
  addEventListener("online", wake);
  addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", wake);
  setInterval(() => core.tick(), 60000);
  // A tap on a reminder, told by the worker.
  navigator.serviceWorker?.addEventListener("message", ({ data }) => /^\/(?![/\\])/.test(data?.go) && go(data.go));
  // Ask before leaving only while something would be lost.
  const stay = (/** @type {Event} */ event) => event.preventDefault();
  core.subscribe(() => {
    const waits = core.outbox.items().some((item) => item.sync === "waiting");
    (waits ? addEventListener : removeEventListener)("beforeunload", stay);
  });
}
