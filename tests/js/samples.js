// Snapshots and summaries as the server sends them, small but complete. Monday 23 November 2026, 10:00 in Chicago.

import { addDays } from "../../taper_app/pwa/js/dates.js";

export const TODAY = "2026-11-23";
export const ZONE = "America/Chicago";
export const NOW = Date.parse("2026-11-23T10:00:00-06:00");
export const PLAN = "0193a000-0000-7000-8000-000000000001";

let count = 0;
export const uuid = () => `0193b000-0000-7000-8000-${String((count += 1)).padStart(12, "0")}`;

/** An entry at a wall time of today in Chicago, or at a full instant. */
export function entry(kind, data, { at = "09:00", id = uuid(), changes = null, zone = ZONE } = {}) {
  return { id, kind, at: at.length > 5 ? at : `${TODAY}T${at}:00-06:00`, zone, data, changes };
}

export const dose = (data, options) => entry("dose", { plan_id: PLAN, action: "taken", ...data }, options);
export const due = (at, date = TODAY) => ({ date, at });

/** 105 mg down to 15 in seven steps of five days; the third begins today. */
export function plan(change = {}) {
  const levels = ["105", "90", "75", "60", "45", "30", "15"];
  const stairs = levels.map((level, i) => ({
    from: addDays(TODAY, (i - 2) * 5), to: i === 6 ? null : addDays(TODAY, (i - 1) * 5 - 1), level, status: "active",
    step: i + 1, revision: 1,
  }));
  const doses = [
    { at: "08:00", amount: "30", unit: "mg", parts: [{ strength: "15", count: "2" }], volume: null },
    { at: "13:00", amount: "15", unit: "mg", parts: [{ strength: "15", count: "1" }], volume: null },
    { at: "bedtime", amount: "30", unit: "mg", parts: [{ strength: "15", count: "2" }], volume: null },
  ];
  return {
    id: PLAN, status: "active", prescriber: "Dr. Lee",
    medication: {
      name: "Morphine SR", form: "tablet", unit: "mg", strengths: ["15"], release: "extended", may_split: "no",
      concentration: null,
    },
    ends: "stay", last_day: null, review_on: null, revision: 1, steps: 7, changed_on: null, held_by: null, stairs,
    days: days({ status: "active", step: 3, revision: 1, doses, as_needed: [] }),
    next_change: { on: addDays(TODAY, 5), what: "step", starts_when: null, level: "60" },
    ...change,
  };
}

export const days = (like) => Array.from({ length: 46 }, (_, i) => ({ date: addDays(TODAY, i - 31), ...like }));

export const NEEDED = {
  amount: "5", for: "pain", at_most: 3, per_hours: 24, as_written: "1 tablet for pain, at most 3 in 24 hours",
};

export function snapshot(change = {}) {
  return {
    account: { id: "0193a000-0000-7000-8000-00000000000a", display_name: "Ana", zone: ZONE }, date: TODAY,
    known_at: "2026-11-23T09:10:00-06:00", plans: [plan()], drafts: [], entries: [], guard: [],
    safety: { people: [], after_hours: null }, ...change,
  };
}

const patchMedication = {
  name: "Fentanyl", form: "patch", unit: "mcg/h", strengths: ["25"], release: "extended", may_split: "no", concentration: null,
};

const CHANGED = "0193f0aa-0000-7000-8000-000000000001";

