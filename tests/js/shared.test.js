import assert from "node:assert/strict";
import test from "node:test";
import { SUMMARIES } from "./samples.js";
import { createWorld, settle } from "./world.js";

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

test("The page asks for the person in its address, and keeps to the one it shows.", async () => {
  const chosen = await createWorld({ path: "/shared", search: "?share=s1", answer: { ...SUMMARIES.full, id: "s1" } }).start();
  assert.deepEqual(chosen.gets, ["/api/v1/shared/summary?share=s1"]);
  const world = await createWorld({ path: "/shared", answer: { ...SUMMARIES.full, id: "s2" } }).start();
  // Without one in its address it is the one opened last; from then on it is that one, whoever is opened here later.
  world.core.wake();
  await settle();
  assert.deepEqual(world.gets, ["/api/v1/shared/summary", "/api/v1/shared/summary?share=s2"]);
});

test("When the person it shows has ended, the page is empty and shows nobody else.", async () => {
  const world = await createWorld({ path: "/shared", answer: { ...SUMMARIES.full, id: "s1" } }).start();
  world.answer = 401;
  world.core.wake();
  await settle();
  assert.deepEqual([world.view().phase, world.view().shared.display_name], ["ended", ""]);
  world.answer = { ...SUMMARIES.full, id: "s2", display_name: "Bea" };
  world.core.wake();
  await settle();
  assert.deepEqual([world.view().phase, world.view().shared.display_name], ["ended", ""]);
});

test("The patient's own look reads the preview, names no share of this browser, and says that it is one.", async () => {
  const world = await createWorld({ path: "/shared", search: "?as=s1", answer: SUMMARIES.full }).start();
  world.core.wake();
  await settle();
  assert.deepEqual(world.gets, ["/api/v1/shares/s1/preview", "/api/v1/shares/s1/preview"]);
  assert.equal(world.view().shared.preview, true);
  assert.equal((await viewOf(SUMMARIES.full)).preview, false);
});

test("An address that names no share to look at is no preview.", async () => {
  for (const search of ["?as=", "?as=../accounts", "?bas=s1"]) {
    const world = await createWorld({ path: "/shared", search, answer: SUMMARIES.full }).start();
    assert.ok(world.gets[0].startsWith("/api/v1/shared/summary"), world.gets[0]);
  }
});

test("Freshness is by the day; the hour stands there only where the server says it.", async () => {
  const byDay = await viewOf({ ...SUMMARIES.full, fresh_on: "2026-11-23", fresh_at: null });
  assert.deepEqual([byDay.fresh.date, byDay.fresh_hour.date, byDay.fresh_time], ["2026-11-23", "", ""]);
  const byHour = await viewOf({ ...SUMMARIES.full, fresh_on: "2026-11-23", fresh_at: "2026-11-23T13:10:00Z" });
  assert.match(byHour.fresh_time, /^\d\d:10$/);
  assert.notEqual(byHour.fresh_hour.date, "");
});

test("Frozen, the page says up to when; otherwise it says nothing of it.", async () => {
  const frozen = await viewOf({ ...SUMMARIES.full, frozen_at: "2026-11-23T14:10:00Z" });
  assert.match(frozen.frozen_time, /^\d\d:10$/);
  assert.notEqual(frozen.frozen.date, "");
  const open = await viewOf({ ...SUMMARIES.full, frozen_at: null });
  assert.deepEqual([open.frozen_time, open.frozen.date], ["", ""]);
});

test("Without a line the page stays, and knows since when it hears nothing.", async () => {
  const world = await createWorld({ path: "/shared", answer: { ...SUMMARIES.full, id: "s1" } }).start();
  const { got_time } = world.view().shared;
  assert.match(got_time, /^\d\d:\d\d$/);
  world.answer = null;
  world.now += 5 * 60000;
  world.core.wake();
  await settle();
  const later = world.view();
  assert.deepEqual([later.phase, later.online, later.shared.got_time, later.shared.display_name], ["ready", false, got_time, "Ana"]);
  world.answer = { ...SUMMARIES.full, id: "s1" };
  world.core.wake();
  await settle();
  assert.equal(world.view().online, true);
  assert.notEqual(world.view().shared.got_time, got_time);
});
