import assert from "node:assert/strict";
import test from "node:test";
import { listen } from "../../taper_app/pwa/js/worker/reminders.js";

const REMINDER = {
  title: "A title", body: "Some words.", tag: "t1", url: "/check-in", token: "k1", again: false,
  actions: [{ action: "done", title: "Done" }, { action: "later", title: "Later" }],
};

/** A worker's scope that notes what it is asked. */
function createScope({ status = 204, windows = [] } = {}) {
  const heard = {};
  const scope = {
    shown: [], calls: [], opened: [], status,
    addEventListener: (name, run) => (heard[name] = run),
    registration: {
      showNotification: async (title, options) => {
        // As a browser does.
        if (options.renotify && !options.tag) throw new TypeError("renotify without a tag");
        if (options.silent && options.vibrate) throw new TypeError("silent with vibration");
        scope.shown.push({ title, ...options });
      },
      pushManager: { subscribe: async ({ applicationServerKey }) => ({ toJSON: () => ({ key: applicationServerKey }) }) },
    },
    fetch: async (url, { method = "GET", body } = {}) => {
      if (scope.status === 0) throw new TypeError("down");
      scope.calls.push([method, url, body && JSON.parse(body)]);
      return { status: scope.status, json: async () => ({ key: "KEY" }) };
    },
    clients: { matchAll: async () => windows, openWindow: async (url) => scope.opened.push(url) },
    /** Fire an event and wait for what it waits for. */
    async fire(name, event) {
      const waits = [];
      heard[name]({ waitUntil: (promise) => waits.push(promise), ...event });
      await Promise.all(waits);
    },
    push: (text) => scope.fire("push", { data: text === null ? null : { json: () => JSON.parse(text) } }),
    tap: (action, data = REMINDER) => scope.fire("notificationclick", { action, notification: { data, close: () => (scope.closed = true) } }),
  };
  listen(scope);
  return scope;
}

test("A push shows its own words, with its tag and its actions.", async () => {
  const scope = createScope();
  await scope.push(JSON.stringify(REMINDER));
  const [shown] = scope.shown;
  assert.deepEqual([shown.title, shown.body, shown.tag, shown.actions, shown.renotify, shown.silent], ["A title", "Some words.", "t1", REMINDER.actions, false, false]);
  await scope.push(JSON.stringify({ ...REMINDER, again: true }));
  assert.equal(scope.shown[1].renotify, true);
});

test("A push that cannot be read still shows something and leads to Today.", async () => {
  const scope = createScope();
  for (const text of [null, "", "no json", "null", "[]"]) await scope.push(text);
  assert.deepEqual(scope.shown.map(({ title, data }) => [title, data.url]), Array(5).fill(["Taper", "/"]));
});

test("A push cannot lead out of the app.", async () => {
  const scope = createScope();
  for (const url of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", 5]) await scope.push(JSON.stringify({ ...REMINDER, url }));
  assert.deepEqual(scope.shown.map(({ data }) => data.url), Array(5).fill("/"));
});

test("Done and later are sent with the token, and the notification closes.", async () => {
  for (const action of ["done", "later"]) {
    const scope = createScope();
    await scope.tap(action);
    assert.deepEqual(scope.calls, [["POST", `/api/v1/reminders/${action}`, { token: "k1" }]]);
    assert.deepEqual([scope.closed, scope.shown], [true, []]);
  }
});

test("Without a line, or when the server stumbles, it stands there again without a sound.", async () => {
  for (const status of [0, 503, 429]) {
    const scope = createScope({ status });
    await scope.tap("later");
    const [shown] = scope.shown;
    assert.deepEqual([shown.title, shown.silent, shown.tag, shown.actions, shown.data], ["A title", true, "t1", REMINDER.actions, REMINDER]);
  }
});

test("When it may not ring again it stays, without that offer.", async () => {
  const scope = createScope({ status: 409 });
  await scope.tap("later");
  assert.deepEqual(scope.shown[0].actions, [{ action: "done", title: "Done" }]);
});

test("What is over or belongs to nobody is let go of.", async () => {
  for (const status of [401, 404]) {
    const scope = createScope({ status });
    await scope.tap("done");
    assert.deepEqual(scope.shown, []);
  }
});

test("A tap brings the open window forward and there, or opens one.", async () => {
  const window = { focused: false, messages: [], postMessage: (m) => window.messages.push(m), focus: async () => (window.focused = true) };
  const open = createScope({ windows: [window] });
  await open.tap("");
  assert.deepEqual([window.messages, window.focused, open.opened], [[{ go: "/check-in" }], true, []]);
  const shut = createScope();
  await shut.tap("");
  assert.deepEqual(shut.opened, ["/check-in"]);
});

/** A window of the app at this address, which notes what it is told. */
const windowAt = (url) => {
  const window = { url: `https://taper.example${url}`, focused: false, messages: [], postMessage: (m) => window.messages.push(m), focus: async () => (window.focused = true) };
  return window;
};
const ALERT = { title: "Taper", body: "Ana shared something with you. Open Taper.", tag: "t", url: "/shared?share=a", again: false, actions: [] };

test("A tap on a caregiver's alert leads to that person's view, and never turns another person's into it.", async () => {
  for (const elsewhere of ["/shared?share=b", "/shared", "/log"]) {
    const other = windowAt(elsewhere);
    const scope = createScope({ windows: [other] });
    await scope.tap("", ALERT);
    assert.deepEqual([scope.opened, other.messages, other.focused, scope.calls], [["/shared?share=a"], [], false, []]);
  }
  const [other, same] = [windowAt("/shared?share=b"), windowAt("/shared?share=a")];
  const scope = createScope({ windows: [other, same] });
  await scope.tap("", ALERT);
  assert.deepEqual([scope.opened, same.focused, other.focused], [[], true, false]);
});

test("An alert without a token tells the server nothing, whatever is tapped.", async () => {
  const scope = createScope();
  await scope.push(JSON.stringify(ALERT));
  assert.deepEqual([scope.shown[0].body, scope.shown[0].data.url, scope.shown[0].actions], [ALERT.body, ALERT.url, []]);
  await scope.tap("done", ALERT);
  assert.deepEqual([scope.calls, scope.opened], [[], ["/shared?share=a"]]);
});

test("When the browser moves, the server hears where it is now.", async () => {
  const scope = createScope();
  await scope.fire("pushsubscriptionchange", { newSubscription: null });
  assert.deepEqual(scope.calls.at(-1), ["POST", "/api/v1/push/subscriptions", { key: "KEY" }]);
  await scope.fire("pushsubscriptionchange", { newSubscription: { toJSON: () => ({ key: "given" }) } });
  assert.deepEqual(scope.calls.at(-1)[2], { key: "given" });
});
