// @ts-check
// Photos of the paper beside a plan: fetched, sent, taken away. They live on the server alone; nothing is kept on the phone.
// The browser comes in as `env`, so that all of it runs under Node.

import { within } from "./within.js";

/**
 * @typedef {{id: string, src: string, number: number, large: boolean, asked: boolean}} Photo
 * @typedef {{plan: string, ready: boolean, photos: Photo[], busy: boolean, failed: boolean, words: string}} State
 *   busy: a photo is on its way. failed: the last thing did not work; words: why, where the server says it.
 * @typedef {{fetch: typeof fetch, file: () => File | null, smaller: (file: File) => Promise<Blob>}} Env
 */

/** @type {State} */
export const NOTHING = { plan: "", ready: false, photos: [], busy: false, failed: false, words: "" };

/** @param {Env} env */
export function createPhotos(env) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let state = NOTHING;
  /** @type {{id: string}[]} */
  let found = [];
  let large = "";
  let asked = "";

  /** @param {Partial<State>} [change] */
  function set(change = {}) {
    const photos = found.map(({ id }, i) => ({
      id, src: `${place(state.plan)}/${id}`, number: i + 1, large: id === large, asked: id === asked,
    }));
    state = { ...state, photos, ...change };
    for (const listener of listeners) listener();
  }

  /** Run, and show what went wrong, in the server's words where it has some. What comes back for another plan is dropped.
   * @param {string} plan @param {() => Promise<void>} what */
  async function doing(plan, what) {
    if (state.busy) return;
    set({ busy: true, failed: false, words: "" });
    try {
      await what();
      if (state.plan === plan) set({ busy: false });
    } catch (error) {
      if (state.plan === plan) set({ busy: false, failed: true, words: error instanceof Refused ? error.message : "" });
    }
  }

  /** @param {string} path @param {RequestInit} [more] */
  async function call(path, more) {
    const answer = await env.fetch(path, { credentials: "same-origin", signal: within(60000), ...more });
    const body = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(body.error?.message ?? "");
    return body;
  }

  return {
    state: () => state,
    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Show the photos of a plan; those of another are forgotten first. @param {string} plan */
    look(plan) {
      [state, found, large, asked] = [{ ...NOTHING, plan }, [], "", ""];
      return doing(plan, async () => {
        const { photos } = await call(place(plan));
        if (state.plan !== plan) return;
        found = photos;
        set({ ready: true });
      });
    },
    /** Send the photo that was chosen. */
    add() {
      const { plan } = state;
      const file = env.file();
      return file ? doing(plan, async () => {
        const body = await env.smaller(file);
        const made = await call(place(plan), { method: "POST", headers: { "Content-Type": body.type }, body });
        if (state.plan === plan) found = [...found, made];
      }) : Promise.resolve();
    },
    /** Show one large, or small again. @param {string} id */
    enlarge(id) {
      large = large === id ? "" : id;
      set();
    },
    /** Ask before one is taken away; "" leaves them all. @param {string} id */
    ask(id) {
      asked = id;
      set();
    },
    /** Take away the one that was asked about. */
    remove() {
      const { plan } = state;
      const id = asked;
      return id ? doing(plan, async () => {
        await call(`${place(plan)}/${id}`, { method: "DELETE" });
        if (state.plan !== plan) return;
        found = found.filter((one) => one.id !== id);
        asked = "";
      }) : Promise.resolve();
    },
  };
}

/** The server said no, in words. */
class Refused extends Error {}

/** @param {string} plan */
const place = (plan) => `/api/v1/plans/${encodeURIComponent(plan)}/photos`;
