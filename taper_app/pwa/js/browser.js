// @ts-check
// What the store asks of the browser, in one place: storage, the line, other tabs, cookies that are no secret.

import { createStorage } from "./db.js";
import { within } from "./within.js";

export const SYNC = "taper-outbox";
const YEAR = 31536000;
const PATIENCE = 60000;

/** Shared by tabs and worker: what is written, and who sends. */
export function createPlace() {
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("taper");
  return {
    storage: createStorage({ channel }),
    alone,
  };
}

/**
 * Runs while no other tab and no worker does. A tab that the phone put to sleep while it was at it is not waited for: sent twice,
 * the server takes an entry once. @param {() => Promise<void>} run @param {number} [patience] milliseconds @returns {Promise<void>}
 */
export async function alone(run, patience = PATIENCE) {
  if (!navigator.locks) return run();
  let mine = false;
  const once = () => ((mine = true), run());
  await navigator.locks.request(SYNC, { signal: within(patience) }, once).catch((error) => {
    if (mine) throw error;
    return run();
  });
}

/** @param {string} name */
const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);

/** @param {string} name @param {string} value "" takes it away */
function setCookie(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${value ? YEAR : 0}${secure}`;
}

/**
 * Whose phone this is: the server's answers set these two cookies at sign-in and sign-out, and this keeps them true when
 * a session ends by itself. `backend-enabled=false` also tells Reflex's client that there is no socket to be had.
 * @param {string} [account] remember this one, "" for nobody
 */
export function who(account) {
  if (account !== undefined && account !== who()) {
    setCookie("taper-who", account);
    setCookie("backend-enabled", account ? "" : "false");
  }
  return cookie("backend-enabled") === "false" ? "" : (cookie("taper-who") ?? null);
}

/** Ask the browser to send what waits as soon as there is a line, even if the app is closed by then. */
export async function waits() {
  const registration = /** @type {any} */ (await navigator.serviceWorker?.getRegistration());
  await registration?.sync?.register(SYNC);
}

/** Leave the server's session too; what a closed app, no line or a server in trouble cut short is done later. @param {boolean} everywhere */
export async function endSession(everywhere) {
  setCookie("taper-leaving", everywhere ? "everywhere" : "here");
  // The next to sign in here has no lock; its PIN went with what was kept.
  globalThis.localStorage?.removeItem("taper-lock");
  const body = new URLSearchParams(everywhere ? { everywhere: "1" } : {});
  const answer = await fetch("/auth/sign-out", { method: "POST", body, redirect: "manual", signal: within(10000) }).catch(() => null);
  // When it is done it sends the browser elsewhere.
  if (answer && (answer.type === "opaqueredirect" || answer.ok)) setCookie("taper-leaving", "");
}

/** End the session of somebody who signed out without a line; nobody who has signed in since. */
export function finishLeaving() {
  const leaving = cookie("taper-leaving");
  if (!leaving) return;
  if (who()) return setCookie("taper-leaving", "");
  // A page from the server may have come with word of the session that is to end.
  who("");
  void endSession(leaving === "everywhere");
}

/** Of an account that was deleted nothing stays here either. @param {import("./core.js").Core["outbox"]} outbox */
export async function finishDeleting(outbox) {
  const gone = cookie("taper-gone");
  if (!gone) return;
  await outbox.forget(gone);
  if (!outbox.trouble()) setCookie("taper-gone", "");
}

/** Hand a file to the person. @param {string} name @param {unknown} content */
export function download(name, content) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
