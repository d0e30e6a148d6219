// @ts-check
// The forms being filled. They live in the store, so that nothing typed is lost while moving between pages.

import { rfc3339 } from "./dates.js";
import { blank, FORMS, fromRecord, isDirty, missing, toData } from "./fields.js";
import { lastPlaces } from "./views/flares.js";

/** @typedef {{saved: string, editing: boolean, opened: number, values: import("./fields.js").Values,
 *   original: import("./fields.js").Values, error: string, field: string}} Draft */

const JUST = 3000;

/** @param {string} form @returns {Draft} */
export function newDraft(form) {
  return { saved: "", editing: false, opened: 0, values: blank(form), original: blank(form), error: "", field: "" };
}

/**
 * @param {import("./core.js").Core} core
 * @param {{records: () => import("./fold.js").Rec[]}} view
 * @param {(path: string) => void} go
 */
export function createForms(core, view, go) {
  const draftOf = (/** @type {string} */ form) => core.state().drafts[form] ?? newDraft(form);
  const find = (/** @type {string} */ id) => view.records().find((record) => record.id === id);

  /** @param {string} form @param {Partial<Draft>} change */
  function put(form, change) {
    core.set({ drafts: { ...core.state().drafts, [form]: { ...draftOf(form), ...change } } });
  }

  /** @param {string} form @param {string} name @param {unknown} value */
  function setField(form, name, value) {
    const typed = Array.isArray(value) ? value.map(String) : String(value ?? "");
    put(form, { values: { ...draftOf(form).values, [name]: typed }, error: "", field: "" });
  }

  /** @param {string} form @param {import("./fold.js").Rec} record */
  function open(form, record) {
    const values = fromRecord(form, record);
    put(form, { ...newDraft(form), saved: record.id, editing: true, opened: core.now(), values, original: values });
  }

  /** @param {string} form */
  function clear(form) {
    const { [form]: _, ...rest } = core.state().drafts;
    core.set({ drafts: rest });
  }

  /** The record of a form that has one record only. @param {string} form */
  const only = (form) => (FORMS[form]?.single ? view.records().findLast((r) => r.kind === form && !r.retracted) : undefined);

  // It may come only after the form was opened: then the form is filled with it, unless something was typed meanwhile.
  let { snapshot } = core.state();
  core.subscribe(() => {
    if (core.state().snapshot === snapshot) return;
    ({ snapshot } = core.state());
    for (const [form, draft] of Object.entries(core.state().drafts)) {
      const one = draft.saved || isDirty(draft.values, draft.original) ? undefined : only(form);
      if (one) open(form, one);
    }
  });

  /** Write a change down. What the server refused before is sent again with it, mended.
   * @param {string} kind @param {string} id @param {Record<string, any>} data */
  function change(kind, id, data) {
    const refused = core.outbox.items().filter((item) => item.sync === "rejected");
    const first = refused.find((item) => item.entry.id === id);
    const changes = refused.filter((item) => item.entry.changes === id);
    const whole = Object.assign({}, ...changes.map((item) => item.entry.data), data);
    for (const item of changes) void core.outbox.discard(item.entry.id);
    if (!first) {
      if (Object.keys(whole).length) core.record(kind, whole, id);
      return;
    }
    const kept = Object.entries({ ...first.entry.data, ...whole }).filter(([, value]) => value !== null);
    void core.outbox.mend(id, { data: Object.fromEntries(kept), at: rfc3339(core.now(), core.zone()), zone: core.zone() });
  }

  /** The data of a new record. @param {string} form @param {Draft} draft @param {Record<string, any>} data */
  function first(form, draft, data) {
    const kept = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
    if (form === "flare") kept.started_at ??= rfc3339(core.now(), core.zone());
    if (form === "dose" && draft.values.due_date) kept.due = { date: draft.values.due_date, at: draft.values.due_at };
    return kept;
  }

  return {
    setField,
    clear,
    /** @param {string} form @param {string} name @param {string} chip */
    toggleChip(form, name, chip) {
      const chips = /** @type {string[]} */ (draftOf(form).values[name]);
      setField(form, name, chips.includes(chip) ? chips.filter((one) => one !== chip) : [...chips, chip]);
    },
    samePlaces() {
      const ctx = /** @type {any} */ ({ records: view.records() });
      setField("flare", "places", lastPlaces(ctx, draftOf("flare").saved));
    },
    /** @param {string} form @param {Record<string, unknown>} [fields] */
    begin(form, fields = {}) {
      const draft = draftOf(form);
      const same = Object.entries(fields).every(([name, value]) => String(value) === String(draft.values[name]));
      const kept = isDirty(draft.values, draft.original) || core.now() - draft.opened < JUST;
      if (same && kept) return;
      const one = only(form);
      if (one) return open(form, one);
      const fresh = newDraft(form);
      for (const [name, value] of Object.entries(fields)) fresh.values[name] = String(value);
      put(form, { ...fresh, original: { ...fresh.values }, opened: Object.keys(fields).length ? core.now() : 0 });
    },
    /** @param {string} form @param {string} [then] */
    saveForm(form, then) {
      const draft = draftOf(form);
      const lacks = missing(form, draft.values);
      if (lacks) return put(form, lacks);
      const zone = find(draft.saved)?.zone ?? core.zone();
      const from = draft.saved ? draft.original : blank(form);
      const { data, error, field } = toData(form, draft.values, from, { now: core.now(), zone });
      if (error) return put(form, { error, field });
      let id = draft.saved;
      if (id) change(form, id, data);
      else id = core.record(form, first(form, draft, data));
      if (!id) return put(form, { error: "not_signed_in", field: "" });
      if (FORMS[form].again) clear(form);
      else put(form, { saved: id, original: draft.values, error: "", field: "", opened: 0 });
      if (then) go(then);
    },
    /** @param {string} id @param {string} [then] */
    startEdit(id, then) {
      const record = find(id);
      if (!record || !FORMS[record.kind]) return;
      open(record.kind, record);
      if (then) go(then);
    },
  };
}
