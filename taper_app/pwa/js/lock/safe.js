// @ts-check
// What the lock keeps on this phone: a row beside the snapshot, in the database of `db.js` and locked with its key. This module also
// runs without the app's bundle, so it opens that database by itself: as it stands, and never makes one.

const NAME = "taper";
const PATIENCE = 5000;
const AES = { name: "AES-GCM", length: 256 };
const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((done, fail) => {
    const opening = indexedDB.open(NAME);
    // There is none: the app makes it, with its own layout.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => fail(opening.error);
    setTimeout(() => fail(new DOMException("", "TimeoutError")), PATIENCE);
  });
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const asked = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/** @template T @param {(db: IDBDatabase) => Promise<T>} run @returns {Promise<T>} */
async function using(run) {
  const db = await open();
  try {
    return await run(db);
  } finally {
    db.close();
  }
}

/** @param {IDBDatabase} db @returns {Promise<CryptoKey>} */
async function keyOf(db) {
  const found = await asked(db.transaction("key").objectStore("key").get("main"));
  if (!found) throw new Error("no key");
  return found;
}

/** @param {IDBDatabase} db @param {unknown} value @param {string} label */
async function box(db, value, label) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ ...AES, iv, additionalData: bytes(label) }, await keyOf(db), bytes(JSON.stringify(value)));
  return { iv, data };
}

/** @param {string} account */
export function createSafe(account) {
  return {
    /** What the lock wrote for this account. Raises when it is damaged or another's. @returns {Promise<any>} */
    read: () =>
      using(async (db) => {
        const row = await asked(db.transaction("kept").objectStore("kept").get("lock"));
        if (row?.account !== account) throw new Error("no lock");
        const options = { ...AES, iv: row.box.iv, additionalData: bytes(`${account} lock`) };
        return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(options, await keyOf(db), row.box.data)));
      }),
    /** @param {unknown} value */
    write: (value) =>
      using(async (db) => {
        const row = { account, box: await box(db, value, `${account} lock`) };
        await asked(db.transaction("kept", "readwrite").objectStore("kept").put(row, "lock"));
      }),
    drop: () => using(async (db) => void (await asked(db.transaction("kept", "readwrite").objectStore("kept").delete("lock")))),
    /** An entry on its way, as `db.js` writes it down; whoever sends is told. @param {import("../fold.js").Entry} entry */
    add: (entry) =>
      using(async (db) => {
        const item = { entry, sync: "waiting", code: "", message: "" };
        const row = { id: entry.id, account, box: await box(db, item, `${account} ${entry.id}`) };
        await asked(db.transaction("outbox", "readwrite", { durability: "strict" }).objectStore("outbox").add(row));
      }),
  };
}

/** @typedef {ReturnType<typeof createSafe>} Safe */
