// @ts-check
// What the flare form offers from before.

import { happened, list, standing } from "./common.js";

/** Where the latest flare that names a place was, for "same places as last time".
 * @param {import("./common.js").Context} ctx @param {string} [except] the record that is being written */
export function lastPlaces(ctx, except) {
  const before = standing(ctx, "flare").filter((record) => record.id !== except && list(record.data.places).length);
  return list(before.sort((a, b) => happened(a) - happened(b)).at(-1)?.data.places);
}
