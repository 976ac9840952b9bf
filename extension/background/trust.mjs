/**
 * The reader's word on a sender: that it is genuine, or to be blocked. What it binds to is the core's to say, never the
 * message's: the domain that vouched, or the very address at a provider of mailboxes.
 *
 * @import {Dissected, Failed} from "../shared/protocol.mjs"
 */
import { saveSettings } from "../shared/settings.mjs";
import { dissect, forgetDissections } from "./dissections.mjs";

/**
 * @param {number} messageId
 * @param {boolean} isTrusted
 * @returns {Promise<Dissected | Failed>} The message judged again.
 */
export async function trust(messageId, isTrusted) {
  const dissection = await dissect(messageId);
  const entry = dissection.state === "report" ? dissection.report.from?.trust : null;
  if (!entry) return dissection;
  await saveSettings(({ trustedDomains }) => {
    const others = trustedDomains.filter((one) => one !== entry);
    return { trustedDomains: isTrusted ? [...others, entry] : others };
  });
  forgetDissections();
  return dissect(messageId);
}

/**
 * @param {number} messageId
 * @param {boolean} isBlocked
 * @returns {Promise<Dissected | Failed>} The message judged again.
 */
export async function block(messageId, isBlocked) {
  const dissection = await dissect(messageId);
  const entry = dissection.state !== "report" ? null : isBlocked ? dissection.report.from?.trust : dissection.blocked;
  if (!entry) return dissection;
  await saveSettings(({ blockedSenders }) => {
    const others = blockedSenders.filter((one) => one !== entry);
    return { blockedSenders: isBlocked ? [...others, entry] : others };
  });
  forgetDissections();
  return dissect(messageId);
}
