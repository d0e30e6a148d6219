// @ts-check
// The state of the store and everything that talks to the server. No React here, and nothing global: the browser comes
// in as `env`, so that all of it runs under Node.

import { rfc3339, wallOf } from "./dates.js";
import { afterOthers } from "./fold.js";
import { uuid7 } from "./ids.js";
import { createKeeper } from "./keeper.js";
import { createLive } from "./live.js";
import { createOutbox } from "./outbox.js";
import { createPost } from "./post.js";
import { within } from "./within.js";

/**
 * @typedef {{fetch: typeof fetch, open: (url: string) => EventSource | null, now: () => number, zone: () => string,
 *   path: () => string, search?: () => string, later: (run: () => void, ms: number) => any, cancel: (timer: any) => void,
 *   storage: import("./db.js").Storage, alone?: (run: () => Promise<void>) => Promise<void>, online?: () => boolean,
 *   who?: (account?: string) => string | null, waits?: () => void}} Env
 *   alone: runs while no other tab sends; online: false when the phone knows that it has no network; who: the account that
 *   is signed in here as far as the phone knows, "" for nobody, null when it cannot tell; or remember one; waits: something
 *   waits for the network.
 * @typedef {"loading" | "ready" | "signed_out" | "ended" | "offline"} Phase
 * @typedef {{phase: Phase, online: boolean, snapshot: any, shared: any, drafts: Record<string, any>, minute: number,
 *   lastSaved: string}} State
 */

const API = "/api/v1";
// Clocks that differ by less are on one day, whatever they say about midnight.
const DAY_OFF = 600000;

