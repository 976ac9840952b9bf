/**
 * How each outcome looks on the button. The shape tells it apart, not the colour alone.
 *
 * @import {Level} from "../core/mekiki.js"
 * @typedef {Level | "unchecked"} Outcome
 * @typedef {Outcome | "fetching"} Look `fetching`: nothing is known yet.
 */

/** @type {Readonly<Record<Look, { badge: string, colour: string }>>} */
export const LOOKS = {
  none: { badge: "", colour: "#5b5b66" },
  notice: { badge: "?", colour: "#005e9c" },
  suspicious: { badge: "!", colour: "#a15c00" },
  dangerous: { badge: "!!", colour: "#b3001b" },
  unchecked: { badge: "×", colour: "#5b5b66" },
  fetching: { badge: "", colour: "#5b5b66" },
};

/**
 * @param {Look} look
 */
export function iconOf(look) {
  return `icons/${look}.svg`;
}

/**
 * Whether a mail of this level may be an impersonation.
 * @param {Level} level
 */
export function isAccused(level) {
  return level === "suspicious" || level === "dangerous";
}
