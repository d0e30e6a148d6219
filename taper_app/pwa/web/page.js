// @ts-check
// A page's side of the worker: a new version that waits, and installing. Pages read it through `usePwa`.

import { useSyncExternalStore } from "react";

/** @typedef {{update_ready: boolean, unsaved: boolean, can_install: "" | "prompt" | "ios", standalone: boolean}} State */

const HOUR = 3600000;
const SHOWN = "pwa-install-shown";
/** @type {State} What the prerendered pages hold. */
const blank = { update_ready: false, unsaved: false, can_install: "", standalone: false };
let state = blank;
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {ServiceWorkerRegistration | undefined} */
let registration;
let accepted = false;
/** @type {any} */
let watch;

/** @param {Partial<State>} change */
function set(change) {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

/** @param {() => void} listener */
function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePwa = () => useSyncExternalStore(subscribe, () => state, () => blank);

/** Whether a reload would lose something: a form field that differs from what it was filled with, or whatever a listener
 * of "pwa:leave" holds back with preventDefault(). */
function isUnsaved() {
  if (!dispatchEvent(new Event("pwa:leave", { cancelable: true }))) return true;
  return [...document.querySelectorAll("form")].some((form) =>
    [.../** @type {HTMLCollectionOf<any>} */ (form.elements)].some((field) =>
      field.options
        ? [...field.options].some((option) => option.selected !== option.defaultSelected)
        : field.type === "checkbox" || field.type === "radio"
          ? field.checked !== field.defaultChecked
          : "defaultValue" in field && field.value !== field.defaultValue,
    ),
  );
}

function offer() {
  set({ update_ready: true });
  const look = () => state.unsaved !== isUnsaved() && set({ unsaved: !state.unsaved });
  look();
  // Fields fill and empty in many ways, and only while the banner stands does it matter.
  watch ??= setInterval(look, 1000);
}

/** Change over to the new version, unless something would be lost. */
export function update() {
  if (isUnsaved()) return set({ unsaved: true });
  accepted = true;
  if (registration?.waiting) registration.waiting.postMessage({ type: "SKIP_WAITING" });
  else location.reload();
}

/** Not now: the banner comes back with the next page load. */
export const later = () => set({ update_ready: false });

/** Show the browser's own question. */
export function install() {
  void /** @type {any} */ (window).pwaPrompt?.prompt();
  set({ can_install: "" });
}

/** localStorage, where the browser allows it. @template T @param {(place: Storage) => T} use @returns {T | null} */
function memory(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

/** The hint is on the screen: not again for a month. */
export const hintShown = () => memory((place) => place.setItem(SHOWN, String(Date.now())));

export const dismissInstall = () => set({ can_install: "" });

async function register() {
  const workers = navigator.serviceWorker;
  let controlled = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => {
    // Between yes and now somebody may have typed.
    if (accepted && !isUnsaved()) location.reload();
    else if (controlled) leaveByLoading();
    accepted = false;
    controlled = true;
  });
  registration = await workers.register(`${import.meta.env.BASE_URL}sw.js`);
  const look = () => registration?.waiting && controlled && !state.update_ready && offer();
  look();
  registration.addEventListener("updatefound", () => registration?.installing?.addEventListener("statechange", look));
  let checked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - checked < HOUR) return;
    checked = Date.now();
    registration?.update().catch(() => {});
  });
}

/** Another tab changed over: files of this page's version may be gone, so a link loads its page anew, and so does a file that
 * is missed, unless something is half-filled. */
function leaveByLoading() {
  if (!state.update_ready) offer();
  addEventListener("vite:preloadError", (event) => {
    if (isUnsaved()) return;
    event.preventDefault();
    location.reload();
  });
  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    // The router's own listener would look for a file of the old version.
    if (link && !isUnsaved()) event.stopImmediatePropagation();
  }, true);
}

if (typeof window !== "undefined" && import.meta.env.PROD && "serviceWorker" in navigator) {
  const ios = /** @type {any} */ (navigator).standalone;
  const recently = () => Date.now() - Number(memory((place) => place.getItem(SHOWN))) < 30 * 24 * HOUR;
  const standalone = ios === true || matchMedia("(display-mode: standalone)").matches;
  state = { ...blank, standalone, can_install: ios === false && !recently() ? "ios" : "" };
  // A script in the head of each page keeps the browser's offer.
  const offered = () => "pwaPrompt" in window && !recently() && set({ can_install: "prompt" });
  offered();
  addEventListener("pwa:prompt", offered);
  addEventListener("appinstalled", () => {
    set({ can_install: "" });
    void navigator.storage?.persist?.();
  });
  // The first visit comes first.
  const soon = () => (window.requestIdleCallback ?? setTimeout)(() => void register().catch(() => {}));
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon);
}
