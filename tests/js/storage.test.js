import assert from "node:assert/strict";
import test from "node:test";
import { openDB } from "idb";
import { LAYOUTS } from "../../taper_app/pwa/js/db.js";
import { createPhone, until } from "./phone.js";
import { snapshot } from "./samples.js";
import { createWorld } from "./world.js";

const ME = snapshot().account.id;
const note = (world, text) => world.core.record("note", { text });
const texts = (world) => world.core.outbox.items().map((item) => `${item.entry.data.text} ${item.sync}${item.kept ? "" : " loose"}`);
const kept = (world) => until(() => world.core.outbox.items().every((item) => item.kept));

/** The app with the line down for entries. */
async function offline(phone, options) {
  const world = await phone.start({ who: ME, ...options });
  world.take = null;
  return world;
}

test("Entries written without a line are there, in order, when the app is started again, and go once.", async () => {
  const phone = createPhone();
  const first = await offline(phone);
  for (const text of ["a", "b", "c"]) note(first, text);
  await kept(first);
  const second = await phone.start({ who: ME });
  await until(() => second.posted.length === 3);
  assert.deepEqual(second.posted.map((entry) => entry.data.text), ["a", "b", "c"]);
  await until(() => second.core.outbox.items().every((item) => item.sync === "saved"));
  const third = await phone.start({ who: ME, answer: snapshot({ entries: second.posted }) });
  await until(() => third.core.outbox.items().length === 0);
  assert.deepEqual(third.posted, []);
});

