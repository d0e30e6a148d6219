// @ts-check
// The same as db.js, only as long as the page lives: for prerendering, and for tests of what is not about storage.

/** @returns {import("./db.js").Storage} */
export function memoryStorage() {
  /** @type {Map<string, import("./outbox.js").Item>} */
  const items = new Map();
  /** @type {Map<string, {account: string, value: any}>} */
  const values = new Map();
  return {
    load: async () => ({ items: [...items.values()], damaged: [] }),
    save: async (some) => {
      for (const item of some) if (!item.kept || items.has(item.entry.id)) items.set(item.entry.id, { ...item, kept: true });
    },
    remove: async (ids) => ids.forEach((id) => items.delete(id)),
    removeDamaged: async () => {},
    keep: async (what, account, value) => void values.set(what, { account, value }),
    kept: async (what) => values.get(what) ?? null,
    drop: async (...names) => names.forEach((name) => values.delete(name)),
    forget: async (account) => {
      for (const [id, item] of items) if (item.account === account) items.delete(id);
      for (const [what, { account: owner }] of values) if (owner === account) values.delete(what);
    },
    onChange: () => {},
  };
}
