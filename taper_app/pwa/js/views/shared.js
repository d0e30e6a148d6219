// @ts-check
// What a caregiver sees: what the server sent, laid out. Whatever a scope leaves out is empty here.

import { atPieces, changeView, dayOf, isPatch, list, momentOf, partsOf, rows, text } from "./common.js";
import { peopleView } from "./options.js";
import { stairsView } from "./stairs.js";

/** @typedef {import("./common.js").Context} Context */

/** @param {any} summary @param {Context} ctx zone: the caregiver's own device */
export function sharedView(summary, ctx) {
  const flares = rows(summary?.flares).map((flare, i) => flareView(ctx, flare, i));
  const begun = flares.map((flare) => flare.since.date).filter(Boolean);
  const entries = (/** @type {string} */ name) => rows(summary?.[name]).map((entry, i) => entryView(ctx, entry, i));
  const naloxone = summary?.safety?.naloxone ?? {};
  return {
    display_name: text(summary?.display_name), label: text(summary?.label), scopes: list(summary?.scopes),
    day: dayOf(ctx, summary && ctx.today), fresh: dayOf(ctx, summary?.fresh_on),
    expires: momentOrDay(ctx, summary?.expires_at).day, patch: Boolean(summary?.patch),
    plans: rows(summary?.plans).map((plan, i) => planView(ctx, plan, i, begun)),
    flares, going: flares.filter((flare) => flare.going),
    doses: rows(summary?.doses).map((one) => ({ day: dayOf(ctx, one.date), taken: Number(one.taken), due: Number(one.due) })),
    check_ins: entries("check_ins"), options: entries("options"), notes: entries("notes"),
    naloxone_place: text(naloxone.place), naloxone_expires: dayOf(ctx, naloxone.expires_on),
    people: peopleView(summary?.safety?.people),
  };
}

/** A date, or an instant on the clock it was written by; one written in UTC is read in the zone of this device.
 * @param {Context} ctx @param {unknown} at */
function momentOrDay(ctx, at) {
  const plain = dayOf(ctx, at);
  if (plain.date || typeof at !== "string" || /(Z|[+-]00:00)$/i.test(at)) {
    return plain.date ? { day: plain, time: "" } : momentOf(ctx, at, ctx.zone);
  }
  return { day: dayOf(ctx, at.slice(0, 10)), time: at.slice(11, 16) };
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
  const since = momentOrDay(ctx, flare.started_at);
  const ended = momentOrDay(ctx, flare.ended_at);
  return {
    key: text(flare.id ?? i), going: !flare.ended_at, severity_now: text(flare.severity_now),
    severity_worst: text(flare.severity_worst), places: list(flare.places), since: since.day, since_time: since.time,
    ended: ended.day, ended_time: ended.time,
  };
}

/** @param {Context} ctx @param {any} entry @param {number} i */
function entryView(ctx, entry, i) {
  const data = entry.data ?? entry;
  const { day, time } = momentOrDay(ctx, data.happened_at ?? entry.happened_at ?? entry.at ?? entry.date);
  return {
    key: text(entry.id ?? i), day, time, pain: text(data.pain), relief: text(data.relief), sleep: text(data.sleep),
    mood: text(data.mood), option: text(data.option), before: text(data.before), after: text(data.after),
    note: text(data.note ?? data.text),
  };
}
