import assert from "node:assert/strict";
import test from "node:test";
import { dose, due, entry, PLAN, snapshot, SNAPSHOTS, TODAY } from "./samples.js";
import { createWorld, settle } from "./world.js";

const start = async (answer = snapshot()) => createWorld({ answer }).start();
const sent = (world) => world.core.outbox.items().map((item) => item.entry);
const fill = (world, form, fields) => {
  for (const [name, value] of Object.entries(fields)) world.actions.setField(form, name, value);
};
const form = (world, name) => world.view().forms[name];

test("Every form begins blank: nothing is ticked that nobody ticked.", async () => {
  const world = await start(SNAPSHOTS.full);
  for (const one of Object.values(world.view().forms)) {
    for (const [name, value] of Object.entries(one)) assert.ok(value === "" || value === false || value.length === 0, name);
  }
});

test("A flare is two taps: how bad, and save.", async () => {
  const world = await start();
  world.actions.setField("flare", "severity_now", 6);
  assert.equal(form(world, "flare").severity_now, "6");
  world.actions.saveForm("flare");
  assert.deepEqual(sent(world)[0].data, { severity_now: 6, started_at: "2026-11-23T10:00:00.000-06:00" });
  assert.equal(form(world, "flare").saved_id, sent(world)[0].id);
  assert.deepEqual([form(world, "flare").dirty, form(world, "flare").sync], [false, "writing"]);
});

test("What is added after that is a change of the same record, with the changed fields only.", async () => {
  const world = await start();
  world.actions.setField("flare", "severity_now", 6);
  world.actions.saveForm("flare");
  world.actions.toggleChip("flare", "places", "hip");
  world.actions.toggleChip("flare", "places", "back");
  world.actions.toggleChip("flare", "places", "hip");
  assert.equal(form(world, "flare").dirty, true);
  world.now += 1000;
  world.actions.saveForm("flare");
  const [first, second] = sent(world);
  assert.deepEqual([second.changes, second.data], [first.id, { places: ["back"] }]);
  world.actions.saveForm("flare");
  assert.equal(sent(world).length, 2);
});

test("What was typed stays when the page is left, and a saved form begins blank again.", async () => {
  const world = await start();
  world.actions.begin("flare");
  world.actions.setField("flare", "note", "burning");
  world.actions.begin("flare");
  assert.equal(form(world, "flare").note, "burning");
  world.actions.saveForm("flare");
  world.actions.begin("flare");
  assert.deepEqual([form(world, "flare").note, form(world, "flare").saved_id], ["", ""]);
});

test("What was typed survives a fetch.", async () => {
  const world = await start();
  world.actions.setField("check_in", "note", "a");
  world.answer = snapshot({ entries: [entry("note", { text: "b" })] });
  void world.core.refresh();
  await settle();
  assert.equal(form(world, "check_in").note, "a");
});

test("An empty form is not saved, and says which field is wanted.", async () => {
  const world = await start();
  world.actions.saveForm("flare", "/");
  assert.deepEqual([form(world, "flare").error, form(world, "flare").error_field], ["required", "severity_now"]);
  assert.deepEqual([sent(world).length, world.went.length], [0, 0]);
  world.actions.setField("flare", "severity_now", 0);
  assert.equal(form(world, "flare").error, "");
  world.actions.saveForm("flare", "/");
  assert.deepEqual([sent(world)[0].data.severity_now, world.went], [0, ["/"]]);
});

test("A wrong amount, number or date keeps the form as it was typed.", async () => {
  const world = await start();
  fill(world, "dose", { plan_id: PLAN, action: "different", amount: "7,5" });
  world.actions.saveForm("dose");
  assert.deepEqual([form(world, "dose").error, form(world, "dose").error_field, form(world, "dose").amount], ["not_an_amount", "amount", "7,5"]);
  fill(world, "option_tried", { option: "yoga", minutes: "soon" });
  world.actions.saveForm("option_tried");
  assert.equal(form(world, "option_tried").error_field, "minutes");
  fill(world, "naloxone", { place: "Car", expires_on: "May 2027" });
  world.actions.saveForm("naloxone");
  assert.equal(form(world, "naloxone").error, "not_a_date");
  fill(world, "check_in", { pain: "11" });
  world.actions.saveForm("check_in");
  assert.equal(form(world, "check_in").error, "out_of_range");
  assert.equal(sent(world).length, 0);
});

