// @ts-check
// `AbortSignal.timeout` for browsers that have none (Chromium before 103, Safari before 16).

/** A signal that ends what has not come by then. @param {number} ms */
export function within(ms) {
  const stop = new AbortController();
  const timer = /** @type {any} */ (setTimeout(() => stop.abort(), ms));
  // In Node, where the tests run, nobody waits for it.
  timer.unref?.();
  return stop.signal;
}
