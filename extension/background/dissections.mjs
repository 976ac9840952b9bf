/**
 * Dissections of messages: made once for each, kept while the page lives, never more than a few.
 *
 * @import {Report} from "../core/mekiki.js"
 * @import {Cause, Dissected, Failed, NotReceived} from "../shared/protocol.mjs"
 */
import { blockedBy } from "../shared/blocked.mjs";
import { reasonOf } from "../shared/core.mjs";
import { asksInside } from "../shared/inside.mjs";
import { TooSlow } from "../shared/judge.mjs";
import { loadSettings } from "../shared/settings.mjs";
import { within } from "../shared/within.mjs";
import { readersSide } from "./context.mjs";
import { isHidden } from "./hidden.mjs";
import { DEADLINE, freeJudge } from "./judges.mjs";
import { isKeptApart, neverArrived } from "./received.mjs";
import { readersTexts } from "./words.mjs";

/** Milliseconds that files are waited for, where somebody wants to read the dissection. */
const PATIENCE = 3000;

/** Most dissections that are kept. */
const MOST = 50;

/** Forged mail of ours for the welcome page, by the language it is in. */
const EXAMPLES = new Map([["ja", "welcome/example.ja.eml"]]);
const OTHER_EXAMPLE = "welcome/example.en.eml";

/** In place of the number of a message that lies nowhere. */
export const NO_MESSAGE = -1;

/**
 * @typedef {object} Making
 * @property {Promise<Dissected | NotReceived | Failed>} done Never rejects. It does not wait for the files to be looked
 *   into: that is what comes later.
 * @property {Promise<Dissected | NotReceived | Failed>} whole The same, with them. Never rejects.
 * @property {Promise<"late">} late Settles where judging has taken as long as the deadline. Fetching does not count.
 * @property {boolean} isFetched Whether judging has begun.
 */

/** @type {Map<number, Making>} */
const kept = new Map();

/** Called where looking into a message's files changed what is to be said of it. */
let completed = () => {};

/**
 * @param {() => void} listener
 */
export function watchCompleted(listener) {
  completed = listener;
}

/**
 * What button and banner tell of a message.
 * @param {Dissected | NotReceived | Failed} dissection
 */
function toldBy(dissection) {
  return dissection.state === "report" ? JSON.stringify([dissection.report.level, dissection.report.banner]) : dissection.state;
}

/**
 * The dissection of a message. Never rejects: what went wrong is an answer of its own.
 * @param {number} messageId
 * @returns {Promise<Dissected | NotReceived | Failed>}
 */
export function dissect(messageId) {
  return making(messageId).done;
}

/**
 * The same, with what is inside its files where that is known in time.
 * @param {number} messageId
 * @returns {Promise<Dissected | NotReceived | Failed>}
 */
export async function dissectWhole(messageId) {
  const { done, whole } = making(messageId);
  return (await within(whole, PATIENCE, null)) ?? done;
}

/**
 * The same, or word that it takes unusually long.
 * @param {number} messageId
 * @returns {Promise<Dissected | NotReceived | Failed | "late">}
 */
export function dissectInTime(messageId) {
  const { done, late } = making(messageId);
  return Promise.race([done, late]);
}

/**
 * Whether the source of a message that is being dissected is there.
 * @param {number} messageId
 */
export function isFetched(messageId) {
  return kept.get(messageId)?.isFetched ?? false;
}

/**
 * @param {number} messageId
 * @returns {Making}
 */
function making(messageId) {
  const known = kept.get(messageId);
  if (known) return known;
  /** @type {(late: "late") => void} */
  let isLate;
  /** @type {Promise<"late">} */
  const late = new Promise((resolve) => (isLate = resolve));
  const begun = () => {
    made.isFetched = true;
    setTimeout(isLate, DEADLINE, "late");
  };
  const first = make(messageId, begun);
  const done = first.then(({ dissection }) => dissection);
  const whole = first.then(({ dissection, lookInside }) => lookInside?.() ?? dissection);
  const made = { done, whole, late, isFetched: false };
  kept.set(messageId, made);
  void whole.then(async (dissection) => {
    if (kept.get(messageId) !== made) return;
    const before = await done;
    made.done = whole;
    if (toldBy(dissection) !== toldBy(before)) completed();
  });
  const oldest = kept.keys().next();
  if (kept.size > MOST && !oldest.done) kept.delete(oldest.value);
  // A failure is not kept: the message may have been downloaded by the next time.
  void made.done.then((dissection) => {
    if (dissection.state === "failed" && kept.get(messageId) === made) kept.delete(messageId);
  });
  return made;
}

/**
 * The dissection of the sample that is packed with the add-on, by the core alone: nothing of the reader's comes into it.
 * @returns {Promise<Dissected | Failed>}
 */
export async function dissectExample() {
  try {
    const { language } = await readersTexts();
    const file = await fetch(messenger.runtime.getURL(EXAMPLES.get(language) ?? OTHER_EXAMPLE));
    return await dissected(freeJudge().judge(await file.blob(), {}), NO_MESSAGE);
  } catch (error) {
    return { state: "failed", cause: "broken-down", reason: reasonOf(error), messageId: NO_MESSAGE };
  }
}

/** Lets go of every dissection: what they rest on has changed. */
export function forgetDissections() {
  kept.clear();
}

/**
 * @param {number} messageId
 * @param {() => void} begun Called when judging begins.
 * @returns {Promise<{ dissection: Dissected | NotReceived | Failed, lookInside?: () => Promise<Dissected> }>} With how to
 *   look into its files, where it has any.
 */
async function make(messageId, begun) {
  /** @type {Cause} */
  let cause = "unreadable";
  // Asked for at once: the banner waits for each answer.
  const file = messenger.messages.getRaw(messageId);
  // Where the message is incomplete, nobody waits for it.
  file.catch(() => undefined);
  try {
    const message = await messenger.messages.get(messageId);
    if (await isKeptApart(message)) return { dissection: { state: "not-received", messageId } };
    // Thunderbird then gives the header with a body of its own making.
    if (message.headersOnly) return { dissection: { state: "failed", cause: "incomplete", reason: "", messageId } };
    const side = readersSide(message, file.then((raw) => freeJudge().authorOf(raw, begun)));
    // Where the source cannot be had, nobody waits for it either.
    side.catch(() => undefined);
    const raw = await file;
    cause = "broken-down";
    const context = await side;
    const dissection = await dissected(freeJudge().judge(raw, context, begun), messageId, message.external);
    if (neverArrived(message, dissection.report)) return { dissection: { state: "not-received", messageId } };
    if (!asksInside(dissection.report)) return { dissection };
    // Where that takes too long, what was found before stands.
    const lookInside = () => dissected(freeJudge().judgeWhole(raw, context), messageId, message.external).catch(() => dissection);
    return { dissection, lookInside };
  } catch (error) {
    return { dissection: { state: "failed", cause: error instanceof TooSlow ? "too-slow" : cause, reason: reasonOf(error), messageId } };
  }
}

/**
 * @param {Promise<Report>} judged
 * @param {number} messageId
 * @returns {Promise<Dissected>}
 */
async function dissected(judged, messageId, isExternal = false) {
  const [{ blockedSenders }, report] = await Promise.all([loadSettings(), judged]);
  const blocked = blockedBy(blockedSenders, report.from?.address ?? "");
  return { state: "report", report, messageId, isExternal, isHidden: await isHidden(report), blocked };
}
