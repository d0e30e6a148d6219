// The PIN of the open app: what is kept of it, how wrong ones are slowed down, and an entry that is logged while it is locked.

import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { createStorage } from "../../taper_app/pwa/js/db.js";
import { isPin, makeLock, MOST, tryPin } from "../../taper_app/pwa/js/lock/pin.js";
import { createSafe } from "../../taper_app/pwa/js/lock/safe.js";

const ANA = "0190aaaa-0000-7000-8000-000000000001";
const FEW = 1000;

/** A phone where Ana's app is and has kept something. */
async function phone(pin = "4711") {
  indexedDB.deleteDatabase("taper");
  const storage = createStorage();
  await storage.keep("snapshot", ANA, { name: "Ana" });
  const safe = createSafe(ANA);
  await safe.write(await makeLock(pin, FEW));
  return { storage, safe };
}

test("a PIN is 4 to 12 figures", () => {
  assert.deepEqual(["4711", "123456789012"].map(isPin), [true, true]);
  assert.deepEqual(["471", "1234567890123", "47a1", "", " 4711", "٤٧١١"].map(isPin), [false, false, false, false, false, false]);
});

test("the right PIN opens, a wrong one does not, and neither is kept", async () => {
  const { storage, safe } = await phone();
  assert.equal((await tryPin(safe, "4712", 0)).is, "wrong");
  assert.equal((await tryPin(safe, "4711", 0)).is, "right");
  const kept = await safe.read();
  assert.equal(kept.wrong, 0);
  assert.ok(!JSON.stringify(kept).includes("4711"));
  assert.deepEqual((await storage.kept("snapshot")).value, { name: "Ana" });
});

test("two locks of one PIN have nothing in common, and a real one is slow to try", async () => {
  const [one, other] = [await makeLock("4711", FEW), await makeLock("4711", FEW)];
  assert.notDeepEqual(one.salt, other.salt);
  assert.notDeepEqual(one.hash, other.hash);
  assert.equal((await makeLock("4711")).rounds, 600000);
});

test("wrong ones wait longer each time, closing the app resets nothing, and after ten the phone is signed out", async () => {
  const { safe } = await phone();
  let now = 0;
  const waits = [];
  for (let wrong = 1; wrong < MOST; wrong += 1) {
    const tried = await tryPin(createSafe(ANA), "0000", now);
    assert.equal(tried.is, "wrong");
    waits.push(tried.seconds);
    if (tried.seconds) {
      const early = await tryPin(createSafe(ANA), "4711", now + tried.seconds * 1000 - 1000);
      assert.deepEqual(early, { is: "wait", seconds: 1 }, "the right one waits too, and no try is counted");
    }
    now += tried.seconds * 1000;
  }
  assert.deepEqual(waits, [0, 0, 5, 15, 30, 60, 120, 300, 600]);
  assert.equal((await tryPin(safe, "0000", now)).is, "out");
  assert.equal((await tryPin(safe, "4711", now + 1e9)).is, "out", "and stays so");
});

test("a clock that was set back makes nobody wait for days", async () => {
  const { safe } = await phone();
  for (let n = 0; n < 3; n += 1) await tryPin(safe, "0000", 1e12);
  assert.deepEqual(await tryPin(safe, "4711", 1e9), { is: "wait", seconds: 5 });
});

test("what is damaged, gone or somebody else's opens nothing", async () => {
  const { storage, safe } = await phone();
  assert.equal((await tryPin(createSafe("another"), "4711", 0)).is, "gone");
  await storage.forget(ANA);
  assert.equal((await tryPin(safe, "4711", 0)).is, "gone", "signing out lets go of it");
});

test("where there is no database none is made, so that the app can", async () => {
  await new Promise((done) => (indexedDB.deleteDatabase("taper").onsuccess = done));
  assert.equal((await tryPin(createSafe(ANA), "4711", 0)).is, "gone");
  assert.deepEqual((await indexedDB.databases()).filter((one) => one.name === "taper"), []);
});

test("a flare that is logged while it is locked waits like any other", async () => {
  const { storage, safe } = await phone();
  const entry = { id: "0190bbbb-0000-7000-8000-000000000001", kind: "flare", at: "2026-11-28T10:00:00Z", zone: "UTC", data: { severity_now: 6 } };
  await safe.add(entry);
  const { items, damaged } = await storage.load();
  assert.deepEqual(damaged, []);
  assert.deepEqual(items.map(({ entry, sync, account }) => ({ entry, sync, account })), [{ entry, sync: "waiting", account: ANA }]);
});
