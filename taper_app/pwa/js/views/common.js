// @ts-check
// What the views share. A view never holds null: "" and empty lists stand for what is not there.

import { day, daysBetween, isDate, noDay, wallOf } from "../dates.js";

/**
 * @typedef {import("../fold.js").Rec} Rec
 * @typedef {import("../dates.js").Day} Day
 * @typedef {{snapshot: any, records: Rec[], now: number, zone: string, lang: string, today: string,
 *   sync: (id: string) => string}} Context
 *   zone: the account's; today: the date there; sync: of a record id, waiting, saved or rejected.
 */

/** @param {unknown} value @returns {string} */
export const text = (value) => (value === null || value === undefined ? "" : String(value));

/** @param {unknown} value @returns {string[]} */
export const list = (value) => (Array.isArray(value) ? value.map(text) : []);

/** @param {unknown} value @returns {any[]} */
export const rows = (value) => (Array.isArray(value) ? value : []);

/** @param {Pick<Context, "today" | "lang">} ctx @param {unknown} date @returns {Day} */
export const dayOf = (ctx, date) => day(date, ctx.today, ctx.lang);

/** "08:00" or "bedtime", apart. @param {unknown} at */
export function atPieces(at) {
  const written = text(at);
  const clock = /^\d/.test(written);
  return { time: clock ? written : "", part_of_day: clock ? "" : written };
}

/** Tablets as the label counts them. @param {unknown} parts */
export const partsOf = (parts) =>
  rows(parts).map(({ count, strength }) => ({ count: text(count), one: text(count) === "1", strength: text(strength) }));

/** The dose of the plan that a record names, or null. @param {Rec} record @returns {{date: string, at: string} | null} */
export function dueOf({ data }) {
  const due = data.due;
  return due && isDate(due.date) && typeof due.at === "string" ? due : null;
}

/** The text of the instant a record is about. @param {Rec} record @returns {string} */
export function happenedText({ kind, at, data }) {
  const other = kind === "flare" ? data.started_at : data.happened_at;
  return typeof other === "string" && !Number.isNaN(Date.parse(other)) ? other : at;
}

/** @param {Rec} record @returns {number} */
export const happened = (record) => Date.parse(happenedText(record));

/** The wall date and time a record is about, where it happened; `on` is the day it belongs to: a due date wins.
 * @param {Rec} record */
export function whenOf(record) {
  const { date, time } = wallOf(happenedText(record), record.zone);
  return { date, time, on: dueOf(record)?.date ?? date };
}

/** An instant as day and time in a record's zone. @param {Context} ctx @param {unknown} at @param {string} zone */
export function momentOf(ctx, at, zone) {
  if (typeof at !== "string" || Number.isNaN(Date.parse(at))) return { day: noDay(), time: "" };
  const { date, time } = wallOf(at, zone);
  return { day: dayOf(ctx, date), time };
}

/** The records of a kind that stand. @param {Context} ctx @param {string} kind */
export const standing = (ctx, kind) => ctx.records.filter((record) => record.kind === kind && !record.retracted);

/** The stair that a day lies in. @param {any[]} stairs @param {string} date */
export const stairOn = (stairs, date) =>
  stairs.findLast((stair) => stair.from && stair.from <= date && (!stair.to || stair.to >= date));

/** First and last day of the step that a day lies in: a hold in it does not cut it. @param {any[]} stairs @param {string} date */
export function stepAround(stairs, date) {
  const here = stairOn(stairs, date);
  if (!here) return { from: "", to: "" };
  const dated = stairs.filter((stair) => stair.from);
  const same = (/** @type {any} */ stair) => stair && stair.step === here.step && stair.revision === here.revision;
  let first = dated.indexOf(here);
  let last = first;
  while (same(dated[first - 1])) first -= 1;
  while (same(dated[last + 1])) last += 1;
  return { from: text(dated[first].from), to: text(dated[last].to) };
}

/** Day n of a step that began on `from`: 1 on its first day. @param {string} from @param {string} date */
export const dayNumber = (from, date) => (from ? daysBetween(from, date) + 1 : 0);

/** @param {any} medication */
export const isPatch = (medication) => medication?.form === "patch";

/** What comes next, counted from today. @param {Context} ctx @param {any} next */
export function changeView(ctx, next) {
  const on = dayOf(ctx, next?.on);
  return {
    what: text(next?.what), on, level: text(next?.level), starts_when: text(next?.starts_when),
    days: on.date ? on.away : Number(next?.days ?? 0),
  };
}
