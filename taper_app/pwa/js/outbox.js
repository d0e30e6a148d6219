// @ts-check
// The one way in: entries are written down on this phone, then sent until the server says what became of them. Only the
// server says "saved". The same code runs in every tab and in the service worker; one of them sends at a time.

/**
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{entry: Entry, account: string, sync: "waiting" | "saved" | "rejected", code: string, message: string,
 *   savedAt?: number, kept: boolean, n?: number}} Item
 *   savedAt: when the server said so, by this phone's clock; kept: it is written down here, and a closed app or an empty
 *   battery does not lose it
 * @typedef {{id: string, status: string, code?: string | null, message?: string | null}} Result
 * @typedef {{status: number, results?: Result[], code?: string, message?: string}} Answer status 0: the line is down
 */

import { createShelf } from "./shelf.js";

const BATCH = 100;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;

/**
 * @param {{post: (entries: Entry[], account: string) => Promise<Answer>, storage: import("./db.js").Storage,
 *   alone: (run: () => Promise<void>) => Promise<void>, changed: () => void, refused: (status: number) => void,
 *   stored: () => void, now: () => number, later: (run: () => void, ms: number) => any, cancel: (timer: any) => void}} env
 *   alone: runs while no other tab sends; changed: something to show; refused: 401 or 409, nobody or somebody else is
 *   signed in; stored: the server has more.
 */
export function createOutbox(env) {
  const shelf = createShelf(env);
  const { loaded, items } = shelf;
  env.storage.onChange(() => void shelf.reload());
  let sending = false;
  let again = false;
  let sender = "";
  let wait = FIRST_WAIT;
  /** @type {any} */
  let timer = null;

  /** Send what waits for this account, in order. @param {string} account */
  async function flush(account) {
    await loaded;
    if (!account) return;
    sender = account;
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    env.cancel(timer);
    let stored = false;
    try {
      do {
        again = false;
        await env.alone(async () => void (stored = (await send(sender)) || stored));
      } while (again);
    } finally {
      sending = false;
    }
    env.changed();
    if (stored) env.stored();
  }

  /** @param {string} account @returns {Promise<boolean>} whether the server took anything */
  async function send(account) {
    // Another tab, or the worker, may have sent some of it meanwhile.
    await shelf.reload();
    let stored = false;
    let size = BATCH;
    for (;;) {
      const batch = items().filter((i) => i.sync === "waiting" && i.account === account).slice(0, size);
      if (!batch.length) return stored;
      const answer = await env.post(batch.map((item) => item.entry), account).catch(() => ({ status: 0 }));
      // A 409 is somebody else's account, or two writes at one moment, which go one after the other.
      if (answer.status === 401 || (answer.status === 409 && answer.code !== "conflict")) {
        env.refused(answer.status);
        return stored;
      }
      if (answer.status === 200 && (await take(batch, answer.results ?? []))) {
        wait = FIRST_WAIT;
        stored = true;
      } else if (isRefusal(answer, batch.length)) {
        // The body as a whole is refused: find the one entry that it is for.
        if (batch.length > 1) size = Math.ceil(batch.length / 2);
        else await shelf.update(new Map([[batch[0].entry.id, rejected(answer.code, answer.message)]]));
      } else {
        timer = env.later(() => void flush(account), wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
        return stored;
      }
    }
  }

  /** Whether sending the same again is no use. Without a code it is something on the way that answered, not our server; that may
   * find a body too large, but no entry. @param {Answer} answer @param {number} entries */
  function isRefusal({ status, code }, entries) {
    if (!code) return status === 413 && entries > 1;
    return status >= 400 && status < 500 && ![403, 404, 408, 409, 425, 429].includes(status);
  }

  /** @param {Item[]} batch @param {Result[]} results @returns {Promise<boolean>} whether any entry was dealt with */
  async function take(batch, results) {
    const sent = new Set(batch.map((item) => item.entry.id));
    /** @type {Map<string, Partial<Item>>} */
    const changes = new Map();
    for (const { id, status, code, message } of results) {
      if (!sent.has(id)) continue;
      if (status === "rejected") changes.set(id, rejected(code, message));
      if (status === "stored" || status === "duplicate") changes.set(id, { sync: "saved", savedAt: env.now(), code: "", message: "" });
    }
    await shelf.update(changes);
    return changes.size > 0;
  }

  /** @param {string | null} [code] @param {string | null} [message] @returns {Partial<Item>} */
  const rejected = (code, message) => ({ sync: "rejected", code: code || "rejected", message: message || "" });

  return {
    ...shelf,
    flush,
    /** @param {string} account */
    isWaiting: (account) => items().some((item) => item.sync === "waiting" && item.account === account),
    /** Written down first, then sent; sent all the same when it cannot be written down. @param {Entry} entry @param {string} account */
    async add(entry, account) {
      await shelf.add({ entry, account, sync: "waiting", code: "", message: "", kept: false });
      await flush(account);
    },
    /** A refused entry, mended and stamped anew: it waits again. @param {string} id @param {Partial<Entry>} better */
    async mend(id, better) {
      const item = items().find((one) => one.entry.id === id);
      if (!item || item.sync !== "rejected") return;
      await shelf.update(new Map([[id, { entry: { ...item.entry, ...better }, sync: "waiting", code: "", message: "" }]]));
      await flush(item.account);
    },
    /** Let go of a refused entry. @param {string} id */
    discard: (id) => shelf.drop((item) => item.sync === "rejected" && item.entry.id === id),
    /** What the server shows needs no keeping: entries in its answer, and those it had stored before it was asked.
     * @param {Set<string>} shown @param {number} asked when the answer was asked for */
    async settle(shown, asked) {
      await loaded;
      // Saved while the answer was on its way, it may not be in it. A time still to come is one of a clock that was set back.
      const since = (/** @type {number} */ at) => at >= asked && at <= env.now();
      await shelf.drop(({ entry, sync, savedAt = 0 }) => shown.has(entry.id) || (sync === "saved" && !since(savedAt)));
    },
    /** Try again at once, also to write down what could not be. @param {string} account */
    async hurry(account) {
      wait = FIRST_WAIT;
      await shelf.keep();
      await flush(account);
    },
  };
}
