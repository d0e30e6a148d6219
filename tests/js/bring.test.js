import assert from "node:assert/strict";
import test from "node:test";
import { createBring, IDLE } from "../../taper_app/pwa/js/bring.js";

/** A phone that brings files to a server that answers as told. */
function createPhone(status = 201, body = {}) {
  const phone = { calls: [], went: [], came: 0, down: false };
  phone.bring = createBring({
    go: (path) => phone.went.push(path),
    came: () => (phone.came += 1),
    fetch: async (url, { headers, body: file }) => {
      phone.calls.push([url, headers["Content-Type"], await file.text()]);
      if (phone.down) throw new TypeError("down");
      return { ok: status < 300, status, json: async () => body };
    },
  });
  return phone;
}

const file = (text) => new File([text], "x");

test("JSON and tables are told apart by their first byte, never by their name", async () => {
  for (const [text, url, type] of [
    ['{"a": 1}', "/api/v1/import", "application/json"],
    ["\uFEFF \n[1]", "/api/v1/import", "application/json"],
    ["day,pain", "/api/v1/import/diary", "text/csv"],
    ["", "/api/v1/import/diary", "text/csv"],
  ]) {
    const phone = createPhone(201, { id: "f 1", plans: [], entries: 0, questions: [] });
    await phone.bring.send(file(text), "/import/diary");
    assert.deepEqual(phone.calls.map((call) => call.slice(0, 2)), [[url, type]]);
    assert.deepEqual(phone.went, url.endsWith("diary") ? ["/import/diary?id=f%201"] : []);
  }
});

test("what came is said: new plans, how many entries, what is asked", async () => {
  const plans = [
    { id: "1", name: "A", status: "active", new: true },
    { id: "2", name: null, status: "draft", new: true },
    { id: "3", name: "C", status: "ended", new: false },
  ];
  const phone = createPhone(201, { plans, entries: 4, questions: [{}, {}] });
  await phone.bring.send(file("{}"), "/x");
  const listed = [{ id: "1", name: "A", draft: false }, { id: "2", name: "", draft: true }];
  assert.deepEqual(phone.bring.state(), { ...IDLE, phase: "done", plans: listed, logged: 4, questions: 2 });
  assert.equal(phone.came, 1);
});

test("a file in which nothing was new is known", async () => {
  const phone = createPhone(201, { plans: [{ id: "1", name: "A", status: "active", new: false }], entries: 0, questions: [] });
  await phone.bring.send(file("{}"), "/x");
  assert.equal(phone.bring.state().known, true);
});

test("a refusal keeps the server's words, the place, the line and how many more there are", async () => {
  const error = { code: "x", message: "No.", field: "entries.1.at", line: 3, errors: [1, 2, 3] };
  const phone = createPhone(422, { error });
  await phone.bring.send(file("{}"), "/x");
  assert.deepEqual(phone.bring.state(), { ...IDLE, phase: "failed", words: "No.", place: "entries.1.at", line: 3, more: 2 });
  assert.equal(phone.came, 0);
});

test("no file, a file that is too large and a broken line are told without the server", async () => {
  const phone = createPhone();
  await phone.bring.send(undefined, "/x");
  assert.equal(phone.bring.state().code, "no_file");
  await phone.bring.send({ size: 21 * 1024 * 1024 }, "/x");
  assert.equal(phone.bring.state().code, "too_large");
  assert.equal(phone.calls.length, 0);
  phone.down = true;
  await phone.bring.send(file("{}"), "/x");
  assert.deepEqual(phone.bring.state(), { ...IDLE, phase: "failed", code: "no_answer" });
});

test("one file at a time is sent, and what was said is forgotten when the page opens anew", async () => {
  const phone = createPhone(422, { error: { message: "No.", field: null } });
  await Promise.all([phone.bring.send(file("{}"), "/x"), phone.bring.send(file("{}"), "/x")]);
  assert.equal(phone.calls.length, 1);
  phone.bring.forget();
  assert.deepEqual(phone.bring.state(), IDLE);
});
