// @ts-check
// The guard, as domain/safety.py has it: the server's codes, and at once what was just logged here. Never from silence.

import { isMore } from "../amounts.js";
import { addDays } from "../dates.js";
import { dueOf, happened, rows, standing, whenOf } from "./common.js";

const WINDOW_DAYS = 7;
const HOUR = 3600000;
// The most urgent first.
const CODES = ["above_step", "skipped_two_days", "resumed_after_hold", "at_end"];

/** @typedef {import("./common.js").Context} Context @typedef {import("./common.js").Rec} Rec */

/** @param {Context} ctx */
export function guardView(ctx) {
  const found = new Set(rows(ctx.snapshot.guard).map((code) => code.code ?? code));
  const oldest = addDays(ctx.today, 1 - WINDOW_DAYS);
  const open = (/** @type {string} */ date) => oldest <= date && date <= ctx.today;
  for (const plan of rows(ctx.snapshot.plans)) {
    const logged = standing(ctx, "dose").filter((record) => record.data.plan_id === plan.id);
    if (logged.some((record) => open(whenOf(record).on) && isAbove(plan, record, logged))) found.add("above_step");
    const skipped = new Set(logged.filter((r) => r.data.action === "skipped").map((r) => whenOf(r).on));
    if ([...skipped].some((date) => open(date) && skipped.has(addDays(date, -1)))) found.add("skipped_two_days");
  }
  const codes = CODES.filter((code) => found.has(code));
  return {
    open: codes.length > 0, codes, above_step: found.has("above_step"), skipped_two_days: found.has("skipped_two_days"),
    resumed_after_hold: found.has("resumed_after_hold"), at_end: found.has("at_end"),
  };
}

/** @param {any} plan @param {Rec} record @param {Rec[]} logged */
function isAbove(plan, record, logged) {
  if (!wasTaken(record)) return false;
  const due = dueOf(record);
  const day = rows(plan.days).find((one) => one.date === whenOf(record).on);
  if (!day) return false;
  const amount = record.data.amount;
  if (due) {
    const written = rows(day.doses).filter((dose) => dose.at === due.at && dose.amount !== null);
    return written.length > 0 && written.every((dose) => isMore(amount, dose.amount));
  }
  // What was taken before the plan is not the plan's to compare; on top of a step without as-needed medicine, or after
  // the end, any dose is more than the step.
  if (day.status === "before") return false;
  const needed = rows(day.as_needed);
  if (!needed.length) return true;
  const amounts = needed.map((one) => one.amount).filter(Boolean);
  if (amounts.length && amounts.every((one) => isMore(amount, one))) return true;
  // With several lines nobody knows which one a dose belongs to, so only one line's limit is compared.
  const { at_most, per_hours } = needed[0];
  if (needed.length > 1 || at_most == null || per_hours == null) return false;
  const now = happened(record);
  const near = logged.filter((r) => !dueOf(r) && wasTaken(r) && happened(r) > now - per_hours * HOUR && happened(r) <= now);
  return near.length > at_most;
}

/** @param {Rec} record */
const wasTaken = (record) => ["taken", "different"].includes(record.data.action);
