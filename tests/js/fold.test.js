import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fold } from "../../taper_app/pwa/js/fold.js";

const cases = JSON.parse(readFileSync(new URL("../cases/fold.json", import.meta.url), "utf8"));
const show = (record) => ({ ...record, history: record.history.map((entry) => entry.id) });

for (const { name, entries, records } of cases) {
  test(`Phone and server agree that ${name}.`, () => {
    assert.deepEqual(fold(entries).map(show), records);
    const ids = new Set(entries.map((entry) => entry.id));
    if (ids.size === entries.length) assert.deepEqual(fold([...entries].reverse()).map(show), records);
  });
}

test("Folding leaves the entries as they were.", () => {
  const { entries } = cases.find((one) => one.name.startsWith("null clears"));
  const before = JSON.stringify(entries);
  fold(entries);
  assert.equal(JSON.stringify(entries), before);
});