test("Nothing of an entry, the plan or the name can be read in what lies on the phone, and the key cannot be taken out.", async () => {
  const phone = createPhone();
  const world = await offline(phone);
  note(world, "canary");
  await kept(world);
  world.actions.setField("note", "text", "half a canary");
  await world.pass(1000);
  const db = await phone.inside();
  await until(async () => (await db.count("kept")) === 2);
  const rows = [...(await db.getAll("outbox")), ...(await db.getAll("kept"))];
  assert.equal(rows.length, 3);
  for (const row of rows) {
    const plain = JSON.stringify({ ...row, box: { text: new TextDecoder("latin1").decode(row.box.data) } });
    for (const word of ["canary", "Morphine", "Ana", "note"]) assert.ok(!plain.includes(word), word);
  }
  const key = await db.get("key", "main");
  assert.equal(key.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("Started without a line, the app shows the last plan and when it was known, before anything is asked.", async () => {
  const phone = createPhone();
  await phone.start({ who: ME });
  await until(async () => (await (await phone.inside()).count("kept")) === 1);
  const world = await phone.start({ who: ME, answer: null });
  await until(() => world.view().ready);
  const view = world.view();
  assert.deepEqual([view.online, view.today.plans.length, view.known_time, view.display_name], [false, 1, "09:10", "Ana"]);
});

test("Without a line, a database that answers late is asked for the last plan again.", async () => {
  const phone = createPhone();
  await phone.start({ who: ME });
  await until(async () => (await (await phone.inside()).count("kept")) === 1);
  const storage = phone.open();
  let late = true;
  const kept = (what) => (late ? Promise.reject(new DOMException("", "TimeoutError")) : storage.kept(what));
  const world = await phone.start({ who: ME, answer: null, storage: { ...storage, kept } });
  assert.equal(world.view().phase, "offline");
  late = false;
  await world.pass(2000);
  await until(() => world.view().ready);
  assert.deepEqual([world.view().display_name, world.view().online], ["Ana", false]);
});

test("With a line that is slow, the kept plan stands at once, and says after three seconds how old it is.", async () => {
  const phone = createPhone();
  const first = await phone.start({ who: ME });
  await until(async () => (await (await phone.inside()).count("kept")) === 1);
  const world = createWorld({ storage: phone.open(), answer: () => new Promise(() => {}), now: first.now + 3600000 });
  world.who = ME;
  void world.start();
  await until(() => world.view().ready);
  assert.deepEqual([world.view().online, world.view().stale, world.view().today.plans.length], [true, false, 1]);
  await world.pass(3000);
  assert.equal(world.view().stale, true);
});

test("What was kept for one person is not shown to another, nor when nobody is signed in.", async () => {
  const phone = createPhone();
  await phone.start({ who: ME });
  await until(async () => (await (await phone.inside()).count("kept")) === 1);
  for (const who of ["somebody", ""]) {
    const world = await phone.start({ who, answer: null });
    assert.equal(world.view().account_id, "", who);
  }
});

test("A session that ran out takes the plan from the phone; what waits stays, and goes when its owner is back.", async () => {
  const phone = createPhone();
  const first = await offline(phone);
  note(first, "a");
  await kept(first);
  const over = await phone.start({ who: ME, answer: 401 });
  await until(() => over.view().phase === "signed_out");
  await until(async () => (await (await phone.inside()).getAllKeys("kept")).every((name) => name !== "snapshot"));
  assert.deepEqual([over.view().waiting, over.posts.length], [1, 0]);
  const back = await phone.start({ who: ME });
  await until(() => back.posted.length === 1);
});

test("On a shared phone each one's entries wait for their own account.", async () => {
  const phone = createPhone();
  const first = await offline(phone);
  note(first, "mine");
  await kept(first);
  const other = snapshot({ account: { id: "other", display_name: "Bo", zone: "UTC" } });
  const second = await phone.start({ who: "other", answer: other });
  note(second, "theirs");
  await until(() => second.posted.length === 1);
  assert.equal(second.posted[0].data.text, "theirs");
  assert.equal(second.posts[0].headers["X-Account"], "other");
  const third = await phone.start({ who: ME });
  await until(() => third.posted.length === 1);
  assert.equal(third.posted[0].data.text, "mine");
});

test("Signing out leaves nothing of the account, and all of anybody else's.", async () => {
  const phone = createPhone();
  const other = snapshot({ account: { id: "other", display_name: "Bo", zone: "UTC" } });
  const bo = await offline(phone, { who: "other", answer: other });
  note(bo, "theirs");
  await kept(bo);
  const world = await offline(phone);
  note(world, "mine");
  await kept(world);
  await world.actions.signOut(true);
  assert.deepEqual([world.left, world.went, world.who, world.view().phase], [[true], ["/welcome"], "", "signed_out"]);
  const db = await phone.inside();
  assert.deepEqual((await db.getAll("outbox")).map((row) => row.account), ["other"]);
  assert.equal(await db.count("kept"), 0);
});

test("Forms half filled are there when the app is started again, for a day, and only for who filled them.", async () => {
  const phone = createPhone();
  const first = await phone.start({ who: ME });
  first.actions.begin("flare");
  first.actions.setField("flare", "severity_now", "7");
  await first.pass(1000);
  await until(async () => (await (await phone.inside()).count("kept")) === 2);
  const opened = await phone.start({ who: ME, answer: null });
  opened.actions.begin("flare");
  await until(() => opened.view().forms.flare.severity_now === "7");
  await first.pass(25 * 3600000);
  const late = await phone.start({ who: ME, answer: null, now: first.now });
  await until(() => late.view().ready);
  assert.equal(late.view().forms.flare.severity_now, "");
  const other = await phone.start({ who: "other", answer: snapshot({ account: { id: "other", display_name: "Bo", zone: "UTC" } }) });
  assert.equal(other.view().forms.flare.severity_now, "");
});

test("A form that was saved and emptied does not come back half-filled when the app is started again.", async () => {
  const phone = createPhone();
  const first = await offline(phone);
  first.actions.begin("question");
  first.actions.setField("question", "text", "May I walk?");
  const db = await phone.inside();
  await first.pass(1000);
  await until(async () => (await db.count("kept")) === 2);
  const before = String((await db.get("kept", `drafts ${ME}`)).box.iv);
  first.actions.saveForm("question");
  await first.pass(1000);
  await until(async () => String((await db.get("kept", `drafts ${ME}`)).box.iv) !== before);
  const second = await phone.start({ who: ME, answer: null });
  await until(() => second.view().ready);
  second.actions.begin("question");
  await second.pass(1000);
  assert.equal(second.view().forms.question.text, "");
});

test("On a shared phone what one left half-filled outlives what the other types.", async () => {
  const phone = createPhone();
  const bo = snapshot({ account: { id: "other", display_name: "Bo", zone: "UTC" } });
  for (const [who, answer, text] of [[ME, snapshot(), "mine"], ["other", bo, "theirs"]]) {
    const world = await phone.start({ who, answer });
    world.actions.setField("note", "text", text);
    await world.pass(1000);
    await until(async () => (await (await phone.inside()).getAllKeys("kept")).some((name) => String(name).endsWith(who)));
  }
  for (const [who, answer, text] of [[ME, snapshot(), "mine"], ["other", bo, "theirs"]]) {
    const world = await phone.start({ who, answer });
    await until(() => world.view().forms.note.text === text);
  }
});

test("A form that a page opened blank before the phone was read is filled all the same; one being typed in is left alone.", async () => {
  const phone = createPhone();
  const first = await phone.start({ who: ME });
  for (const form of ["note", "question"]) first.actions.setField(form, "text", "before");
  await first.pass(1000);
  await until(async () => (await (await phone.inside()).count("kept")) === 2);
  const world = createWorld({ storage: phone.open(), answer: null });
  world.who = ME;
  world.actions.begin("note");
  world.actions.setField("question", "text", "now");
  await world.start();
  await until(() => world.view().forms.note.text === "before");
  assert.equal(world.view().forms.question.text, "now");
});

test("A phone without room says so at once, keeps the entry on the page, sends it, and writes it down when there is room.", async () => {
  const phone = createPhone();
  const storage = phone.open();
  const full = { ...storage, save: async () => { throw new DOMException("no room", "QuotaExceededError"); } };
  const shown = { current: full };
  const world = await phone.start({ who: ME, storage: new Proxy(storage, { get: (_, name) => shown.current[name] }) });
  world.take = null;
  note(world, "a");
  await until(() => world.view().trouble === "full");
  assert.deepEqual([world.view().loose, texts(world)], [1, ["a waiting loose"]]);
  await until(() => world.posts.length > 0);
  shown.current = storage;
  world.core.wake();
  await until(() => world.view().loose === 0);
  assert.deepEqual([world.view().trouble, (await storage.load()).items.length], ["", 1]);
});

for (const [status, shown] of [["stored", "saved"], ["rejected", "rejected"]]) test(`Without room to write it down, what the server called ${status} stays so and is not sent again.`, async () => {
  const storage = createPhone().open();
  let full = false;
  const save = async (items) => {
    if (full) throw new DOMException("no room", "QuotaExceededError");
    return storage.save(items);
  };
  const world = await offline(createPhone(), { storage: { ...storage, save } });
  note(world, "a");
  await kept(world);
  full = true;
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status })) });
  world.core.wake();
  await until(() => texts(world)[0] === `a ${shown}`);
  await until(() => world.view().trouble === "full");
  const sent = world.posts.length;
  await world.core.outbox.flush(ME);
  assert.deepEqual([texts(world), world.posts.length], [[`a ${shown}`], sent]);
});

