// @ts-check
// What a tap does. Each action writes an entry or fills a form, at once; nothing here waits for the server.

import { createForms } from "./form.js";
import { dueOf, happened } from "./views/common.js";
import { rfc3339 } from "./dates.js";

const DOSES = ["taken", "skipped", "different"];

/**
 * @param {import("./core.js").Core} core
 * @param {{records: () => import("./fold.js").Rec[]}} view the records as they are shown
 * @param {{go: (path: string) => void, download: (name: string, content: unknown) => void,
 *   endSession: (everywhere: boolean) => Promise<void>}} browser
 */
export function createActions(core, view, { go, download, endSession }) {
  const forms = createForms(core, view, go);
  const find = (/** @type {string} */ id) => view.records().find((record) => record.id === id);
  const nowText = () => rfc3339(core.now(), core.zone());

  /** @param {any} due @param {string} action @param {string} [amount] */
  function dose(due, action, amount) {
    // A second tap on a button that has not been drawn anew yet is no second dose.
    const there = view.records().some((record) => {
      const named = dueOf(record);
      const same = named && named.date === due.date && named.at === due.at && record.data.plan_id === due.plan_id;
      const done = action === "removed" ? ["removed"] : DOSES;
      return same && !record.retracted && done.includes(record.data.action);
    });
    if (there) return;
    const data = { plan_id: due.plan_id, due: { date: due.date, at: due.at }, action };
    core.record("dose", amount ? { ...data, amount } : data);
  }

  /** @param {string} id @param {Record<string, any>} data */
  function change(id, data) {
    const record = find(id);
    if (record) core.record(record.kind, data, id);
  }

  /** @param {string} id */
  function retract(id) {
    const record = find(id);
    if (!record || record.retracted) return;
    // What the server never took needs no taking back.
    const refused = core.outbox.items().some((item) => item.entry.id === id && item.sync === "rejected");
    if (refused) void core.outbox.discard(id);
    else change(id, { retracted: true });
  }

  return {
    ...forms,
    retract,
    /** @param {any} due */
    take: (due) => dose(due, "taken", due.amount),
    /** @param {any} due */
    skip: (due) => dose(due, "skipped"),
    /** @param {any} due @param {string} amount */
    different: (due, amount) => dose(due, "different", String(amount)),
    /** @param {any} due */
    removePatch: (due) => dose(due, "removed"),
    /** @param {any} due */
    openDifferent(due) {
      forms.clear("dose");
      forms.begin("dose", {
        plan_id: due.plan_id, action: "different", due_date: due.date, due_at: due.at, due_amount: due.amount,
      });
    },
    /** @param {string} planId @param {string} [amount] */
    logAsNeeded(planId, amount) {
      const twice = view.records().some(
        (r) => r.kind === "dose" && !r.retracted && r.data.plan_id === planId && !dueOf(r) && Math.abs(core.now() - happened(r)) < 2000,
      );
      if (twice) return;
      core.record("dose", { plan_id: planId, action: "taken", ...(amount && { amount: String(amount) }) });
    },
    /** @param {string} id */
    restore: (id) => change(id, { retracted: null }),
    /** @param {string} id */
    endFlare: (id) => change(id, { ended_at: nowText() }),
    /** @param {string} text */
    ask(text) {
      const known = view.records().some((r) => r.kind === "question" && !r.retracted && r.data.text === text);
      if (text && !known) core.record("question", { text });
    },
    /** @param {string} option */
    tried: (option) => void core.record("option_tried", { option }),
    /** @param {string} id */
    discard: (id) => void core.outbox.discard(id),
    discardDamaged: () => void core.outbox.discardDamaged(),
    /** A file with every entry of this account that the server does not have. */
    exportEntries() {
      const items = core.outbox.items().filter((item) => item.account === core.owner() && item.sync !== "saved");
      const entries = items.map(({ entry, sync, code, message }) => ({ ...entry, ...(sync === "rejected" && { refused: { code, message } }) }));
      download(`taper-entries-${nowText().slice(0, 10)}.json`, { entries });
    },
    /** Leave nothing of the account on this phone, and end its session. @param {boolean} [everywhere] */
    async signOut(everywhere = false) {
      await core.forget();
      await endSession(everywhere);
      go("/welcome");
    },
    refresh: () => core.wake(),
  };
}
