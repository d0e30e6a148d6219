// @ts-check
// What a caregiver sees: what the server sent, laid out. Whatever a scope leaves out is empty here.

import { atPieces, changeView, dayOf, isPatch, list, momentOf, partsOf, rows, text } from "./common.js";
import { peopleView } from "./options.js";
import { stairsView } from "./stairs.js";

/** @typedef {import("./common.js").Context} Context */

/** @param {any} summary @param {Context} ctx zone: the caregiver's own device */
export function sharedView(summary, ctx) {
  const [hour, frozen, got] = ["fresh_at", "frozen_at", "got_at"].map((name) => moment(ctx, summary?.[name]));
  const flares = rows(summary?.flares).map((flare, i) => flareView(ctx, flare, i));
  const begun = flares.map((flare) => flare.since.date).filter(Boolean);
  const entries = (/** @type {string} */ name) => rows(summary?.[name]).map((entry, i) => entryView(ctx, entry, i));
  const naloxone = summary?.safety?.naloxone ?? {};
  return {
    display_name: text(summary?.display_name), label: text(summary?.label), scopes: list(summary?.scopes),
    day: dayOf(ctx, summary && ctx.today), fresh: dayOf(ctx, summary?.fresh_on),
    expires: moment(ctx, summary?.expires_at).day, preview: Boolean(summary?.preview),
    fresh_hour: hour.day, fresh_time: hour.time, frozen: frozen.day, frozen_time: frozen.time, got_time: got.time,
    plans: rows(summary?.plans).map((plan, i) => planView(ctx, plan, i, begun)),
    flares, going: flares.filter((flare) => flare.going),
    doses: rows(summary?.doses).map((one) => ({
      key: `${text(one.plan_id)} ${text(one.date)}`, day: dayOf(ctx, one.date), taken: Number(one.taken), due: Number(one.due),
    })),
    check_ins: entries("check_ins"), options: entries("options"), notes: entries("notes"),
    naloxone_place: text(naloxone.place), naloxone_expires: dayOf(ctx, naloxone.expires_on),
    people: peopleView(summary?.safety?.people),
  };
}

/** An instant in the zone it happened in, else in that of this device; a date stands for itself.
 * @param {Context} ctx @param {unknown} at @param {unknown} [zone] */
function moment(ctx, at, zone) {
  const plain = dayOf(ctx, at);
  return plain.date ? { day: plain, time: "" } : momentOf(ctx, at, typeof zone === "string" ? zone : ctx.zone);
}

/** @param {Context} ctx @param {any} plan @param {number} i @param {string[]} flares */
function planView(ctx, plan, i, flares) {
  const medication = plan.medication ?? null;
  return {
    key: text(plan.id ?? i), medication: text(medication?.name), form: text(medication?.form), unit: text(medication?.unit),
    status: text(plan.status), step: plan.step ?? 0, steps: plan.steps ?? 0, day_of_step: plan.day_of_step ?? 0,
    next: changeView(ctx, plan.next_change),
    // Without the medicine the levels are shares of the highest: drawn, never written.
    stairs: stairsView(plan, ctx, { flares, labels: medication !== null }),
    days: rows(plan.days).map((day) => ({
      day: dayOf(ctx, day.date), status: text(day.status),
      doses: rows(day.doses).map((dose) => ({
        key: text(dose.at), ...atPieces(dose.at), amount: text(dose.amount), unit: text(dose.unit ?? medication?.unit),
        form: text(medication?.form), parts: partsOf(dose.parts), volume: text(dose.volume),
      })),
    })),
  };
}

/** @param {Context} ctx @param {any} flare @param {number} i */
function flareView(ctx, flare, i) {
  const since = moment(ctx, flare.started_at, flare.zone);
  const ended = moment(ctx, flare.ended_at, flare.zone);
  return {
    key: text(flare.id ?? i), going: !flare.ended_at, severity_now: text(flare.severity_now),
    severity_worst: text(flare.severity_worst), places: list(flare.places), since: since.day, since_time: since.time,
    ended: ended.day, ended_time: ended.time,
  };
}

/** @param {Context} ctx @param {any} entry @param {number} i */
function entryView(ctx, entry, i) {
  const { day, time } = moment(ctx, entry.at ?? entry.date, entry.zone);
  return {
    key: text(entry.id ?? i), kind: text(entry.kind), day, time, pain: text(entry.pain), relief: text(entry.relief),
    sleep: text(entry.sleep), mood: text(entry.mood), body: list(entry.body), average: text(entry.average),
    enjoyment: text(entry.enjoyment), activity: text(entry.activity), option: text(entry.option), before: text(entry.before),
    after: text(entry.after), minutes: text(entry.minutes), state: text(entry.state), said_by: text(entry.said_by),
    allodynia: list(entry.allodynia), note: text(entry.note ?? entry.text),
  };
}
