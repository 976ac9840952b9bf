/**
 * The raw header, with the lines that tell something marked and explained.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Report} from "../core/mekiki.js"
 */
import { element, foreign, note, section } from "./dom.mjs";

/** Fields that say who sent it, and how each is explained. */
const TELLING = new Map([
  ["from", "header_from"],
  ["sender", "header_from"],
  ["reply-to", "header_reply"],
  ["return-path", "header_envelope"],
  ["message-id", "header_id"],
  ["dkim-signature", "header_signature"],
]);

/** Most characters of a line, and most lines: a header may be a megabyte. */
const LONGEST = 2_000;
const MOST = 500;

/**
 * The lines of the header, with the text key of what each one tells; null where it tells nothing by itself.
 * @param {Report} report
 * @returns {{ name: string, value: string, key: string | null, isDoubtful: boolean }[]}
 */
function headerLines(report) {
  const hops = new Map(report.trail.map((hop) => [hop.offset, hop]));
  const witnesses = new Set(report.authentication.map(({ by }) => by?.toLowerCase()));
  return report.header.slice(0, MOST).map(({ name, value: whole, offset }) => {
    const value = whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
    const field = name.toLowerCase();
    const hop = field === "received" ? hops.get(offset) : undefined;
    if (hop) return { name, value, key: hop.isFirstOutside ? "header_outside" : hop.isTrusted ? null : "hop_untrusted", isDoubtful: !hop.isTrusted };
    if (field === "authentication-results") {
      const isWitness = witnesses.has(value.trim().split(/[\s;]/, 1)[0]?.toLowerCase());
      return { name, value, key: isWitness ? "header_authentication" : "header_unproven", isDoubtful: !isWitness };
    }
    return { name, value, key: TELLING.get(field) ?? null, isDoubtful: false };
  });
}

/**
 * @param {Report} report
 * @param {Texts} texts
 */
export function drawHeaders(report, texts) {
  const lines = headerLines(report).map(({ name, value, key, isDoubtful }) => {
    const line = element("div", { className: key ? (isDoubtful ? "line doubtful" : "line telling") : "line" }, element("b", {}, `${name}:`), " ", foreign(value.trim()));
    if (key) line.append(element("span", { className: "why" }, texts.get(key)));
    return line;
  });
  const raw = element("div", { className: "raw" }, ...lines);
  // It can be scrolled: the keyboard must reach it.
  raw.tabIndex = 0;
  raw.setAttribute("role", "region");
  raw.setAttribute("aria-label", texts.get("section_headers"));
  return section("headers", texts.get("section_headers"), { isOpen: false, count: report.header.length }, note(texts.get("headers_note")), raw);
}
