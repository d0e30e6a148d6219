// @ts-check
// The whole view: what `useStore()` returns. Pure parts put together; a part is made anew only when its input changed.

import { wall, wallOf } from "../dates.js";
import { fold } from "../fold.js";
import { dayOf, text } from "./common.js";
import { lastPlaces } from "./flares.js";
import { formsView } from "./forms.js";
import { guardView } from "./guard.js";
import { historyView } from "./history.js";
import { optionsView, questionsView, safetyView } from "./options.js";
import { sharedView } from "./shared.js";
import { todayView } from "./today.js";

const STALE = 600000;
// A day that is never shown.
const NEVER = "2000-01-01";
// Stands for what was not fetched yet; never shown as an account.
const NOTHING = { account: { id: "", display_name: "", zone: "" }, plans: [], drafts: [], entries: [], guard: [], safety: {} };

/** @typedef {import("../outbox.js").Item} Item */

/** @typedef {Item["sync"] | "writing"} Sync writing: not written down on this phone yet, nor saved */

/** Of an entry. Only what is written down is "waiting", in words "on this phone". @param {Item} item @returns {Sync} */
const syncItem = ({ sync, kept }) => (sync === "waiting" && !kept ? "writing" : sync);

/** Of a record: the worst of what is still on its way for it. @param {readonly Item[]} items */
export function syncOf(items) {
  const rank = { saved: 0, waiting: 1, writing: 2, rejected: 3 };
  /** @type {Map<string, Sync>} */
  const known = new Map();
  for (const item of items) {
    const id = item.entry.changes ?? item.entry.id;
    const sync = syncItem(item);
    if (rank[sync] >= rank[known.get(id) ?? "saved"]) known.set(id, sync);
  }
  return (/** @type {string} */ id) => known.get(id) ?? "saved";
}

/**
 * Everything but the forms.
 * @param {any} state @param {readonly Item[]} items @param {import("../fold.js").Rec[]} records @param {string} zone of the device
 * @param {string} lang
 */
export function buildView(state, items, records, zone, lang) {
  const { snapshot, shared } = state;
  const now = state.minute * 60000;
  const home = snapshot?.account.zone || zone;
  const device = wallOf(new Date(now).toISOString(), home).date;
  const today = snapshot ? (snapshot.day_off ? snapshot.date : device) : text(shared?.date ?? NEVER);
  const sync = syncOf(items);
  const ctx = { snapshot: snapshot ?? NOTHING, records, now, zone: home, lang, today, sync };
  const known = snapshot ? wall(Date.parse(snapshot.known_at), zone) : { date: "", time: "" };
  const questions = questionsView(ctx);
  const last = items.find((item) => item.entry.id === state.lastSaved);
  return {
    phase: state.phase, ready: state.phase === "ready", online: state.online,
    known_day: dayOf(ctx, known.date), known_time: known.time, fetched: text(snapshot?.known_at),
    // Kept from before and not fetched since, it may be old even where the line seems to be up.
    stale: Boolean(snapshot) && (!state.online || Boolean(snapshot.kept)) && (snapshot.day_off || now - Date.parse(snapshot.known_at) > STALE),
    // Signed out, it is whoever's entries wait here.
    waiting: items.filter((item) => item.sync === "waiting" && (!snapshot || item.account === snapshot.account.id)).length,
    // Only where there is trouble: else what is not kept yet is being written this moment.
    loose: state.trouble ? items.filter((item) => item.sync === "waiting" && !item.kept).length : 0, trouble: state.trouble,
    damaged: state.damaged,
    rejected: items.filter((item) => item.sync === "rejected" && item.account === ctx.snapshot.account.id).map((item) => rejectedView(ctx, item)),
    account_id: ctx.snapshot.account.id, display_name: text(ctx.snapshot.account.display_name),
    zone: text(ctx.snapshot.account.zone),
    drafts: ctx.snapshot.drafts.map((/** @type {any} */ draft) => text(draft.name)),
    today: todayView(ctx), history: snapshot ? historyView(ctx) : [], options: optionsView(ctx), questions,
    asked: questions.map((question) => question.text), last_places: lastPlaces(ctx), guard: guardView(ctx),
    safety: safetyView(ctx), shared: sharedView(shared, ctx),
    last_saved: state.lastSaved,
    last_sync: last ? syncItem(last) : state.lastSaved && "saved",
  };
}

/** @param {import("./common.js").Context} ctx @param {Item} item */
function rejectedView(ctx, { entry, code, message }) {
  const { date, time } = wallOf(entry.at, ctx.zone);
  return { id: entry.id, record_id: entry.changes ?? entry.id, kind: entry.kind, code, message, day: dayOf(ctx, date), time };
}

/**
 * A function that returns the same object until something changed, and `records()`: what is folded to now.
 * @param {import("../core.js").Core} core @param {() => string} lang
 */
export function createView(core, lang) {
  const recordsFor = memo((/** @type {any} */ snapshot, /** @type {readonly Item[]} */ items, /** @type {string} */ owner) => {
    const mine = items.filter((item) => item.account === owner).map((item) => item.entry);
    return fold([...(snapshot?.entries ?? []), ...mine]);
  });
  // Also before the first answer: what is tapped then is there at once.
  const records = () => recordsFor(core.state().snapshot, core.outbox.items(), core.owner());
  const base = memo(
    (/** @type {any} */ phase, online, snapshot, shared, minute, lastSaved, items, trouble, damaged, language) =>
      buildView({ phase, online, snapshot, shared, minute, lastSaved, trouble, damaged }, items, records(), core.zone(), language),
  );
  const forms = memo((/** @type {any} */ drafts, snapshot, items) => formsView(drafts, snapshot, syncOf(items)));
  const whole = memo((/** @type {any} */ one, two) => ({ ...one, forms: two }));
  const view = () => {
    const { phase, online, snapshot, shared, drafts, minute, lastSaved } = core.state();
    const { items, trouble, damaged } = core.outbox;
    return whole(
      base(phase, online, snapshot, shared, minute, lastSaved, items(), trouble(), damaged(), lang()), forms(drafts, snapshot, items()),
    );
  };
  return Object.assign(view, { records });
}

/** Make again only when an argument is another, and keep the old object when the new one says the same.
 * @template T @param {(...args: any[]) => T} make @returns {(...args: any[]) => T} */
function memo(make) {
  /** @type {any[] | null} */
  let last = null;
  /** @type {any} */
  let made;
  let said = "";
  return (...args) => {
    if (last && args.every((arg, i) => arg === last?.[i])) return made;
    last = args;
    const next = make(...args);
    const says = JSON.stringify(next);
    if (says !== said) [made, said] = [next, says];
    return made;
  };
}
