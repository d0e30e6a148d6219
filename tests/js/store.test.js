import assert from "node:assert/strict";
import test from "node:test";
import { addDays } from "../../taper_app/pwa/js/dates.js";
import { dose, due, snapshot, SNAPSHOTS, SUMMARIES, TODAY } from "./samples.js";
import { createWorld, settle } from "./world.js";

test("The store starts as loading, and is ready with the first snapshot.", async () => {
  const world = createWorld();
  assert.equal(world.view().phase, "loading");
  await world.start();
  assert.deepEqual([world.view().phase, world.view().ready, world.view().display_name], ["ready", true, "Ana"]);
  assert.deepEqual(world.gets, ["/api/v1/snapshot"]);
});

test("The view is the same object until something changed.", async () => {
  const world = await createWorld().start();
  const before = world.view();
  assert.equal(world.view(), before);
  void world.core.refresh();
  await settle();
  assert.equal(world.view(), before);
  await world.pass(30000);
  world.core.tick();
  assert.equal(world.view(), before);
  world.actions.setField("flare", "note", "a");
  assert.notEqual(world.view(), before);
  assert.equal(world.view().today, before.today);
});

test("A change at the server is fetched at once, and many changes are fetched together.", async () => {
  const world = await createWorld().start();
  const { changed } = world.sources[0].listeners;
  world.answer = snapshot({ entries: [dose({ due: due("08:00") })] });
  for (let i = 0; i < 5; i += 1) changed();
  await settle();
  assert.equal(world.gets.length, 3);
  assert.equal(world.view().today.plans[0].due[0].state, "taken");
});

test("Never are two fetches under way.", async () => {
  const world = await createWorld().start();
  const answers = [];
  world.answer = () => new Promise((done) => answers.push(done));
  for (let i = 0; i < 5; i += 1) void world.core.refresh();
  await settle();
  assert.equal(answers.length, 1);
  answers[0](snapshot());
  await settle();
  assert.equal(answers.length, 2);
});

for (const [what, answer] of [["403 of something between phone and server", 403], ["200 that is no snapshot", { login: "to the network" }]]) {
  test(`A ${what} is no word about the session: the plan stays, and it is asked again.`, async () => {
    const world = await createWorld().start();
    world.answer = answer;
    void world.core.refresh();
    await settle();
    assert.deepEqual([world.view().phase, world.view().online, world.view().display_name], ["ready", false, "Ana"]);
    world.answer = snapshot();
    await world.pass(2000);
    assert.deepEqual([world.view().online, world.gets.length], [true, 3]);
  });
}

test("Signed out, everything of the account leaves memory at once.", async () => {
  const world = await createWorld({ answer: SNAPSHOTS.full }).start();
  world.actions.setField("flare", "note", "secret");
  world.answer = 401;
  void world.core.refresh();
  await settle();
  assert.equal(world.view().phase, "signed_out");
  assert.ok(!/secret|Ana|Morphine|Kitchen|Eva/.test(JSON.stringify([world.view(), world.core.state()])));
  assert.equal(world.sources[0].readyState, 2);
});

test("When the page came with word that nobody is signed in, the server is not asked; a share still is.", async () => {
  const world = createWorld();
  world.who = "";
  await world.start();
  assert.deepEqual([world.view().phase, world.gets.length], ["signed_out", 0]);
  world.who = null;
  world.core.wake();
  await settle();
  assert.equal(world.view().phase, "ready");
  const share = createWorld({ path: "/shared" });
  share.who = "";
  await share.start();
  assert.equal(share.gets.length, 1);
});

test("An answer that comes after somebody signed out here is for nobody.", async () => {
  const world = createWorld();
  let answer;
  world.answer = () => new Promise((done) => (answer = done));
  await world.start();
  await world.actions.signOut();
  answer(snapshot());
  await settle();
  assert.deepEqual([world.view().phase, world.view().display_name], ["signed_out", ""]);
});

test("Signed in again, the page wakes up by itself.", async () => {
  const world = await createWorld({ answer: 401 }).start();
  assert.equal(world.who, "");
  [world.answer, world.who] = [snapshot(), null];
  world.core.wake();
  await settle();
  assert.equal(world.view().phase, "ready");
});

test("Without a line and without a snapshot the phase is offline, and it tries again.", async () => {
  const world = await createWorld({ answer: null }).start();
  assert.equal(world.view().phase, "offline");
  world.answer = snapshot();
  await world.pass(2000);
  assert.deepEqual([world.view().phase, world.view().online], ["ready", true]);
});

