// One phone, two people: moments at which one is going while something of theirs is still on its way.

import assert from "node:assert/strict";
import test from "node:test";
import { createPhone, until } from "./phone.js";
import { snapshot } from "./samples.js";
import { createWorld, settle } from "./world.js";

const ME = snapshot().account.id;
const BO = snapshot({ account: { id: "bo", display_name: "Bo", zone: "UTC" }, entries: [] });

/** The app, asking the server, which has not answered yet. */
async function asking() {
  const world = createWorld();
  const answers = [];
  world.who = ME;
  world.answer = () => new Promise((done) => answers.push(done));
  await world.start();
  return { world, answers };
}

test("An answer meant for one person, that comes when another has signed in, is shown to nobody and does not tell whose phone it is.", async () => {
  const { world, answers } = await asking();
  world.who = "bo";
  answers[0](snapshot());
  await settle();
  assert.deepEqual([world.view().display_name, world.who, answers.length], ["", "bo", 2]);
  answers[1](BO);
  await settle();
  assert.deepEqual([world.view().display_name, world.who], ["Bo", "bo"]);
});

test("That one's session is over, told late, does not sign the other out.", async () => {
  const { world, answers } = await asking();
  world.who = "bo";
  answers[0](401);
  await settle();
  assert.equal(world.who, "bo");
  answers[1](BO);
  await settle();
  assert.deepEqual([world.view().phase, world.view().display_name], ["ready", "Bo"]);
});

test("Entries of one that are refused late, for want of a session, do not sign the other out.", async () => {
  const world = createWorld();
  world.who = ME;
  await world.start();
  let answer;
  world.take = () => new Promise((done) => (answer = done));
  world.core.record("note", { text: "a" });
  await settle();
  [world.who, world.answer] = ["bo", BO];
  answer(401);
  await settle();
  assert.deepEqual([world.who, world.view().display_name], ["bo", ""]);
  await world.pass(1000);
  assert.equal(world.view().display_name, "Bo");
});

test("Where the phone has no plan to show and no line, one can save what waits as a file, and sign out all the same.", async () => {
  const phone = createPhone();
  const first = await phone.start({ who: ME });
  first.take = null;
  first.core.record("note", { text: "a" });
  await until(() => first.core.outbox.items().every((item) => item.kept));
  await (await phone.inside()).clear("kept");
  const world = await phone.start({ who: ME, answer: null });
  assert.equal(world.view().phase, "offline");
  world.actions.exportEntries();
  assert.equal(world.files[0].content.entries.length, 1);
  await world.actions.signOut();
  assert.deepEqual([world.view().phase, await (await phone.inside()).count("outbox")], ["signed_out", 0]);
});

test("Signing out leaves nothing of what was being kept that moment.", async () => {
  const phone = createPhone();
  const storage = phone.open();
  const keeping = storage.keep("snapshot", ME, snapshot());
  await storage.forget(ME);
  await keeping;
  assert.equal(await (await phone.inside()).count("kept"), 0);
});

test("While what was written is being deleted, a snapshot that comes is not kept.", async () => {
  const phone = createPhone();
  const storage = phone.open();
  let go;
  const gate = new Promise((done) => (go = done));
  const world = await phone.start({ who: ME, storage: { ...storage, forget: (account) => gate.then(() => storage.forget(account)) } });
  const leaving = world.actions.signOut();
  void world.core.refresh();
  await settle();
  go();
  await leaving;
  assert.deepEqual([world.view().phase, world.view().display_name, world.who], ["signed_out", "", ""]);
  assert.equal(await (await phone.inside()).count("kept"), 0);
});

test("Entries that are deleted at sign-out while they are being read do not stand there again.", async () => {
  const phone = createPhone();
  const storage = phone.open();
  let gate = Promise.resolve();
  const load = () => storage.load().then((found) => gate.then(() => found));
  const world = await phone.start({ who: ME, storage: { ...storage, load } });
  world.take = null;
  world.core.record("note", { text: "a" });
  await until(() => world.core.outbox.items().every((item) => item.kept));
  let go;
  gate = new Promise((done) => (go = done));
  world.core.wake();
  await settle();
  const leaving = world.actions.signOut();
  await settle();
  go();
  await leaving;
  assert.deepEqual([world.core.outbox.items(), world.view().waiting], [[], 0]);
});
