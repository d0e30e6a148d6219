// @ts-check
// What each form asks, and how what was typed becomes the data of an entry. Pure.

import { isAmount } from "./amounts.js";
import { instantOf, isDate, isTime, rfc3339, wall, wallOf } from "./dates.js";
import { text } from "./views/common.js";

/**
 * @typedef {Record<string, string | string[]>} Values
 * @typedef {"scale" | "minutes" | "amount" | "date" | "text" | "list"} Type
 * @typedef {{fields: Record<string, Type>, moments?: Record<string, [string, string]>, required?: string[],
 *   extra?: string[], single?: boolean, again?: boolean}} Spec
 *   moments: data key -> date and time field. extra: fields that are shown and not sent as they are.
 *   single: one record is kept up to date. again: the form is blank after it is saved.
 */

/** @type {Record<string, Spec>} */
export const FORMS = {
  flare: {
    fields: {
      severity_now: "scale", severity_worst: "scale", places: "list", feels: "list", allodynia: "list", spread: "text",
      triggers: "list", helped: "list", note: "text",
    },
    moments: { started_at: ["started_date", "started_time"], ended_at: ["ended_date", "ended_time"] },
  },
  check_in: { fields: { pain: "scale", relief: "scale", sleep: "scale", mood: "scale", body: "list", note: "text" } },
  dose: {
    fields: { plan_id: "text", action: "text", amount: "amount" },
    moments: { happened_at: ["date", "time"] },
    extra: ["due_date", "due_at", "due_amount"],
    required: ["plan_id", "action"],
  },
  option_tried: {
    fields: { option: "text", before: "scale", after: "scale", minutes: "minutes", note: "text" },
    required: ["option"],
  },
  question: { fields: { text: "text" }, required: ["text"], again: true },
  note: { fields: { text: "text" }, required: ["text"], again: true },
  naloxone: { fields: { place: "text", expires_on: "date" }, single: true },
  condition: { fields: { state: "text", said_by: "text" }, required: ["state"] },
  baseline: { fields: { allodynia: "list", pain: "scale" }, single: true },
  health: { fields: { conditions: "list", risks: "list", note: "text" }, single: true },
  peg: {
    fields: { average: "scale", enjoyment: "scale", activity: "scale" },
    required: ["average", "enjoyment", "activity"],
  },
};

/** A form in which nothing is ticked. @param {string} form @returns {Values} */
export function blank(form) {
  const { fields, moments = {}, extra = [] } = FORMS[form];
  const named = Object.entries(fields).map(([name, type]) => [name, type === "list" ? [] : ""]);
  return Object.fromEntries([...named, ...[...Object.values(moments).flat(), ...extra].map((name) => [name, ""])]);
}

/** @param {string} form @param {import("./fold.js").Rec} record @returns {Values} */
export function fromRecord(form, record) {
  const { fields, moments = {} } = FORMS[form];
  const values = blank(form);
  for (const [name, type] of Object.entries(fields)) {
    const value = record.data[name];
    values[name] = type === "list" ? (Array.isArray(value) ? value.map(text) : []) : text(value);
  }
  for (const [key, [date, time]] of Object.entries(moments)) {
    const at = record.data[key] ?? (key === "happened_at" ? record.at : "");
    if (!at || Number.isNaN(Date.parse(at))) continue;
    const there = wallOf(at, record.zone);
    [values[date], values[time]] = [there.date, there.time];
  }
  if (form === "dose") [values.due_date, values.due_at] = [text(record.data.due?.date), text(record.data.due?.at)];
  return values;
}

/** @param {Values} a @param {Values} b @param {string} name */
const differs = (a, b, name) => String(a[name] ?? "") !== String(b[name] ?? "");

/** @param {Values} values @param {Values} original */
export const isDirty = (values, original) => Object.keys(values).some((name) => differs(values, original, name));

/** What keeps a form from being saved, or null. @param {string} form @param {Values} values */
export function missing(form, values) {
  const { fields, required = [], moments = {} } = FORMS[form];
  for (const name of required) if (!String(values[name]).trim()) return { error: "required", field: name };
  if (form === "dose" && values.action === "different" && !String(values.amount).trim()) return { error: "required", field: "amount" };
  const names = [...Object.keys(fields), ...Object.values(moments).flat()];
  if (!names.some((name) => String(values[name]).trim())) return { error: "required", field: names[0] };
  return null;
}

/**
 * The data of what changed from `original`: a cleared field is null. `error` and `field` when it cannot be read.
 * @param {string} form @param {Values} values @param {Values} original
 * @param {{now: number, zone: string}} clock the zone is that of the record
 * @returns {{data: Record<string, any>, error?: string, field?: string}}
 */
export function toData(form, values, original, clock) {
  const { fields, moments = {} } = FORMS[form];
  /** @type {Record<string, any>} */
  const data = {};
  const given = { ...values };
  if (form === "dose" && (given.action === "skipped" || given.action === "removed")) given.amount = "";
  for (const [name, type] of Object.entries(fields)) {
    if (!differs(given, original, name)) continue;
    const read = readField(type, given[name]);
    if (read === undefined) return { data: {}, error: wrong(type), field: name };
    data[name] = read;
  }
  for (const [key, [date, time]] of Object.entries(moments)) {
    if (!differs(given, original, date) && !differs(given, original, time)) continue;
    const read = readMoment(String(given[date]), String(given[time]), clock);
    if (typeof read !== "string" && read) return { data: {}, error: read.error, field: read.late ? time : date };
    // When a flare began is changed, never cleared.
    if (read !== null || key !== "started_at") data[key] = read;
  }
  const began = data.started_at ?? startOf(form, original, clock);
  if (began && data.ended_at && Date.parse(data.ended_at) < Date.parse(began)) {
    return { data: {}, error: "ends_before_start", field: "ended_time" };
  }
  return { data };
}

/** @param {string} form @param {Values} original @param {{now: number, zone: string}} clock */
function startOf(form, original, clock) {
  const began = form === "flare" && readMoment(String(original.started_date), String(original.started_time), clock);
  return typeof began === "string" ? began : "";
}

/** @param {Type} type */
const wrong = (type) => (type === "amount" ? "not_an_amount" : type === "date" ? "not_a_date" : "out_of_range");

/** undefined when it cannot be read. @param {Type} type @param {string | string[]} value */
function readField(type, value) {
  if (type === "list") return value.length ? [...value] : null;
  const typed = String(value).trim();
  if (!typed) return null;
  if (type === "amount") return isAmount(typed) ? typed : undefined;
  if (type === "date") return isDate(typed) ? typed : undefined;
  if (type === "text") return typed;
  const whole = /^\d{1,4}$/.test(typed) ? Number(typed) : NaN;
  return whole <= (type === "scale" ? 10 : 1440) ? whole : undefined;
}

/** @param {string} date @param {string} time @param {{now: number, zone: string}} clock
 * @returns {string | null | {error: string, late: boolean}} */
function readMoment(date, time, { now, zone }) {
  if (!date && !time) return null;
  if (!time) return { error: "required", late: true };
  if (!isTime(time)) return { error: "not_a_time", late: true };
  if (date && !isDate(date)) return { error: "not_a_date", late: false };
  let at = instantOf(date || wall(now, zone).date, time, zone);
  // A time alone that is still to come today was yesterday's.
  if (!date && at > now) at = instantOf(wall(now - 86400000, zone).date, time, zone);
  if (at > now + 60000) return { error: "in_future", late: Boolean(date) };
  return rfc3339(at, zone);
}
