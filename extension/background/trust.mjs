/**
 * The reader's word on a sender: that it is genuine, or to be blocked. What it binds to is the core's to say, never the
 * message's: the domain that vouched, or the very address at a provider of mailboxes.
 *
 * @import {Dissected, Failed, NotReceived} from "../shared/protocol.mjs"
 */
import { saveSettings } from "../shared/settings.mjs";
import { dissectWhole, forgetDissections } from "./dissections.mjs";
import { setHidden } from "./hidden.mjs";

/**
 * @param {number} messageId
 * @param {boolean} isTrusted
 * @returns {Promise<Dissected | NotReceived | Failed>} The message judged again.
 */
export function trust(messageId, isTrusted) {
  return noted(messageId, "trustedDomains", isTrusted, ({ report }) => report.from?.trust);
}

/**
 * @param {number} messageId
 * @param {boolean} isBlocked
 * @returns {Promise<Dissected | NotReceived | Failed>} The message judged again.
 */
export function block(messageId, isBlocked) {
  return noted(messageId, "blockedSenders", isBlocked, ({ report, blocked }) => (isBlocked ? report.from?.trust : blocked));
}

/**
 * @param {number} messageId
 * @param {boolean} isHidden Whether the user wants no warning on this one mail.
 * @returns {Promise<Dissected | NotReceived | Failed>} Its dissection then.
 */
export async function hide(messageId, isHidden) {
  const dissection = await dissectWhole(messageId);
  if (dissection.state !== "report") return dissection;
  await setHidden(dissection.report, isHidden);
  forgetDissections();
  return dissectWhole(messageId);
}

/**
 * @param {number} messageId
 * @param {"trustedDomains" | "blockedSenders"} list
 * @param {boolean} isIn Whether the list is to have the entry from now on.
 * @param {(dissection: Dissected) => string | null | undefined} entryOf
 * @returns {Promise<Dissected | NotReceived | Failed>}
 */
async function noted(messageId, list, isIn, entryOf) {
  const dissection = await dissectWhole(messageId);
  const entry = dissection.state === "report" ? entryOf(dissection) : null;
  if (!entry) return dissection;
  await saveSettings((present) => {
    const others = present[list].filter((one) => one !== entry);
    return { [list]: isIn ? [...others, entry] : others };
  });
  forgetDissections();
  return dissectWhole(messageId);
}
