// @ts-check
// What a caregiver sends and is told beside the summary: a short word, alerts to this browser, and the other people whose links
// are open here. Each call names its share, so two people never mix. The browser comes in as `env`.

/**
 * @typedef {{id: string, display_name: string, label: string, twice: boolean, until: string}} Person  see `pwa/caring.py`
 * @typedef {{phase: "loading" | "ready" | "none", share: string, name: string, replies: boolean, ok: string, company: string,
 *   flare: string, quiet_days: string, tells_company: boolean, alerts: boolean, ring: "off" | "on" | "unsupported" | "blocked",
 *   people: Person[], busy: boolean, sent: boolean, words: string, failed: boolean}} State
 *   ok, company: "today", "before" or "" for what the person says now.
 * @typedef {{fetch: typeof fetch, search: () => string, supported: boolean, permission: () => string, ask: () => Promise<string>,
 *   registration: () => Promise<ServiceWorkerRegistration | null>, open: (path: string) => void, later: (run: () => void, ms: number) => any,
 *   decoded: (text: string) => Uint8Array, day: (at: unknown) => string}} Env
 *   day: an instant as the day it is here, in words.
 */

const API = "/api/v1/shared";

/** @type {State} */
export const LOADING = {
  phase: "loading", share: "", name: "", replies: false, ok: "", company: "", flare: "", quiet_days: "", tells_company: false,
  alerts: false, ring: "off", people: [], busy: false, sent: false, words: "", failed: false,
};

/** @param {Env} env */
export function createCaring(env) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let state = LOADING;
  let key = "";

  /** @param {Partial<State>} change */
  function set(change) {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  /** @param {string} path @param {string} method @param {unknown} [body] */
  async function call(path, method, body) {
    const stop = new AbortController();
    const timer = env.later(() => stop.abort(), 20000);
    try {
      const answer = await env.fetch(API + path, {
        method, credentials: "same-origin", signal: stop.signal,
        ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
      });
      const found = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
      if (!answer.ok) throw new Refused(found.error?.message ?? "", answer.status);
      return found;
    } finally {
      clearTimeout(timer);
    }
  }

  const mine = () => (state.share ? `?share=${encodeURIComponent(state.share)}` : "");

  /** One thing at a time; a no is shown in the server's words. Whether it was done. @param {() => Promise<Partial<State>>} what */
  async function doing(what) {
    if (state.busy) return false;
    set({ busy: true, sent: false, failed: false, words: "" });
    try {
      set({ ...(await what()), busy: false });
      return true;
    } catch (error) {
      set({ busy: false, failed: true, words: error instanceof Refused ? error.message : "" });
      return false;
    }
  }

  async function look() {
    const asked = new URLSearchParams(env.search());
    // The patient's own look: nothing here is theirs, and a link that is open in the same browser is somebody else's.
    if (asked.has("as")) return;
    try {
      const { people: open } = await call("/people", "GET");
      const people = open.map((/** @type {any} */ one) => apart(one, open));
      set({ people });
      // The page keeps to the person it was opened with, whoever is opened here later.
      const share = state.share || asked.get("share") || people[0]?.id || "";
      const found = await call(`/care?share=${encodeURIComponent(share)}`, "GET");
      key = found.key;
      set({ phase: "ready", ...told(found), ring: ringing(found.here) });
    } catch (error) {
      // No signal: what was told last stays.
      if (error instanceof Refused && error.status < 500) set({ ...LOADING, phase: "none", people: state.people.filter((one) => one.id !== state.share) });
    }
  }

  /** Two links of one name want more words than the name. @param {any} one @param {any[]} all @returns {Person} */
  function apart(one, all) {
    const twice = all.filter((other) => other.display_name === one.display_name).length > 1;
    return { id: one.id, display_name: one.display_name, label: one.label, twice, until: env.day(one.expires_at) };
  }

  /** @param {boolean} here @returns {State["ring"]} */
  function ringing(here) {
    if (!env.supported) return "unsupported";
    return env.permission() === "denied" ? "blocked" : here ? "on" : "off";
  }

  return {
    state: () => state,
    look,
    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    heart: () => doing(async () => (await call(`/replies${mine()}`, "POST", { kind: "heart" }), { sent: true })),
    /** @param {string} text */
    word: (text) => doing(async () => (await call(`/replies${mine()}`, "POST", { kind: "word", text }), { sent: true })),
    /** Alerts on this browser, or no more. Only now the browser asks whether it may. */
    toggle: () =>
      doing(async () => {
        if (state.ring === "on") return await call(`/push${mine()}`, "DELETE"), { ring: "off" };
        if (!env.supported || (await env.ask()) !== "granted") return { ring: ringing(false) };
        const registration = await env.registration();
        if (!registration) throw new Error("no worker");
        const found =
          (await registration.pushManager.getSubscription()) ??
          (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: env.decoded(key) }));
        await call(`/push${mine()}`, "POST", found.toJSON());
        return { ring: "on" };
      }),
    /** This browser forgets the person that is shown; the others stay. */
    close: () =>
      doing(async () => {
        await call(`/people/${encodeURIComponent(state.share)}`, "DELETE");
        const next = state.people.find((one) => one.id !== state.share);
        env.open(next ? `/shared?share=${next.id}` : "/shared");
        return {};
      }),
  };
}

class Refused extends Error {
  /** @param {string} words @param {number} status */
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}

/** @param {any} found @returns {Partial<State>} */
function told(found) {
  const says = (/** @type {string} */ kind) => {
    const one = (found.says ?? []).find((/** @type {any} */ said) => said.kind === kind);
    return one ? (one.today ? "today" : "before") : "";
  };
  const { flare, quiet_days, company } = found.alerts ?? {};
  return {
    share: String(found.share_id), name: String(found.display_name), replies: found.replies === true, ok: says("ok"),
    company: says("company"), flare: flare ? String(flare) : "", quiet_days: quiet_days ? String(quiet_days) : "",
    tells_company: company === true, alerts: Boolean(flare || quiet_days || company),
  };
}
