/**
 * Dissections of messages: made once for each, kept while the page lives, never more than a few.
 *
 * @import {Cause, Dissected, Dissection, Failed} from "../shared/protocol.mjs"
 */
import { blockedBy } from "../shared/blocked.mjs";
import { reasonOf } from "../shared/core.mjs";
import { TooSlow } from "../shared/judge.mjs";
import { loadSettings } from "../shared/settings.mjs";
import { within } from "../shared/within.mjs";
import { readersSide } from "./context.mjs";
import { DEADLINE, freeJudge } from "./judges.mjs";
import { readersTexts } from "./words.mjs";

/** Most dissections that are kept. */
const MOST = 50;

/** Milliseconds after which a message that is not yet told to be displayed is looked for by what is selected. */
const PATIENCE = 1500;

/** Milliseconds after which Thunderbird tells nothing more of a message whose page is complete. */
const OVERDUE = 4000;

/** Forged mail of ours for the welcome page, by the language it is in. */
const EXAMPLES = new Map([["ja", "welcome/example.ja.eml"]]);
const OTHER_EXAMPLE = "welcome/example.en.eml";

/** What a tab shows where Thunderbird never tells it. */
const UNDESCRIBED = /** @type {const} */ ("undescribed");

/** In place of the number of a message that lies nowhere. */
const NO_MESSAGE = -1;

/**
 * @typedef {object} Making
 * @property {Promise<Dissected | Failed>} done Never rejects.
 * @property {Promise<"late">} late Settles where judging has taken as long as the deadline. Fetching does not count.
 */

/** @type {Map<number, Making>} */
const kept = new Map();

/**
 * The dissection of a message. Never rejects: what went wrong is an answer of its own.
 * @param {number} messageId
 * @returns {Promise<Dissected | Failed>}
 */
export function dissect(messageId) {
  return making(messageId).done;
}

/**
 * The same, or word that it takes unusually long.
 * @param {number} messageId
 * @returns {Promise<Dissected | Failed | "late">}
 */
export function dissectInTime(messageId) {
  const { done, late } = making(messageId);
  return Promise.race([done, late]);
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
  const made = { done: make(messageId, () => setTimeout(isLate, DEADLINE, "late")), late };
  kept.set(messageId, made);
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
    return await dissected(await file.blob(), {}, NO_MESSAGE, () => {});
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
 * @returns {Promise<Dissected | Failed>}
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
    // Thunderbird then gives the header with a body of its own making.
    if (message.headersOnly) return { state: "failed", cause: "incomplete", reason: "", messageId };
    const side = readersSide(message, file.then((raw) => freeJudge().authorOf(raw, begun)));
    // Where the source cannot be had, nobody waits for it either.
    side.catch(() => undefined);
    const raw = await file;
    cause = "broken-down";
    return await dissected(raw, await side, messageId, begun, message.external);
  } catch (error) {
    return { state: "failed", cause: error instanceof TooSlow ? "too-slow" : cause, reason: reasonOf(error), messageId };
  }
}

/**
 * @param {Blob} raw
 * @param {import("../core/mekiki.js").Context} context
 * @param {number} messageId
 * @param {() => void} begun
 * @returns {Promise<Dissected>}
 */
async function dissected(raw, context, messageId, begun, isExternal = false) {
  const [{ blockedSenders }, report] = await Promise.all([loadSettings(), freeJudge().judge(raw, context, begun)]);
  const blocked = blockedBy(blockedSenders, report.from?.address ?? "");
  return { state: "report", report, messageId, isExternal, blocked };
}

/**
 * The one message that a tab shows; nothing where it shows none or several.
 * @param {number} tabId
 * @returns {Promise<number | null>}
 */
export async function displayedIn(tabId) {
  try {
    const displayed = messenger.messageDisplay.getDisplayedMessages(tabId);
    const { messages } = await Promise.race([displayed, selectedIn(tabId, displayed)]);
    return messages.length === 1 ? (messages[0]?.id ?? null) : null;
  } catch {
    // The tab is gone, or is none that shows messages.
    return null;
  }
}

/**
 * Whether Thunderbird never tells which message a tab shows, though the message's page is complete. One word of a
 * thousand letters as a sender's name is enough: Thunderbird 140 and 153 fail to encode it for add-ons, and say nothing.
 * @param {number} tabId
 */
export async function isUndescribed(tabId) {
  return (await within(displayedIn(tabId), OVERDUE, UNDESCRIBED)) === UNDESCRIBED;
}

/**
 * The dissection of what a tab shows.
 * @param {number} tabId
 * @returns {Promise<Dissection>}
 */
export async function dissectDisplayed(tabId) {
  // The message's page may still be loading: it has twice the time.
  const messageId = await within(displayedIn(tabId), 2 * OVERDUE, UNDESCRIBED);
  if (messageId === UNDESCRIBED) return { state: "failed", cause: "undescribed", reason: "", messageId: NO_MESSAGE };
  return messageId === null ? { state: "no-message" } : dissect(messageId);
}

/**
 * What is selected in a tab with a list of messages, after a while: a mail can make Thunderbird wait for ever before it
 * tells what is displayed (see banner/frames.js).
 * @param {number} tabId
 * @param {Promise<MessageList>} displayed What is to be waited for in other tabs.
 * @returns {Promise<MessageList>}
 */
async function selectedIn(tabId, displayed) {
  await new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    displayed.finally(() => clearTimeout(timer)).catch(() => {});
  });
  try {
    return await messenger.mailTabs.getSelectedMessages(tabId);
  } catch {
    return displayed;
  }
}
