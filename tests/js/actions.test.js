import assert from "node:assert/strict";
import test from "node:test";
import { dose, entry, PLAN, snapshot, SNAPSHOTS, TODAY } from "./samples.js";
import { createWorld, settle } from "./world.js";

const start = async (answer = snapshot()) => createWorld({ answer }).start();
const firstDue = (world) => world.view().today.plans[0].due[0];
const sent = (world) => world.core.outbox.items().map((item) => item.entry);

test("Took it: one tap writes the planned amount for this dose, and shows it before the server answered.", async () => {
  const world = await start();
  world.actions.take(firstDue(world));
  assert.deepEqual(sent(world)[0].data, { plan_id: PLAN, due: { date: TODAY, at: "08:00" }, action: "taken", amount: "30" });
  assert.deepEqual([firstDue(world).state, firstDue(world).sync, firstDue(world).logged_time], ["taken", "writing", "10:00"]);
});

test("A second tap on the same dose is not a second dose, but taking the old patch off goes beside it.", async () => {
  const world = await start();
  const due = firstDue(world);
  world.actions.take(due);
  world.actions.take(due);
  world.actions.skip(due);
  assert.equal(sent(world).length, 1);
  world.actions.removePatch(due);
  world.actions.removePatch(due);
  assert.equal(sent(world).length, 2);
});

test("Undo takes the record out of view with a change, and the dose can be logged again.", async () => {
  const world = await start();
  world.actions.take(firstDue(world));
  const id = firstDue(world).record_id;
  world.now += 5;
  world.actions.retract(id);
  assert.equal(firstDue(world).state, "open");
  assert.deepEqual([sent(world)[1].changes, sent(world)[1].data], [id, { retracted: true }]);
  world.now += 5;
  world.actions.restore(id);
  assert.equal(firstDue(world).state, "taken");
});

test("Skip and a different amount are written as such.", async () => {
  const world = await start();
  const { due } = world.view().today.plans[0];
  world.actions.skip(due[0]);
  world.actions.different(due[1], "7.5");
  assert.deepEqual(sent(world).map(({ data }) => [data.action, data.amount]), [["skipped", undefined], ["different", "7.5"]]);
});

test("An as-needed dose has no due, and a double tap is one dose.", async () => {
  const world = await start();
  world.actions.logAsNeeded(PLAN, "5");
  world.actions.logAsNeeded(PLAN, "5");
  assert.deepEqual(sent(world).map((one) => one.data), [{ plan_id: PLAN, action: "taken", amount: "5" }]);
  world.now += 3000;
  world.actions.logAsNeeded(PLAN);
  assert.equal(sent(world).length, 2);
});

test("An as-needed dose that another phone logged ahead of this clock does not swallow a tap.", async () => {
  const ahead = dose({ action: "taken", happened_at: "2026-11-23T10:30:00-06:00" });
  const world = await start(snapshot({ entries: [ahead] }));
  world.actions.logAsNeeded(PLAN, "5");
  assert.deepEqual(sent(world).map((one) => one.data.amount), ["5"]);
});

test("A flare is ended now.", async () => {
  const world = await start(SNAPSHOTS.full);
  const [flare] = world.view().today.flares;
  world.actions.endFlare(flare.id);
  assert.equal(world.view().today.flares.length, 0);
  assert.equal(sent(world)[0].data.ended_at, "2026-11-23T10:00:00.000-06:00");
});

test("The same question asked twice is one question.", async () => {
  const world = await start();
  world.actions.ask("Is it still right?");
  world.actions.ask("Is it still right?");
  assert.deepEqual(world.view().asked, ["Is it still right?"]);
});

test("Taking back what the server refused lets go of it, without another entry.", async () => {
  const world = await start();
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "rejected", code: "bad", message: "" })) });
  world.actions.tried("yoga");
  await settle();
  world.actions.retract(world.view().rejected[0].id);
  assert.deepEqual([world.core.outbox.items().length, world.view().rejected.length], [0, 0]);
});

test("An action on a record that is not there does nothing.", async () => {
  const world = await start(snapshot({ entries: [entry("note", { text: "a" })] }));
  for (const name of ["retract", "restore", "endFlare", "startEdit", "discard"]) world.actions[name]("nobody");
  assert.equal(sent(world).length, 0);
});

test("After the phone's clock was set back, what is changed last still counts, and undone stays undone.", async () => {
  const world = await start();
  const flare = world.core.record("flare", { severity_now: 5 });
  const shown = () => world.view.records().find((record) => record.id === flare);
  world.now += 3600000;
  world.actions.endFlare(flare);
  world.now -= 3600000;
  world.core.record("flare", { ended_at: null }, flare);
  assert.equal(shown().data.ended_at, undefined);
  world.actions.retract(flare);
  world.actions.restore(flare);
  world.actions.retract(flare);
  assert.equal(shown().retracted, true);
});

test("A change from a clock that was days ahead does not take the next ones along into the future.", async () => {
  const world = await start();
  world.take = null;
  const flare = world.core.record("flare", { severity_now: 5 });
  world.now += 2 * 86400000;
  world.actions.endFlare(flare);
  world.now -= 2 * 86400000;
  world.actions.retract(flare);
  assert.equal(Date.parse(sent(world).at(-1).at), world.now);
});
