/**
 * What is kept of each message of a check: a row, small enough that ten thousand of them are little. Sorting and choosing
 * rows, too.
 *
 * @import {Finding, Report} from "../core/mekiki.js"
 * @import {Act} from "../shared/acts.mjs"
 * @import {Outcome} from "../shared/levels.mjs"
 * @import {Cause} from "../shared/protocol.mjs"
 *
 * @typedef {object} Judged What the core found, as far as a row shows it.
 * @property {Outcome} outcome
 * @property {number} score Natural logarithm of the odds that it is impersonation.
 * @property {Finding | null} sign The weightiest sign against it.
 * @property {string} from Who it says it is from.
 * @property {string} subject
 *
 * @typedef {object} Row
 * @property {number} id Thunderbird's, good until Thunderbird ends.
 * @property {string} key Its Message-ID, which tells whether `id` still means the same.
 * @property {number} size In bytes, as Thunderbird tells it.
 * @property {string} from
 * @property {string} subject
 * @property {number} date Milliseconds since 1970; NaN is not.
 * @property {string} folder Empty where Thunderbird does not tell it.
 * @property {Outcome | null} outcome Nothing: it was not looked at yet.
 * @property {number} score
 * @property {Finding | null} sign
 * @property {Cause | null} cause Why it could not be checked.
 * @property {Act | null} act What the reader had done about it.
 *
 * @typedef {"outcome" | "from" | "subject" | "date" | "folder"} Column
 */

/** Outcomes, the gravest first. What could not be checked stands before what raised no suspicion: it is not fine. */
export const OUTCOMES = /** @type {readonly Outcome[]} */ (["dangerous", "suspicious", "unchecked", "notice", "none"]);

/** Most characters of what a sender wrote. */
const LONGEST = 200;

/**
 * @param {Report} report
 * @returns {Judged}
 */
export function judgedOf({ level, score, signs, from, subject }) {
  const sign = signs.find(({ weight }) => weight > 0) ?? null;
  return {
    outcome: level,
    score,
    sign: sign && cutFinding(sign),
    from: from ? sender(from.name, from.address) : "",
    subject: short(subject),
  };
}

/**
 * A message that was not looked at yet, by what Thunderbird tells of it.
 * @param {MessageHeader} header
 * @returns {Row}
 */
export function rowOf({ id, headerMessageId, size, author, subject, date, folder }) {
  const time = new Date(date ?? 0).getTime();
  return {
    id,
    key: headerMessageId,
    size: size ?? 0,
    from: short(author ?? ""),
    subject: short(subject),
    date: Number.isNaN(time) ? 0 : time,
    folder: folder?.name ?? "",
    outcome: null,
    score: 0,
    sign: null,
    cause: null,
    act: null,
  };
}

/**
 * Messages that Thunderbird fails on: nothing is known of them but that they are there.
 * @param {number} date Milliseconds since 1970, as near as it is known; 0 where it is not.
 * @param {Cause} cause
 * @returns {Row}
 */
export function unlistedRow(date, cause) {
  return { id: 0, key: "", size: 0, from: "", subject: "", date, folder: "", outcome: "unchecked", score: 0, sign: null, cause, act: null };
}

/**
 * How many rows there are of each outcome.
 * @param {readonly Row[]} rows
 * @returns {Record<Outcome, number>}
 */
export function countsOf(rows) {
  const counts = { dangerous: 0, suspicious: 0, unchecked: 0, notice: 0, none: 0 };
  for (const { outcome } of rows) if (outcome) counts[outcome] += 1;
  return counts;
}

/**
 * The rows with these outcomes, in order.
 * @param {readonly Row[]} rows
 * @param {ReadonlySet<Outcome>} shown
 * @param {{ column: Column, isDown: boolean }} order
 * @param {string} language
 * @returns {Row[]}
 */
export function arranged(rows, shown, { column, isDown }, language) {
  const compare = comparing(column, language);
  const turn = isDown ? -1 : 1;
  return rows
    .filter(({ outcome }) => outcome !== null && shown.has(outcome))
    .sort((one, other) => turn * compare(one, other) || other.date - one.date);
}

/**
 * @param {Column} column
 * @param {string} language
 * @returns {(one: Row, other: Row) => number} Less first.
 */
function comparing(column, language) {
  if (column === "date") return (one, other) => one.date - other.date;
  if (column === "outcome") return (one, other) => gravity(one) - gravity(other) || one.score - other.score;
  const { compare } = new Intl.Collator(language, { sensitivity: "base", numeric: true });
  return (one, other) => compare(one[column], other[column]);
}

/**
 * @param {Row} row
 */
function gravity({ outcome }) {
  return -OUTCOMES.indexOf(outcome ?? "none");
}

/**
 * @param {Finding} finding
 * @returns {Finding}
 */
function cutFinding({ id, weight, strength, evidence }) {
  return { id, weight, strength, evidence: evidence.map((seen) => ({ ...seen, value: short(seen.value) })) };
}

/**
 * @param {string} name
 * @param {string} address
 */
function sender(name, address) {
  return short(name ? `${short(name)} <${address}>` : address);
}

/**
 * @param {string} text
 */
function short(text) {
  // By characters, not by halves of them.
  return text.length <= LONGEST ? text : `${[...text.slice(0, LONGEST * 2)].slice(0, LONGEST).join("")}…`;
}
