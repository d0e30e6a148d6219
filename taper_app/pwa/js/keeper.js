// @ts-check
// What the phone knows without the network: the last snapshot, and forms that were being filled.

/** @typedef {import("./core.js").State} State */

// What was typed and left for longer than this is not brought back.
const FRESH = 24 * 3600 * 1000;
const SOON = 400;

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
  const account = () => state().snapshot?.account.id ?? "";
  // A phone without room goes on without: what was fetched can be fetched again.
  const quiet = () => {};

  /** Bring back what this person was typing, once. */
  async function restoreDrafts() {
    const owner = account();
    if (typist === owner) return;
    typist = owner;
    const found = await storage.kept("drafts").catch(quiet);
    if (found?.account !== owner || now() - found.value.at > FRESH || account() !== owner) return;
    set({ drafts: { ...found.value.drafts, ...state().drafts } });
  }

  return {
    /** Show what was kept for whoever is signed in here, unless something newer is there already. */
    async restore() {
      if (asked || !who?.()) return;
      asked = true;
      const found = await storage.kept("snapshot").catch(quiet);
      if (!found || found.account !== who() || state().snapshot || !["loading", "offline"].includes(state().phase)) return;
      set({ phase: "ready", snapshot: { ...found.value, kept: true } });
      await restoreDrafts();
    },
    /** Keep the snapshot that is shown. */
    async keep() {
      await storage.keep("snapshot", account(), state().snapshot).catch(quiet);
      await restoreDrafts();
    },
    /** Keep what is being typed, a moment after the last letter. */
    keepDrafts() {
      cancel(timer);
      timer = later(() => {
        if (account()) void storage.keep("drafts", account(), { at: now(), drafts: state().drafts }).catch(quiet);
      }, SOON);
    },
    /** The snapshot goes. */
    async drop() {
      typist = "";
      await storage.drop("snapshot").catch(quiet);
    },
  };
}
