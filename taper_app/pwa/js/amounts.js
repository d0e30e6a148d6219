// @ts-check
// Doses are decimal text and stay so: compared and added digit by digit, never as floating point.

const PLAIN = /^(\d{1,6})(?:\.(\d{1,4}))?$/;

/** In ten-thousandths, or null when the text is no amount. @param {unknown} text @returns {bigint | null} */
function units(text) {
  const found = PLAIN.exec(String(text ?? "").trim());
  return found && BigInt(found[1] + (found[2] ?? "").padEnd(4, "0"));
}

/** Whether a text is an amount above nothing. @param {unknown} text */
export function isAmount(text) {
  return (units(text) ?? 0n) > 0n;
}

/** Whether a is more than b; never when one of them is no amount. @param {unknown} a @param {unknown} b */
export function isMore(a, b) {
  const [x, y] = [units(a), units(b)];
  return x !== null && y !== null && x > y;
}

/** The total of one drug's doses in a day; "" when one of them is blank. @param {unknown[]} amounts */
export function total(amounts) {
  let sum = 0n;
  for (const amount of amounts) {
    const one = units(amount);
    if (one === null) return "";
    sum += one;
  }
  const digits = String(sum).padStart(5, "0");
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, "");
}