test("Another amount of a dose goes with its due, and the amount begins blank.", async () => {
  const world = await start();
  const row = world.view().today.plans[0].due[0];
  world.actions.openDifferent(row);
  world.actions.begin("dose");
  const open = form(world, "dose");
  assert.deepEqual([open.amount, open.due_amount, open.unit, open.medication, open.dirty], ["", "30", "mg", "Morphine SR", false]);
  world.actions.saveForm("dose");
  assert.equal(form(world, "dose").error, "required");
  world.actions.setField("dose", "amount", "22.5");
  world.actions.saveForm("dose");
  assert.deepEqual(sent(world)[0].data, { plan_id: PLAN, action: "different", amount: "22.5", due: { date: TODAY, at: "08:00" } });
});

test("A time alone is today's, or yesterday's when it is still to come.", async () => {
  const world = await start();
  for (const [time, at] of [["09:20", "2026-11-23T09:20:00.000-06:00"], ["23:50", "2026-11-22T23:50:00.000-06:00"]]) {
    fill(world, "flare", { severity_now: 5, started_time: time });
    world.actions.saveForm("flare");
    assert.equal(sent(world).at(-1).data.started_at, at);
    world.actions.clear("flare");
  }
  fill(world, "flare", { severity_now: 5, started_date: "2026-11-24", started_time: "09:00" });
  world.actions.saveForm("flare");
  assert.equal(form(world, "flare").error, "in_future");
});

test("A correction opens with what was logged, and sends only what was corrected, null where cleared.", async () => {
  const first = entry("flare", {
    started_at: "2026-11-22T20:00:00-06:00", ended_at: "2026-11-22T21:00:00-06:00", severity_now: 6, note: "x", places: ["hip"],
  });
  const world = await start(snapshot({ entries: [first] }));
  world.actions.startEdit(first.id, "/log");
  const open = form(world, "flare");
  assert.deepEqual([open.started_date, open.started_time, open.severity_now, open.places, open.editing], ["2026-11-22", "20:00", "6", ["hip"], true]);
  fill(world, "flare", { note: "", severity_now: 4, ended_date: "", ended_time: "" });
  world.actions.saveForm("flare");
  assert.deepEqual(sent(world)[0].data, { severity_now: 4, note: null, ended_at: null });
  assert.equal(sent(world)[0].changes, first.id);
});

test("When a flare began is never cleared, and it cannot end before that.", async () => {
  const first = entry("flare", { started_at: "2026-11-22T20:00:00-06:00", severity_now: 6 });
  const world = await start(snapshot({ entries: [first] }));
  world.actions.startEdit(first.id);
  fill(world, "flare", { ended_date: "2026-11-22", ended_time: "19:00" });
  world.actions.saveForm("flare");
  assert.deepEqual([form(world, "flare").error, form(world, "flare").error_field], ["ends_before_start", "ended_time"]);
  fill(world, "flare", { ended_date: "", ended_time: "", started_date: "", started_time: "" });
  world.actions.saveForm("flare");
  assert.deepEqual([form(world, "flare").error, sent(world).length], ["", 0]);
});

test("The time of a correction is read in the zone that the record has.", async () => {
  const first = dose({ due: due("08:00") }, { at: "2026-11-23T14:05:00+01:00", zone: "Europe/Berlin" });
  const world = await start(snapshot({ entries: [first] }));
  world.actions.startEdit(first.id);
  assert.equal(form(world, "dose").time, "14:05");
  world.actions.setField("dose", "time", "13:30");
  world.actions.saveForm("dose");
  assert.deepEqual(sent(world)[0].data, { happened_at: "2026-11-23T13:30:00.000+01:00" });
});

test("A dose corrected to skipped loses its amount.", async () => {
  const first = dose({ due: due("08:00"), amount: "30" });
  const world = await start(snapshot({ entries: [first] }));
  world.actions.startEdit(first.id);
  world.actions.setField("dose", "action", "skipped");
  world.actions.saveForm("dose");
  assert.deepEqual(sent(world)[0].data, { action: "skipped", amount: null });
});