test("A browser that gives no place at all still sends, and says that it keeps nothing.", async () => {
  const nowhere = async () => { throw new DOMException("not here", "InvalidStateError"); };
  const storage = new Proxy({}, { get: (_, name) => (name === "onChange" ? () => {} : nowhere) });
  const world = await createPhone().start({ who: ME, storage });
  assert.deepEqual([world.view().phase, world.view().trouble], ["ready", "blocked"]);
  note(world, "a");
  await until(() => world.posted.length === 1);
  await until(() => texts(world)[0] === "a saved loose");
});

test("Only what is written down is said to be on this phone.", async () => {
  const phone = createPhone();
  const world = await offline(phone);
  note(world, "a");
  assert.equal(world.view().last_sync, "writing");
  await kept(world);
  assert.equal(world.view().last_sync, "waiting");
});

test("A damaged entry is counted and left; the others are read and go.", async () => {
  const phone = createPhone();
  const first = await offline(phone);
  for (const text of ["a", "b", "c", "d"]) note(first, text);
  await kept(first);
  const db = await phone.inside();
  const [a, b, c] = await db.getAll("outbox");
  await db.put("outbox", { ...a, box: { ...a.box, data: a.box.data.slice(4) } });
  await db.put("outbox", { n: b.n, id: b.id, account: b.account });
  await db.put("outbox", { ...c, account: "somebody" });
  const second = await phone.start({ who: ME });
  await until(() => second.posted.length === 1);
  assert.deepEqual([second.posted[0].data.text, second.view().damaged], ["d", 3]);
  second.actions.discardDamaged();
  await until(async () => (await db.count("outbox")) === 1);
  assert.equal(second.view().damaged, 0);
});

