// @ts-check
// In the service worker: send what waits when the network is back, even if every tab is closed (Background Sync).

import { createPlace, SYNC } from "../browser.js";
import { createOutbox } from "../outbox.js";
import { createPost } from "../post.js";

const worker = /** @type {any} */ (self);

worker.addEventListener("sync", (/** @type {any} */ event) => {
  if (event.tag === SYNC) event.waitUntil(send());
});

async function send() {
  const place = createPlace();
  // Whoever is signed in here; entries of anybody else wait for their owner, and the server checks.
  const account = (await place.storage.kept("snapshot"))?.account;
  if (!account) return;
  const outbox = createOutbox({
    ...place, post: createPost(fetch), now: Date.now, changed: () => {}, refused: () => {}, stored: () => {},
    // The browser itself tries again, later and later.
    later: () => null, cancel: () => {},
  });
  await outbox.flush(account);
  if (outbox.isWaiting(account)) throw new Error("still waiting");
}
