import assert from "node:assert/strict";
import test from "node:test";
import { addDays } from "../../taper_app/pwa/js/dates.js";
import { days, dose, due, entry, NEEDED, plan, PLAN, snapshot, SNAPSHOTS, TODAY } from "./samples.js";
import { createWorld, settle } from "./world.js";

const viewOf = async (answer) => (await createWorld({ answer }).start()).view();
const card = async (answer) => (await viewOf(answer)).today.plans[0];
const withEntries = (...entries) => snapshot({ entries });
const states = (one) => one.due.map((row) => row.state);

test("A card says the step, through when, how much in how many doses, and what comes next.", async () => {
  const one = await card(snapshot());
  assert.deepEqual([one.step, one.steps, one.day_of_step, one.total, one.doses], [3, 7, 1, "75", 3]);
  assert.equal(one.through.short, "Fri 27 Nov");
  assert.deepEqual([one.next.what, one.next.on.short, one.next.level, one.next.days], ["step", "Sat 28 Nov", "60", 5]);
});

test("A dose has a clock time or a part of the day, and its tablets as the label says.", async () => {
  const [first, second, third] = (await card(snapshot())).due;
  assert.deepEqual([first.time, first.part_of_day, third.time, third.part_of_day], ["08:00", "", "", "bedtime"]);
  assert.deepEqual(first.parts, [{ count: "2", one: false, strength: "15" }]);
  assert.equal(second.parts[0].one, true);
});

test("A dose is open until something is logged for it, and never missed.", async () => {
  assert.deepEqual(states(await card(snapshot())), ["open", "open", "open"]);
  const one = await card(withEntries(dose({ due: due("08:00") }, { at: "08:05" }), dose({ due: due("13:00"), action: "skipped" })));
  assert.deepEqual(states(one), ["taken", "skipped", "open"]);
  assert.equal(one.due[0].logged_time, "08:05");
  assert.equal(one.due[0].sync, "saved");
});

test("A dose in another amount shows that amount, as it was typed.", async () => {
  const one = await card(withEntries(dose({ due: due("08:00"), action: "different", amount: "22.50" })));
  assert.deepEqual([one.due[0].state, one.due[0].logged_amount, one.due[0].amount], ["different", "22.50", "30"]);
});

test("Two devices that tick one dose show it as logged twice, with both times.", async () => {
  const one = await card(withEntries(dose({ due: due("08:00") }, { at: "08:09" }), dose({ due: due("08:00") }, { at: "08:05" })));
  assert.deepEqual([one.due[0].state, one.due[0].times], ["twice", ["08:05", "08:09"]]);
});

test("What was taken back leaves the dose open again.", async () => {
  const first = dose({ due: due("08:00") }, { at: "08:05" });
  const one = await card(withEntries(first, entry("dose", { retracted: true }, { at: "08:06", changes: first.id })));
  assert.equal(one.due[0].state, "open");
});

test("Entries of another day, another plan or another time leave a dose open.", async () => {
  const one = await card(
    withEntries(
      dose({ due: due("08:00", addDays(TODAY, -1)) }), dose({ due: due("09:00") }), dose({ due: due("08:00"), plan_id: "another" }),
    ),
  );
  assert.equal(one.due[0].state, "open");
});

test("Taking the old patch off is shown and is no second dose.", async () => {
  const off = await card(SNAPSHOTS.patch);
  assert.deepEqual([off.patch, off.due[0].state, off.due[0].removed_time], [true, "removed", "08:58"]);
  const entries = [...SNAPSHOTS.patch.entries, dose({ due: due("09:00"), amount: "25" }, { at: "09:02" })];
  const both = await card({ ...SNAPSHOTS.patch, entries });
  assert.deepEqual([both.due[0].state, both.due[0].logged_time, both.due[0].removed_time], ["taken", "09:02", "08:58"]);
});

test("As-needed medicine counts what was logged in 24 hours, and is never due.", async () => {
  const needed = plan({ days: days({ status: "active", step: 3, revision: 1, doses: [], as_needed: [NEEDED] }) });
  const entries = [
    dose({ amount: "5" }, { at: "2026-11-22T10:30:00-06:00" }), dose({ amount: "5" }, { at: "09:40" }),
    // Before the 24 hours, skipped, of another plan, due: none of them counts.
    dose({ amount: "5" }, { at: "2026-11-22T09:30:00-06:00" }), dose({ action: "skipped" }, { at: "09:00" }),
    dose({ amount: "5", plan_id: "another" }, { at: "09:00" }), dose({ due: due("08:00") }, { at: "08:05" }),
  ];
  const one = await card(snapshot({ plans: [needed], entries }));
  assert.equal(one.due.length, 0);
  const [row] = one.as_needed;
  assert.deepEqual([row.logged_24h, row.last_time, row.last_day.date, row.at_most, row.purpose], [2, "09:40", TODAY, "3", "pain"]);
  assert.equal(row.as_written, NEEDED.as_written);
});

