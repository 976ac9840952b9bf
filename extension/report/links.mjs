/**
 * Where the links lead: what is shown, where a click really goes, through whom, and whose domain that is.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {LinkView, Report} from "../core/mekiki.js"
 */
import { groupedBy } from "../shared/grouped.mjs";
import { isAccused } from "../shared/levels.mjs";
import { addressIn } from "../shared/texts.mjs";
import { button, element, foreign, note, section, spelled } from "./dom.mjs";
import { countryOf } from "./who.mjs";

/** Most links that are drawn: a mail may hold thousands. */
const MOST = 200;

/**
 * By the domain that somebody registered: odd ones first, one link of each as an example, the others folded.
 * @param {Report} report
 * @param {Texts} texts
 * @param {boolean} isPage
 */
export function drawLinks(report, texts, isPage) {
  const links = report.links.filter((link) => link.isClickable);
  if (links.length === 0) return section("links", texts.get("section_links"), { isOpen: false, count: 0 }, note(texts.get("section_empty")));
  const shown = links.slice(0, MOST);
  const groups = [...groupedBy(shown, ({ domain, host, url }) => domain ?? host ?? url)]
    .map(([domain, members]) => groupOf(domain, members, imitatedBy(members, report)))
    .toSorted((one, other) => other.oddness - one.oddness);
  const content = groups.map((group) => drawGroup(group, texts, isPage, isAccused(report.level)));
  if (links.length > MOST) content.push(note(texts.get("summary_more", [String(links.length - MOST)])));
  return section("links", texts.get("section_links"), { isOpen: isPage || isAccused(report.level), count: groups.length }, ...content);
}

/**
 * @typedef {object} Group
 * @property {string} domain
 * @property {readonly [LinkView, ...LinkView[]]} members
 * @property {readonly string[]} imitated
 * @property {number} oddness From 0 on.
 */

/**
 * @param {string} domain
 * @param {Group["members"]} members
 * @param {Group["imitated"]} imitated
 * @returns {Group}
 */
function groupOf(domain, members, imitated) {
  return { domain, members, imitated, oddness: imitated.length > 0 ? 2 : members.some(({ isForeign }) => isForeign) ? 1 : 0 };
}

/**
 * @param {Group} group
 * @param {Texts} texts
 * @param {boolean} isPage
 * @param {boolean} isAccusedMail Whether the countries of endings are worth telling.
 */
function drawGroup({ domain, members, imitated, oddness }, texts, isPage, isAccusedMail) {
  const [first, ...others] = members;
  const count = members.reduce((sum, { count }) => sum + count, 0);
  const made = element("div", { className: "group" }, element("p", { className: "domain" }, foreign(domain), count > 1 ? ` \u00D7${count}` : ""));
  if (first.brand) made.append(note(texts.get("link_belongs", [first.brand])));
  if (first.ending && !first.brand && (isAccusedMail || oddness > 0)) {
    made.append(note(texts.get("link_country", [first.ending.name, texts.country(first.ending.country)])));
  }
  const server = members.find(({ server }) => server)?.server;
  if (server) made.append(note(texts.get("link_server", [server.ip, countryOf(server, texts)])));
  if (imitated.length > 0) made.append(element("p", { className: "remark" }, texts.get("link_imitates", [imitated.join(texts.get("list_comma"))])));
  made.append(drawLink(first, texts));
  if (first.domain !== null && !first.brand && (isAccusedMail || oddness > 0)) made.append(drawElsewhere(first.domain, texts));
  if (others.length > 0) {
    const rest = element("details", {}, element("summary", {}, texts.get("summary_more", [String(others.length)])), ...others.map((link) => drawLink(link, texts)));
    if (isPage && others.length <= FEW) rest.setAttribute("open", "");
    made.append(rest);
  }
  return made;
}

/** Where anybody can look up a domain, each given nothing else. @type {readonly (readonly [string, (domain: string) => string])[]} */
const ELSEWHERE = [
  ["VirusTotal", (domain) => `https://www.virustotal.com/gui/domain/${domain}`],
  ["Google Safe Browsing", (domain) => `https://transparencyreport.google.com/safe-browsing/search?url=${domain}`],
  ["WHOIS", (domain) => `https://www.whois.com/whois/${domain}`],
];

/**
 * Buttons that open one of them in the browser. Nothing is asked before one is pressed.
 * @param {string} domain
 * @param {Texts} texts
 */
function drawElsewhere(domain, texts) {
  const open = (/** @type {string} */ url) => messenger.windows.openDefaultBrowser(url);
  const buttons = ELSEWHERE.map(([name, urlFor]) => button("elsewhere", name, () => open(urlFor(encodeURIComponent(domain)))));
  return element("details", { className: "elsewhere" }, element("summary", {}, texts.get("link_elsewhere")), element("p", { className: "controls" }, ...buttons));
}

/** Links of one domain that are not folded away in a tab. */
const FEW = 3;

/**
 * What is shown, where that is not the address itself, and where it goes.
 * @param {LinkView} link
 * @param {Texts} texts
 */
function drawLink(link, texts) {
  const rows = element("dl");
  if (link.shown !== link.url && `${link.shown}/` !== link.url) rows.append(element("dt", {}, texts.get("column_shown")), element("dd", {}, shownOf(link, texts)));
  rows.append(element("dt", {}, texts.get("column_target")), element("dd", {}, targetOf(link, texts)));
  return rows;
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
  return foreign(link.shown || texts.get("link_picture"));
}

/**
 * Where it goes in the end, and what it goes through.
 * @param {LinkView} link
 * @param {Texts} texts
 */
function targetOf(link, texts) {
  const way = link.pieces.map((pieces) => {
    const step = spelled(addressIn(pieces));
    step.title = `${pieces.before}${pieces.domain}${pieces.after}`;
    return step;
  });
  const cell = element("div", { className: "target" }, ...way.slice(-1));
  if (way.length > 1) {
    const steps = way.slice(0, -1).map((step) => element("li", {}, step));
    cell.append(element("details", {}, element("summary", {}, texts.get("link_through", [String(steps.length)])), element("ol", {}, ...steps)));
  }
  return cell;
}

/**
 * The brands that links are found to make believe they belong to.
 * @param {readonly LinkView[]} links
 * @param {Report} report
 * @returns {string[]}
 */
function imitatedBy(links, report) {
  const own = links.flatMap(({ domain, host, url, chain }) => [domain, host, url, ...chain]).filter((one) => one !== null);
  const about = report.signs.filter(({ id, strength, evidence }) => id.startsWith("link.") && strength !== "reassuring" && evidence.some(({ value }) => own.includes(value)));
  const brands = about.flatMap(({ evidence }) => evidence.filter(({ name }) => name === "brand" || name === "otherBrand").map(({ value }) => value));
  return [...new Set(brands)].filter((brand) => links.every((link) => link.brand !== brand));
}