test("Same places as last time are those of the last flare that named any.", async () => {
  const world = await start(SNAPSHOTS.full);
  assert.deepEqual(world.view().last_places, ["lower_back"]);
  world.actions.samePlaces();
  assert.deepEqual(form(world, "flare").places, ["lower_back"]);
});

test("A refused entry that is mended goes again under its id, with a fresh time.", async () => {
  const world = await start();
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "rejected", code: "from_the_future", message: "" })) });
  world.actions.setField("note", "text", "a");
  world.actions.saveForm("note");
  await settle();
  const [refused] = world.view().rejected;
  assert.equal(world.view().history[0].items[0].sync, "rejected");
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  world.actions.startEdit(refused.record_id);
  world.actions.setField("note", "text", "b");
  world.now += 60000;
  world.actions.saveForm("note");
  await settle();
  assert.deepEqual([world.posted.at(-1).id, world.posted.at(-1).data, world.posted.at(-1).at], [refused.id, { text: "b" }, "2026-11-23T10:01:00.000-06:00"]);
  assert.deepEqual(world.view().rejected, []);
});

test("A refused change is mended with what it carried and what was corrected now.", async () => {
  const first = entry("check_in", { pain: 4 });
  const world = await start(snapshot({ entries: [first] }));
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "rejected", code: "out_of_range", message: "" })) });
  world.actions.startEdit(first.id);
  fill(world, "check_in", { pain: 5, sleep: 3 });
  world.actions.saveForm("check_in");
  await settle();
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  world.actions.startEdit(first.id);
  world.actions.setField("check_in", "sleep", 2);
  world.actions.saveForm("check_in");
  await settle();
  assert.deepEqual([world.posted.at(-1).data, world.posted.at(-1).changes, world.view().rejected.length], [{ pain: 5, sleep: 2 }, first.id, 0]);
});

test("The naloxone is one record: its form opens with what is known.", async () => {
  const world = await start(SNAPSHOTS.full);
  world.actions.begin("naloxone");
  assert.deepEqual([form(world, "naloxone").place, form(world, "naloxone").dirty], ["Kitchen, top drawer", false]);
  world.actions.setField("naloxone", "place", "Car");
  world.actions.saveForm("naloxone");
  assert.deepEqual(sent(world)[0].data, { place: "Car" });
});

test("A form for one option does not open with what was typed for another.", async () => {
  const world = await start();
  world.actions.begin("option_tried", { option: "yoga" });
  world.actions.setField("option_tried", "before", 6);
  world.actions.begin("option_tried", { option: "yoga" });
  assert.equal(form(world, "option_tried").before, "6");
  world.actions.begin("option_tried", { option: "massage" });
  assert.deepEqual([form(world, "option_tried").option, form(world, "option_tried").before], ["massage", ""]);
});

test("Without an account the form keeps what was typed and says why.", async () => {
  const world = await createWorld({ answer: null }).start();
  world.actions.setField("flare", "severity_now", 6);
  world.actions.saveForm("flare");
  assert.deepEqual([form(world, "flare").error, form(world, "flare").severity_now], ["not_signed_in", "6"]);
});

test("Own conditions are one record that is opened again and kept up to date.", async () => {
  const world = await start();
  world.actions.begin("health");
  world.actions.toggleChip("health", "conditions", "migraine");
  world.actions.toggleChip("health", "risks", "family");
  world.actions.setField("health", "note", " Gout. ");
  world.actions.saveForm("health");
  world.now += 10000;
  world.actions.begin("health");
  assert.deepEqual([form(world, "health").conditions, form(world, "health").note], [["migraine"], "Gout."]);
  world.actions.toggleChip("health", "conditions", "migraine");
  world.actions.saveForm("health");
  const [first, second] = sent(world);
  assert.deepEqual([first.kind, first.data], ["health", { conditions: ["migraine"], risks: ["family"], note: "Gout." }]);
  assert.deepEqual([second.changes, second.data], [first.id, { conditions: null }]);
});