test("A dose that happened earlier than it was written counts when it happened.", async () => {
  const needed = plan({ days: days({ status: "active", step: 3, revision: 1, doses: [], as_needed: [NEEDED] }) });
  const late = dose({ amount: "5", happened_at: "2026-11-22T08:00:00-06:00" }, { at: "09:50" });
  const one = await card(snapshot({ plans: [needed], entries: [late] }));
  assert.equal(one.as_needed[0].logged_24h, 0);
});

test("A hold says since when, and has no last day.", async () => {
  const one = await card(SNAPSHOTS.hold);
  assert.deepEqual([one.status, one.held_since.date, one.through.date, one.day_of_step], ["held", "2026-11-18", "", 23]);
});

test("A plan that has not begun says when it does.", async () => {
  const stairs = [{ from: "2026-12-01", to: null, level: "30", status: "active", step: 1, revision: 1 }];
  const one = await card(snapshot({ plans: [plan({ stairs, days: days({ status: "before", step: null, revision: 1, doses: [], as_needed: [] }) })] }));
  assert.deepEqual([one.status, one.starts.date, one.step, one.day_of_step], ["before", "2026-12-01", 0, 0]);
});

test("A plan that is over says since when.", async () => {
  const stairs = [
    { from: "2026-11-01", to: "2026-11-20", level: "30", status: "active", step: 1, revision: 1 },
    { from: "2026-11-21", to: null, level: "0", status: "ended", step: null, revision: 1 },
  ];
  const one = await card(snapshot({ plans: [plan({ stairs, next_change: null, days: days({ status: "ended", step: null, revision: 1, doses: [], as_needed: [] }) })] }));
  assert.deepEqual([one.status, one.ended_on.date, one.through.date, one.next.what], ["ended", "2026-11-21", "", ""]);
});

test("Offline past a change, the stairs say what comes after it.", async () => {
  const world = await createWorld().start();
  world.answer = null;
  await world.pass(6 * 86400000);
  world.core.tick();
  const [one] = world.view().today.plans;
  assert.deepEqual([world.view().today.day.date, one.next.what, one.next.on.date, one.next.level], ["2026-11-29", "step", "2026-12-03", "45"]);
});

test("A flare that is going says since when and on which day of the step.", async () => {
  const [flare] = (await viewOf(SNAPSHOTS.full)).today.flares;
  assert.deepEqual([flare.severity_now, flare.since_time, flare.since.date, flare.day_of_step], ["6", "09:20", TODAY, 1]);
  assert.deepEqual(flare.places, ["lower_back"]);
});

test("Times are shown in the zone they happened in.", async () => {
  const there = dose({ due: due("08:00") }, { at: "2026-11-23T15:05:00+01:00", zone: "Europe/Berlin" });
  const one = await card(withEntries(there));
  assert.equal(one.due[0].logged_time, "15:05");
});

test("Since when nothing was logged is said only when doses were due since and something was logged before.", async () => {
  const since = async (...entries) => (await viewOf(withEntries(...entries))).today.nothing_since.date;
  assert.equal(await since(), "");
  assert.equal(await since(dose({ due: due("08:00", "2026-11-20") }, { at: "2026-11-20T08:00:00-06:00" })), "2026-11-20");
  assert.equal(await since(dose({ due: due("08:00", "2026-11-22") }, { at: "2026-11-22T08:00:00-06:00" })), "");
});

test("Several plans stay apart.", async () => {
  const { today } = await viewOf(snapshot({ ...SNAPSHOTS.several, entries: [dose({ plan_id: PLAN, due: due("08:00") })] }));
  assert.deepEqual(today.plans.map((one) => one.due[0]?.state ?? "none"), ["taken", "open", "none"]);
});

test("A phone whose clock is days off shows the server's day, not doses of another one.", async () => {
  for (const days of [-3000, -2, 2, 20]) {
    const world = createWorld({ answer: snapshot() });
    world.now += days * 86400000;
    const { today, stale } = (await world.start()).view();
    assert.deepEqual([today.day.date, today.has_due, today.plans[0].status, stale], [TODAY, true, "active", false], `${days}`);
    world.answer = null;
    world.core.wake();
    await settle();
    assert.equal(world.view().stale, true, `${days}`);
  }
});

test("A day beyond what was fetched is unknown, never a day on which nothing is due.", async () => {
  const world = await createWorld({ answer: snapshot() }).start();
  assert.equal(world.view().today.unknown, false);
  world.answer = null;
  world.now += 20 * 86400000;
  world.core.tick();
  assert.deepEqual([world.view().today.day.date, world.view().today.has_due, world.view().today.unknown], ["2026-12-13", false, true]);
});

test("A step whose days differ is said to be uneven, so that no page calls its largest day \"a day\".", async () => {
  assert.equal((await card(snapshot())).uneven, false);
  assert.equal((await card(snapshot({ plans: [plan({ uneven: true })] }))).uneven, true);
});