/** @param {Env} env */
export function createCore(env) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  /** @type {State} */
  let state = blank("loading");
  let mode = "";
  let fetching = false;
  let again = false;
  let wait = 2000;
  /** @type {any} */
  let retry = null;
  let lastFetch = 0;

  const keeper = createKeeper(env, () => state, set);

  const outbox = createOutbox({
    post: createPost(env.fetch),
    storage: env.storage,
    now: env.now,
    alone: env.alone ?? ((run) => run()),
    later: env.later,
    cancel: env.cancel,
    changed: () => set({}),
    refused: (status) => {
      if (status === 401 && [account(), null, undefined].includes(env.who?.())) return signedOut();
      // Somebody else is signed in now: show theirs. What waits stays for its own account.
      leave("loading");
      retry = env.later(() => void refresh(), 1000);
    },
    // The server's own "changed" usually comes first; this is for when that line is down.
    stored: () => {
      const since = lastFetch;
      env.later(() => since === lastFetch && void refresh(), live.isOpen() ? 1500 : 0);
    },
  });

  const live = createLive(env.open, {
    changed: () => void refresh(),
    over: (ms) => {
      env.cancel(retry);
      retry = env.later(() => void refresh(), ms);
    },
  });

  // Another tab signed out: this one shows nothing more either.
  env.storage.onChange(() => void (account() && env.who?.() === "" && signedOut()));

  /** @param {Phase} phase @returns {State} */
  function blank(phase) {
    return { phase, online: env.online?.() ?? true, snapshot: null, shared: null, drafts: {}, minute: minute(), lastSaved: "" };
  }

  function minute() {
    return Math.floor(env.now() / 60000);
  }

  /** @param {Partial<State>} change */
  function set(change) {
    const typed = change.drafts && change.drafts !== state.drafts;
    state = { ...state, minute: minute(), ...change };
    if (typed) keeper.keepDrafts();
    for (const listener of listeners) listener();
  }

  /** Everything of the account leaves memory; only entries not sent yet stay, for when it is back. @param {Phase} phase */
  function leave(phase) {
    live.close();
    env.cancel(retry);
    set({ ...blank(phase), online: state.online });
  }

  // "/shared?as=..." is the patient's own look at what a share shows.
  const preview = () => /[?&]as=([\w-]+)/.exec(env.search?.() ?? "");
  const wanted = () => (!/\/shared\/?$/.test(env.path()) ? "/snapshot" : preview() ? `/shares/${preview()?.[1]}/preview` : "/shared/summary");
  const account = () => state.snapshot?.account.id ?? "";
  // Whose phone it is, also while there is no snapshot to show.
  const owner = () => account() || env.who?.() || "";

  /** The session is over: what was fetched leaves the phone, what waits stays until its owner is back. */
  function signedOut() {
    env.who?.("");
    void keeper.drop();
    leave("signed_out");
  }

  /** Fetch what there is to show. Never two at once; asked for meanwhile, it is done once more. */
  async function refresh() {
    if (wanted() !== mode) {
      if (mode) leave("loading");
      mode = wanted();
    }
    if (state.phase === "ended") return;
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    env.cancel(retry);
    do {
      again = false;
      await fetchOnce(mode);
    } while (again);
    fetching = false;
  }

  /** @param {string} from */
  async function fetchOnce(from) {
    lastFetch = env.now();
    const asked = lastFetch;
    const asker = env.who?.();
    let status = 0;
    let body = null;
    // Nobody is signed in, the server said so with the page: no need to ask, nor to complain in the console.
    if (from === "/snapshot" && asker === "") return signedOut();
    try {
      // The page keeps to the person it shows: another share that is opened here later never takes its place.
      const share = from !== "/shared/summary" ? "" : state.shared ? `?share=${state.shared.id}` : (env.search?.() ?? "");
      const answer = await env.fetch(API + from + share, { credentials: "same-origin", signal: within(20000) });
      status = answer.status;
      if (status === 200) body = await answer.json();
      // What a network answers that first wants to be signed in to.
      if (from === "/snapshot" && !body?.account) body = null;
    } catch {
      status = 0;
    }
    // Another page was opened meanwhile, or somebody signed out or in here: the answer is for nobody.
    if (from !== mode || (from === "/snapshot" && env.who?.() !== asker)) {
      again = true;
      return;
    }
    if (body) {
      wait = 2000;
      if (from === "/snapshot") {
        // Another account than before: nothing of the first may stay.
        if (account() && account() !== body.account.id) leave("loading");
        // A phone whose clock is on another day than the server's would show that day's doses.
        const apart = Math.abs(env.now() - Date.parse(body.known_at)) > DAY_OFF;
        const day_off = apart && wallOf(new Date(env.now()).toISOString(), body.account.zone).date !== body.date;
        set({ phase: "ready", online: true, snapshot: { ...body, day_off } });
        env.who?.(body.account.id);
        void keeper.keep();
        void outbox.settle(new Set(body.entries.map((/** @type {any} */ entry) => entry.id)), asked);
        void outbox.flush(account());
      } else {
        set({ phase: "ready", online: true, shared: { ...body, got_at: rfc3339(env.now(), env.zone()), preview: from !== "/shared/summary" } });
      }
      live.open(`${API}/changes`);
    } else if (status === 401 && from === "/snapshot") {
      signedOut();
    } else if ([401, 403, 404].includes(status) && from !== "/snapshot") {
      leave("ended");
    } else {
      set({ online: false, phase: state.phase === "ready" ? "ready" : "offline" });
      if (from === "/snapshot") void keeper.restore();
      retry = env.later(() => void refresh(), wait);
      wait = Math.min(wait * 2, 60000);
    }
  }

  return {
    state: () => state,
    outbox,
    account,
    owner,
    set,
    refresh,
    /** A page was opened: show what the phone knows, and fetch when that is something else, or nothing came yet. */
    enter() {
      if (wanted() === "/snapshot") void keeper.restore();
      if (wanted() !== mode || state.phase !== "ready") void refresh();
    },
    /** Fetch again and send what waits, now. */
    wake() {
      wait = 2000;
      void refresh();
      void outbox.hurry(account());
    },
    /** Sign out of this phone: nothing of the account stays on it, sent or not. */
    async forget() {
      const gone = owner();
      // First of all nobody is here: an answer that comes meanwhile is not kept.
      env.who?.("");
      leave("signed_out");
      await outbox.forget(gone);
    },
    /** Once a minute: times move on, and a new day is fetched. */
    tick() {
      if (state.phase !== "ready") return;
      set({});
      const age = env.now() - lastFetch;
      const { snapshot } = state;
      // A share does not say in which zone its midnight is.
      if (snapshot ? wallOf(new Date(env.now()).toISOString(), snapshot.account.zone).date !== snapshot.date && age > 50000 : age > 900000) void refresh();
    },
    /** Write an entry down: at once, whatever the line. Returns its id, or "" when nobody is signed in.
     * @param {string} kind @param {Record<string, any>} data @param {string} [changes] */
    record(kind, data, changes) {
      // Also before the first answer: whose phone this is was said with the page.
      const mine = owner();
      if (!mine) return "";
      const now = env.now();
      const id = uuid7(now);
      const at = changes ? afterOthers([...(state.snapshot?.entries ?? []), ...outbox.items().map((item) => item.entry)], changes, now) : now;
      const entry = { id, kind, at: rfc3339(at, env.zone()), zone: env.zone(), data, ...(changes && { changes }) };
      state = { ...state, lastSaved: id };
      // The network may come back only after this page is gone.
      void outbox.add(entry, mine).then(() => outbox.isWaiting(mine) && env.waits?.());
      return id;
    },
    /** @param {() => void} listener */
    subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    now: env.now,
    zone: env.zone,
  };
}

/** @typedef {ReturnType<typeof createCore>} Core */
