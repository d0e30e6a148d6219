// @ts-check
// The PIN: kept as PBKDF2 of it over a random salt, tried one at a time, each wrong one written down before it is said.

const ROUNDS = 600000;
export const SHORTEST = 4;
export const LONGEST = 12;
/** After so many wrong ones the phone is signed out. */
export const MOST = 10;
// Seconds to wait before a try, by how many were wrong before it.
const WAITS = [0, 0, 0, 5, 15, 30, 60, 120, 300, 600];

/** @param {string} text */
export const isPin = (text) => new RegExp(`^[0-9]{${SHORTEST},${LONGEST}}$`).test(text);

/** @param {string} pin @param {Uint8Array} salt @param {number} rounds */
async function derive(pin, salt, rounds) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const options = { name: "PBKDF2", hash: "SHA-256", salt: /** @type {BufferSource} */ (salt), iterations: rounds };
  return Array.from(new Uint8Array(await crypto.subtle.deriveBits(options, key, 256)));
}

/** What is kept of a PIN. @param {string} pin @param {number} [rounds] */
export async function makeLock(pin, rounds = ROUNDS) {
  const salt = Array.from(crypto.getRandomValues(new Uint8Array(16)));
  return { salt, rounds, hash: await derive(pin, Uint8Array.from(salt), rounds), wrong: 0, until: 0 };
}

/** @template T @param {() => Promise<T>} run @returns {Promise<T>} */
const alone = (run) => /** @type {any} */ (globalThis.navigator)?.locks?.request("taper-pin", run) ?? run();

/**
 * One try. "gone": nothing that can be read is kept; "out": it was wrong too often.
 * @param {import("./safe.js").Safe} safe @param {string} pin @param {number} now
 * @returns {Promise<{is: "right" | "wrong" | "wait" | "out" | "gone", seconds: number}>}
 */
export function tryPin(safe, pin, now) {
  return alone(async () => {
    const kept = await safe.read().catch(() => null);
    if (!kept) return { is: "gone", seconds: 0 };
    if (kept.wrong >= MOST) return { is: "out", seconds: 0 };
    // A clock that was set back makes nobody wait for longer than the wait is.
    const left = Math.min(kept.until - now, waitAfter(kept.wrong) * 1000);
    if (left > 0) return { is: "wait", seconds: Math.ceil(left / 1000) };
    const wrong = kept.wrong + 1;
    // First: whoever closes the app in between has tried all the same.
    await safe.write({ ...kept, wrong, until: now + waitAfter(wrong) * 1000 });
    const found = await derive(pin, Uint8Array.from(kept.salt), kept.rounds);
    if (found.every((byte, i) => byte === kept.hash[i])) {
      await safe.write({ ...kept, wrong: 0, until: 0 });
      return { is: "right", seconds: 0 };
    }
    return wrong >= MOST ? { is: "out", seconds: 0 } : { is: "wrong", seconds: waitAfter(wrong) };
  });
}

/** Seconds. @param {number} wrong */
const waitAfter = (wrong) => WAITS[Math.min(wrong, WAITS.length - 1)];
