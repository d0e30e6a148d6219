// @ts-check
// `photos.js` in this browser, for pages.

import { useSyncExternalStore } from "react";
import { createPhotos, NOTHING } from "./photos.js";

// A camera's picture is larger than the server takes, and than it keeps.
const LARGE = 3000000;
const LONGEST = 2400;

/** The photo that stands in the page's field; the field is then empty, so that the same one can be chosen again. */
function file() {
  const input = /** @type {HTMLInputElement | null} */ (document.getElementById("photo-file"));
  const chosen = input?.files?.[0] ?? null;
  if (input) input.value = "";
  return chosen;
}

/** A large photo made smaller here; as it is where this browser cannot. @param {File} given @returns {Promise<Blob>} */
async function smaller(given) {
  if (given.size <= LARGE) return given;
  try {
    const picture = await createImageBitmap(given);
    const by = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(picture.width * by), Math.round(picture.height * by)];
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return (await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85))) ?? given;
  } catch {
    return given;
  }
}

const photos = createPhotos({ fetch: (...args) => fetch(...args), file, smaller });

/** The photos beside the plan on this page: see `pwa/photos.py`. */
export const usePhotos = () => useSyncExternalStore(photos.subscribe, photos.state, () => NOTHING);

export const {
  look: lookAtPhotos, add: addPhoto, enlarge: enlargePhoto, ask: askPhoto, remove: removePhoto,
} = photos;
