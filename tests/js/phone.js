// A phone with an IndexedDB of its own, which outlives the app: `createWorld({ storage: phone.open() })` starts the app on it.

import "fake-indexeddb/auto";
import { deleteDB, openDB } from "idb";
import { createStorage } from "../../taper_app/pwa/js/db.js";
import { createWorld } from "./world.js";

let count = 0;

export function createPhone() {
  const name = `phone-${(count += 1)}`;
  return {
    name,
    /** A tab's own connection. @param {any} [options] */
    open: (options) => createStorage({ name, ...options }),
    /** The database itself, for a test that looks inside or damages it. */
    inside: () => openDB(name),
    lose: () => deleteDB(name),
    /** The app, started on this phone; `who` is signed in here. */
    async start(options = {}) {
      const world = createWorld({ storage: this.open(), ...options });
      world.who = options.who ?? null;
      await world.start();
      await until(() => world.view().phase !== "loading");
      await world.core.outbox.loaded;
      return world;
    },
  };
}

/** Wait until something holds: storage answers when it can, late on a busy machine. @param {() => unknown} holds */
export async function until(holds) {
  for (const end = performance.now() + 20000; performance.now() < end; ) {
    if (await holds()) return;
    await new Promise((done) => setImmediate(done));
  }
  throw new Error(`never: ${holds}`);
}
