// @ts-check
// The only stateful module, and the only one that knows React. Pages import from here.

import { useSyncExternalStore } from "react";
import { createActions } from "./actions.js";
import { createPlace, download, endSession, finishDeleting, finishLeaving, waits, who } from "./browser.js";
import { createCore } from "./core.js";
import { isDirty } from "./fields.js";
import { memoryStorage } from "./memory.js";
import { createView } from "./views/index.js";

const inBrowser = typeof window !== "undefined";

const core = createCore({
  fetch: (...args) => fetch(...args),
  open: (url) => (typeof EventSource === "undefined" ? null : new EventSource(url)),
  now: () => Date.now(),
  zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
  path: () => location.pathname,
  search: () => location.search,
  online: () => !inBrowser || navigator.onLine,
  later: (run, ms) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer),
  // Where a browser has no Background Sync, the next start sends.
  waits: () => void waits().catch(() => {}),
  // While pages are prerendered there is no browser.
  ...(inBrowser ? { ...createPlace(), who } : { storage: memoryStorage() }),
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
  const here = location.pathname + location.search;
  if (path !== here) {
    path = here;
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
  take, skip, different, openDifferent, removePatch, logAsNeeded, retract, restore, endFlare, ask, tried,
  discard, discardDamaged, exportEntries, signOut, setField, toggleChip, samePlaces, begin, clear, saveForm, startEdit, refresh,
} = createActions(core, view, { go, download, endSession });

if (inBrowser) {
  const finish = () => (finishLeaving(), void finishDeleting(core.outbox));
  const wake = () => {
    if (document.visibilityState !== "visible") return void (core.outbox.isWaiting(core.account()) && waits().catch(() => {}));
    finish();
    core.wake();
  };
  finish();
  addEventListener("online", wake);
  addEventListener("offline", () => core.set({ online: false }));
  addEventListener("pageshow", (event) => event.persisted && wake());
  document.addEventListener("visibilitychange", wake);
  setInterval(() => core.tick(), 60000);
  // Once there is something to lose, the browser is asked not to clear it away.
  const stop = core.subscribe(() => {
    if (!core.state().lastSaved) return;
    stop();
    void navigator.storage?.persist?.();
  });
  // A new version does not reload the page over a form that is half-filled.
  addEventListener("pwa:leave", (event) => {
    if (Object.values(core.state().drafts).some((draft) => isDirty(draft.values, draft.original))) event.preventDefault();
  });
  // A tap on a reminder, told by the worker.
  navigator.serviceWorker?.addEventListener("message", ({ data }) => /^\/(?![/\\])/.test(data?.go) && go(data.go));
  // Ask before leaving only while something would be lost: what the phone could not write down.
  const stay = (/** @type {Event} */ event) => event.preventDefault();
  core.subscribe(() => {
    const loose = core.outbox.items().some((item) => !item.kept && item.sync === "waiting");
    (loose ? addEventListener : removeEventListener)("beforeunload", stay);
  });
}
