import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";
import { alone, endSession, finishDeleting, finishLeaving, SYNC, who } from "../../taper_app/pwa/js/browser.js";
import { createPhone, until } from "./phone.js";
import { snapshot } from "./samples.js";
import { settle } from "./world.js";

/** What the browser holds: its cookies, what was asked of the server, and what the server answers. */
const browser = { cookies: new Map(), asked: [], answer: null };
globalThis.document = {
  get cookie() {
    return [...browser.cookies].map((pair) => pair.join("=")).join("; ");
  },
  set cookie(line) {
    const [, name, value] = line.match(/^([^=]+)=([^;]*)/);
    if (line.includes("Max-Age=0")) browser.cookies.delete(name);
    else browser.cookies.set(name, value);
  },
};
globalThis.location = { protocol: "http:" };
globalThis.fetch = async (url, { body }) => {
  browser.asked.push([url, String(body)]);
  if (!browser.answer) throw new TypeError("the line is down");
  return browser.answer;
};
const DONE = { type: "opaqueredirect", status: 0, ok: false };

beforeEach(() => Object.assign(browser, { cookies: new Map([["taper-who", "ana"]]), asked: [], answer: DONE }));

test("The phone knows who is signed in here, that nobody is, or that it cannot tell.", () => {
  assert.equal(who(), "ana");
  who("");
  assert.deepEqual([who(), browser.cookies.get("backend-enabled")], ["", "false"]);
  who("bo");
  assert.deepEqual([who(), browser.cookies.has("backend-enabled")], ["bo", false]);
  browser.cookies.clear();
  assert.equal(who(), null);
});

for (const [how, answer] of [["without a line", null], ["while the server cannot answer", { type: "basic", status: 503, ok: false }]]) {
  test(`Signed out ${how}, the session is ended later, in the same way.`, async () => {
    who("");
    browser.answer = answer;
    await endSession(true);
    assert.equal(browser.cookies.get("taper-leaving"), "everywhere");
    browser.answer = DONE;
    finishLeaving();
    await settle();
    assert.deepEqual(browser.asked.at(-1), ["/auth/sign-out", "everywhere=1"]);
    assert.equal(browser.asked.length, 2);
    assert.equal(browser.cookies.has("taper-leaving"), false);
  });
}

test("Signed out without a line, a page that came with word of the old session does not bring it back.", async () => {
  who("");
  browser.answer = null;
  await endSession(false);
  // A page from the server takes this away while it sees the session's cookie.
  browser.cookies.delete("backend-enabled");
  browser.answer = DONE;
  finishLeaving();
  assert.equal(who(), "");
  await settle();
  assert.deepEqual([browser.asked.length, browser.cookies.has("taper-leaving")], [2, false]);
});

test("Whoever has signed in since is not signed out.", async () => {
  who("");
  browser.answer = null;
  await endSession(false);
  who("bo");
  finishLeaving();
  await settle();
  assert.deepEqual([who(), browser.asked.length, browser.cookies.has("taper-leaving")], ["bo", 1, false]);
});

test("One sends at a time; a tab that the phone put to sleep meanwhile does not keep the others waiting for ever.", async () => {
  const said = [];
  let wake;
  const asleep = alone(() => new Promise((done) => (wake = done)), 20);
  await until(async () => (await navigator.locks.query()).held.some((lock) => lock.name === SYNC));
  const patient = alone(async () => void said.push("patient"), 60000);
  await alone(async () => void said.push("went on"), 20);
  assert.deepEqual(said, ["went on"]);
  wake();
  await Promise.all([asleep, patient]);
  assert.deepEqual(said, ["went on", "patient"]);
});

test("What goes wrong while sending is told, and not tried again unasked.", async () => {
  let runs = 0;
  await assert.rejects(alone(async () => { runs += 1; throw new Error("wrong"); }), /wrong/);
  assert.equal(runs, 1);
});

test("Of an account that was deleted nothing stays on the phone; of others everything.", async () => {
  const phone = createPhone();
  const ana = snapshot().account.id;
  for (const answer of [snapshot(), snapshot({ account: { id: "bo", display_name: "Bo", zone: "UTC" } })]) {
    const world = await phone.start({ who: answer.account.id, answer });
    world.take = null;
    world.core.record("note", { text: answer.account.display_name });
    await until(() => world.core.outbox.items().every((item) => item.kept));
  }
  browser.cookies.set("taper-gone", ana);
  const world = await phone.start({ who: "" });
  assert.equal(world.view().waiting, 2);
  await finishDeleting(world.core.outbox);
  assert.deepEqual([world.view().waiting, browser.cookies.has("taper-gone")], [1, false]);
  assert.deepEqual((await (await phone.inside()).getAll("outbox")).map((row) => row.account), ["bo"]);
});