test("With the line down the last snapshot stays, says of when it is, and is stale after ten minutes.", async () => {
  const world = await createWorld({ answer: snapshot({ known_at: "2026-11-23T09:55:00-06:00" }) }).start();
  world.answer = null;
  void world.core.refresh();
  await settle();
  assert.deepEqual([world.view().phase, world.view().online, world.view().stale], ["ready", false, false]);
  await world.pass(600000);
  world.core.tick();
  assert.deepEqual([world.view().stale, world.view().known_day.short, world.view().known_time], [true, "Mon 23 Nov", "09:55"]);
});

test("At midnight of the account's zone the day turns and is fetched.", async () => {
  const world = await createWorld().start();
  world.now = Date.parse("2026-11-23T23:59:30-06:00");
  world.core.tick();
  assert.equal(world.gets.length, 1);
  await world.pass(60000);
  world.answer = snapshot({ date: addDays(TODAY, 1) });
  world.core.tick();
  assert.equal(world.view().today.day.date, "2026-11-24");
  await settle();
  assert.equal(world.gets.length, 2);
  await world.pass(120000);
  world.core.tick();
  assert.equal(world.gets.length, 2);
});

test("Seconds between two clocks at midnight do not hold the day back.", async () => {
  const world = await createWorld({ now: Date.parse("2026-11-24T00:00:20-06:00"), answer: snapshot({ known_at: "2026-11-23T23:59:58-06:00" }) }).start();
  world.answer = null;
  await world.pass(12 * 3600000);
  world.core.tick();
  assert.equal(world.view().today.day.date, "2026-11-24");
});

test("A broken line of changes is looked into at once, and caught up with when it is back.", async () => {
  const world = await createWorld().start();
  const [source] = world.sources;
  source.readyState = 0;
  source.onerror();
  await settle();
  assert.equal(world.gets.length, 2);
  source.onerror();
  await settle();
  assert.equal(world.gets.length, 2);
  source.onopen();
  await settle();
  assert.equal(world.gets.length, 3);
});

test("A line of changes that the server closes is opened again with growing pauses.", async () => {
  const world = await createWorld().start();
  const close = async () => {
    world.sources.at(-1).readyState = 2;
    world.sources.at(-1).onerror();
    await settle();
  };
  await close();
  await world.pass(0);
  assert.equal(world.sources.length, 2);
  await close();
  await world.pass(1999);
  assert.equal(world.sources.length, 2);
  await world.pass(1);
  assert.equal(world.sources.length, 3);
});

test("On the shared page only the summary is read, and nothing can be recorded.", async () => {
  const world = await createWorld({ path: "/shared", answer: SUMMARIES.full }).start();
  assert.deepEqual(world.gets, ["/api/v1/shared/summary"]);
  assert.equal(world.view().shared.display_name, "Ana");
  assert.equal(world.core.record("note", { text: "a" }), "");
  assert.equal(world.core.outbox.items().length, 0);
});

for (const status of [401, 403, 404]) {
  test(`A share that answers ${status} is ended: the page empties and never asks again.`, async () => {
    const world = await createWorld({ path: "/es/shared/", answer: SUMMARIES.full }).start();
    world.answer = status;
    world.sources[0].readyState = 0;
    world.sources[0].onerror();
    await settle();
    assert.equal(world.view().phase, "ended");
    assert.ok(!/Ana|Morphine/.test(JSON.stringify([world.view(), world.core.state()])));
    const { length } = world.gets;
    world.answer = SUMMARIES.full;
    world.core.wake();
    await world.pass(120000);
    assert.equal(world.gets.length, length);
  });
}

test("From the shared page to one's own, nothing of the share stays.", async () => {
  const world = await createWorld({ path: "/shared", answer: SUMMARIES.full }).start();
  world.path = "/";
  world.answer = snapshot({ account: { id: "b", display_name: "Bo", zone: "UTC" }, plans: [] });
  world.core.enter();
  await settle();
  assert.equal(world.view().display_name, "Bo");
  assert.equal(world.view().shared.display_name, "");
});

test("An answer that comes after the page was changed is not shown.", async () => {
  const world = createWorld({ path: "/shared" });
  const answers = [];
  world.answer = () => new Promise((done) => answers.push(done));
  await world.start();
  world.path = "/";
  world.core.enter();
  await settle();
  answers[0](SUMMARIES.full);
  await settle();
  assert.deepEqual([world.view().phase, world.view().shared.display_name], ["loading", ""]);
  answers[1](snapshot());
  await settle();
  assert.equal(world.view().phase, "ready");
  assert.deepEqual(world.gets, ["/api/v1/shared/summary", "/api/v1/snapshot"]);
});

test("A zone that this phone does not know stops nothing: the day is then UTC's.", async () => {
  const answer = snapshot();
  answer.account.zone = "Moon/Tranquility";
  const world = await createWorld({ answer }).start();
  world.now += 24 * 3600000;
  world.core.tick();
  await settle();
  assert.equal(world.gets.length, 2);
});
