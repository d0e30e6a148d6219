import assert from "node:assert/strict";
import test from "node:test";
import { snapshot } from "./samples.js";
import { createWorld, settle } from "./world.js";

const items = (world) => world.core.outbox.items().map(({ entry, sync, code }) => [entry.data.text ?? entry.id, sync, code].filter(Boolean).join(" "));
const note = (world, text) => world.core.record("note", { text });

test("An entry is written with id, kind, instant with offset, and zone, and sent with its account.", async () => {
  const world = await createWorld().start();
  const id = note(world, "a");
  await settle();
  const [{ url, headers, body }] = world.posts;
  assert.equal(url, "/api/v1/entries");
  assert.equal(headers["X-Account"], snapshot().account.id);
  assert.deepEqual(body.entries, [{ id, kind: "note", at: "2026-11-23T10:00:00.000-06:00", zone: "America/Chicago", data: { text: "a" } }]);
});

test("Only the server's answer makes an entry saved.", async () => {
  const world = await createWorld().start();
  note(world, "a");
  assert.deepEqual(items(world), ["a waiting"]);
  assert.equal(world.view().waiting, 1);
  assert.equal(world.view().last_sync, "writing");
  await settle();
  assert.deepEqual(items(world), ["a saved"]);
  assert.equal(world.view().last_sync, "saved");
});

test("A duplicate is as good as stored.", async () => {
  const world = await createWorld().start();
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "duplicate" })) });
  note(world, "a");
  await settle();
  assert.deepEqual(items(world), ["a saved"]);
});

test("A saved entry stays in view until a snapshot that was asked for later has come.", async () => {
  const world = await createWorld().start();
  note(world, "a");
  await settle();
  assert.equal(world.view().history[0].items.length, 1);
  world.answer = snapshot({ entries: world.posted });
  await world.pass(2000);
  assert.deepEqual(items(world), []);
  assert.equal(world.view().history[0].items.length, 1);
});

test("A snapshot on its way when an entry was saved does not take the entry out of view.", async () => {
  const world = await createWorld().start();
  let answer;
  world.answer = () => new Promise((done) => (answer = done));
  void world.core.refresh();
  await settle();
  note(world, "a");
  await settle();
  assert.deepEqual(items(world), ["a saved"]);
  answer(snapshot());
  await settle();
  assert.deepEqual(items(world), ["a saved"]);
});

test("Entries are sent in the order they were written, at most a hundred at a time.", async () => {
  const world = await createWorld().start();
  world.take = null;
  for (let i = 0; i < 250; i += 1) note(world, String(i));
  await settle();
  world.posts.length = 0;
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  await world.pass(2000);
  assert.deepEqual(world.posts.map((post) => post.body.entries.length), [100, 100, 50]);
  assert.deepEqual(world.posted.map((entry) => entry.data.text), Array.from({ length: 250 }, (_, i) => String(i)));
});

test("Two taps in a row are two requests one after the other.", async () => {
  const world = await createWorld().start();
  const answers = [];
  world.take = (body) =>
    new Promise((done) => answers.push(() => done({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) })));
  note(world, "a");
  await settle();
  note(world, "b");
  await settle();
  assert.deepEqual(world.posted.map((entry) => entry.data.text), ["a"]);
  answers[0]();
  await settle();
  assert.deepEqual(world.posted.map((entry) => entry.data.text), ["a", "b"]);
  assert.deepEqual(items(world), ["a saved", "b waiting"]);
  answers[1]();
  await settle();
  assert.deepEqual(items(world), ["a saved", "b saved"]);
});

test("With the line down it tries again after 2, 4, 8 and so on up to 60 seconds, and the same ids go again.", async () => {
  const world = await createWorld().start();
  world.take = null;
  const id = note(world, "a");
  await settle();
  for (const [seconds, posts] of [[2, 2], [4, 3], [8, 4], [16, 5], [32, 6], [60, 7], [60, 8]]) {
    await world.pass(seconds * 1000 - 1);
    assert.equal(world.posts.length, posts - 1);
    await world.pass(1);
    assert.equal(world.posts.length, posts);
  }
  assert.deepEqual(new Set(world.posted.map((entry) => entry.id)), new Set([id]));
  assert.deepEqual(items(world), ["a waiting"]);
});

test("Back on line it sends at once.", async () => {
  const world = await createWorld().start();
  world.take = null;
  note(world, "a");
  await settle();
  await world.pass(20000);
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  world.core.wake();
  await settle();
  assert.deepEqual(items(world), ["a saved"]);
});

for (const status of [500, 503, 429, 403, 404]) {
  test(`An answer ${status} keeps the entry waiting.`, async () => {
    const world = await createWorld().start();
    world.take = status;
    note(world, "a");
    await settle();
    assert.deepEqual(items(world), ["a waiting"]);
    assert.ok(world.timers.length > 0);
  });
}

test("An answer without results is tried again, not taken for saved.", async () => {
  const world = await createWorld().start();
  world.take = { results: [] };
  note(world, "a");
  await settle();
  assert.deepEqual(items(world), ["a waiting"]);
  assert.equal(world.posts.length, 1);
});

