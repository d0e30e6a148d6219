// @ts-check
// Each form as a page reads it.

import { FORMS, isDirty, missing } from "../fields.js";
import { newDraft } from "../form.js";
import { rows, text } from "./common.js";

/** @param {Record<string, import("../form.js").Draft>} drafts @param {any} snapshot @param {(id: string) => string} sync */
export function formsView(drafts, snapshot, sync) {
  return Object.fromEntries(Object.keys(FORMS).map((form) => [form, formView(form, drafts[form] ?? newDraft(form), snapshot, sync)]));
}

/** @param {string} form @param {import("../form.js").Draft} draft @param {any} snapshot @param {(id: string) => string} sync */
function formView(form, draft, snapshot, sync) {
  const { values, original, saved, editing, error, field } = draft;
  const plan = form === "dose" && rows(snapshot?.plans).find((one) => one.id === values.plan_id);
  return {
    saved_id: saved, editing, dirty: isDirty(values, original), ready: !missing(form, values),
    sync: saved ? sync(saved) : "", error, error_field: field, ...values,
    ...(form === "dose" && { medication: text(plan && plan.medication.name), unit: text(plan && plan.medication.unit) }),
  };
}
