// @ts-check
// The staircase as SVG paths: widths follow the calendar, heights the level. For drawing only, never for taking.

import { addDays, daysBetween } from "../dates.js";
import { dayOf, text } from "./common.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE] = [320, 120, 4, 316, 22, 100];

/** @typedef {{step: number, status: string, from: string, to: string, last: string, level: number, label: string,
 *   when: "past" | "now" | "future" | "undated", x: number, end: number, y: number}} Piece `last`: as drawn */

const round = (/** @type {number} */ n) => Math.round(n * 10) / 10;

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor(sorted.length / 2)] : 0;
}

/**
 * @param {{stairs?: any[], steps?: number, next_change?: any}} plan @param {{today: string, lang: string}} ctx
 * @param {{flares?: string[], labels?: boolean}} [options] flares: the dates on which flares began
 */
export function stairsView(plan, ctx, { flares = [], labels = true } = {}) {
  const pieces = layOut(plan, ctx.today);
  const past = pieces.filter((piece) => piece.when === "past");
  const now = pieces.find((piece) => piece.when === "now");
  const future = pieces.filter((piece) => piece.when === "future");
  const undated = pieces.filter((piece) => piece.when === "undated");
  const lastSolid = now ?? past.at(-1);
  const dot = now ? { x: at(pieces, ctx.today), y: now.y } : { x: 0, y: 0 };
  return {
    view_box: `0 0 ${WIDTH} ${HEIGHT}`,
    past_area: past.length ? `${line(past)}V${BASE}H${past[0].x}Z` : "",
    past: past.length ? line(past) + (now ? `V${now.y}` : "") : "",
    band: now ? `M${now.x} ${now.y}H${now.end}V${BASE}H${now.x}Z` : "",
    now: now ? line([now]) : "",
    dot_x: dot.x, dot_y: dot.y, has_dot: Boolean(now),
    future: future.length ? line(future, lastSolid) : "",
    undated: undated.length ? line(undated, future.at(-1) ?? lastSolid) : "",
    flat: pieces.length > 0 && pieces.every((piece) => piece.level === 0),
    base: `M${LEFT} ${BASE}H${RIGHT}`,
    labels: labels ? labelsOf(pieces, now, dot.x) : [],
    flares: marks(pieces, flares),
    rows: pieces.map((piece) => ({
      step: piece.step, status: piece.status, starts: dayOf(ctx, piece.from), ends: dayOf(ctx, piece.to),
      level: labels ? piece.label : "", when: piece.when,
    })),
  };
}

/** @param {Piece[]} pieces @param {Piece} [from] the piece before, whose end the line starts at */
function line(pieces, from) {
  const start = from ? `M${from.end} ${from.y}V${pieces[0].y}` : `M${pieces[0].x} ${pieces[0].y}`;
  return start + pieces.map((piece, i) => (i ? `V${piece.y}` : "") + `H${piece.end}`).join("");
}

/** @param {{stairs?: any[], steps?: number, next_change?: any}} plan @param {string} today @returns {Piece[]} */
function layOut(plan, today) {
  const stairs = plan.stairs ?? [];
  const dated = stairs.filter((stair) => stair.from);
  const lengths = dated.filter((s) => s.to && s.status !== "ended").map((s) => daysBetween(s.from, s.to) + 1);
  const usual = median(lengths) || 28;
  /** @type {{stair: any, days: number, last: string}[]} */
  const drawn = dated.map((stair) => {
    // The days after the end are drawn short; a step without an end goes on a little beyond today.
    const open = stair.status === "ended" ? Math.ceil(usual / 3) : usual;
    const gone = stair.from <= today ? daysBetween(stair.from, today) + 1 : 0;
    const days = stair.to ? daysBetween(stair.from, stair.to) + 1 : Math.max(open, Math.ceil(gone * 1.25));
    return { stair, days, last: stair.to ?? addDays(stair.from, days - 1) };
  });
  for (const stair of waiting(plan, stairs, dated)) drawn.push({ stair, days: usual, last: "" });
  // A step of a day can still be seen, and one of two years leaves room for the others.
  const widths = drawn.map(({ days }) => Math.min(Math.max(days, usual * 0.3), usual * 3));
  const unit = (RIGHT - LEFT) / (widths.reduce((sum, width) => sum + width, 0) || 1);
  const levels = known(drawn.map(({ stair }) => stair.level));
  const top = Math.max(...levels, 0) || 1;
  let x = LEFT;
  return drawn.map(({ stair, last }, i) => {
    const [left, right] = [round(x), round(x + widths[i] * unit)];
    x += widths[i] * unit;
    return {
      step: stair.step ?? 0, status: text(stair.status), from: text(stair.from), to: text(stair.to), last,
      level: levels[i], label: text(stair.level), x: left, end: right,
      when: !stair.from ? "undated" : stair.from > today ? "future" : last < today ? "past" : "now",
      y: round(BASE - (levels[i] / top) * (BASE - TOP)),
    };
  });
}