test("A refusal that is not our server's, of something between it and the phone, leaves the entry waiting.", async () => {
  const world = await createWorld().start();
  for (const status of [400, 407, 413, 451]) {
    world.take = { status };
    note(world, String(status));
    await settle();
    world.core.wake();
    await settle();
  }
  assert.deepEqual(items(world), ["400 waiting", "407 waiting", "413 waiting", "451 waiting"]);
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  await world.pass(60000);
  assert.equal(items(world).filter((item) => item.endsWith("waiting")).length, 0);
});

test("Two writes at the same moment, of which the server took the other one, are no other account: the page stays, and it is tried again.", async () => {
  const world = await createWorld().start();
  world.take = { status: 409, error: { code: "conflict" } };
  world.actions.setField("flare", "note", "half");
  note(world, "a");
  await settle();
  assert.deepEqual([world.view().phase, world.view().forms.flare.note, items(world)], ["ready", "half", ["a waiting"]]);
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  await world.pass(2000);
  assert.deepEqual(items(world), ["a saved"]);
});

test("A body too large for something on the way goes in smaller pieces.", async () => {
  const world = await createWorld().start();
  world.take = null;
  for (let i = 0; i < 9; i += 1) note(world, String(i));
  await settle();
  world.take = (body) => (body.entries.length > 2 ? { status: 413 } : { results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  await world.pass(2000);
  assert.equal(items(world).filter((item) => item.endsWith("saved")).length, 9);
});

test("What an answer does not say about an entry is not taken for saved.", async () => {
  const world = await createWorld().start();
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id })) });
  note(world, "a");
  await settle();
  assert.deepEqual(items(world), ["a waiting"]);
});

test("A rejected entry stays with its reason, and the others go through.", async () => {
  const world = await createWorld().start();
  world.take = (body) => ({
    results: body.entries.map(({ id, data }) =>
      data.text === "b" ? { id, status: "rejected", code: "from_the_future", message: "..." } : { id, status: "stored" }),
  });
  for (const text of ["a", "b", "c"]) note(world, text);
  await settle();
  assert.deepEqual(items(world), ["a saved", "b rejected from_the_future", "c saved"]);
  const [refused] = world.view().rejected;
  assert.deepEqual([refused.kind, refused.code], ["note", "from_the_future"]);
  // Which one it is, where there are several.
  assert.deepEqual([refused.day.date, refused.time], ["2026-11-23", "10:00"]);
  assert.equal(world.view().waiting, 0);
  world.actions.discard(refused.id);
  assert.deepEqual(world.view().rejected, []);
});

test("A body refused as a whole is halved until the one entry that it is for is found.", async () => {
  const world = await createWorld().start();
  world.take = null;
  for (let i = 0; i < 10; i += 1) note(world, String(i));
  await settle();
  world.take = (body) =>
    body.entries.some((entry) => entry.data.text === "7") ? 422 : { results: body.entries.map(({ id }) => ({ id, status: "stored" })) };
  await world.pass(2000);
  assert.deepEqual(items(world).filter((item) => !item.endsWith("saved")), ["7 rejected e422"]);
});

test("When another account is signed in the entry waits, and nothing of the first account is shown.", async () => {
  const world = await createWorld().start();
  world.take = 409;
  world.answer = 500;
  note(world, "a");
  await settle();
  const view = world.view();
  assert.deepEqual([view.phase, view.waiting, view.account_id, view.today.plans.length, view.history.length], ["loading", 1, "", 0, 0]);
});

test("An entry of one account is never sent as another's, and goes when its own account is back.", async () => {
  const world = await createWorld().start();
  world.take = 409;
  note(world, "a");
  await settle();
  world.posts.length = 0;
  const other = snapshot({ account: { id: "other", display_name: "Bo", zone: "UTC" }, entries: [] });
  world.answer = other;
  world.core.wake();
  await settle();
  assert.equal(world.view().display_name, "Bo");
  assert.equal(world.view().history[0].items.length, 0);
  await world.pass(120000);
  assert.equal(world.posts.length, 0);
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  world.answer = snapshot();
  world.core.wake();
  await settle();
  assert.equal(world.posts[0].headers["X-Account"], snapshot().account.id);
  assert.deepEqual(world.posted.map((entry) => entry.data.text), ["a"]);
});

test("An entry whose answer was lost is known from the snapshot.", async () => {
  const world = await createWorld().start();
  world.take = null;
  note(world, "a");
  await settle();
  world.answer = snapshot({ entries: world.posted });
  void world.core.refresh();
  await settle();
  assert.deepEqual(items(world), []);
});

test("What was saved by a clock that was set back since is not kept until that time comes again.", async () => {
  const world = await createWorld().start();
  world.now += 3 * 86400000;
  note(world, "a");
  await settle();
  assert.deepEqual(items(world), ["a saved"]);
  world.now -= 3 * 86400000;
  void world.core.refresh();
  await settle();
  assert.deepEqual(items(world), []);
});