test("A damaged snapshot, a lost key, a lost database: the app starts with what there is.", async () => {
  const phone = createPhone();
  const first = await offline(phone);
  note(first, "a");
  await kept(first);
  const db = await phone.inside();
  await db.put("kept", "nonsense", "snapshot");
  const second = await phone.start({ who: ME, answer: null });
  assert.equal(second.view().phase, "offline");
  await db.clear("key");
  const third = await phone.start({ who: ME });
  assert.deepEqual([third.view().phase, third.view().damaged], ["ready", 1]);
  note(third, "b");
  await until(() => third.posted.length === 1);
});

test("A newer layout takes over what waits; an older app left open sends on and says that it keeps nothing.", async () => {
  const phone = createPhone();
  const old = await offline(phone);
  note(old, "a");
  await kept(old);
  const newer = [...LAYOUTS, (db) => db.createObjectStore("more")];
  const updated = await phone.start({ who: ME, storage: phone.open({ layouts: newer }) });
  await until(() => updated.posted.length === 1);
  assert.equal(updated.posted[0].data.text, "a");
  note(old, "b");
  await until(() => old.view().trouble === "blocked");
  assert.deepEqual([texts(old).at(-1), old.view().loose], ["b waiting loose", 1]);
  old.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  old.core.wake();
  await until(() => texts(old).at(-1) === "b saved loose");
});

test("Where the phone's database does not answer, the app starts, sends, says that it keeps nothing, and can be left.", async () => {
  const phone = createPhone();
  const frozen = await offline(phone, { storage: phone.open({ layouts: [LAYOUTS[0]] }) });
  note(frozen, "a");
  await kept(frozen);
  // A tab of an older version that the phone has put to sleep: it does not let the newer one in.
  const asleep = await openDB(phone.name, 1, { blocking: () => {} });
  const newer = [...LAYOUTS, (db) => db.createObjectStore("more")];
  const world = await phone.start({ who: ME, storage: phone.open({ layouts: newer, patience: 20 }) });
  note(world, "b");
  await until(() => texts(world)[0] === "b saved loose");
  assert.equal(world.view().trouble, "blocked");
  world.take = null;
  note(world, "c");
  assert.equal(world.view().loose, 1);
  asleep.close();
  await until(() => (world.core.wake(), world.view().loose === 0));
  await until(() => ["a waiting", "c waiting"].every((one) => texts(world).includes(one)));
  await world.actions.signOut();
  assert.equal(world.view().phase, "signed_out");
});

test("Two tabs see one outbox: what one writes the other shows, and what one has sent the other does not send.", async (t) => {
  const phone = createPhone();
  const channels = [0, 1].map(() => new BroadcastChannel(phone.name));
  t.after(() => channels.forEach((channel) => channel.close()));
  const [one, two] = await Promise.all(channels.map((channel) => offline(phone, { storage: phone.open({ channel }) })));
  note(one, "a");
  await until(() => texts(two).includes("a waiting"));
  note(two, "b");
  await until(() => texts(one).includes("b waiting") && one.posts.length && two.posts.length);
  for (const tab of [one, two]) {
    tab.posts.length = 0;
    tab.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "stored" })) });
  }
  one.core.wake();
  await until(() => texts(two).join() === "a saved,b saved");
  two.core.wake();
  await until(() => two.gets.length > 1);
  assert.deepEqual([one.posted.map((entry) => entry.data.text), two.posted], [["a", "b"], []]);
});

test("Signed out in one tab, the other shows nothing more.", async (t) => {
  const phone = createPhone();
  const channels = [0, 1].map(() => new BroadcastChannel(phone.name));
  t.after(() => channels.forEach((channel) => channel.close()));
  const [one, two] = await Promise.all(channels.map((channel) => phone.start({ who: ME, storage: phone.open({ channel }) })));
  two.who = "";
  await one.actions.signOut();
  await until(() => two.view().phase === "signed_out");
  assert.equal(two.view().display_name, "");
});

test("A file has every entry that the server does not have, with why it was refused.", async () => {
  const phone = createPhone();
  const world = await phone.start({ who: ME });
  world.take = (body) => ({ results: body.entries.map(({ id }) => ({ id, status: "rejected", code: "from_the_future", message: "later" })) });
  note(world, "a");
  await until(() => texts(world)[0] === "a rejected");
  world.take = null;
  note(world, "b");
  world.actions.exportEntries();
  const [file] = world.files;
  assert.match(file.name, /^taper-entries-2026-11-23\.json$/);
  assert.deepEqual(file.content.entries.map((entry) => [entry.data.text, entry.refused?.code ?? ""]), [["a", "from_the_future"], ["b", ""]]);
});
