import assert from "node:assert/strict";
import test from "node:test";
import { days, dose, due, NEEDED, plan, snapshot, TODAY } from "./samples.js";
import { createWorld } from "./world.js";

const codes = async (entries, more = {}) => (await createWorld({ answer: snapshot({ entries, ...more }) }).start()).view().guard.codes;
const needed = (...as_needed) => ({ plans: [plan({ days: days({ status: "active", step: 3, revision: 1, doses: [], as_needed }) })] });
const yesterday = "2026-11-22";
const then = { at: `${yesterday}T12:00:00-06:00` };

test("The guard stays shut on silence and on doses as planned.", async () => {
  assert.deepEqual(await codes([]), []);
  assert.deepEqual(await codes([dose({ due: due("08:00"), amount: "30" }), dose({ due: due("13:00"), amount: "15.0" })]), []);
});

test("A dose above the step opens it.", async () => {
  assert.deepEqual(await codes([dose({ due: due("13:00"), action: "different", amount: "15.5" })]), ["above_step"]);
  assert.deepEqual(await codes([dose({ due: due("13:00"), action: "different", amount: "7.5" })]), []);
});

test("A dose on top of a step without as-needed medicine opens it.", async () => {
  assert.deepEqual(await codes([dose({ amount: "5" })]), ["above_step"]);
  assert.deepEqual(await codes([dose({})]), ["above_step"]);
});

test("An as-needed dose opens it only above what is written, in amount or in number.", async () => {
  const three = [1, 2, 3].map(() => dose({ amount: "5" }));
  assert.deepEqual(await codes(three, needed(NEEDED)), []);
  assert.deepEqual(await codes([...three, dose({ amount: "5" })], needed(NEEDED)), ["above_step"]);
  assert.deepEqual(await codes([dose({ amount: "6" })], needed(NEEDED)), ["above_step"]);
  assert.deepEqual(await codes([...three, dose({ amount: "5" })], needed(NEEDED, NEEDED)), []);
});

test("Doses skipped on two days running open it, on two days apart they do not.", async () => {
  const skipped = (date) => dose({ due: due("08:00", date), action: "skipped" }, { at: `${date}T12:00:00-06:00` });
  assert.deepEqual(await codes([skipped(yesterday), skipped("2026-11-21")]), ["skipped_two_days"]);
  assert.deepEqual(await codes([skipped(TODAY), skipped("2026-11-21")]), []);
});

test("What was taken back, or is over a week old, opens nothing.", async () => {
  const over = dose({ due: due("13:00"), amount: "45", action: "different" });
  const back = { ...dose({}), data: { retracted: true }, changes: over.id };
  assert.deepEqual(await codes([over, back]), []);
  const old = dose({ due: due("13:00", "2026-11-16"), amount: "45" }, { at: "2026-11-16T13:00:00-06:00" });
  assert.deepEqual(await codes([old]), []);
});

test("The server's codes stay, the most urgent first.", async () => {
  assert.deepEqual(await codes([dose({ amount: "5" }, then)], { guard: ["at_end", "resumed_after_hold"] }), ["above_step", "resumed_after_hold", "at_end"]);
});

test("A dose just logged above the step opens it at once, with the line down.", async () => {
  const world = await createWorld().start();
  world.take = null;
  world.actions.different(world.view().today.plans[0].due[1], "30");
  assert.equal(world.view().guard.above_step, true);
});
