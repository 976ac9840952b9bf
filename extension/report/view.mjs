/**
 * Drawing a dissection: first what everybody understands, then part by part what it rests on. Everything from the mail
 * is set as text; nothing drawn leads anywhere.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected, Dissection} from "../shared/protocol.mjs"
 * @import {LinkView, Report} from "../core/mekiki.js"
 */
import { causeKey } from "../shared/texts.mjs";
import { drawAttachments } from "./attachments.mjs";
import { drawAuthentication } from "./authentication.mjs";
import { element, note } from "./dom.mjs";
import { drawHeaders } from "./headers.mjs";
import { drawLinks, drawSoughtLink } from "./links.mjs";
import { drawSigns } from "./signs.mjs";
import { drawAddresses, drawSummary } from "./who.mjs";
import { drawWay } from "./way.mjs";

/**
 * @typedef {object} Looks
 * @property {boolean} isPage Whether it stands in a tab, where everything is unfolded.
 * @property {LinkView | null} link A link that was asked about.
 */

/**
 * @param {HTMLElement} main
 * @param {Dissection} dissection
 * @param {Texts} texts
 * @param {Looks} looks
 */
export function draw(main, dissection, texts, looks) {
  main.dataset.state = dissection.state;
  main.replaceChildren();
  switch (dissection.state) {
    case "no-message":
      delete main.dataset.level;
      main.append(note(texts.get("popup_no_message")));
      return;
    case "not-received":
      delete main.dataset.level;
      main.append(element("h1", { id: "verdict" }, texts.get("not_received")), note(texts.get("not_received_note")));
      return;
    case "failed":
      main.dataset.level = "unchecked";
      main.append(
        element("h1", { id: "verdict" }, texts.get("level_unchecked")),
        element("p", {}, texts.get(causeKey(dissection.cause))),
        note(texts.get("popup_unchecked_note")),
        element("p", { className: "note reason" }, dissection.reason),
      );
      return;
    case "report":
      main.dataset.level = dissection.report.level;
      main.append(...drawReport(dissection, texts, looks));
  }
}

/**
 * Draws that there is no dissection yet.
 * @param {HTMLElement} main
 * @param {boolean} isFetched
 * @param {Texts} texts
 */
export function drawWaiting(main, isFetched, texts) {
  const words = isFetched ? note(texts.get("banner_late")) : note(texts.get("fetching_note"));
  main.replaceChildren(element("h1", { id: "verdict" }, texts.get(isFetched ? "checking" : "fetching")), words);
}

/**
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {Looks} looks
 */
function drawReport({ report, blocked, isHidden }, texts, { isPage, link }) {
  return [
    element("h1", { id: "verdict" }, texts.get(`level_${report.level}`)),
    note(texts.get(`level_${report.level}_note`)),
    ...(blocked === null ? [] : [note(texts.get("blocked_told", [blocked]))]),
    ...(isHidden ? [note(texts.get("hide_told"))] : []),
    ...(link === null ? [] : [drawSoughtLink(link, texts)]),
    ...drawUnread(report, texts),
    drawSummary(report, texts),
    drawLinks(report, texts, isPage),
    ...drawAttachments(report, texts, isPage),
    drawWay(report, texts, isPage),
    drawSigns(report, texts, isPage),
    drawAuthentication(report, texts, isPage),
    drawAddresses(report, texts, isPage),
    drawHeaders(report, texts),
  ];
}

/** What is said of each kind of thing that was not read. */
const UNREAD = /** @type {const} */ ({
  fields: "trick_too_many_fields",
  parts: "trick_too_many_parts",
  depth: "trick_too_deep",
  text: "trick_too_much_text",
  links: "trick_too_many_links",
  styles: "trick_too_many_styles",
  charset: "trick_unknown_charset",
  encoding: "trick_unknown_encoding",
  "media-type": "trick_unreadable_kind",
  encrypted: "trick_encrypted",
});

/**
 * What was not read, which is never nothing.
 * @param {Report} report
 * @param {Texts} texts
 */
function drawUnread({ unread }, texts) {
  const kinds = new Set(unread.map(({ kind }) => kind));
  const list = new Intl.ListFormat(texts.language, { type: "unit" });
  return kinds.size === 0 ? [] : [note(texts.get("unread_told", [list.format([...kinds].map((kind) => texts.get(UNREAD[kind])))]))];
}
