/**
 * Dissections of messages: made once for each, kept while the page lives, never more than a few.
 *
 * @import {Cause, Dissected, Failed} from "../shared/protocol.mjs"
 */
import { details, judge } from "../shared/core.mjs";
import { readersSide } from "./context.mjs";

/** Most dissections that are kept. */
const MOST = 50;

/** @type {Map<number, Promise<Dissected | Failed>>} */
const kept = new Map();

/**
 * The dissection of a message. Never rejects: what went wrong is an answer of its own.
 * @param {number} messageId
 * @returns {Promise<Dissected | Failed>}
 */
export function dissect(messageId) {
  const known = kept.get(messageId);
  if (known) return known;
  const made = make(messageId);
  kept.set(messageId, made);
  const oldest = kept.keys().next();
  if (kept.size > MOST && !oldest.done) kept.delete(oldest.value);
  // A failure is not kept: the message may have been downloaded by the next time.
  void made.then((dissection) => {
    if (dissection.state === "failed" && kept.get(messageId) === made) kept.delete(messageId);
  });
  return made;
}

/** Lets go of every dissection: what they rest on has changed. */
export function forgetDissections() {
  kept.clear();
}

/**
 * @param {number} messageId
 * @returns {Promise<Dissected | Failed>}
 */
async function make(messageId) {
  /** @type {Cause} */
  let cause = "unreadable";
  try {
    // Thunderbird then gives the header with a body of its own making.
    const { headersOnly, external } = await messenger.messages.get(messageId);
    if (headersOnly) return { state: "failed", cause: "incomplete", reason: "", messageId };
    const file = await messenger.messages.getRaw(messageId);
    const raw = new Uint8Array(await file.arrayBuffer());
    cause = "broken-down";
    const report = await judge(raw, await readersSide());
    const known = await details();
    const seen = report.signs.map(({ id }) => [id, known[id] ?? []]);
    return { state: "report", report, details: Object.fromEntries(seen), messageId, isExternal: external ?? false };
  } catch (error) {
    return { state: "failed", cause, reason: error instanceof Error ? error.message : String(error), messageId };
  }
}

/**
 * The one message that a tab shows; nothing where it shows none or several.
 * @param {number} tabId
 * @returns {Promise<number | null>}
 */
export async function displayedIn(tabId) {
  try {
    const { messages } = await messenger.messageDisplay.getDisplayedMessages(tabId);
    return messages.length === 1 ? (messages[0]?.id ?? null) : null;
  } catch {
    // The tab is gone, or is none that shows messages.
    return null;
  }
}
