// What a person does before the first answer of the server, or before the newest one.
import assert from "node:assert/strict";
import test from "node:test";
import { entry, snapshot } from "./samples.js";
import { createWorld, settle } from "./world.js";

const ACCOUNT = snapshot().account.id;
const HEALTH = entry("health", { conditions: ["migraine"], note: "Gout" });

test("A tap before the first answer is written down for whose phone it is.", async () => {
  const world = createWorld({ answer: () => new Promise(() => {}) });
  world.who = ACCOUNT;
  void world.core.enter();
  await settle();
  assert.equal(world.view().phase, "loading");
  world.actions.ask("Why does a shirt hurt?");
  await settle();
  const [item] = world.core.outbox.items();
  assert.deepEqual([item.account, item.entry.kind, item.entry.data], [ACCOUNT, "question", { text: "Why does a shirt hurt?" }]);
  world.actions.ask("Why does a shirt hurt?");
  assert.equal(world.core.outbox.items().length, 1);
});

test("A tap where nobody is signed in is written down for nobody.", async () => {
  const world = createWorld({ answer: () => new Promise(() => {}) });
  world.who = "";
  void world.core.enter();
  await settle();
  world.actions.ask("Why?");
  assert.deepEqual(world.core.outbox.items(), []);
});

test("A form of one record is filled with it when it comes after the form was opened.", async () => {
  const world = await createWorld().start();
  world.actions.begin("health");
  assert.deepEqual(world.view().forms.health.conditions, []);
  world.answer = snapshot({ entries: [HEALTH] });
  await world.core.refresh();
  assert.deepEqual([world.view().forms.health.conditions, world.view().forms.health.note], [["migraine"], "Gout"]);
  world.actions.setField("health", "note", "Gout, and asthma");
  world.actions.saveForm("health");
  assert.equal(world.core.outbox.items()[0].entry.changes, HEALTH.id);
});

test("What was typed meanwhile stays.", async () => {
  const world = await createWorld().start();
  world.actions.begin("health");
  world.actions.setField("health", "note", "Asthma");
  world.answer = snapshot({ entries: [HEALTH] });
  await world.core.refresh();
  assert.equal(world.view().forms.health.note, "Asthma");
});
