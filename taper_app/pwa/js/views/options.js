// @ts-check
// Options tried, questions for the visit, and the patient's own part of the safety card.

import { dayOf, happened, isPatch, rows, stairOn, standing, text, whenOf } from "./common.js";

/** @typedef {import("./common.js").Context} Context */

/** How often each option was tried, and how it went the last time. @param {Context} ctx */
export function optionsView(ctx) {
  /** @type {Record<string, {times: number, last: any, before: string, after: string}>} */
  const tried = {};
  for (const record of standing(ctx, "option_tried").sort((a, b) => happened(a) - happened(b))) {
    const { option, before, after } = record.data;
    const times = (tried[option]?.times ?? 0) + 1;
    tried[option] = { times, last: dayOf(ctx, whenOf(record).on), before: text(before), after: text(after) };
  }
  return tried;
}

/** @param {Context} ctx */
export function questionsView(ctx) {
  return standing(ctx, "question").map((record) => ({
    id: record.id, text: text(record.data.text), day: dayOf(ctx, whenOf(record).on), sync: ctx.sync(record.id),
  }));
}

/** @param {Context} ctx */
export function safetyView(ctx) {
  const { people, after_hours } = ctx.snapshot.safety ?? {};
  const naloxone = standing(ctx, "naloxone").at(-1)?.data ?? {};
  const expires = dayOf(ctx, naloxone.expires_on);
  return {
    people: peopleView(people), after_hours: text(after_hours), naloxone_place: text(naloxone.place),
    naloxone_expires: expires, naloxone_expired: expires.away < 0,
    patch: rows(ctx.snapshot.plans).some(
      (plan) => isPatch(plan.medication) && ["active", "held"].includes(stairOn(rows(plan.stairs), ctx.today)?.status),
    ),
  };
}

/** @param {unknown} people */
export const peopleView = (people) => rows(people).map(({ name, phone }) => ({ name: text(name), phone: text(phone) }));
