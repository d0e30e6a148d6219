// @ts-check
// How the lock stands on this phone: whose it is, after how many minutes it asks. No secret, so that a page can be covered before
// anything else of it is there (`components/lock.py` has the line that does).

/** @typedef {{who: string, after: number, flare: boolean}} Choice */

const CHOSEN = "taper-lock";
const OPEN = "taper-open";
// A page that loads anew was not left.
const GRACE = 10000;
export const COVER = "/locked/lock/cover.js";

/** @param {string} name */
const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

/** Whose phone this is, "" for nobody. */
export const who = () => (cookie("backend-enabled") === "false" ? "" : cookie("taper-who"));

/** What was chosen here, by whoever is signed in; null when there is no lock. @returns {Choice | null} */
export function chosen() {
  try {
    const found = JSON.parse(localStorage.getItem(CHOSEN) ?? "null");
    return found?.who && found.who === who() ? found : null;
  } catch {
    return null;
  }
}

/** @param {Choice | null} choice */
export function choose(choice) {
  if (choice) localStorage.setItem(CHOSEN, JSON.stringify(choice));
  else localStorage.removeItem(CHOSEN);
}

/** The app is in use now. @param {number} now */
export const inUse = (now) => sessionStorage.setItem(OPEN, String(now));
export const forgetUse = () => sessionStorage.removeItem(OPEN);

/** Whether it was away for longer than was chosen; a clock that was set back counts as away. @param {Choice} choice @param {number} now */
export function wasAway(choice, now) {
  const away = now - Number(sessionStorage.getItem(OPEN) || -Infinity);
  return !(Math.abs(away) < choice.after * 60000 + GRACE);
}

/** @param {string} name @param {string} value "" takes it away */
export function setCookie(name, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; SameSite=Lax; Max-Age=${value ? 31536000 : 0}${secure}`;
}

/** End the session here. What waits stays, locked, for whoever signs in with the password; with no signal the session is ended later. */
export async function signOutHere() {
  // As `browser.js` has it.
  setCookie("taper-leaving", "here");
  setCookie("taper-who", "");
  setCookie("backend-enabled", "false");
  choose(null);
  sessionStorage.clear();
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 5000);
  const asked = { method: "POST", body: new URLSearchParams(), redirect: /** @type {RequestRedirect} */ ("manual"), signal: stop.signal };
  const answer = await fetch("/auth/sign-out", asked).catch(() => null);
  clearTimeout(timer);
  if (answer && (answer.type === "opaqueredirect" || answer.ok)) setCookie("taper-leaving", "");
  return answer !== null;
}
