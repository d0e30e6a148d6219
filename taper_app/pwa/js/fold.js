// @ts-check
// Entries become records. The same rules as domain/entries.py, held to the same cases (tests/cases/fold.json).

/**
 * @typedef {{id: string, kind: string, at: string, zone: string, data: Record<string, any>, changes?: string | null,
 *            by?: {id: string, name: string}}} Entry
 * @typedef {{id: string, kind: string, at: string, zone: string, data: Record<string, any>, retracted: boolean,
 *            history: Entry[]}} Rec
 */

const INSTANT = /^(.{19})(?:\.(\d+))?(.*)$/;

/** An instant as something that sorts: whole seconds, then the fraction to the microsecond. @param {string} at */
function clock(at) {
  const [, whole, fraction = "", offset] = INSTANT.exec(at) ?? ["", at, "", ""];
  return { seconds: Date.parse(whole + offset), micros: fraction.padEnd(6, "0").slice(0, 6) };
}

/** @param {Entry[]} entries @returns {Entry[]} by instant, then id */
function sorted(entries) {
  return entries
    .map((entry) => ({ entry, ...clock(entry.at) }))
    .sort((a, b) => a.seconds - b.seconds || order(a.micros, b.micros) || order(a.entry.id, b.entry.id))
    .map(({ entry }) => entry);
}

/** @param {string} a @param {string} b */
const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Records by (at, id) of their first entries, retracted ones among them. The same id twice is one entry: the one that
 * came first. A change without its first entry, and a change of a change, belongs to no record.
 * @param {Entry[]} entries @returns {Rec[]}
 */
export function fold(entries) {
  /** @type {Map<string, Entry>} */
  const seen = new Map();
  for (const entry of entries) if (!seen.has(entry.id)) seen.set(entry.id, entry);
  /** @type {Entry[]} */
  const firsts = [];
  /** @type {Map<string, Entry[]>} */
  const changes = new Map();
  for (const entry of seen.values()) {
    if (!entry.changes) firsts.push(entry);
    else changes.set(entry.changes, [...(changes.get(entry.changes) ?? []), entry]);
  }
  return sorted(firsts).map((first) => record(first, sorted(changes.get(first.id) ?? [])));
}

/** @param {Entry} first @param {Entry[]} changes @returns {Rec} */
function record(first, changes) {
  const data = { ...first.data };
  for (const change of changes) {
    for (const [name, value] of Object.entries(change.data)) {
      if (value === null) delete data[name];
      else data[name] = value;
    }
  }
  const retracted = data.retracted === true;
  delete data.retracted;
  return { id: first.id, kind: first.kind, at: first.at, zone: first.zone, data, retracted, history: [first, ...changes] };
}

/**
 * When a new change is written: after the others of its record, or with a clock that was set back since it would count for
 * nothing. What the server refuses, a day ahead, is no measure.
 * @param {Entry[]} entries @param {string} changes the record @param {number} now
 */
export function afterOthers(entries, changes, now) {
  const others = entries.filter((entry) => entry.changes === changes).map((entry) => Date.parse(entry.at));
  return Math.max(now, ...others.filter((at) => at < now + 86400000).map((at) => at + 1));
}
