// @ts-check
// Dates and times: wall dates are text ("2026-11-23"), instants are milliseconds or RFC 3339 text.

/** @typedef {{date: string, short: string, long: string, away: number}} Day */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} lang @param {Intl.DateTimeFormatOptions} options */
function format(lang, options) {
  const key = lang + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(lang, options)));
  return found;
}

/** @param {Intl.DateTimeFormat} formatter @param {number} ms @returns {Record<string, string>} */
function parts(formatter, ms) {
  return Object.fromEntries(formatter.formatToParts(ms).map(({ type, value }) => [type, value]));
}

/** The wall clock of a zone at an instant. Throws RangeError for a zone this device does not know.
 * @param {number} ms @param {string} zone */
export function wall(ms, zone) {
  const p = parts(
    format("en-US", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit",
    }),
    ms,
  );
  return { date: `${p.year.padStart(4, "0")}-${p.month}-${p.day}`, time: `${p.hour}:${p.minute}`, second: p.second };
}

/** The wall clock at an RFC 3339 instant, in its zone, or as it stands written when the zone is unknown here.
 * @param {string} at @param {string} zone */
export function wallOf(at, zone) {
  try {
    return wall(Date.parse(at), zone);
  } catch {
    return { date: at.slice(0, 10), time: at.slice(11, 16), second: at.slice(17, 19) };
  }
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. @param {number} ms @param {string} zone */
function offset(ms, zone) {
  const { date, time, second } = wall(ms, zone);
  return Date.parse(`${date}T${time}:${second}Z`) - Math.floor(ms / 1000) * 1000;
}

/** RFC 3339 with the zone's offset. @param {number} ms @param {string} zone */
export function rfc3339(ms, zone) {
  const ahead = offset(ms, zone);
  const minutes = Math.round(Math.abs(ahead) / 60000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const tail = `${ahead < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return new Date(ms + ahead).toISOString().slice(0, -1) + tail;
}

/** The instant of a wall time; one that a clock change skips is read with the offset before it.
 * @param {string} date @param {string} time @param {string} zone @returns {number} */
export function instantOf(date, time, zone) {
  const plain = Date.parse(`${date}T${time}:00Z`);
  const before = offset(plain - 86400000, zone);
  const guess = plain - before;
  const there = offset(guess, zone);
  const other = plain - there;
  return offset(other, zone) === there ? other : guess;
}

/** @param {string} date @param {number} days */
export function addDays(date, days) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
}

/** Days from a to b: 1 when b is the day after a. @param {string} a @param {string} b */
export function daysBetween(a, b) {
  return Math.round((Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / 86400000);
}

/** @param {unknown} text */
export function isDate(text) {
  return typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

/** @param {unknown} text */
export const isTime = (text) => typeof text === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** No date. @returns {Day} */
export const noDay = () => ({ date: "", short: "", long: "", away: 0 });

/** A date with its words; the year joins when it is another one and not just around the corner. @param {unknown} date @param {string} today @param {string} lang
 * @returns {Day} */
export function day(date, today, lang) {
  if (!isDate(date)) return noDay();
  const text = String(date);
  const away = daysBetween(today, text);
  const year = text.slice(0, 4) !== today.slice(0, 4) && Math.abs(away) > 60;
  return { date: text, short: words(text, lang, "short", year), long: words(text, lang, "long", year), away };
}

/** @param {string} date @param {string} lang @param {"short" | "long"} length @param {boolean} year */
function words(date, lang, length, year) {
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { timeZone: "UTC", weekday: length, day: "numeric", month: length };
  if (year) options.year = "numeric";
  const ms = Date.parse(`${date}T12:00:00Z`);
  // English puts the day first here, as on a prescription label, whatever the country.
  if (!/^en\b/.test(lang)) return format(lang, options).format(ms);
  const p = parts(format("en-US", options), ms);
  return [p.weekday, p.day, p.month, p.year].filter(Boolean).join(" ");
}
