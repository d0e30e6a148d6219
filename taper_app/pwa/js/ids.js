// @ts-check
// Ids that the phone makes: UUID version 7, rising also within one millisecond.

let last = 0;
let count = 0;

/** @param {number} now milliseconds @returns {string} */
export function uuid7(now) {
  count = now > last ? 0 : count + 1;
  // A clock that was set back, or 4096 ids in a millisecond, borrow from the next one: later ids stay greater.
  last = Math.max(last, now);
  if (count > 0xfff) {
    last += 1;
    count = 0;
  }
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  bytes[0] = (bytes[0] & 0x3f) | 0x80;
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = last.toString(16).padStart(12, "0");
  const hex = `${time}7${count.toString(16).padStart(3, "0")}${random}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
