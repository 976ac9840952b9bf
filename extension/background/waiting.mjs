/**
 * Dissections of what tabs show, where the source of a message may not be there yet.
 *
 * @import {Dissected, Dissection, Failed, NotReceived} from "../shared/protocol.mjs"
 */
import { within } from "../shared/within.mjs";
import { NO_MESSAGE, dissectWhole, isFetched } from "./dissections.mjs";
import { UNDESCRIBED, displayedIn, displayedOrNever, loadedIn } from "./shown.mjs";

/**
 * Milliseconds before a source is asked for again that Thunderbird did not give though it shows the message whole: the
 * line may just have been cut.
 */
const AGAIN = [0, 2_000, 10_000, 30_000];

/** Milliseconds within which a message that is not being fetched is known. */
const GLANCE = 100;

/**
 * The dissection of a message that a tab shows, as soon as Thunderbird has its source, however late. Thunderbird gives up
 * on a source that does not begin to come within 20 seconds, even while it fetches the message to show it.
 * @template Late
 * @param {number} tabId
 * @param {number} messageId
 * @param {(messageId: number) => Promise<Dissected | NotReceived | Failed | Late>} dissects
 * @param {readonly number[]} again Milliseconds before each further try.
 * @returns {Promise<Dissected | NotReceived | Failed | Late>}
 */
export async function dissectShown(tabId, messageId, dissects, again = AGAIN) {
  let dissection = await dissects(messageId);
  for (const wait of again) {
    if (!isUnreadable(dissection) || (await loadedIn(tabId)) !== messageId) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
    if ((await displayedIn(tabId)) !== messageId) break;
    dissection = await dissects(messageId);
  }
  return dissection;
}

/**
 * The dissection of what a tab shows, as soon as there is one.
 * @param {number} tabId
 * @returns {Promise<Dissection>}
 */
export async function dissectDisplayed(tabId) {
  const messageId = await displayedOrNever(tabId);
  if (messageId === UNDESCRIBED) return { state: "failed", cause: "undescribed", reason: "", messageId: NO_MESSAGE };
  return messageId === null ? { state: "no-message" } : dissectShown(tabId, messageId, dissectWhole, AGAIN.slice(0, 1));
}

/**
 * Whether the source of what a tab shows is there, so that only its verdict is waited for.
 * @param {number} tabId
 */
export async function isFetchedIn(tabId) {
  const messageId = await within(displayedIn(tabId), GLANCE, null);
  return messageId !== null && isFetched(messageId);
}

/** @param {unknown} dissection */
function isUnreadable(dissection) {
  const { state, cause } = /** @type {Partial<Failed>} */ (dissection);
  return state === "failed" && cause === "unreadable";
}
