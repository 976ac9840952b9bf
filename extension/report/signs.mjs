/**
 * What was found, by kind, a card a sign: what was seen, each time it was, what it means, how to check it, and how strong a
 * sign it is.
 * Of mail that is not accused, what reassures comes first, and oddities are folded away.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Detail, Finding, Report} from "../core/mekiki.js"
 */
import { groupedBy } from "../shared/grouped.mjs";
import { isAccused } from "../shared/levels.mjs";
import { element, note, pieced, section } from "./dom.mjs";

/** How much of its bar each strength fills, in percent. */
const FILLED = { strong: 100, medium: 60, weak: 25, reassuring: 100 };

/** Most sightings of one sign that are listed. */
const MOST = 50;

/**
 * What a finding is about, in the order in which it is told: by the first part of its id.
 * @type {readonly (readonly [string, readonly string[]])[]}
 */
const KINDS = [
  ["kind_sender", ["sender", "auth"]],
  ["kind_way", ["path"]],
  ["kind_links", ["link"]],
  ["kind_text", ["text"]],
  ["kind_files", ["attach"]],
  ["kind_build", ["mime"]],
];

/**
 * @param {Pick<Report, "signs" | "level">} report
 * @param {Texts} texts
 * @param {boolean} isPage
 */
export function drawSigns({ signs, level }, texts, isPage) {
  const cards = [...groupedBy(signs, ({ id }) => id).values()];
  const accusing = cards.filter(([first]) => first.strength !== "reassuring");
  const reassuring = cards.filter(([first]) => first.strength === "reassuring");
  const title = texts.get("section_signs");
  const options = { isOpen: true, count: cards.length };
  if (cards.length === 0) return section("signs", title, options, note(texts.get("section_empty")));
  const byKind = KINDS.flatMap(([key, groups]) => drawKind(texts.get(key), accusing.filter(([{ id }]) => groups.some((group) => id.startsWith(`${group}.`))), texts, isPage));
  const trusted = drawKind(texts.get("kind_trust"), reassuring, texts, isPage);
  // Once for all the ways to check it that name the source.
  const source = note(texts.get("source_note"));
  if (isAccused(level)) return section("signs", title, options, source, ...byKind, ...trusted);
  const content = [source, ...trusted];
  if (accusing.length > 0) {
    const words = element("summary", {}, texts.get("signs_oddities"), element("span", { className: "count" }, String(accusing.length)));
    content.push(element("details", { className: "oddities" }, words, ...byKind));
  }
  return section("signs", title, options, ...content);
}

/**
 * The cards of one kind below its name.
 * @param {string} name
 * @param {readonly (readonly [Finding, ...Finding[]])[]} cards
 * @param {Texts} texts
 * @param {boolean} isPage
 */
function drawKind(name, cards, texts, isPage) {
  if (cards.length === 0) return [];
  return [element("h3", {}, name), element("ul", {}, ...cards.map((card) => drawCard(card, texts, isPage)))];
}

/**
 * @param {readonly [Finding, ...Finding[]]} found One sign, each time it was found.
 * @param {Texts} texts
 * @param {boolean} isOpen
 */
function drawCard(found, texts, isOpen) {
  const [first, ...others] = found;
  const fold = element("details");
  if (isOpen) fold.setAttribute("open", "");
  const head = element("summary", {}, element("span", { className: "summary" }, ...pieced(texts.ofSign("summary", first))));
  if (others.length > 0) head.append(element("span", { className: "count" }, `\u00D7${found.length}`));
  head.append(bar(first, texts));
  fold.append(
    head,
    ...(others.length > 0 ? [drawOthers(others, texts)] : []),
    element("p", { className: "meaning" }, ...pieced(texts.ofSign("meaning", first))),
    element("p", { className: "check" }, element("b", {}, texts.get("check_label")), " ", ...pieced(texts.ofSign("check", first))),
    drawExpert(first, texts),
  );
  const item = element("li", {}, fold);
  item.dataset.sign = first.id;
  return item;
}

/**
 * The other times a sign was found.
 * @param {readonly Finding[]} others
 * @param {Texts} texts
 */
function drawOthers(others, texts) {
  const lines = others.slice(0, MOST).map((one) => element("li", {}, ...pieced(texts.ofSign("summary", one))));
  if (others.length > MOST) lines.push(element("li", {}, texts.get("summary_more", [String(others.length - MOST)])));
  return element("details", { className: "others" }, element("summary", {}, texts.get("summary_more", [String(others.length)])), element("ul", {}, ...lines));
}

/**
 * What only those who know mail have a use for: the sign's name, its weight, and what was seen as it stands.
 * @param {Finding} finding
 * @param {Texts} texts
 */
function drawExpert({ id, weight, evidence }, texts) {
  const number = new Intl.NumberFormat(texts.language, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });
  const values = evidence.map((/** @type {Detail} */ detail) => {
    const { text, address } = texts.seen(detail);
    return element("li", {}, ...pieced([{ text, isValue: true, ...(address && { address }) }]));
  });
  return element("details", { className: "experts" }, element("summary", {}, texts.get("experts")), element("p", { className: "id" }, `${id} \u00B7 ${number.format(weight)}`), element("ul", {}, ...values));
}

/**
 * A sign's strength as a bar; reassuring ones look different.
 * @param {Finding} finding
 * @param {Texts} texts
 */
function bar({ strength }, texts) {
  const filled = element("span", { className: "filled" });
  filled.style.inlineSize = `${FILLED[strength]}%`;
  const whole = element("span", { className: `bar ${strength}` }, filled);
  whole.setAttribute("role", "img");
  whole.setAttribute("aria-label", texts.get(`strength_${strength}`));
  whole.title = texts.get(`strength_${strength}`);
  return whole;
}
