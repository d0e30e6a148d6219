// @ts-check
// Entries in memory, as they are shown at once, and the same entries written down, as they outlive the app. Every tab has
// a shelf of its own over one storage.

/** @typedef {import("./outbox.js").Item} Item */

/** @param {{storage: import("./db.js").Storage, changed: () => void}} env changed: something to show */
export function createShelf({ storage, changed }) {
  /** @type {Item[]} */
  let items = [];
  /** @type {number[]} */
  let damaged = [];
  // Why the phone does not keep entries: "" (it does), "full", "blocked".
  let trouble = "";
  // Ids whose newest state is on its way into storage: what is read meanwhile is older than what is shown.
  /** @type {Map<string, number>} */
  const writing = new Map();
  // Ids whose newest state found no room: what storage says of them is out of date.
  /** @type {Set<string>} */
  const unwritten = new Set();
  let line = Promise.resolve();
  /** @type {Promise<void> | null} */
  let reading = null;

  /** Read what is written down, by whichever tab; in line with what is being written here. */
  function reload() {
    reading ??= line = line.then(reloadNow);
    return reading;
  }

  async function reloadNow() {
    reading = null;
    try {
      const found = await storage.load();
      const here = new Map(items.map((item) => [item.entry.id, item]));
      const there = new Set(found.items.map((item) => item.entry.id));
      const newer = (/** @type {string} */ id) => writing.has(id) || unwritten.has(id);
      const read = found.items.map((item) => (newer(item.entry.id) ? here.get(item.entry.id) : item));
      const only = items.filter((item) => !there.has(item.entry.id) && (!item.kept || writing.has(item.entry.id)));
      items = [...read.filter((item) => item !== undefined), ...only];
      damaged = found.damaged;
    } catch (error) {
      trouble = problem(error);
    }
    changed();
  }

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
      for (const id of ids) unwritten.delete(id);
      const done = new Set(ids);
      items = items.map((item) => (done.has(item.entry.id) && !item.kept ? { ...item, kept: true } : item));
      if (!items.some((item) => !item.kept && !writing.has(item.entry.id))) trouble = "";
    } catch (error) {
      for (const id of ids) unwritten.add(id);
      trouble = problem(error);
    } finally {
      for (const id of ids) {
        const left = (writing.get(id) ?? 1) - 1;
        if (left) writing.set(id, left);
        else writing.delete(id);
      }
    }
    changed();
  }

  /** @param {unknown} error */
  const problem = (error) => (/** @type {any} */ (error)?.name === "QuotaExceededError" ? "full" : "blocked");

  /** @param {Item[]} some */
  const save = (some) => write(some.map((item) => item.entry.id), () => storage.save(some));

  return {
    /** What was written down before the app was started is read first. */
    loaded: reload(),
    reload,
    /** @returns {readonly Item[]} */
    items: () => items,
    trouble: () => trouble,
    damaged: () => damaged.length,
    /** Shown at once, written down a moment later. @param {Item} item */
    add(item) {
      items = [...items, item];
      changed();
      return save([item]);
    },
    /** @param {Map<string, Partial<Item>>} changes by the id of the entry */
    update(changes) {
      items = items.map((item) => ({ ...item, ...changes.get(item.entry.id) }));
      changed();
      return save(items.filter((item) => changes.has(item.entry.id)));
    },
    /** @param {(item: Item) => boolean} gone */
    async drop(gone) {
      const ids = items.filter(gone).map((item) => item.entry.id);
      if (!ids.length) return;
      items = items.filter((item) => !gone(item));
      changed();
      await write(ids, () => storage.remove(ids));
    },
    /** Write down what could not be before. */
    async keep() {
      const loose = items.filter((item) => !item.kept && !writing.has(item.entry.id));
      if (loose.length) await save(loose);
    },
    /** Let go of what cannot be read. */
    discardDamaged() {
      const places = damaged;
      damaged = [];
      return write([], () => storage.removeDamaged(places));
    },
    /** Nothing of this account stays here. @param {string} account */
    forget(account) {
      const clear = () => (items = items.filter((item) => item.account !== account));
      clear();
      changed();
      // They may have been read once more before it came to this.
      return write([], () => storage.forget(account).then(() => void clear()));
    },
  };
}
