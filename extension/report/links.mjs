/**
 * Where the links lead: what is shown, where a click really goes, through whom, and whose domain that is.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {LinkView, Report} from "../core/mekiki.js"
 */
import { isAccused } from "../shared/levels.mjs";
import { element, foreign, note, section, spelled, table } from "./dom.mjs";

/** Most links that are drawn: a mail may hold thousands. */
const MOST = 200;

/**
 * @param {Report} report
 * @param {Texts} texts
 * @param {boolean} isPage
 */
export function drawLinks(report, texts, isPage) {
  const links = report.links.filter((link) => link.isClickable);
  const isOpen = isPage || isAccused(report.level);
  if (links.length === 0) return section("links", texts.get("section_links"), { isOpen, count: 0 }, note(texts.get("section_empty")));
  const head = [texts.get("column_shown"), texts.get("column_target"), texts.get("column_domain")];
  const rows = links.slice(0, MOST).map((link) => [shownOf(link, texts), targetOf(link, texts), ownerOf(link, report, texts)]);
  const content = [table(head, rows)];
  if (links.length > MOST) content.push(note(texts.get("summary_more", [String(links.length - MOST)])));
  return section("links", texts.get("section_links"), { isOpen, count: links.length }, ...content);
}

/**
 * The link the reader asked about, from the message's context menu.
 * @param {LinkView} link
 * @param {Texts} texts
 */
export function drawSoughtLink(link, texts) {
  const content = [targetOf(link, texts)];
  if (link.brand) content.push(note(texts.get("link_belongs", [link.brand])));
  return element("section", { id: "sought" }, element("h2", {}, texts.get("link_sought")), ...content);
}

/**
 * @param {LinkView} link
 * @param {Texts} texts
 */
function shownOf(link, texts) {
  const cell = foreign(link.shown || texts.get("link_picture"));
  return link.count > 1 ? element("span", {}, cell, ` ×${link.count}`) : cell;
}

/**
 * Where it goes in the end, and what it goes through.
 * @param {LinkView} link
 * @param {Texts} texts
 */
function targetOf(link, texts) {
  const way = link.pieces.map(({ before, domain, after }) => spelled([before, domain, after]));
  const cell = element("div", { className: "target" }, ...way.slice(-1));
  if (way.length > 1) {
    const steps = way.slice(0, -1).map((step) => element("li", {}, step));
    cell.append(element("details", {}, element("summary", {}, texts.get("link_through", [String(steps.length)])), element("ol", {}, ...steps)));
  }
  return cell;
}

/**
 * Whose domain it is, and whose it is not though the mail makes believe so.
 * @param {LinkView} link
 * @param {Report} report
 * @param {Texts} texts
 */
function ownerOf(link, report, texts) {
  const cell = element("div", {}, element("b", {}, link.domain ?? link.host ?? ""));
  if (link.brand) cell.append(note(texts.get("link_belongs", [link.brand])));
  const imitated = imitatedBy(link, report);
  if (imitated.length > 0) cell.append(element("p", { className: "remark" }, texts.get("link_imitates", [imitated.join(texts.get("list_comma"))])));
  return cell;
}

/**
 * The brands that a link is found to make believe it belongs to.
 * @param {LinkView} link
 * @param {Report} report
 * @returns {string[]}
 */
function imitatedBy(link, report) {
  const own = [link.domain, link.host, link.url, ...link.chain].filter((one) => one !== null);
  const about = report.signs.filter(({ id, weight, evidence }) => id.startsWith("link.") && weight > 0 && evidence.some(({ value }) => own.includes(value)));
  const brands = about.flatMap(({ evidence }) => evidence.filter(({ name }) => name === "brand" || name === "otherBrand").map(({ value }) => value));
  return [...new Set(brands)].filter((brand) => brand !== link.brand);
}
