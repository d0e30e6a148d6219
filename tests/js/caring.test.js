import assert from "node:assert/strict";
import test from "node:test";
import { createCaring } from "../../taper_app/pwa/js/caring.js";
import { decoded } from "../../taper_app/pwa/js/push.js";

const ANA = { id: "a", display_name: "Ana", label: "Sam", state: "open" };
const BEA = { id: "b", display_name: "Bea", label: "Sam", state: "open" };

/** A browser with some people's links open, and a server that notes what it was asked. */
function createBrowser({ people = [BEA, ANA], search = "", says = "granted", refuse = 0 } = {}) {
  const browser = { people, refuse, calls: [], went: "" };
  const answer = (status, body) => ({ status, ok: status < 300, json: async () => body });
  const subscription = { toJSON: () => ({ endpoint: "https://push.example/1" }) };
  browser.caring = createCaring({
    search: () => search, supported: true, permission: () => "default", ask: async () => says, decoded,
    registration: async () => ({ pushManager: { getSubscription: async () => null, subscribe: async () => subscription } }),
    open: (path) => (browser.went = path), day: (at) => (at ? `day of ${at}` : ""),
    later: (run, ms) => setTimeout(run, ms),
    fetch: async (url, { method, body }) => {
      const path = url.replace("/api/v1/shared", "");
      browser.calls.push([method, path, body && JSON.parse(body)]);
      if (browser.refuse) return answer(browser.refuse, { error: { message: "No more today." } });
      if (path === "/people") return answer(200, { people: browser.people });
      if (!path.startsWith("/care")) return answer(204);
      const id = new URLSearchParams(path.split("?")[1]).get("share");
      const name = browser.people.find((one) => one.id === id)?.display_name;
      const alerts = { flare: 7, quiet_days: null, company: true };
      return answer(200, { share_id: id, display_name: name, replies: true, alerts, says: [{ kind: "ok", today: true }], key: "BAEC", here: false });
    },
  });
  return browser;
}

test("The patient's own look at a share asks nothing that a caregiver's page asks.", async () => {
  const browser = createBrowser({ search: "?as=0193a000-0000-7000-8000-000000000001" });
  await browser.caring.look();
  assert.deepEqual([browser.calls, browser.caring.state().phase], [[], "loading"]);
});

test("The page keeps to its person: the one in the address, else the one opened last, also when another is opened later.", async () => {
  const named = createBrowser({ search: "?share=a" });
  await named.caring.look();
  assert.deepEqual([named.caring.state().name, named.caring.state().ok], ["Ana", "today"]);
  const last = createBrowser();
  await last.caring.look();
  last.people = [ANA, BEA];
  await last.caring.look();
  assert.equal(last.caring.state().name, "Bea");
});

test("Two links of one name are told apart; a name that is there once needs no more words.", async () => {
  const again = { ...ANA, id: "c", label: "", expires_at: "2026-12-05T04:59:59Z" };
  const { caring } = createBrowser({ people: [again, BEA, ANA] });
  await caring.look();
  assert.deepEqual(caring.state().people.map(({ id, twice, until }) => [id, twice, until]), [
    ["c", true, "day of 2026-12-05T04:59:59Z"],
    ["b", false, ""],
    ["a", true, ""],
  ]);
});

test("A word, a heart, alerts and closing name the share that is shown.", async () => {
  const { caring, calls, ...browser } = createBrowser({ search: "?share=a" });
  await caring.look();
  calls.length = 0;
  await caring.heart();
  await caring.word("I'm here");
  await caring.toggle();
  assert.equal(caring.state().ring, "on");
  await caring.toggle();
  assert.deepEqual(calls, [
    ["POST", "/replies?share=a", { kind: "heart" }],
    ["POST", "/replies?share=a", { kind: "word", text: "I'm here" }],
    ["POST", "/push?share=a", { endpoint: "https://push.example/1" }],
    ["DELETE", "/push?share=a", undefined],
  ]);
  assert.ok(browser);
});

test("Closing a view goes on to the next person here.", async () => {
  const browser = createBrowser({ search: "?share=a" });
  await browser.caring.look();
  await browser.caring.close();
  assert.equal(browser.went, "/shared?share=b");
});

test("A no is shown in the server's words; an ended share leaves nothing of it.", async () => {
  const browser = createBrowser();
  await browser.caring.look();
  browser.refuse = 409;
  await browser.caring.heart();
  assert.deepEqual([browser.caring.state().failed, browser.caring.state().words], [true, "No more today."]);
  browser.refuse = 401;
  await browser.caring.look();
  assert.deepEqual([browser.caring.state().phase, browser.caring.state().name, browser.caring.state().replies], ["none", "", false]);
});

test("Only what was sent is taken out of the form: it says whether it was.", async () => {
  const { caring } = createBrowser({ search: "?share=a" });
  await caring.look();
  assert.equal(await caring.word("I'm here"), true);
  const down = createBrowser({ search: "?share=a" });
  await down.caring.look();
  down.refuse = 429;
  assert.equal(await down.caring.word("I'm here"), false);
  assert.equal(down.caring.state().failed, true);
});
