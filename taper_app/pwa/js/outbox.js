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
  /** @type {Item[]} */
  let items = [];
  /** @type {number[]} */
  let damaged = [];
  // Why the phone does not keep entries: "" (it does), "full", "blocked".
  let trouble = "";
  let sending = false;
  let again = false;
  let sender = "";
  let wait = FIRST_WAIT;
  /** @type {any} */
  let timer = null;
  // Ids whose newest state is on its way into storage: what is read meanwhile is older than what is shown.
  /** @type {Map<string, number>} */
  const writing = new Map();
  let line = Promise.resolve();
  /** @type {Promise<void> | null} */
  let reading = null;
  const find = (/** @type {string} */ id) => items.find((item) => item.entry.id === id);

  /** Read what is written down, by whichever tab; in line with what is being written here. */
  function reload() {
    reading ??= line = line.then(reloadNow);
    return reading;
  }

  async function reloadNow() {
    reading = null;
    try {
      const found = await env.storage.load();
      const here = new Map(items.map((item) => [item.entry.id, item]));
      const there = new Set(found.items.map((item) => item.entry.id));
      items = [
        ...found.items.filter((item) => !writing.has(item.entry.id) || here.has(item.entry.id))
          .map((item) => (writing.has(item.entry.id) ? /** @type {Item} */ (here.get(item.entry.id)) : item)),
        ...items.filter((item) => !there.has(item.entry.id) && (!item.kept || writing.has(item.entry.id))),
      ];
      damaged = found.damaged;
    } catch (error) {
      trouble = problem(error);
    }
    env.changed();
  }

  /** @param {unknown} error */
  const problem = (error) => (/** @type {any} */ (error)?.name === "QuotaExceededError" ? "full" : "blocked");

  /** One after the other, so that what was written first stands first. @param {string[]} ids @param {() => Promise<void>} run */
  function write(ids, run) {
    for (const id of ids) writing.set(id, (writing.get(id) ?? 0) + 1);
    line = line.then(() => writeNow(ids, run));
    return line;
  }

  /** @param {string[]} ids @param {() => Promise<void>} run */
  async function writeNow(ids, run) {
    try {
      await run();
      const done = new Set(ids);
      items = items.map((item) => (done.has(item.entry.id) && !item.kept ? { ...item, kept: true } : item));
      if (!items.some((item) => !item.kept && !writing.has(item.entry.id))) trouble = "";
    } catch (error) {
      trouble = problem(error);
    } finally {
      for (const id of ids) {
        const left = (writing.get(id) ?? 1) - 1;
        if (left) writing.set(id, left);
        else writing.delete(id);
      }
    }
    env.changed();
  }

  /** @param {Item[]} some */
  const save = (some) => write(some.map((item) => item.entry.id), () => env.storage.save(some));

  /** @param {Map<string, Partial<Item>>} changes */
  function update(changes) {
    /** @type {Item[]} */
    const changed = [];
    items = items.map((item) => {
      const change = changes.get(item.entry.id);
      if (!change) return item;
      const next = { ...item, ...change };
      changed.push(next);
      return next;
    });
    env.changed();
    return changed.length ? save(changed) : Promise.resolve();
  }

  /** @param {(item: Item) => boolean} gone */
  function drop(gone) {
    const ids = items.filter(gone).map((item) => item.entry.id);
    if (!ids.length) return Promise.resolve();
    items = items.filter((item) => !gone(item));
    env.changed();
    return write(ids, () => env.storage.remove(ids));
  }

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
    await reload();
    let stored = false;
    let size = BATCH;
    for (;;) {
      const batch = items.filter((i) => i.sync === "waiting" && i.account === account).slice(0, size);
      if (!batch.length) return stored;
      const answer = await env.post(batch.map((item) => item.entry), account).catch(() => ({ status: 0 }));
      if (answer.status === 401 || answer.status === 409) {
        env.refused(answer.status);
        return stored;
      }
      if (answer.status === 200 && (await take(batch, answer.results ?? []))) {
        wait = FIRST_WAIT;
        stored = true;
      } else if (answer.status >= 400 && answer.status < 500 && ![403, 404, 408, 425, 429].includes(answer.status)) {
        // The body as a whole is refused: find the one entry that it is for.
        if (batch.length > 1) size = Math.ceil(batch.length / 2);
        else await update(new Map([[batch[0].entry.id, rejected(answer.code, answer.message)]]));
      } else {
        timer = env.later(() => void flush(account), wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
        return stored;
      }
    }
  }

  /** @param {Item[]} batch @param {Result[]} results @returns {Promise<boolean>} whether any entry was dealt with */
  async function take(batch, results) {
    const sent = new Set(batch.map((item) => item.entry.id));
    /** @type {Map<string, Partial<Item>>} */
    const changes = new Map();
    for (const { id, status, code, message } of results) {
      if (!sent.has(id)) continue;
      changes.set(id, status === "rejected" ? rejected(code, message) : { sync: "saved", savedAt: env.now(), code: "", message: "" });
    }
    await update(changes);
    return changes.size > 0;
  }

  /** @param {string | null} [code] @param {string | null} [message] @returns {Partial<Item>} */
  const rejected = (code, message) => ({ sync: "rejected", code: code || "rejected", message: message || "" });

  const loaded = reload();
  env.storage.onChange(() => void reload());

  return {
    loaded,
    /** @returns {readonly Item[]} */
    items: () => items,
    trouble: () => trouble,
    damaged: () => damaged.length,
    flush,
    /** Written down first, then sent; sent all the same when it cannot be written down. @param {Entry} entry @param {string} account */
    add(entry, account) {
      /** @type {Item} */
      const item = { entry, account, sync: "waiting", code: "", message: "", kept: false };
      items = [...items, item];
      env.changed();
      return save([item]).then(() => flush(account));
    },
    /** A refused entry, mended and stamped anew: it waits again. @param {string} id @param {Partial<Entry>} better */
    mend(id, better) {
      const item = find(id);
      if (!item || item.sync !== "rejected") return;
      const next = { entry: { ...item.entry, ...better }, sync: /** @type {const} */ ("waiting"), code: "", message: "" };
      void update(new Map([[id, next]])).then(() => flush(item.account));
    },
    /** Let go of a refused entry, and of what changes it. @param {string} id */
    discard(id) {
      void drop((item) => item.sync === "rejected" && item.entry.id === id);
    },
    /** Let go of what cannot be read. */
    discardDamaged() {
      const places = damaged;
      damaged = [];
      void write([], () => env.storage.removeDamaged(places));
    },
    /** Nothing of this account stays here. @param {string} account */
    forget(account) {
      items = items.filter((item) => item.account !== account);
      env.changed();
      return write([], () => env.storage.forget(account));
    },
    /** What the server shows needs no keeping: entries in its answer, and those it had stored before it was asked.
     * @param {Set<string>} shown @param {number} asked when the answer was asked for */
    async settle(shown, asked) {
      await loaded;
      await drop(({ entry, sync, savedAt = 0 }) => shown.has(entry.id) || (sync === "saved" && savedAt < asked));
    },
    /** Try again at once, also to write down what could not be. @param {string} account */
    hurry(account) {
      wait = FIRST_WAIT;
      const loose = items.filter((item) => !item.kept && !writing.has(item.entry.id));
      void (loose.length ? save(loose) : Promise.resolve()).then(() => flush(account));
    },
  };
}
