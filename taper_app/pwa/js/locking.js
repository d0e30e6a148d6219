// @ts-check
// The lock's own page: turn it on, change it, turn it off.

import { useSyncExternalStore } from "react";
import { COVER, choose, chosen, inUse, who } from "./lock/here.js";
import { isPin, makeLock } from "./lock/pin.js";
import { createSafe } from "./lock/safe.js";

/** @typedef {{known: boolean, on: boolean, after: number, flare: boolean, busy: boolean, problem: string, saved: boolean}} State
 *   problem: "", "short" (no PIN of 4 to 12 digits), "differ", "blocked" (this phone keeps nothing) */

/** @type {State} */
const START = { known: false, on: false, after: 5, flare: false, busy: false, problem: "", saved: false };
let state = START;
/** @type {Set<() => void>} */
const listeners = new Set();

/** @param {Partial<State>} changes */
function set(changes) {
  state = { ...state, ...changes };
  for (const listener of listeners) listener();
}

/** @param {() => void} listener */
function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How it stands: see `pwa/locking.py`. */
export const useLocking = () => useSyncExternalStore(subscribe, () => state, () => START);

export function look() {
  const choice = chosen();
  set({ ...START, known: true, on: choice !== null, ...(choice && { after: choice.after, flare: choice.flare }) });
}

/** @param {string} id */
const typed = (id) => /** @type {HTMLInputElement | null} */ (document.getElementById(id))?.value ?? "";

/** @param {number} after minutes */
export const setAfter = (after) => change({ after });
export const toggleFlare = () => change({ flare: !state.flare });

/** Chosen at once where the lock is on. @param {{after?: number, flare?: boolean}} changes */
function change(changes) {
  set({ ...changes, saved: false });
  if (state.on) choose({ who: who(), after: state.after, flare: state.flare });
}

/** The PIN stands in two fields; it never leaves them. */
export async function turnOn() {
  const pin = typed("new-pin");
  if (!isPin(pin)) return set({ problem: "short", saved: false });
  if (pin !== typed("same-pin")) return set({ problem: "differ", saved: false });
  set({ busy: true, problem: "", saved: false });
  try {
    await createSafe(who()).write(await makeLock(pin));
    choose({ who: who(), after: state.after, flare: state.flare });
    inUse(Date.now());
    if (!document.querySelector(`script[src="${COVER}"]`)) document.head.append(Object.assign(document.createElement("script"), { type: "module", src: COVER }));
    for (const id of ["new-pin", "same-pin"]) /** @type {HTMLInputElement} */ (document.getElementById(id)).value = "";
    set({ on: true, busy: false, saved: true });
  } catch {
    set({ busy: false, problem: "blocked" });
  }
}

export async function turnOff() {
  choose(null);
  await createSafe(who()).drop().catch(() => {});
  look();
}