/** Steps that wait for something else than a date. @param {any} plan @param {any[]} stairs @param {any[]} dated */
function waiting(plan, stairs, dated) {
  const listed = stairs.filter((stair) => !stair.from);
  if (listed.length || dated.at(-1)?.status === "ended") return listed;
  const last = dated.at(-1)?.step ?? 0;
  const more = Math.min(Math.max((plan.steps ?? 0) - last, 0), 40);
  const next = plan.next_change?.what === "undated" ? plan.next_change.level : null;
  return Array.from({ length: more }, (_, i) => ({ step: last + i + 1, status: "active", level: i ? null : next }));
}

/** Levels as numbers for drawing; one that is not known stays where the one before it was. @param {unknown[]} levels */
function known(levels) {
  const numbers = levels.map((level) => (level === null || level === undefined || level === "" ? NaN : Number(level)));
  let last = numbers.find((n) => !Number.isNaN(n)) ?? 0.5;
  return numbers.map((n) => (last = Number.isNaN(n) ? last : n));
}

/** Where a date stands. @param {Piece[]} pieces @param {string} date */
function at(pieces, date) {
  const piece = pieces.find((one) => one.from && one.from <= date && one.last >= date);
  if (!piece) return 0;
  const share = (daysBetween(piece.from, date) + 0.5) / (daysBetween(piece.from, piece.last) + 1);
  return round(piece.x + (piece.end - piece.x) * share);
}

/** The first level, the one of now and the last, where they do not run into each other.
 * @param {Piece[]} pieces @param {Piece | undefined} now @param {number} dot */
function labelsOf(pieces, now, dot) {
  const named = pieces.filter((piece) => piece.label && piece.status !== "ended");
  const [first, last] = [named[0], named.at(-1)];
  const made = [];
  // Above the dot, and clear of the risers on both sides of the step.
  const room = Math.min(14, ((now?.end ?? 0) - (now?.x ?? 0)) / 2);
  const over = now ? Math.min(Math.max(dot, now.x + room), now.end - room) : 0;
  if (now?.label && now.status !== "ended") made.push(label("now", now, over));
  const free = (/** @type {number} */ x) => made.every((one) => Math.abs(one.x - x) > 36);
  if (first && first !== now && free((first.x + first.end) / 2)) made.unshift(label("start", first, (first.x + first.end) / 2));
  if (last && last !== now && last !== first && free((last.x + last.end) / 2)) {
    made.push(label("end", last, (last.x + last.end) / 2));
  }
  return made;
}

/** @param {string} role @param {Piece} piece @param {number} x */
function label(role, piece, x) {
  const anchor = x < LEFT + 20 ? "start" : x > RIGHT - 20 ? "end" : "middle";
  const put = anchor === "start" ? LEFT : anchor === "end" ? RIGHT : x;
  return { role, text: piece.label, x: round(put), y: round(piece.y - (role === "now" ? 11 : 7)), anchor };
}

/** @param {Piece[]} pieces @param {string[]} flares */
function marks(pieces, flares) {
  const places = [...new Set(flares.map((date) => at(pieces, date)))].filter((x) => x > 0);
  return places.map((x) => ({ path: `M${x} 105l5 9h-10z` }));
}
