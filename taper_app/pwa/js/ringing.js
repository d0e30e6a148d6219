// @ts-check
// `push.js` in this browser, for pages.

import { useSyncExternalStore } from "react";
import { createPush, LOADING } from "./push.js";

const here = /** @type {any} */ (globalThis);
const inBrowser = typeof window !== "undefined";
const isApple = inBrowser && (/iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1));
const isInstalled = inBrowser && matchMedia("(display-mode: standalone)").matches;

const push = createPush({
  fetch: (...args) => fetch(...args),
  supported: inBrowser && "serviceWorker" in navigator && "PushManager" in here && "Notification" in here,
  needsInstall: isApple && !isInstalled && !("PushManager" in here),
  permission: () => here.Notification?.permission ?? "default",
  ask: () => here.Notification.requestPermission(),
  // `ready` waits for ever where no worker was registered.
  registration: () =>
    Promise.race([navigator.serviceWorker.ready, new Promise((/** @type {(none: null) => void} */ done) => setTimeout(done, 5000, null))]),
});

/** How it stands with ringing on this phone: see `pwa/push.py`. */
export const useRinging = () => useSyncExternalStore(push.subscribe, push.state, () => LOADING);

export const { look: lookAtRinging, toggle: toggleRinging, test: ringNow } = push;
