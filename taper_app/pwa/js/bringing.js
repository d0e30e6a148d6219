// @ts-check
// `bring.js` in this browser, for pages.

import { useSyncExternalStore } from "react";
import { createBring, IDLE } from "./bring.js";
import { go, refresh } from "./store.js";

const bring = createBring({ fetch: (...args) => fetch(...args), go, came: () => void refresh() });

/** How it stands with a file that is brought in: see `pwa/bring.py`. */
export const useBringing = () => useSyncExternalStore(bring.subscribe, bring.state, () => IDLE);

/** Send the file that was chosen in an input. @param {string} id @param {string} next */
export function bringFile(id, next) {
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
  void bring.send(input?.files?.[0], next);
}

/** Start anew. */
export const forgetFile = () => void bring.forget();
