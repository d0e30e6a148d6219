// @ts-check
// A file that is brought in: looked at by its first byte, sent whole, and what the server says of it. Nothing is read here.

import { within } from "./within.js";

/**
 * `code` says what is wrong where the server said nothing: "no_file", "too_large", "no_answer". `draft`: the one draft to look at.
 * @typedef {{id: string, name: string, draft: boolean}} Plan
 * @typedef {{phase: "idle" | "sending" | "failed" | "done", code: string, words: string, place: string, line: number, more: number,
 *   plans: Plan[], logged: number, questions: number, known: boolean}} State
 * @typedef {{fetch: typeof fetch, go: (path: string) => void, came: () => void}} Env
 */

const MOST = 20 * 1024 * 1024;

/** @type {State} */
export const IDLE = {
  phase: "idle", code: "", words: "", place: "", line: 0, more: 0, plans: [], logged: 0, questions: 0, known: false,
};

/** @param {Env} env */
export function createBring(env) {
  /** @type {Set<() => void>} */
  const listeners = new Set();
  let state = IDLE;

  /** @param {Partial<State>} next */
  function set(next) {
    state = { ...IDLE, ...next };
    for (const listener of listeners) listener();
  }

  /** Send a file; a table goes on to the page `next`, where its columns are matched. @param {File | undefined} file @param {string} next */
  async function send(file, next) {
    if (state.phase === "sending") return;
    if (!file) return set({ phase: "failed", code: "no_file" });
    if (file.size > MOST) return set({ phase: "failed", code: "too_large" });
    set({ phase: "sending" });
    try {
      const isTable = !/^\s*[{[]/.test((await file.slice(0, 64).text()).replace(/^\uFEFF/, ""));
      const answer = await env.fetch("/api/v1/import" + (isTable ? "/diary" : ""), {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": isTable ? "text/csv" : "application/json" },
        body: file,
        signal: within(300000),
      });
      const found = await answer.json();
      if (!answer.ok) return set(refused(found.error));
      if (isTable) {
        set({});
        return env.go(`${next}?id=${encodeURIComponent(found.id)}`);
      }
      set(done(found));
      env.came();
    } catch {
      set({ phase: "failed", code: "no_answer" });
    }
  }

  return {
    state: () => state,
    /** @param {() => void} listener */
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send,
    /** Start anew. */
    forget: () => state.phase !== "sending" && set({}),
  };
}

/** @param {{message: string, field: string | null, line?: number, errors?: unknown[]}} error @returns {Partial<State>} */
function refused({ message, field, line, errors }) {
  return { phase: "failed", words: message, place: field ?? "", line: line ?? 0, more: Math.max(0, (errors?.length ?? 1) - 1) };
}

/** @param {{plans: {id: string, name: string | null, status: string, new: boolean}[], entries: number, questions: unknown[]}} found */
function done({ plans, entries, questions }) {
  /** @type {Plan[]} */
  const added = plans.filter((plan) => plan.new).map(({ id, name, status }) => ({ id, name: name ?? "", draft: status === "draft" }));
  return { phase: /** @type {const} */ ("done"), plans: added, logged: entries, questions: questions.length, known: !added.length && !entries };
}
