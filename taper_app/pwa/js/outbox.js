// @ts-check
// The one way in: entries wait here until the server says what became of them. Only the server says "saved".

/**
 * @typedef {import("./fold.js").Entry} Entry
 * @typedef {{entry: Entry, account: string, sync: "waiting" | "saved" | "rejected", code: string, message: string}} Item
 * @typedef {{load: () => Promise<Item[]>, save: (item: Item) => Promise<void>, remove: (id: string) => Promise<void>}} Storage
 * @typedef {{id: string, status: string, code?: string | null, message?: string | null}} Result
 * @typedef {{status: number, results?: Result[], code?: string, message?: string}} Answer status 0: the line is down
 */

const BATCH = 100;
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;

/** Keeps entries only as long as the page lives. @returns {Storage} */
export const memoryStorage = () => ({ load: async () => [], save: async () => {}, remove: async () => {} });

/**
 * @param {{post: (entries: Entry[], account: string) => Promise<Answer>, storage: Storage, changed: () => void,
 *   refused: (status: number) => void, stored: () => void,
 *   later: (run: () => void, ms: number) => any, cancel: (timer: any) => void}} env
 *   changed: something to show; refused: 401 or 409, nobody or somebody else is signed in; stored: the server has more.
 */
export function createOutbox(env) {
  /** @type {Item[]} */
  let items = [];
  let sending = false;
  let wait = FIRST_WAIT;
  /** @type {any} */
  let timer = null;
  const loaded = env.storage.load().then((kept) => {
    if (kept.length) items = [...kept, ...items];
    env.changed();
  });

  /** @param {string} id @param {Partial<Item>} change */
  function update(id, change) {
    items = items.map((item) => {
      if (item.entry.id !== id) return item;
      const next = { ...item, ...change };
      void env.storage.save(next);
      return next;
    });
  }

  /** @param {(item: Item) => boolean} gone */
  function drop(gone) {
    const before = items.length;
    items = items.filter((item) => {
      if (!gone(item)) return true;
      void env.storage.remove(item.entry.id);
      return false;
    });
    if (items.length !== before) env.changed();
  }

  /** Send what waits for this account, in order. @param {string} account */
  async function flush(account) {
    await loaded;
    if (sending || !account) return;
    sending = true;
    env.cancel(timer);
    let stored = false;
    let size = BATCH;
    try {
      for (;;) {
        const batch = items.filter((i) => i.sync === "waiting" && i.account === account).slice(0, size);
        if (!batch.length) break;
        const answer = await env.post(batch.map((item) => item.entry), account).catch(() => ({ status: 0 }));
        if (answer.status === 401 || answer.status === 409) {
          env.refused(answer.status);
          break;
        }
        if (answer.status === 200 && take(batch, answer.results ?? [])) {
          wait = FIRST_WAIT;
          stored = true;
        } else if (answer.status >= 400 && answer.status < 500 && ![403, 404, 408, 425, 429].includes(answer.status)) {
          // The body as a whole is refused: find the one entry that it is for.
          if (batch.length > 1) size = Math.ceil(batch.length / 2);
          else reject(batch[0].entry.id, answer.code, answer.message);
        } else {
          timer = env.later(() => void flush(account), wait);
          wait = Math.min(wait * 2, LONGEST_WAIT);
          break;
        }
      }
    } finally {
      sending = false;
    }
    env.changed();
    if (stored) env.stored();
  }

  /** @param {Item[]} batch @param {Result[]} results @returns {boolean} whether any entry was dealt with */
  function take(batch, results) {
    let any = false;
    const sent = new Set(batch.map((item) => item.entry.id));
    for (const { id, status, code, message } of results) {
      if (!sent.has(id)) continue;
      any = true;
      if (status === "rejected") reject(id, code, message);
      else update(id, { sync: "saved", code: "", message: "" });
    }
    env.changed();
    return any;
  }

  /** @param {string} id @param {string | null} [code] @param {string | null} [message] */
  function reject(id, code, message) {
    update(id, { sync: "rejected", code: code || "rejected", message: message || "" });
  }

  return {
    /** @returns {readonly Item[]} */
    items: () => items,
    flush,
    /** @param {Entry} entry @param {string} account */
    add(entry, account) {
      /** @type {Item} */
      const item = { entry, account, sync: "waiting", code: "", message: "" };
      items = [...items, item];
      void env.storage.save(item);
      env.changed();
      void flush(account);
    },
    /** A refused entry, mended and stamped anew: it waits again. @param {string} id @param {Partial<Entry>} better */
    mend(id, better) {
      const item = items.find((one) => one.entry.id === id);
      if (!item || item.sync !== "rejected") return;
      update(id, { entry: { ...item.entry, ...better }, sync: "waiting", code: "", message: "" });
      env.changed();
      void flush(item.account);
    },
    /** Let go of a refused entry, and of what changes it. @param {string} id */
    discard(id) {
      drop((item) => item.sync === "rejected" && item.entry.id === id);
    },
    /** What the server shows needs no keeping: entries in its answer, and those it had stored before it was asked.
     * @param {Set<string>} shown @param {Set<string>} storedBefore */
    settle(shown, storedBefore) {
      drop(({ entry, sync }) => shown.has(entry.id) || (sync === "saved" && storedBefore.has(entry.id)));
    },
    /** Try again at once. @param {string} account */
    hurry(account) {
      wait = FIRST_WAIT;
      void flush(account);
    },
  };
}
