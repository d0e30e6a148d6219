import assert from "node:assert/strict";
import test from "node:test";
import { addDays, day, daysBetween, instantOf, isDate, isTime, noDay, rfc3339, wall, wallOf } from "../../taper_app/pwa/js/dates.js";

const CHICAGO = "America/Chicago";
const at = (text) => Date.parse(text);

test("A date has its English words in day-month order.", () => {
  const found = day("2026-11-27", "2026-11-23", "en");
  assert.deepEqual(found, { date: "2026-11-27", short: "Fri 27 Nov", long: "Friday 27 November", away: 4 });
  assert.equal(day("2026-09-07", "2026-11-23", "en-US").short, "Mon 7 Sep");
});

test("A date in another language has that language's words and order.", () => {
  assert.match(day("2026-11-27", "2026-11-23", "es").long, /viernes.*27 de noviembre/);
});

test("A date that is most of a year away says its year.", () => {
  assert.equal(day("2028-01-03", "2026-11-23", "en").short, "Mon 3 Jan 2028");
  assert.equal(day("2027-01-04", "2026-11-23", "en").short, "Mon 4 Jan");
});

test("What is no date has no words.", () => {
  for (const nothing of ["", null, undefined, false, "2026-02-30", "soon", 20261123]) {
    assert.deepEqual(day(nothing, "2026-11-23", "en"), noDay());
  }
  assert.equal(isDate("2028-02-29"), true);
  assert.equal(isDate("2026-02-29"), false);
});

test("Days are counted over the ends of months, years and clock changes.", () => {
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(addDays("2028-03-01", -1), "2028-02-29");
  assert.equal(daysBetween("2026-10-30", "2026-11-02"), 3);
  assert.equal(daysBetween("2026-11-23", "2026-11-20"), -3);
});

test("The same instant is another day in another zone.", () => {
  const instant = at("2026-11-23T23:30:00-06:00");
  assert.equal(wall(instant, CHICAGO).date, "2026-11-23");
  assert.equal(wall(instant, CHICAGO).time, "23:30");
  assert.equal(wall(instant, "Europe/Berlin").date, "2026-11-24");
  assert.equal(wall(instant, "Asia/Kolkata").time, "11:00");
  assert.equal(wall(at("2026-11-23T00:00:00-06:00"), CHICAGO).time, "00:00");
});

test("A zone that this device does not know is read as it was written.", () => {
  assert.deepEqual(wallOf("2026-11-23T23:30:05+13:00", "Mars/Olympus"), { date: "2026-11-23", time: "23:30", second: "05" });
});

test("An instant is written with the offset of that night's side of the clock change.", () => {
  assert.equal(rfc3339(at("2026-11-01T06:30:00Z"), CHICAGO), "2026-11-01T01:30:00.000-05:00");
  assert.equal(rfc3339(at("2026-11-01T07:30:00Z"), CHICAGO), "2026-11-01T01:30:00.000-06:00");
  assert.equal(rfc3339(at("2026-11-23T10:00:00.250Z"), "Asia/Kolkata"), "2026-11-23T15:30:00.250+05:30");
  assert.equal(rfc3339(at("2026-11-23T10:00:00Z"), "UTC"), "2026-11-23T10:00:00.000+00:00");
});

test("A written instant reads back as the same instant, in every hour of a clock-change night.", () => {
  for (const night of ["2026-03-08T00:00:00-06:00", "2026-11-01T00:00:00-05:00"]) {
    for (let hour = 0; hour < 12; hour += 0.5) {
      const instant = at(night) + hour * 3600000;
      assert.equal(Date.parse(rfc3339(instant, CHICAGO)), instant);
    }
  }
});

test("A wall time becomes its instant, also on clock-change nights.", () => {
  assert.equal(instantOf("2026-11-23", "08:00", CHICAGO), at("2026-11-23T08:00:00-06:00"));
  assert.equal(instantOf("2026-07-01", "08:00", CHICAGO), at("2026-07-01T08:00:00-05:00"));
  // 01:30 comes twice on this night: the first is meant.
  assert.equal(instantOf("2026-11-01", "01:30", CHICAGO), at("2026-11-01T01:30:00-05:00"));
  assert.equal(instantOf("2026-11-01", "03:00", CHICAGO), at("2026-11-01T03:00:00-06:00"));
  // 02:30 never comes on this one: an hour later stands on the clock.
  assert.equal(instantOf("2026-03-08", "02:30", CHICAGO), at("2026-03-08T03:30:00-05:00"));
  assert.equal(instantOf("2026-03-08", "03:00", CHICAGO), at("2026-03-08T03:00:00-05:00"));
  assert.equal(instantOf("2026-11-23", "00:30", "Pacific/Kiritimati"), at("2026-11-23T00:30:00+14:00"));
});

test("Only a time of the day is a time.", () => {
  assert.deepEqual(["00:00", "23:59", "24:00", "8:00", "bedtime", null].map(isTime), [true, true, false, false, false, false]);
});
