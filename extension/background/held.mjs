/**
 * What the banner says of a link that was held back: where it really leads, and whose site that is not.
 *
 * @import {HeldLink} from "../shared/protocol.mjs"
 */
import { addressIn, cut } from "../shared/texts.mjs";
import { dissect } from "./dissections.mjs";
import { freeJudge } from "./judges.mjs";
import { displayedIn } from "./shown.mjs";
import { readersTexts } from "./words.mjs";

/**
 * @param {string} url As the message's page reads it: what a click would open. The report is not asked, since a page may
 *   read a link otherwise than the core did.
 * @param {Tab | undefined} tab Where the message is shown.
 * @returns {Promise<HeldLink>}
 */
export async function heldLink(url, tab) {
  const [texts, { pieces, contacted, host }, claim] = await Promise.all([readersTexts(), freeJudge().linkOf(url), claimIn(tab)]);
  const isThrough = contacted !== null && contacted !== host;
  const isForeign = claim?.links.some((link) => link.isForeign && link.host !== null && link.host === host);
  return {
    sentence: texts.get("held_sentence"),
    not: isForeign && claim?.claim ? texts.get("held_not", [claim.claim]) : "",
    target: addressIn(pieces.at(-1) ?? { before: "", domain: "", after: "" }),
    through: isThrough ? texts.get("held_through", [cut(contacted)]) : "",
    open: texts.get("held_open"),
    keep: texts.get("held_keep"),
  };
}

/**
 * The report of the message shown, where it speaks for a brand.
 * @param {Tab | undefined} tab
 */
async function claimIn(tab) {
  const messageId = tab ? await displayedIn(tab.id) : null;
  const dissection = messageId === null ? null : await dissect(messageId);
  return dissection?.state === "report" && dissection.report.claim !== null ? dissection.report : null;
}
