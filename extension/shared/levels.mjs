/**
 * How each outcome looks on the button. The shape tells it apart, not the colour alone.
 *
 * @import {Level} from "../core/mekiki.js"
 * @typedef {Level | "unchecked"} Outcome
 */

/** @type {Readonly<Record<Outcome, { badge: string, colour: string }>>} */
export const LOOKS = {
  none: { badge: "", colour: "#5b5b66" },
  notice: { badge: "?", colour: "#005e9c" },
  suspicious: { badge: "!", colour: "#a15c00" },
  dangerous: { badge: "!!", colour: "#b3001b" },
  unchecked: { badge: "×", colour: "#5b5b66" },
};

/**
 * @param {Outcome} outcome
 */
export function iconOf(outcome) {
  return `icons/${outcome}.svg`;
}

/**
 * Whether a mail of this level may be an impersonation.
 * @param {Level} level
 */
export function isAccused(level) {
  return level === "suspicious" || level === "dangerous";
}
