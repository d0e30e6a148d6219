import assert from "node:assert/strict";
import test from "node:test";
import { createPush, decoded } from "../../taper_app/pwa/js/push.js";
import { settle } from "./world.js";

const KEY = "BAEC";
const OTHER = "BAED";

/** A phone with a push manager and a server, as the browser would show them. */
function createPhone({ permission = "default", says = "granted", key = KEY, here = false, had = "", worker = true, ...more } = {}) {
  const phone = { permission, key, here, refuse: null, down: false, calls: [], asked: 0, subscription: null };
  const subscription = (of) => ({
    options: { applicationServerKey: decoded(of).buffer },
    toJSON: () => ({ endpoint: "https://push.example/1", key: of }),
    unsubscribe: async () => {
      phone.subscription = null;
      return true;
    },
  });
  if (had) phone.subscription = subscription(had);
  const pushManager = {
    getSubscription: async () => phone.subscription,
    subscribe: async ({ applicationServerKey }) => (phone.subscription = subscription(Buffer.from(applicationServerKey).toString("base64url"))),
  };
  const answer = (status, body) => ({ status, ok: status < 300, json: async () => body });
  phone.push = createPush({
    supported: true,
    needsInstall: false,
    permission: () => phone.permission,
    ask: async () => {
      phone.asked += 1;
      return (phone.permission = says);
    },
    registration: async () => (worker ? { pushManager } : null),
    fetch: async (url, { method, body }) => {
      if (phone.down) throw new TypeError("down");
      phone.calls.push([method, url.replace("/api/v1/push", ""), body && JSON.parse(body)]);
      if (phone.refuse) return answer(409, { error: { code: "x", message: phone.refuse } });
      if (method === "GET") return answer(200, { key: phone.key, here: phone.here });
      if (url.endsWith("/subscriptions")) phone.here = method === "POST";
      return answer(204);
    },
    ...more,
  });
  return phone;
}

const short = (phone) => phone.push.state().phase;

test("Looking asks the phone nothing and the server only where it could ring.", async () => {
  const phone = createPhone();
  await phone.push.look();
  assert.deepEqual([short(phone), phone.asked, phone.calls], ["off", 0, []]);
});

test("What stands in the way is told apart: an old browser, an iPhone without the app on it, a no from before.", async () => {
  for (const [more, phase] of [[{ supported: false }, "unsupported"], [{ needsInstall: true, supported: false }, "install"], [{ permission: "denied" }, "blocked"]]) {
    const phone = createPhone(more);
    await phone.push.look();
    assert.equal(short(phone), phase);
    await phone.push.toggle();
    assert.deepEqual([short(phone), phone.asked], [phase, 0]);
  }
});

test("The switch asks the phone, subscribes with the server's key, and tells the server; once more, and it is off.", async () => {
  const phone = createPhone();
  await phone.push.look();
  await phone.push.toggle();
  assert.equal(short(phone), "on");
  assert.deepEqual(phone.calls, [["GET", "/key", undefined], ["POST", "/subscriptions", { endpoint: "https://push.example/1", key: KEY }]]);
  await phone.push.toggle();
  assert.deepEqual([short(phone), phone.subscription, phone.calls.at(-1)[0]], ["off", null, "DELETE"]);
});

test("A no to the phone's question leaves it off or blocked, and the server hears nothing.", async () => {
  for (const [says, phase] of [["denied", "blocked"], ["default", "off"]]) {
    const phone = createPhone({ says });
    await phone.push.toggle();
    assert.deepEqual([short(phone), phone.calls], [phase, []]);
  }
});

test("A subscription for another key is made anew, by looking too.", async () => {
  const phone = createPhone({ had: OTHER, here: true, permission: "granted" });
  await phone.push.look();
  assert.equal(short(phone), "on");
  assert.deepEqual(phone.calls.at(-1), ["POST", "/subscriptions", { endpoint: "https://push.example/1", key: KEY }]);
});

test("After signing in again the phone is off until it is switched on, though the browser kept its subscription.", async () => {
  const phone = createPhone({ had: KEY, here: false, permission: "granted" });
  await phone.push.look();
  assert.equal(short(phone), "off");
  await phone.push.toggle();
  assert.equal(short(phone), "on");
});

test("A refusal is shown in the server's words, a line that is down without any, and the next tap clears both.", async () => {
  const phone = createPhone();
  phone.refuse = "Five phones ring already.";
  await phone.push.toggle();
  assert.deepEqual([short(phone), phone.push.state().failed, phone.push.state().words], ["loading", true, "Five phones ring already."]);
  phone.refuse = null;
  phone.down = true;
  await phone.push.test();
  assert.deepEqual([phone.push.state().failed, phone.push.state().words], [true, ""]);
  phone.down = false;
  await phone.push.test();
  assert.deepEqual([phone.push.state().failed, phone.push.state().sent], [false, true]);
});

test("Without a worker the switch says that it failed.", async () => {
  const phone = createPhone({ worker: false });
  await phone.push.toggle();
  assert.deepEqual([phone.push.state().failed, phone.push.state().busy], [true, false]);
});

test("Two quick taps are one.", async () => {
  const phone = createPhone();
  await Promise.all([phone.push.toggle(), phone.push.toggle()]);
  await settle();
  assert.deepEqual([short(phone), phone.asked], ["on", 1]);
});
