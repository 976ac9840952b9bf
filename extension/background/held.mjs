/**
 * What the banner says of a link that was held back: where it really leads, so that it can be read but not clicked.
 *
 * @import {HeldLink} from "../shared/protocol.mjs"
 */
import { cut, defang } from "../shared/texts.mjs";
import { freeJudge } from "./judges.mjs";
import { readersTexts } from "./words.mjs";

/**
 * @param {string} url As the message's page reads it: what a click would open. The report is not asked, since a page may
 *   read a link otherwise than the core did.
 * @returns {Promise<HeldLink>}
 */
export async function heldLink(url) {
  const [texts, { pieces, contacted, host }] = await Promise.all([readersTexts(), freeJudge().linkOf(url)]);
  const { before = "", domain = "", after = "" } = pieces.at(-1) ?? {};
  const isThrough = contacted !== null && contacted !== host;
  return {
    sentence: texts.get("held_sentence"),
    target: [shown(before), shown(domain), shown(after)],
    through: isThrough ? texts.get("held_through", [shown(contacted)]) : "",
    open: texts.get("held_open"),
    keep: texts.get("held_keep"),
  };
}

/**
 * @param {string} part Of an address.
 */
function shown(part) {
  return cut(defang(part));
}
