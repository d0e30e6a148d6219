// Two phones in the hands of a test. A command comes in as one line of JSON; the answer goes out when nothing moves any
// more but what waits for the network, which is the test's. The store, the database and the lock on it are the real ones.

import "fake-indexeddb/auto";
import { createInterface } from "node:readline";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { createActions } from "../../taper_app/pwa/js/actions.js";
import { createCore } from "../../taper_app/pwa/js/core.js";
import { rfc3339 } from "../../taper_app/pwa/js/dates.js";
import { createStorage } from "../../taper_app/pwa/js/db.js";
import { createOutbox } from "../../taper_app/pwa/js/outbox.js";
import { createPost } from "../../taper_app/pwa/js/post.js";
import { createView } from "../../taper_app/pwa/js/views/index.js";

const ZONES = ["America/New_York", "Pacific/Auckland"];
const never = new Promise(() => {});

/** True time, which no phone knows. */
let time = 0;
/** Storage calls and messages between tabs that are under way. */
let busy = 0;
let count = 0;
let phones = [];
let asks = [];
let written = [];
/** Requests without an answer. */
const open = new Map();

/** A promise of something under way here, which whoever waits for it hears of only while it lives. */
function counted(promise, tab) {
  busy += 1;
  return promise.then(
    (value) => ((busy -= 1), tab.gone ? never : value),
    (error) => ((busy -= 1), tab.gone ? never : Promise.reject(error)),
  );
}

function createPhone(_, n) {
  return { n, name: `phone-${n}`, who: null, online: true, full: false, skew: 0, tabs: [], worker: null, line: Promise.resolve(), look: null };
}

/** The storage of a tab: real, but for a phone without room and for a tab that is no more. */
function storageOf(phone, tab) {
  const channel = {
    postMessage() {
      for (const other of phone.tabs.filter((one) => one !== tab)) {
        void counted(new Promise(setImmediate), other).then(() => other.channel.onmessage());
      }
    },
  };
  tab.channel = channel;
  const real = createStorage({ name: phone.name, channel });
  const call = (name) => (...args) => {
    // A tab that dies with its write on the way: the write may be done, nobody hears of it.
    if (tab.gone && !(tab.gone === "written" && name === "save")) return never;
    if (name === "save" && phone.full) return Promise.reject(new DOMException("no room", "QuotaExceededError"));
    return counted(real[name](...args), tab);
  };
  return new Proxy(real, { get: (_, name) => (name === "onChange" ? real.onChange : call(name)) });
}

/** What a tab, or the worker, has of its phone. */
function place(phone, tab) {
  const dead = new Promise((done) => (tab.die = (how) => ((tab.gone = how), done())));
  return {
    fetch: (url, options = {}) =>
      new Promise((done, fail) => {
        if (tab.gone) return;
        const id = (count += 1);
        const method = options.method ?? "GET";
        open.set(id, { done, fail, tab, phone, method });
        asks.push({ id, phone: phone.n, method, url, account: options.headers?.["X-Account"] ?? "", body: options.body ?? "" });
      }),
    storage: storageOf(phone, tab),
    now: () => time + phone.skew,
    // As the browser's lock: one after the other, and free again when its tab is no more.
    alone: (run) => (phone.line = phone.line.then(() => (tab.gone ? undefined : Promise.race([run(), dead])))),
    later: (run, ms) => (tab.timers.push({ run, at: time + ms }), tab.timers.at(-1)),
    cancel: (timer) => (tab.timers = tab.timers.filter((one) => one !== timer)),
  };
}

function openTab(phone) {
  const tab = { id: (count += 1), gone: "", timers: [] };
  tab.core = createCore({
    ...place(phone, tab), open: () => null, zone: () => ZONES[phone.n], path: () => "/", online: () => phone.online,
    who: (account) => (account === undefined ? phone.who : (phone.who = account)),
  });
  // What the person was told is written down: seen from outside.
  const { add } = tab.core.outbox;
  tab.core.outbox.add = (entry, account) => (written.push({ phone: phone.n, tab: tab.id, account, entry }), add(entry, account));
  tab.view = createView(tab.core, () => "en");
  tab.actions = createActions(tab.core, tab.view, { go() {}, download() {}, endSession: async () => {} });
  phone.tabs.push(tab);
  tab.core.enter();
}

