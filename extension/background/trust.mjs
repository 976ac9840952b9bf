/**
 * The reader's word that a sender is genuine. What it binds to is the core's to say, never the message's: the domain that
 * vouched, or the very address at a provider of mailboxes.
 *
 * @import {Dissected, Failed} from "../shared/protocol.mjs"
 */
import { saveSettings } from "../shared/settings.mjs";
import { showOnButton } from "./button.mjs";
import { dissect, displayedIn, forgetDissections } from "./dissections.mjs";

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
  const tabs = await messenger.tabs.query({ type: ["mail", "messageDisplay"] });
  await Promise.all(tabs.map(({ id }) => tellAgain(id)));
  return dissect(messageId);
}

/**
 * Has the button of a tab tell the outcome of what it shows anew.
 * @param {number} tabId
 */
async function tellAgain(tabId) {
  const shown = await displayedIn(tabId);
  if (shown !== null) await showOnButton(tabId, [await messenger.messages.get(shown)]);
}
