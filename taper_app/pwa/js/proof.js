// @ts-check
// `proving.js` in a browser: the box is a part of the page with fixed ids (components/proving.py).
import { proveByPasskey, proveByPassword } from "./proving.js";

/** @param {string} id */
const find = (id) => /** @type {any} */ (document.getElementById(id));

const box = {
  password: () => find("prove-password")?.value ?? "",
  busy: (/** @type {boolean} */ on) => {
    for (const button of document.querySelectorAll("#prove button")) /** @type {any} */ (button).disabled = on;
  },
  say: (/** @type {string} */ words) => {
    const place = find("prove-error");
    if (place) Object.assign(place, { textContent: words, hidden: !words });
    if (words) find("prove-password")?.focus();
  },
  goOn: () => find("prove-on")?.click(),
};

const env = {
  fetch: (/** @type {any} */ ...args) => fetch(.../** @type {[any]} */ (args)),
  // The plain pages use the same file; it is fetched once somebody wants it.
  passkey: async (/** @type {string} */ kind, /** @type {string} */ ask, /** @type {string} */ to) => {
    const address = "/passkeys.js";
    return (await import(/* @vite-ignore */ address)).passkey(kind, ask, to);
  },
};

/** @param {import("./proving.js").Words} words */
export const withPassword = (words) => void proveByPassword(env, box, words);
/** @param {import("./proving.js").Words} words */
export const withPasskey = (words) => void proveByPasskey(env, box, words);

/** Where the question appears it takes the focus, and offers passkeys where the browser knows them. */
export function asked() {
  // Reflex calls this once more when the question goes away.
  const button = find("prove-passkey");
  if (!button) return;
  button.hidden = !(window.PublicKeyCredential && navigator.credentials);
  find("prove-password")?.focus();
}
