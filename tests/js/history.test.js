import assert from "node:assert/strict";
import test from "node:test";
import { addDays } from "../../taper_app/pwa/js/dates.js";
import { dose, due, entry, plan, snapshot, SNAPSHOTS, TODAY } from "./samples.js";
import { createWorld } from "./world.js";

const viewOf = async (entries, more = {}) => (await createWorld({ answer: snapshot({ entries, ...more }) }).start()).view();

test("History has the days newest first, and a day without entries is there and empty.", async () => {
  const { history } = await viewOf([dose({ due: due("08:00") })]);
  assert.deepEqual(history.map((one) => one.day.date), Array.from({ length: 11 }, (_, i) => addDays(TODAY, -i)));
  assert.deepEqual(history.map((one) => one.items.length), [1, ...Array(10).fill(0)]);
});

test("History never goes back more than 31 days, nor before the first plan and entry.", async () => {
  const old = [{ from: "2026-01-01", to: null, level: "30", status: "active", step: 1, revision: 1 }];
  assert.equal((await viewOf([], { plans: [plan({ stairs: old })] })).history.length, 31);
  assert.equal((await viewOf([], { plans: [] })).history.length, 1);
});

test("A dose belongs to the day it was due, a flare to the day it began.", async () => {
  const { history } = await viewOf([
    dose({ due: due("bedtime", "2026-11-22") }, { at: "00:10" }),
    entry("flare", { started_at: "2026-11-21T22:00:00-06:00", severity_now: 5 }, { at: "00:20" }),
  ]);
  assert.deepEqual(history.slice(0, 3).map((one) => one.items.map((item) => [item.kind, item.time])), [[], [["dose", "00:10"]], [["flare", "22:00"]]]);
});

test("Within a day the newest comes first.", async () => {
  const { history } = await viewOf([entry("note", { text: "a" }, { at: "07:00" }), entry("note", { text: "b" }, { at: "09:00" })]);
  assert.deepEqual(history[0].items.map((item) => item.note), ["b", "a"]);
});

test("A corrected entry says so, and one that was taken out stays, marked.", async () => {
  const [a, b, c] = [1, 2, 3].map(() => entry("check_in", { pain: 4 }, { at: "08:00" }));
  const { history } = await viewOf([
    a, b, c, entry("check_in", { pain: 3 }, { changes: a.id }), entry("check_in", { retracted: true }, { changes: b.id }),
  ]);
  const marks = Object.fromEntries(history[0].items.map((item) => [item.id, [item.pain, item.changed, item.retracted]]));
  assert.deepEqual(marks, { [a.id]: ["3", true, false], [b.id]: ["4", false, true], [c.id]: ["4", false, false] });
});

test("One dose logged by two devices is two items, both marked.", async () => {
  const { history } = await viewOf([dose({ due: due("08:00") }), dose({ due: due("08:00") }), dose({ due: due("13:00") })]);
  assert.deepEqual(history[0].items.map((item) => item.twice).sort(), [false, true, true]);
});

test("Questions, naloxone, the baseline and own conditions are not part of the days.", async () => {
  const { history } = (await createWorld({ answer: SNAPSHOTS.full }).start()).view();
  const kinds = new Set(history.flatMap((one) => one.items.map((item) => item.kind)));
  assert.deepEqual([...kinds].sort(), ["check_in", "condition", "dose", "flare", "note", "option_tried", "peg"]);
});

test("Options count how often each was tried, with the last time's numbers.", async () => {
  const { options } = await viewOf([
    entry("option_tried", { option: "yoga", before: 6, after: 4 }, { at: "2026-11-20T10:00:00-06:00" }),
    entry("option_tried", { option: "yoga" }, { at: "09:00" }), entry("option_tried", { option: "massage", before: 0 }),
  ]);
  assert.deepEqual([options.yoga.times, options.yoga.last.date, options.yoga.before], [2, TODAY, ""]);
  assert.equal(options.massage.before, "0");
});

test("The naloxone is the latest one written, with its date.", async () => {
  const { safety } = await viewOf([
    entry("naloxone", { place: "Car" }, { at: "07:00" }), entry("naloxone", { place: "Kitchen", expires_on: "2026-11-22" }),
  ]);
  assert.deepEqual([safety.naloxone_place, safety.naloxone_expires.date, safety.naloxone_expired], ["Kitchen", "2026-11-22", true]);
});
