import assert from "node:assert/strict";
import test from "node:test";
import { isAmount, isMore, total } from "../../taper_app/pwa/js/amounts.js";
import { uuid7 } from "../../taper_app/pwa/js/ids.js";

test("An amount is plain decimal text above nothing.", () => {
  for (const good of ["30", "7.5", "0.0001", " 15 ", "999999.9999"]) assert.equal(isAmount(good), true, good);
  for (const bad of ["", "0", "0.0", "-1", "1e3", "NaN", "7,5", "1.00001", "1234567", ".5", "5.", null, "٣"]) {
    assert.equal(isAmount(bad), false, String(bad));
  }
});

test("Amounts are compared as decimals, not as text and not as floating point.", () => {
  assert.equal(isMore("100", "30"), true);
  assert.equal(isMore("7.50", "7.5"), false);
  assert.equal(isMore("0.3", "0.2999"), true);
  assert.equal(isMore("30", ""), false);
});

test("A day's total is exact.", () => {
  assert.equal(total(["0.1", "0.2"]), "0.3");
  assert.equal(total(["30", "15", "30"]), "75");
  assert.equal(total(["100", "100"]), "200");
  assert.equal(total(["30", null]), "");
});

test("Ids are version 7 and rise, within a millisecond and when the clock goes back.", () => {
  const now = Date.parse("2026-11-23T10:00:00Z");
  const ids = Array.from({ length: 5000 }, (_, i) => uuid7(now - (i > 4990 ? 60000 : 0)));
  assert.match(ids[0], /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(parseInt(ids[0].slice(0, 8) + ids[0].slice(9, 13), 16), now);
});
