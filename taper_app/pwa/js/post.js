// @ts-check
// How entries travel to the server: from a page and from the service worker alike.

import { within } from "./within.js";

/** @param {typeof fetch} ask @returns {(entries: import("./fold.js").Entry[], owner: string) => Promise<import("./outbox.js").Answer>} */
export const createPost = (ask) => async (entries, owner) => {
  const answer = await ask("/api/v1/entries", {
    method: "POST",
    credentials: "same-origin",
    // On a shared phone nothing goes out under another person's cookie.
    headers: { "Content-Type": "application/json", "X-Account": owner },
    body: JSON.stringify({ entries }),
    signal: within(30000),
  });
  const body = await answer.json().catch(() => ({}));
  return { status: answer.status, results: body.results, code: body.error?.code, message: body.error?.message };
};
