/**
 * Moments and spans of time as people read them.
 *
 * @import {Texts} from "../shared/texts.mjs"
 */

/**
 * @param {string} time RFC 3339
 * @param {Texts} texts
 */
export function moment(time, texts) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return new Intl.DateTimeFormat(texts.language, { dateStyle: "medium", timeStyle: "medium" }).format(date);
}

/**
 * A span of time in its two largest units.
 * @param {number} seconds
 * @param {Texts} texts
 */
export function duration(seconds, texts) {
  const units = /** @type {const} */ ([["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]]);
  const at = Math.max(units.findIndex(([, size]) => seconds >= size), 0);
  let rest = seconds;
  const first = seconds === 0 ? units.slice(-1) : units.slice(at, at + 2);
  const parts = first.map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 || seconds === 0 ? new Intl.NumberFormat(texts.language, { style: "unit", unit, unitDisplay: "long" }).format(count) : "";
  });
  return parts.filter(Boolean).join(" ");
}
