// @ts-check
// Today: each plan with what is due, what was logged for it, and what changes next. It shows; it never advises.

import { addDays } from "../dates.js";
import { total } from "../amounts.js";
import {
  atPieces, changeView, dayNumber, dayOf, dueOf, happened, isPatch, list, momentOf, partsOf, rows, stairOn, standing,
  stepAround, text, whenOf,
} from "./common.js";
import { stairsView } from "./stairs.js";

const DOSES = ["taken", "skipped", "different"];
const DAY = 86400000;
// `now` is the minute that has begun: what was logged within it counts.
const MINUTE = 60000;

/** @typedef {import("./common.js").Context} Context @typedef {import("./common.js").Rec} Rec */

/** @param {Context} ctx */
export function todayView(ctx) {
  const plans = rows(ctx.snapshot.plans).map((plan) => planCard(ctx, plan));
  const checkIn = standing(ctx, "check_in").findLast((record) => whenOf(record).on === ctx.today);
  return {
    day: dayOf(ctx, ctx.snapshot.account.id && ctx.today),
    plans,
    flares: openFlares(ctx),
    has_due: plans.some((plan) => plan.due.length > 0),
    // A phone long without signal: what is due today was never fetched, which is not the same as nothing.
    unknown: rows(ctx.snapshot.plans).some((plan) => !rows(plan.days).some((day) => day.date === ctx.today)),
    nothing_since: dayOf(ctx, nothingSince(ctx)),
    check_in_id: checkIn?.id ?? "",
    check_in_time: checkIn ? whenOf(checkIn).time : "",
  };
}

/** @param {Context} ctx @param {any} plan */
function planCard(ctx, plan) {
  const stairs = rows(plan.stairs);
  const day = rows(plan.days).find((one) => one.date === ctx.today);
  const stair = stairOn(stairs, ctx.today);
  const around = stepAround(stairs, ctx.today);
  const status = text(day?.status ?? stair?.status ?? (stairs.length ? "before" : plan.status));
  const running = status === "active" || status === "held";
  const doses = rows(day?.doses);
  const flares = standing(ctx, "flare").map((record) => whenOf(record).on);
  return {
    id: plan.id, medication: text(plan.medication.name), form: text(plan.medication.form),
    unit: text(plan.medication.unit), prescriber: text(plan.prescriber), patch: isPatch(plan.medication), status,
    step: running ? (day?.step ?? stair?.step ?? 0) : 0, steps: plan.steps ?? 0,
    day_of_step: running ? dayNumber(around.from, ctx.today) : 0,
    level: text(stair?.level), total: doses.length ? total(doses.map((dose) => dose.amount)) : "", doses: doses.length,
    uneven: Boolean(plan.uneven) && !isPatch(plan.medication),
    through: dayOf(ctx, running && around.to),
    next: changeView(ctx, nextChange(plan, stairs, ctx.today)),
    held_since: dayOf(ctx, status === "held" && heldSince(stairs, stair)), held_by: text(status === "held" ? plan.held_by : ""),
    starts: dayOf(ctx, status === "before" && stairs[0]?.from),
    ended_on: dayOf(ctx, status === "ended" && stair?.from),
    changed_on: dayOf(ctx, plan.changed_on), next_dose: dayOf(ctx, nextDose(ctx, plan)),
    stairs: stairsView(plan, ctx, { flares }),
    due: doses.map((dose) => dueRow(ctx, plan, dose)),
    as_needed: rows(day?.as_needed).map((needed, i) => asNeededRow(ctx, plan, needed, i)),
  };
}

/** The next day with a dose, when that is not tomorrow: a patch, a dose every few days. @param {Context} ctx @param {any} plan */
function nextDose(ctx, plan) {
  const next = rows(plan.days).find((one) => one.date > ctx.today && rows(one.doses).length)?.date;
  return next !== addDays(ctx.today, 1) && next;
}

/** Two holds that touch are one time of staying. @param {any[]} stairs @param {any} stair */
function heldSince(stairs, stair) {
  let i = stairs.indexOf(stair);
  while (stairs[i - 1]?.status === "held") i -= 1;
  return stairs[i]?.from;
}

/** The server's next change; when that day has come and nothing was fetched since, the next one on the stairs.
 * @param {any} plan @param {any[]} stairs @param {string} today */
