/**
 * Which message a tab shows, and whether Thunderbird has it whole.
 */
import { within } from "../shared/within.mjs";

/** Milliseconds after which a message that is not yet told to be displayed is looked for by what is selected. */
const PATIENCE = 1500;

/** Milliseconds after which Thunderbird tells nothing more of a message whose page is complete. */
const OVERDUE = 4000;

/** Milliseconds that a page which is there takes to answer. */
const GLANCE = 500;

/** What a tab shows where Thunderbird never tells it. */
export const UNDESCRIBED = /** @type {const} */ ("undescribed");

/**
 * The one message that a tab shows; nothing where it shows none or several.
 * @param {number} tabId
 * @returns {Promise<number | null>}
 */
export async function displayedIn(tabId) {
  const displayed = messenger.messageDisplay.getDisplayedMessages(tabId);
  return onlyOf(Promise.race([displayed, selectedIn(tabId, displayed)]));
}

/**
 * The same, when Thunderbird has it whole: a message may take minutes to be fetched.
 * @param {number} tabId
 * @returns {Promise<number | null>}
 */
export async function loadedIn(tabId) {
  return onlyOf(messenger.messageDisplay.getDisplayedMessages(tabId));
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
 * The message that a tab shows, or word that Thunderbird never tells, as soon as either is sure.
 * @param {number} tabId
 * @returns {Promise<number | null | typeof UNDESCRIBED>}
 */
export async function displayedOrNever(tabId) {
  const displayed = displayedIn(tabId);
  for (;;) {
    // The message's page may be just complete: it has twice the time.
    const messageId = await within(displayed, 2 * OVERDUE, UNDESCRIBED);
    if (messageId !== UNDESCRIBED || (await isComplete(tabId))) return messageId;
  }
}

/**
 * Whether the page of the message in a tab is complete: one that is being fetched is not.
 * @param {number} tabId
 */
async function isComplete(tabId) {
  try {
    const asked = messenger.scripting.executeScript({ target: { tabId }, func: () => document.readyState });
    const answers = await within(asked, GLANCE, []);
    return answers[0]?.result === "complete";
  } catch {
    // There is no page yet.
    return false;
  }
}

/**
 * @param {Promise<MessageList>} list
 * @returns {Promise<number | null>}
 */
async function onlyOf(list) {
  try {
    const { messages } = await list;
    return messages.length === 1 ? (messages[0]?.id ?? null) : null;
  } catch {
    // The tab is gone, or is none that shows messages.
    return null;
  }
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
