// @ts-check
// What the phone knows without the network: the last snapshot, and forms that were being filled.

import { isDirty } from "./fields.js";

/** @typedef {import("./core.js").State} State */

// What was typed and left for longer than this is not brought back.
const FRESH = 24 * 3600 * 1000;
const SOON = 150;
const PATIENCE = 3000;
// On a shared phone one person's first letter must not replace what another left half-filled.
const draftsOf = (/** @type {string} */ account) => `drafts ${account}`;

/**
 * @param {import("./core.js").Env} env
 * @param {() => State} state
 * @param {(change: Partial<State>) => void} set
 */
export function createKeeper({ storage, now, later, cancel, who }, state, set) {
  /** @type {any} */
  let timer = null;
  let asked = false;
  let typist = "";
  // Whose half-filled forms were brought back: before that nothing may be written over them.
  let back = "";
  // What lies there is this person's: emptied here, it is emptied there too, or what was saved would come back to be saved twice.
  let theirs = false;
  const account = () => state().snapshot?.account.id ?? "";
  // A phone without room goes on without: what was fetched can be fetched again.
  const quiet = () => {};

  /** Bring back what this person was typing, once. */
  async function restoreDrafts() {
    const owner = account();
    if (typist === owner) return;
    typist = owner;
    const found = await storage.kept(draftsOf(owner)).catch(quiet);
    if (account() !== owner) return;
    back = owner;
    theirs = found?.account === owner;
    if (!found || !theirs || now() - found.value.at > FRESH) return saveDrafts();
    // A page opens its form blank before this is read: what is half-filled wins, what is being typed now wins over all.
    const half = (/** @type {any} */ draft) => draft && isDirty(draft.values, draft.original);
    const kept = Object.entries(found.value.drafts).filter(([form, draft]) => half(draft) && !half(state().drafts[form]));
    set({ drafts: { ...state().drafts, ...Object.fromEntries(kept) } });
    await saveDrafts();
  }

  async function saveDrafts() {
    const { drafts } = state();
    if (account() && account() === back && (theirs || Object.keys(drafts).length)) {
      theirs = true;
      await storage.keep(draftsOf(back), back, { at: now(), drafts }).catch(quiet);
    }
  }

  return {
    /** Show what was kept for whoever is signed in here, unless something newer is there already. Where the phone did not answer, it
     * is asked once more the next time. */
    async restore() {
      if (asked || !who?.()) return;
      asked = true;
      const found = await storage.kept("snapshot").catch(() => void (asked = false));
      if (!found || found.account !== who() || state().snapshot || !["loading", "offline"].includes(state().phase)) return;
      set({ phase: "ready", snapshot: found.value });
      // Usually a newer one is there in a moment: only when it is not, the page says how old this one is.
      later(() => state().snapshot === found.value && set({ snapshot: { ...found.value, kept: true } }), PATIENCE);
      await restoreDrafts();
    },
    /** Keep the snapshot that is shown. */
    async keep() {
      if (!account()) return;
      await storage.keep("snapshot", account(), state().snapshot).catch(quiet);
      await restoreDrafts();
    },
    /** Keep what is being typed, a moment after the last letter. */
    keepDrafts() {
      cancel(timer);
      timer = later(() => void saveDrafts(), SOON);
    },
    /** The snapshot goes. */
    async drop() {
      typist = back = "";
      await storage.drop("snapshot").catch(quiet);
    },
  };
}