function close(phone, tab, how = "lost") {
  tab.die(how);
  phone.tabs = phone.tabs.filter((one) => one !== tab);
}

/** The service worker is woken to send, as worker/outbox.js does; the one before has ended. */
async function sync(phone) {
  phone.worker?.die("lost");
  const worker = (phone.worker = { gone: "", timers: [] });
  const env = place(phone, worker);
  const account = (await env.storage.kept("snapshot"))?.account;
  const outbox = createOutbox({ ...env, post: createPost(env.fetch), changed() {}, refused() {}, stored() {}, later: () => null, cancel() {} });
  if (account) void outbox.flush(account);
}

/** Until nothing moves: what is due has run, storage has answered, promises have gone on. */
async function settle() {
  for (;;) {
    do await new Promise(setImmediate);
    while (busy);
    const due = phones.flatMap((phone) => phone.tabs.flatMap((tab) => tab.timers.map((timer) => ({ tab, timer }))))
      .filter(({ timer }) => timer.at <= time).sort((a, b) => a.timer.at - b.timer.at)[0];
    if (!due) return;
    due.tab.timers = due.tab.timers.filter((timer) => timer !== due.timer);
    due.timer.run();
  }
}

const COMMANDS = {
  reset() {
    for (const phone of phones) for (const tab of [...phone.tabs, phone.worker]) tab?.die("lost");
    globalThis.indexedDB = new IDBFactory();
    open.clear();
    phones = ZONES.map(createPhone);
  },
  open: ({ values }, phone) => openTab(Object.assign(phone, values)),
  sync: (_, phone) => sync(phone),
  close: ({ how }, phone, tab) => close(phone, tab, how),
  set: ({ values }, phone) => void Object.assign(phone, values),
  answer({ answers }) {
    for (const { id, status, body } of answers) {
      const ask = open.get(id);
      open.delete(id);
      if (!ask || ask.tab.gone) continue;
      if (status) ask.done({ status, json: async () => JSON.parse(body) });
      else ask.fail(new TypeError("the line is down"));
    }
  },
  log({ entries, crash }, phone, tab) {
    for (const { kind, data, changes } of entries) tab.core.record(kind, data, changes);
    if (crash) close(phone, tab, crash);
  },
  act: ({ action, id }, _, tab) => void tab.actions[action](id),
  mend: ({ id }, phone, tab) => tab.core.outbox.mend(id, { at: rfc3339(time + phone.skew, ZONES[phone.n]) }),
  wake: (_, __, tab) => tab.core.wake(),
  tick() {
    for (const phone of phones) for (const tab of phone.tabs) tab.core.tick();
  },
  records: () => {},
};

const show = (tab, records) => ({
  id: tab.id, account: tab.core.account(), phase: tab.core.state().phase,
  items: tab.core.outbox.items().map(({ entry, account, sync, kept, code }) => ({ id: entry.id, account, sync, kept, code })),
  ...(records && { records: tab.view.records().map((record) => ({ ...record, history: record.history.map((entry) => entry.id) })) }),
});

async function showPhone(phone, records) {
  // Its database is made by its first tab.
  if (phone.tabs.length) phone.look ??= openDB(phone.name);
  const rows = phone.look ? await (await phone.look).getAll("outbox") : [];
  const sending = [...open.values()].filter((ask) => ask.phone === phone && ask.method === "POST" && !ask.tab.gone).length;
  return { tabs: phone.tabs.map((tab) => show(tab, records)), rows: rows.map((row) => ({ id: row.id, account: row.account })), sending };
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  time = command.time;
  const phone = phones[command.phone];
  void COMMANDS[command.do](command, phone, phone?.tabs.find((tab) => tab.id === command.tab));
  await settle();
  const told = { asks, written, phones: await Promise.all(phones.map((one) => showPhone(one, command.do === "records"))) };
  asks = [];
  written = [];
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