function nextChange(plan, stairs, today) {
  const next = plan.next_change;
  if (!next || !next.on || next.on > today) return next;
  const i = stairs.findIndex((stair) => stair.from > today);
  if (i < 0) return null;
  const { from, level, status } = stairs[i];
  const what = status === "ended" ? "stop" : status === "held" ? "hold" : "step";
  return { on: from, what, level };
}

/** @param {Context} ctx @param {any} plan @param {any} dose */
function dueRow(ctx, plan, dose) {
  const named = standing(ctx, "dose").filter((record) => {
    const due = dueOf(record);
    return record.data.plan_id === plan.id && due?.date === ctx.today && due?.at === text(dose.at);
  });
  const logged = named.filter((record) => DOSES.includes(record.data.action));
  // Taking the old patch off is not a second dose.
  const removed = named.find((record) => record.data.action === "removed");
  const shown = logged.at(-1) ?? removed;
  const moment = shown && whenOf(shown);
  return {
    key: `${plan.id} ${ctx.today} ${text(dose.at)}`, plan_id: plan.id, medication: text(plan.medication.name),
    form: text(plan.medication.form), date: ctx.today, at: text(dose.at), ...atPieces(dose.at),
    amount: text(dose.amount), unit: text(dose.unit ?? plan.medication.unit), parts: partsOf(dose.parts),
    volume: text(dose.volume), patch: isPatch(plan.medication),
    state: logged.length > 1 ? "twice" : text(shown?.data.action) || "open",
    logged_time: moment?.time ?? "",
    logged_day: dayOf(ctx, moment && moment.date !== ctx.today && moment.date),
    logged_amount: text(shown?.data.amount),
    times: [...logged].sort((a, b) => happened(a) - happened(b)).map((record) => whenOf(record).time),
    record_id: logged.at(-1)?.id ?? "",
    removed_time: removed ? whenOf(removed).time : "", removed_id: removed?.id ?? "",
    sync: shown ? ctx.sync(shown.id) : "",
  };
}

/** @param {Context} ctx @param {any} plan @param {any} needed @param {number} i */
function asNeededRow(ctx, plan, needed, i) {
  const taken = standing(ctx, "dose")
    .filter((r) => r.data.plan_id === plan.id && !dueOf(r) && ["taken", "different"].includes(r.data.action))
    .filter((r) => happened(r) < ctx.now + MINUTE)
    .sort((a, b) => happened(a) - happened(b));
  const last = taken.at(-1);
  const moment = last && whenOf(last);
  return {
    key: `${plan.id} ${i}`, plan_id: plan.id, medication: text(plan.medication.name), form: text(plan.medication.form),
    amount: text(needed.amount), unit: text(plan.medication.unit), purpose: text(needed.for), at_most: text(needed.at_most),
    per_hours: text(needed.per_hours), as_written: text(needed.as_written),
    logged_24h: taken.filter((record) => happened(record) > ctx.now - DAY).length,
    last_time: moment?.time ?? "", last_day: dayOf(ctx, moment?.date), record_id: last?.id ?? "",
    sync: last ? ctx.sync(last.id) : "",
  };
}

/** Flares that are still going, the newest first. @param {Context} ctx */
function openFlares(ctx) {
  const plan = rows(ctx.snapshot.plans).find((one) => ["active", "held"].includes(stairOn(rows(one.stairs), ctx.today)?.status));
  const { from } = plan ? stepAround(plan.stairs, ctx.today) : { from: "" };
  return standing(ctx, "flare")
    .filter((record) => !record.data.ended_at)
    .sort((a, b) => happened(b) - happened(a))
    .map((record) => {
      const { day, time } = momentOf(ctx, record.data.started_at ?? record.at, record.zone);
      return {
        id: record.id, severity_now: text(record.data.severity_now), severity_worst: text(record.data.severity_worst),
        places: list(record.data.places), since: day, since_time: time, day_of_step: dayNumber(from, ctx.today),
        sync: ctx.sync(record.id),
      };
    });
}

/** The last day with a dose logged, when doses were due yesterday and nothing was logged since. @param {Context} ctx */
function nothingSince(ctx) {
  const yesterday = addDays(ctx.today, -1);
  const due = rows(ctx.snapshot.plans).some((plan) => rows(plan.days).some((day) => day.date === yesterday && rows(day.doses).length));
  const last = standing(ctx, "dose").map((record) => whenOf(record).on).sort().at(-1);
  return due && last && last < yesterday ? last : "";
}
