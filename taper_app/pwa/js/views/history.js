// @ts-check
// History: 31 days, newest first. A day without entries is "nothing logged", never more than that.

import { addDays, daysBetween } from "../dates.js";
import { atPieces, dayOf, dueOf, happened, list, momentOf, rows, text, whenOf } from "./common.js";

const DAYS = 31;
const KINDS = ["dose", "flare", "check_in", "peg", "option_tried", "condition", "note"];

/** @typedef {import("./common.js").Context} Context @typedef {import("./common.js").Rec} Rec */

/** @param {Context} ctx */
export function historyView(ctx) {
  const plans = new Map(rows(ctx.snapshot.plans).map((plan) => [plan.id, plan]));
  const twice = loggedTwice(ctx.records);
  /** @type {Map<string, Rec[]>} */
  const byDay = new Map();
  for (const record of ctx.records) {
    if (!KINDS.includes(record.kind)) continue;
    const { on } = whenOf(record);
    byDay.set(on, [...(byDay.get(on) ?? []), record]);
  }
  const begun = [...byDay.keys(), ...[...plans.values()].map((plan) => rows(plan.stairs)[0]?.from).filter(Boolean)].sort()[0];
  // Before the first entry and the first plan there is no history; an entry dated ahead has its day on top.
  const ahead = [...byDay.keys()].filter((date) => date > ctx.today).sort().reverse();
  const length = Math.min(DAYS, begun && begun < ctx.today ? daysBetween(begun, ctx.today) + 1 : 1);
  const days = [...ahead, ...Array.from({ length }, (_, i) => addDays(ctx.today, -i))];
  return days.map((date) => ({
    day: dayOf(ctx, date),
    items: (byDay.get(date) ?? []).sort((a, b) => happened(b) - happened(a)).map((record) => item(ctx, record, plans, twice)),
  }));
}

/** Records of one dose that two devices both ticked: shown as they are, never summed. @param {Rec[]} records */
function loggedTwice(records) {
  /** @type {Map<string, string[]>} */
  const named = new Map();
  for (const record of records) {
    const due = dueOf(record);
    if (record.kind !== "dose" || record.retracted || !due || record.data.action === "removed") continue;
    const key = `${record.data.plan_id} ${due.date} ${due.at}`;
    named.set(key, [...(named.get(key) ?? []), record.id]);
  }
  return new Set([...named.values()].filter((ids) => ids.length > 1).flat());
}

/** @param {Context} ctx @param {Rec} record @param {Map<string, any>} plans @param {Set<string>} twice */
function item(ctx, record, plans, twice) {
  const { data, kind } = record;
  const plan = plans.get(data.plan_id);
  const due = dueOf(record);
  const { time, part_of_day } = atPieces(due?.at);
  const ended = momentOf(ctx, data.ended_at, record.zone);
  return {
    id: record.id, kind, time: whenOf(record).time,
    changed: record.history.slice(1).some((entry) => Object.keys(entry.data).some((name) => name !== "retracted")),
    retracted: record.retracted, sync: ctx.sync(record.id),
    plan_id: text(data.plan_id), medication: text(plan?.medication.name), action: text(data.action),
    amount: text(data.amount), unit: text(plan?.medication.unit), due_time: time, due_part_of_day: part_of_day,
    planned: due !== null, twice: twice.has(record.id),
    severity_now: text(data.severity_now), severity_worst: text(data.severity_worst), places: list(data.places),
    feels: list(data.feels), allodynia: list(data.allodynia), spread: text(data.spread), triggers: list(data.triggers),
    helped: list(data.helped), going: kind === "flare" && !data.ended_at, ended: ended.day, ended_time: ended.time,
    pain: text(data.pain), relief: text(data.relief), sleep: text(data.sleep), mood: text(data.mood), body: list(data.body),
    average: text(data.average), enjoyment: text(data.enjoyment), activity: text(data.activity),
    option: text(data.option), before: text(data.before), after: text(data.after), minutes: text(data.minutes),
    state: text(data.state), said_by: text(data.said_by), note: text(data.note ?? data.text), by: text(record.history[0].by?.name),
    versions: record.history.length > 1 ? record.history.map((entry, i) => version(ctx, entry, i)) : [],
  };
}

/** One writing of a record: what it set, when. What only names the plan is left out.
 * @param {Context} ctx @param {Rec["history"][number]} entry @param {number} i */
function version(ctx, { at, zone, data, by }, i) {
  const { day, time } = momentOf(ctx, at, zone);
  const said = Object.entries(data).filter(([name]) => !["plan_id", "due", "retracted"].includes(name));
  const turned = data.retracted === true ? "out" : "retracted" in data ? "back" : "changed";
  return { what: i ? turned : "first", day, time, by: text(by?.name), said: said.map(([name, value]) => ({ name, given: valuesOf(ctx, name, value, zone) })) };
}

/** @param {Context} ctx @param {string} name @param {unknown} value @param {string} zone @returns {string[]} */
function valuesOf(ctx, name, value, zone) {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return list(value);
  if (!name.endsWith("_at")) return [text(value)];
  const { day, time } = momentOf(ctx, value, zone);
  return [`${day.short} ${time}`];
}
