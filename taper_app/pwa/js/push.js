// @ts-check
// Ringing on this phone: asked for by a tap, subscribed with the server's key, told to the server. The browser comes in as
// `env`, so that all of it runs under Node.

import { within } from "./within.js";

/**
 * What stands in the way: nothing ("off" or "on"), the browser ("unsupported"), an iPhone on which the app is not on the home
 * screen yet ("install"), or a no that was said before ("blocked").
 * @typedef {"loading" | "unsupported" | "install" | "blocked" | "off" | "on"} Phase
 * @typedef {{phase: Phase, busy: boolean, failed: boolean, words: string, sent: boolean}} State
 * @typedef {{fetch: typeof fetch, supported: boolean, needsInstall: boolean, permission: () => string, ask: () => Promise<string>,
 *   registration: () => Promise<ServiceWorkerRegistration | null>}} Env
 */

const API = "/api/v1/push";

/** @type {State} */
export const LOADING = { phase: "loading", busy: false, failed: false, words: "", sent: false };

/** @param {Env} env */
export function createPush(env) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let state = LOADING;

  /** @param {Partial<State>} change */
  function set(change) {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }

  /** Run one thing at a time; what goes wrong is shown, in the server's words where it has some. @param {() => Promise<Partial<State>>} what */
  async function doing(what) {
    if (state.busy) return;
    set({ busy: true, failed: false, words: "", sent: false });
    try {
      set({ ...(await what()), busy: false });
    } catch (error) {
      set({ busy: false, failed: true, words: error instanceof Refused ? error.message : "" });
    }
  }

  /** @returns {Phase | ""} */
  function obstacle() {
    if (env.needsInstall) return "install";
    if (!env.supported) return "unsupported";
    return env.permission() === "denied" ? "blocked" : "";
  }

  /** @param {string} path @param {string} method @param {unknown} [body] */
  async function call(path, method, body) {
    const answer = await env.fetch(API + path, {
      method,
      credentials: "same-origin",
      ...(body !== undefined && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
      signal: within(20000),
    });
    const found = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(found.error?.message ?? "");
    return found;
  }

  /** Subscribe with the server's key, anew when the one at hand was made for another, and tell the server. */
  async function subscribe() {
    const registration = await env.registration();
    if (!registration) throw new Error("no worker");
    const { key } = await call("/key", "GET");
    const bytes = decoded(key);
    let found = await registration.pushManager.getSubscription();
    if (found && !same(found.options.applicationServerKey, bytes)) {
      await found.unsubscribe();
      found = null;
    }
    found ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes });
    await call("/subscriptions", "POST", found.toJSON());
  }

  return {
    state: () => state,
    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** See how things are, without asking anybody anything. */
    look: () =>
      doing(async () => {
        const phase = obstacle();
        if (phase) return { phase };
        const found = await (await env.registration())?.pushManager.getSubscription();
        if (!found) return { phase: "off" };
        const { key, here } = await call("/key", "GET");
        if (!here) return { phase: "off" };
        // The server's key has changed: what it sends would not arrive.
        if (!same(found.options.applicationServerKey, decoded(key))) await subscribe();
        return { phase: "on" };
      }),
    /** The switch was tapped: ring here, or no more. Only now the phone asks whether it may. */
    toggle: () =>
      doing(async () => {
        if (state.phase === "on") {
          await call("/subscriptions", "DELETE");
          await (await (await env.registration())?.pushManager.getSubscription())?.unsubscribe();
          return { phase: "off" };
        }
        const phase = obstacle();
        if (phase) return { phase };
        if ((await env.ask()) !== "granted") return { phase: obstacle() || "off" };
        await subscribe();
        return { phase: "on" };
      }),
    /** Ring once, now. */
    test: () =>
      doing(async () => {
        await call("/test", "POST");
        return { sent: true };
      }),
  };
}

/** The server said no, in words. */
class Refused extends Error {}

/** URL-safe base64 to bytes. @param {string} text */
export function decoded(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer | null | undefined} one @param {Uint8Array} other */
function same(one, other) {
  const bytes = one ? new Uint8Array(one) : null;
  // A browser that does not tell its key is believed.
  return !bytes || (bytes.length === other.length && bytes.every((byte, i) => byte === other[i]));
}
