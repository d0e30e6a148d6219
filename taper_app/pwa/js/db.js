// @ts-check
// What stays on this phone: entries on their way, the last snapshot, forms half filled. IndexedDB, every value encrypted.
// The key cannot be taken out of the browser, and lies beside what it locks: docs/decisions/0011.

import { openDB } from "idb";

/**
 * @typedef {import("./outbox.js").Item} Item
 * @typedef {(db: import("idb").IDBPDatabase<any>, transaction: any) => void} Layout
 * @typedef {{iv: Uint8Array, data: ArrayBuffer}} Box
 */

/**
 * How the database is laid out, oldest first: a phone that was left at an older one gets the later ones in order.
 * @type {Layout[]}
 */
export const LAYOUTS = [
  (db) => {
    db.createObjectStore("key");
    // `n` is the order in which entries were written, whichever tab wrote them.
    db.createObjectStore("outbox", { keyPath: "n", autoIncrement: true }).createIndex("id", "id", { unique: true });
    db.createObjectStore("kept");
  },
];

// Some browsers now and then do not answer at all, and a tab that sleeps may keep a newer version of the app out.
const PATIENCE = 5000;

const AES = { name: "AES-GCM", length: 256 };

/**
 * @param {{name?: string, layouts?: Layout[], channel?: BroadcastChannel | null, patience?: number}} [options]
 *   channel: tells the other tabs, and the worker, that something was written; patience: how many milliseconds a database that
 *   does not open is waited for. Then every call fails until it does.
 */
export function createStorage({ name = "taper", layouts = LAYOUTS, channel = null, patience = PATIENCE } = {}) {
  /** @type {Promise<import("idb").IDBPDatabase<any>> | null} */
  let opening = null;
  /** @type {Promise<never>} */
  let late;
  /** @type {Promise<CryptoKey> | null} */
  let keyed = null;
  // What is being kept: forgetting waits for it, or it would come after.
  /** @type {Promise<unknown>} */
  let keeping = Promise.resolve();
  /** @type {(() => void)[]} */
  const listeners = [];
  if (channel) channel.onmessage = () => listeners.forEach((run) => run());

  const forgetConnection = () => (opening = null);

  function open() {
    opening ??= connect();
    return Promise.race([opening, late]);
  }

  function connect() {
    const opened = openDB(name, layouts.length, {
      upgrade(db, from, _to, transaction) {
        for (const layout of layouts.slice(from)) layout(db, transaction);
      },
      // A newer version of the app waits for this one: let it, and open anew when asked again.
      blocking: (_now, _wanted, event) => (/** @type {IDBDatabase} */ (event.target).close(), forgetConnection()),
      terminated: forgetConnection,
    }).catch((error) => {
      forgetConnection();
      throw error;
    });
    late = new Promise((_, fail) => {
      const timer = setTimeout(() => fail(new DOMException("", "TimeoutError")), patience);
      void opened.catch(() => {}).then(() => clearTimeout(timer));
    });
    return opened;
  }

  function key() {
    keyed ??= loadKey().catch((error) => {
      keyed = null;
      throw error;
    });
    return keyed;
  }

  async function loadKey() {
    const db = await open();
    const known = await db.get("key", "main");
    if (known) return known;
    const made = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
    // Of two tabs that start at once the first one's key is everybody's.
    const transaction = db.transaction("key", "readwrite");
    const first = (await transaction.store.get("main")) ?? (await transaction.store.put(made, "main"), made);
    await transaction.done;
    return first;
  }

  /** @param {unknown} value @param {string} label what it is, bound into the lock @returns {Promise<Box>} */
  async function lock(value, label) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    const data = await crypto.subtle.encrypt({ ...AES, iv, additionalData: new TextEncoder().encode(label) }, await key(), bytes);
    return { iv, data };
  }

  /** Raises what is damaged. @param {Box} box @param {string} label */
  async function unlock({ iv, data }, label) {
    const options = { ...AES, iv, additionalData: new TextEncoder().encode(label) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(options, await key(), data)));
  }

  const tell = () => channel?.postMessage("changed");

  return {
    /** Every entry, in the order written, and the places of those that cannot be read.
     * @returns {Promise<{items: Item[], damaged: number[]}>} */
    async load() {
      const rows = await (await open()).getAll("outbox");
      /** @type {number[]} */
      const damaged = [];
      const read = await Promise.all(
        rows.map(async (row) => {
          try {
            const item = await unlock(row.box, `${row.account} ${row.id}`);
            if (item.entry.id !== row.id || typeof item.sync !== "string") throw new Error("another entry");
            return { ...item, account: row.account, n: row.n, kept: true };
          } catch {
            damaged.push(row.n);
            return null;
          }
        }),
      );
      return { items: read.filter((item) => item !== null), damaged };
    },

    /** Write entries, all or none. An entry that another tab has let go of meanwhile stays away.
     * @param {Item[]} items @returns {Promise<void>} */
    async save(items) {
      const rows = await Promise.all(
        items.map(async ({ account, kept, n: _, ...item }) => {
          return { kept, id: item.entry.id, account, box: await lock(item, `${account} ${item.entry.id}`) };
        }),
      );
      const transaction = (await open()).transaction("outbox", "readwrite", { durability: "strict" });
      const ids = transaction.store.index("id");
      try {
        for (const { kept, ...row } of rows) {
          const n = await ids.getKey(row.id);
          if (n !== undefined) await transaction.store.put({ ...row, n });
          else if (!kept) await transaction.store.add(row);
        }
      } finally {
        await transaction.done;
      }
      tell();
    },

    /** @param {string[]} ids */
    async remove(ids) {
      const transaction = (await open()).transaction("outbox", "readwrite");
      for (const id of ids) {
        const n = await transaction.store.index("id").getKey(id);
        if (n !== undefined) await transaction.store.delete(n);
      }
      await transaction.done;
      tell();
    },

    /** Let go of entries that cannot be read. @param {number[]} places */
    async removeDamaged(places) {
      const db = await open();
      for (const n of places) await db.delete("outbox", n);
      tell();
    },

    /** Keep one value of an account. @param {string} what @param {string} account @param {unknown} value */
    async keep(what, account, value) {
      const kept = lock(value, `${account} ${what}`).then(async (box) => (await open()).put("kept", { account, box }, what));
      keeping = Promise.allSettled([keeping, kept]);
      await kept;
    },

    /** What was kept, and whose it is; null when there is nothing, or nothing that can be read.
     * @param {string} what @returns {Promise<{account: string, value: any} | null>} */
    async kept(what) {
      const row = await (await open()).get("kept", what);
      try {
        return row ? { account: row.account, value: await unlock(row.box, `${row.account} ${what}`) } : null;
      } catch {
        return null;
      }
    },

    /** @param {string[]} names */
    async drop(...names) {
      const db = await open();
      for (const one of names) await db.delete("kept", one);
    },

    /** Everything of an account, waiting entries too. @param {string} account */
    async forget(account) {
      await keeping;
      const transaction = (await open()).transaction(["outbox", "kept"], "readwrite");
      for (const store of [transaction.objectStore("outbox"), transaction.objectStore("kept")]) {
        for (const place of await store.getAllKeys()) {
          if ((await store.get(place)).account === account) await store.delete(place);
        }
      }
      await transaction.done;
      tell();
    },

    /** Another tab or the worker wrote something. @param {() => void} run */
    onChange: (run) => void listeners.push(run),
  };
}

/** @typedef {ReturnType<typeof createStorage>} Storage */
