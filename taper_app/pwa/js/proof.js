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

/** Where the question appears it takes the focus, and offers a passkey to those who have one that works at this address. */
export async function asked() {
  // Reflex calls this once more when the question goes away.
  if (!find("prove-passkey")) return;
  find("prove-password")?.focus();
  // Browsers make none for an address of figures.
  if (!window.PublicKeyCredential || !navigator.credentials || /^[\d.:[\]]+$/.test(location.hostname)) return;
  const answer = await fetch("/api/v1/passkeys", { credentials: "same-origin" }).catch(() => null);
  const found = answer?.ok ? await answer.json().catch(() => ({})) : {};
  const button = find("prove-passkey");
  if (button) button.hidden = !found.passkeys?.length;
}
