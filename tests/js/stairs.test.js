import assert from "node:assert/strict";
import test from "node:test";
import { addDays } from "../../taper_app/pwa/js/dates.js";
import { stairsView } from "../../taper_app/pwa/js/views/stairs.js";
import { plan, TODAY } from "./samples.js";

const CTX = { today: TODAY, lang: "en" };
const stair = (from, to, level, more = {}) => ({ from, to, level, status: "active", step: 1, revision: 1, ...more });
const view = (stairs, more = {}, options = {}) => stairsView({ stairs, steps: stairs.length, ...more }, CTX, options);
const numbers = (path) => (path.match(/-?[\d.]+/g) ?? []).map(Number);
const labels = (found) => Object.fromEntries(found.labels.map((one) => [one.role, one.text]));

test("A plan under way has its past filled, its step in a band, today as a dot and the rest dashed.", () => {
  const found = stairsView(plan(), CTX);
  assert.match(found.past_area, /^M4 22H.*Z$/);
  assert.match(found.band, /Z$/);
  assert.equal(found.has_dot, true);
  assert.match(found.future, /H316$/);
  assert.equal(found.undated, "");
  assert.deepEqual(labels(found), { start: "105", now: "75", end: "15" });
});

test("The lines join: the past ends where the step begins, and the future begins where it ends.", () => {
  const found = stairsView(plan(), CTX);
  const [x, y] = numbers(found.now);
  const end = numbers(found.now)[2];
  assert.equal(numbers(found.past).at(-1), y);
  assert.equal(numbers(found.past).at(-2), x);
  assert.deepEqual(numbers(found.future).slice(0, 2), [end, y]);
});

test("The dot moves through its step with the days.", () => {
  const first = stairsView(plan(), CTX).dot_x;
  const last = stairsView(plan(), { ...CTX, today: addDays(TODAY, 4) }).dot_x;
  const [from, , to] = numbers(stairsView(plan(), CTX).now);
  assert.ok(from < first && first < last && last < to);
});

test("The number of now stands clear of the risers beside its step.", () => {
  const found = stairsView(plan(), CTX);
  const [from, , to] = numbers(found.now);
  const { x } = found.labels.find((one) => one.role === "now");
  assert.ok(found.dot_x < from + 14 && x >= from + 14 && x <= to - 14);
});

test("One step without an end is one line with a dot and one label.", () => {
  const found = view([stair("2026-11-10", null, "30")]);
  assert.equal(found.past + found.future + found.undated, "");
  assert.equal(found.now, "M4 22H316");
  assert.deepEqual(labels(found), { now: "30" });
  assert.ok(found.dot_x > 4 && found.dot_x < 316);
});

test("Forty steps go down without ever leaving the picture.", () => {
  const stairs = Array.from({ length: 40 }, (_, i) =>
    stair(addDays(TODAY, (i - 20) * 7), i === 39 ? null : addDays(TODAY, (i - 19) * 7 - 1), String(200 - i * 5), { step: i + 1 }));
  const found = view(stairs);
  const all = numbers(found.past + found.now + found.future);
  assert.ok(all.every((n) => n >= 4 && n <= 316));
  assert.equal(found.rows.length, 40);
  assert.equal(found.rows.filter((row) => row.when === "now").length, 1);
});

test("A step that goes up is drawn higher, like any other.", () => {
  const found = view([
    stair("2026-11-01", "2026-11-20", "30"), stair("2026-11-21", "2026-11-30", "45", { step: 2 }),
    stair("2026-12-01", null, "60", { step: 3 }),
  ]);
  const y = (path) => numbers(path)[1];
  assert.ok(y(found.past) > y(found.now));
  assert.equal(numbers(found.future)[2], 22);
});

test("A hold is flat.", () => {
  const found = view([stair("2026-11-01", "2026-11-17", "90"), stair("2026-11-18", null, "90", { status: "held" })]);
  assert.equal(numbers(found.past)[1], numbers(found.now)[1]);
  assert.equal(found.rows[1].status, "held");
});

test("Levels that are not known are drawn flat and never written.", () => {
  const found = view([stair("2026-11-01", "2026-11-20", null), stair("2026-11-21", null, null, { step: 2 })]);
  assert.deepEqual(found.labels, []);
  assert.equal(numbers(found.past)[1], numbers(found.now)[1]);
  assert.ok(!/NaN/.test(JSON.stringify(found)));
});

