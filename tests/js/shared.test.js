import assert from "node:assert/strict";
import test from "node:test";
import { SUMMARIES } from "./samples.js";
import { createWorld } from "./world.js";

const viewOf = async (answer) => (await createWorld({ path: "/shared", answer }).start()).view().shared;

test("With the dates alone, neither medicine nor amount is anywhere in the view.", async () => {
  const shared = await viewOf(SUMMARIES.minimal);
  const [plan] = shared.plans;
  assert.deepEqual([plan.medication, plan.unit, plan.stairs.labels.length, plan.days.length], ["", "", 0, 0]);
  assert.deepEqual([plan.step, plan.steps, plan.day_of_step, plan.next.days, plan.next.on.short], [3, 7, 1, 5, "Sat 28 Nov"]);
  assert.ok(plan.stairs.past && plan.stairs.now && plan.stairs.future);
  assert.ok(!/mg|0\.71|105/.test(JSON.stringify(shared)));
});

test("No entry yet means no day of freshness.", async () => {
  assert.equal((await viewOf(SUMMARIES.minimal)).fresh.date, "");
});

test("With every scope, all of it is there.", async () => {
  const shared = await viewOf(SUMMARIES.full);
  assert.deepEqual([shared.plans[0].medication, shared.plans[0].days.length, shared.plans[0].days[1].day.away], ["Morphine SR", 2, 1]);
  assert.deepEqual([shared.going[0].severity_now, shared.going[0].since_time], ["6", "09:20"]);
  assert.deepEqual([shared.doses[0].taken, shared.doses[0].due], [1, 3]);
  assert.deepEqual([shared.check_ins[0].pain, shared.options[0].option, shared.notes[0].note], ["4", "yoga", "Rain."]);
  assert.deepEqual([shared.naloxone_place, shared.naloxone_expires.date, shared.people[0].name], ["Kitchen", "2027-05-31", "Eva"]);
});

test("A step before its plan has any stairs is an empty picture, not an error.", async () => {
  const shared = await viewOf({ ...SUMMARIES.minimal, plans: [{ stairs: [], steps: 0, step: null, day_of_step: null, next_change: null, medication: null }] });
  assert.deepEqual([shared.plans[0].step, shared.plans[0].next.what], [0, ""]);
});

test("What is shared stands at the time and on the day it had for the patient.", async () => {
  const shared = await viewOf(SUMMARIES.full);
  assert.deepEqual([shared.notes[0].day.date, shared.notes[0].time], ["2026-11-22", "23:00"]);
  assert.deepEqual(shared.check_ins.map((one) => [one.kind, one.time]), [["check_in", "09:00"], ["peg", "09:00"]]);
});
