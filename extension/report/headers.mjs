/**
 * The raw header, with the lines that tell something marked and explained.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {LineRole, Report} from "../core/mekiki.js"
 */
import { element, foreign, note, section } from "./dom.mjs";

/**
 * How each kind of line is explained; those that tell nothing by themselves are left out.
 * @type {Partial<Record<LineRole, string>>}
 */
const EXPLAINED = {
  "outside-hop": "header_outside",
  "unproven-hop": "hop_untrusted",
  "own-results": "header_authentication",
  "contradicted-results": "header_unproven",
  "unproven-results": "header_unproven",
  author: "header_from",
  sender: "header_from",
  "reply-to": "header_reply",
  envelope: "header_envelope",
  "message-id": "header_id",
  signature: "header_signature",
};

/** @type {readonly LineRole[]} */
const DOUBTFUL = ["unproven-hop", "contradicted-results", "unproven-results"];

/** Most characters of a line, and most lines: a header may be a megabyte. */
const LONGEST = 2_000;
const MOST = 500;

/**
 * The lines of the header, with the text key of what each one tells; null where it tells nothing by itself.
 * @param {Report} report
 * @returns {{ name: string, value: string, key: string | null, isDoubtful: boolean }[]}
 */
function headerLines(report) {
  return report.header.slice(0, MOST).map(({ name, value, role }) => ({
    name,
    value: value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value,
    key: EXPLAINED[role] ?? null,
    isDoubtful: DOUBTFUL.includes(role),
  }));
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