test("Steps that wait for something else than a date are a dotted line of equal steps.", () => {
  const next = { what: "undated", level: "15", on: null };
  const found = view([stair("2026-11-10", "2026-11-20", "45"), stair("2026-11-21", null, "30", { step: 2 })], { steps: 4, next_change: next });
  assert.notEqual(found.undated, "");
  assert.equal(found.future, "");
  assert.deepEqual(found.rows.map((row) => row.when), ["past", "now", "undated", "undated"]);
  assert.equal(found.rows[2].level, "15");
  const [x, , down, a, b] = numbers(found.undated);
  assert.ok(down > 22);
  assert.ok(Math.abs(b - a - (a - x)) < 0.2 || Math.abs(numbers(found.undated).at(-1) - a - (a - x)) < 0.2);
});

test("Undated stairs that the server lists are drawn with their own levels.", () => {
  const found = view([stair("2026-11-10", null, "45"), stair(null, null, "30", { step: 2 }), stair(null, null, "15", { step: 3 })], { steps: 3 });
  assert.deepEqual(found.rows.map((row) => row.when), ["now", "undated", "undated"]);
  assert.deepEqual(labels(found), { now: "45", end: "15" });
});

test("A plan that stops comes down to the ground, and its last dose is the last label.", () => {
  const found = view([stair("2026-11-10", "2026-11-30", "15"), stair("2026-12-01", null, "0", { status: "ended", step: null })]);
  assert.equal(numbers(found.future).includes(100), true);
  assert.deepEqual(labels(found), { now: "15" });
});

test("After the end everything is past but the ground.", () => {
  const found = view([stair("2026-10-10", "2026-11-10", "15"), stair("2026-11-11", null, "0", { status: "ended", step: null })]);
  assert.equal(found.dot_y, 100);
  assert.deepEqual(labels(found), { start: "15" });
});

test("Before its first day a plan is all dashed, without a dot.", () => {
  const found = view([stair("2026-12-01", "2026-12-10", "15"), stair("2026-12-11", null, "10", { step: 2 })]);
  assert.deepEqual([found.past, found.now, found.has_dot], ["", "", false]);
  assert.match(found.future, /^M4 22/);
});

test("No stairs at all is an empty picture.", () => {
  const found = view([]);
  assert.deepEqual([found.past, found.now, found.future, found.labels.length], ["", "", "", 0]);
});

test("A flare is a triangle under its own day, and one outside the stairs is not drawn.", () => {
  const found = stairsView(plan(), CTX, { flares: [TODAY, TODAY, addDays(TODAY, -1), "2020-01-01"] });
  assert.equal(found.flares.length, 2);
  assert.equal(numbers(found.flares[0].path)[0], found.dot_x);
});

test("Without labels no number of the plan is written anywhere.", () => {
  const found = stairsView(plan(), CTX, { labels: false });
  assert.deepEqual(found.labels, []);
  assert.ok(found.rows.every((row) => row.level === ""));
});

test("A step of two years leaves room for the others, and a step of a day can be seen.", () => {
  const found = view([
    stair("2024-11-01", "2026-10-31", "90"), stair("2026-11-01", "2026-11-20", "60", { step: 2 }),
    stair("2026-11-21", "2026-11-21", "45", { step: 3 }), stair("2026-11-22", "2026-12-12", "30", { step: 4 }),
  ]);
  const ends = numbers(found.past);
  assert.ok(ends[2] < 190);
  const [, , , second, day] = [ends[0], ends[1], ends[2], ends[4], ends[6]];
  assert.ok(day - second > 8);
});

test("What is taken only when needed makes no stairs; a plan that came down to nothing still does.", () => {
  assert.equal(view([stair("2026-11-10", "2026-11-30", "0"), stair("2026-12-01", null, "0", { step: 2 })]).flat, true);
  assert.equal(view([stair("2026-10-10", "2026-11-10", "15"), stair("2026-11-11", null, "0", { status: "ended", step: null })]).flat, false);
  assert.equal(view([]).flat, false);
});
