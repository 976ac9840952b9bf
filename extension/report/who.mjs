/**
 * Who it says it is from, and what is known of who it is.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {HopView, Report} from "../core/mekiki.js"
 */
import { voucherOf } from "./authentication.mjs";
import { element, foreign, section, table } from "./dom.mjs";
import { moment } from "./times.mjs";

/**
 * The mail in a few lines: what it says, and what it is.
 * @param {Report} report
 * @param {Texts} texts
 */
export function drawSummary(report, texts) {
  const rows = element("dl");
  const add = (/** @type {string} */ key, /** @type {(string | Node)[]} */ ...content) => {
    rows.append(element("dt", {}, texts.get(key)), element("dd", {}, ...content));
  };
  add("field_subject", foreign(report.subject));
  if (report.date) add("field_date", moment(report.date, texts));
  const { from, claim } = report;
  if (from) {
    add("summary_says", foreign(from.name, "name"), " ", foreign(`<${from.address}>`));
    if (claim && !from.name.toLowerCase().includes(claim.toLowerCase())) add("summary_claims", claim);
  }
  if (report.aims.length > 0) add("summary_wants", report.aims.map((aim) => texts.get(`aim_${aim.replace("-", "_")}`)).join(texts.get("list_comma")));
  const origin = report.trail.find((hop) => hop.isFirstOutside);
  if (origin) add("summary_came", placeOf(origin, texts));
  add("summary_vouched", voucherOf(report, texts).short);
  const domains = leadsTo(report);
  if (domains.length > 0) {
    const most = 4;
    const shown = domains.slice(0, most).join(texts.get("list_comma"));
    add("summary_links", shown, domains.length > most ? ` ${texts.get("summary_more", [String(domains.length - most)])}` : "");
  }
  return element("section", { id: "summary" }, rows);
}

/**
 * Every address of the header that says who is meant.
 * @param {Report} report
 * @param {Texts} texts
 * @param {boolean} isOpen
 */
export function drawAddresses(report, texts, isOpen) {
  const rows = report.addresses.map(({ field, name, address }) => [field, foreign(name), foreign(address)]);
  const head = [texts.get("column_field"), texts.get("column_name"), texts.get("column_address")];
  return section("who", texts.get("section_who"), { isOpen, count: rows.length }, table(head, rows));
}

/**
 * The computer it came from, as people say it.
 * @param {HopView} hop
 * @param {Texts} texts
 */
export function placeOf(hop, texts) {
  const name = nameOf(hop, texts);
  const place = countryOf(hop, texts);
  return [name, hop.ip && hop.ip !== name ? `[${hop.ip}]` : "", place && `(${place})`].filter(Boolean).join(" ");
}

/**
 * The network of a computer, and the country it is used in, as far as they are known.
 * @param {{ network: string | null, country: string | null }} computer
 * @param {Texts} texts
 */
export function countryOf({ network, country }, texts) {
  return [network, country && texts.country(country)].filter(Boolean).join(texts.get("list_comma"));
}

/**
 * What a hop is best known by. What it called itself counts on the recipient's side alone: others can say anything.
 * @param {HopView} hop
 * @param {Texts} texts
 */
export function nameOf(hop, texts) {
  if (hop.reverseName) return hop.reverseName;
  if (hop.isUnnamed) return texts.get("hop_unnamed");
  const isInside = hop.isTrusted && !hop.isFirstOutside;
  return (isInside && hop.greeting) || hop.ip || hop.greeting || texts.get("hop_unknown");
}

/**
 * What a hop called itself, where that is not what it is known by.
 * @param {HopView} hop
 * @param {Texts} texts
 */
export function greetingOf(hop, texts) {
  const greeting = hop.greeting ?? "";
  return greeting === nameOf(hop, texts) ? "" : greeting;
}

/**
 * The domains that links lead to, each once.
 * @param {Report} report
 */
function leadsTo(report) {
  const domains = report.links.filter((link) => link.isClickable).map((link) => link.domain ?? link.host);
  return [...new Set(domains)].filter((domain) => domain !== null);
}