export const SNAPSHOTS = {
  empty: snapshot({ plans: [] }),
  full: snapshot({
    drafts: [{ id: uuid(), name: "Oxycodone" }, { id: uuid(), name: null }],
    plans: [plan({ days: days({ status: "active", step: 3, revision: 1, doses: plan().days[0].doses, as_needed: [NEEDED] }) })],
    entries: [
      dose({ due: due("08:00"), amount: "30" }, { at: "08:05" }),
      dose({ due: due("13:00"), action: "different", amount: "20" }, { at: "09:30" }),
      dose({ amount: "5" }, { at: "09:31" }),
      entry("flare", { started_at: `${TODAY}T09:20:00-06:00`, severity_now: 6, places: ["lower_back"] }, { at: "09:21" }),
      entry("flare", { started_at: "2026-11-19T20:00:00-06:00", ended_at: "2026-11-19T21:00:00-06:00", severity_now: 4, severity_worst: 7 }, { id: CHANGED }),
      entry("flare", { severity_worst: 8, places: null }, { at: "10:00", changes: CHANGED }),
      entry("check_in", { pain: 4, relief: 6, body: ["yawning"], note: "slept badly" }),
      entry("peg", { average: 5, enjoyment: 6, activity: 7 }),
      entry("option_tried", { option: "yoga", before: 6, after: 4, minutes: 20 }),
      entry("condition", { state: "same", said_by: "Dr. Lee" }),
      entry("baseline", { allodynia: ["clothing"], pain: 3 }),
      entry("health", { conditions: ["migraine"], risks: ["family"], note: "Gout." }),
      entry("question", { text: "Is it still right?" }),
      entry("naloxone", { place: "Kitchen, top drawer", expires_on: "2027-05-31" }),
      entry("note", { text: "Rain." }),
    ],
    guard: ["at_end"],
    safety: { people: [{ name: "Eva", phone: "555 0100" }], after_hours: "555 0199" },
  }),
  hold: snapshot({
    plans: [
      plan({
        stairs: [
          { from: "2026-11-01", to: "2026-11-17", level: "90", status: "active", step: 1, revision: 1 },
          { from: "2026-11-18", to: null, level: "90", status: "held", step: 1, revision: 1 },
        ],
        days: days({ status: "held", step: 1, revision: 1, doses: plan().days[0].doses, as_needed: [] }),
        next_change: null, steps: 3, held_by: "Dr. Lee",
      }),
    ],
  }),
  patch: snapshot({
    plans: [
      plan({
        medication: patchMedication,
        days: days({
          status: "active", step: 3, revision: 1, as_needed: [],
          doses: [{ at: "09:00", amount: "25", unit: "mcg/h", parts: [], volume: null }],
        }),
      }),
    ],
    entries: [dose({ due: due("09:00"), action: "removed" }, { at: "08:58" })],
  }),
  undated: snapshot({
    plans: [
      plan({
        steps: 4, stairs: [{ from: "2026-11-10", to: null, level: null, status: "active", step: 1, revision: 1 }],
        next_change: { on: null, what: "undated", starts_when: "when the box is empty", level: null },
      }),
    ],
  }),
  several: snapshot({
    plans: [
      plan(),
      plan({ id: uuid(), medication: { ...plan().medication, name: "Tapentadol", release: null, form: null } }),
      plan({ id: uuid(), status: "ended", days: [], stairs: [], next_change: null }),
    ],
  }),
};

const stairs = plan().stairs.map((stair) => ({ ...stair, level: String(Math.round((Number(stair.level) / 105) * 100) / 100) }));

export const SUMMARIES = {
  minimal: {
    display_name: "Ana", label: "Eva", scopes: ["plan_dates", "flares"], date: TODAY, fresh_on: null,
    expires_at: "2026-12-31T00:00:00Z",
    plans: [{ stairs, steps: 7, step: 3, day_of_step: 1, next_change: { on: "2026-11-28", what: "step", days: 5 }, medication: null }],
    flares: [],
  },
  full: {
    display_name: "Ana", label: "Eva", date: TODAY, fresh_on: TODAY, expires_at: "2026-12-31T00:00:00Z",
    scopes: ["plan_dates", "plan", "doses", "flares", "check_ins", "options", "notes", "safety"],
    plans: [
      {
        ...plan(), status: "active", step: 3, day_of_step: 1, next_change: { on: "2026-11-28", what: "step", days: 5 },
        days: plan().days.slice(31, 33),
      },
    ],
    flares: [
      { started_at: "2026-11-23T15:20:00Z", ended_at: null, severity_now: 6, severity_worst: null, places: ["lower_back"], zone: ZONE },
    ],
    doses: [{ plan_id: PLAN, date: TODAY, taken: 1, due: 3 }],
    check_ins: [
      { at: "2026-11-23T15:00:00Z", date: TODAY, zone: ZONE, kind: "check_in", pain: 4, relief: null, body: ["yawning"] },
      { at: "2026-11-23T15:00:00Z", date: TODAY, zone: ZONE, kind: "peg", average: 5, enjoyment: 6, activity: 7 },
    ],
    options: [{ at: "2026-11-23T15:00:00Z", date: TODAY, zone: ZONE, option: "yoga", before: 6, after: 4, minutes: null, note: null }],
    notes: [
      { at: "2026-11-23T05:00:00Z", date: "2026-11-22", zone: ZONE, kind: "note", text: "Rain." },
      { at: "2026-11-23T15:00:00Z", date: TODAY, zone: ZONE, kind: "baseline", allodynia: ["clothing"], pain: 3 },
    ],
    safety: { naloxone: { place: "Kitchen", expires_on: "2027-05-31" }, people: [{ name: "Eva", phone: "555 0100" }] },
  },
};
