/**
 * What was found: each sign with what was seen, what it means, how to check it, and how much it weighed.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Finding, Report} from "../core/mekiki.js"
 */
import { element, note, pieced, section } from "./dom.mjs";

/** The weight whose bar is full: hardly any sign weighs more. */
const FULL = 6;

/**
 * @param {Report} report
 * @param {Texts} texts
 * @param {boolean} isPage
 */
export function drawSigns({ signs }, texts, isPage) {
  const content = signs.length === 0 ? note(texts.get("section_empty")) : element("ul", {}, ...signs.map((sign) => drawSign(sign, texts, isPage)));
  return section("signs", texts.get("section_signs"), { isOpen: true, count: signs.length }, content);
}

/**
 * @param {Finding} finding
 * @param {Texts} texts
 * @param {boolean} isOpen
 */
function drawSign(finding, texts, isOpen) {
  const fold = element("details");
  if (isOpen) fold.setAttribute("open", "");
  const head = element("summary", {}, element("span", { className: "summary" }, ...pieced(texts.ofSign("summary", finding))), bar(finding.weight, texts));
  fold.append(
    head,
    element("p", { className: "meaning" }, ...pieced(texts.ofSign("meaning", finding))),
    element("p", { className: "check" }, element("b", {}, texts.get("check_label")), " ", ...pieced(texts.ofSign("check", finding))),
    element("p", { className: "id" }, `${weightInWords(finding.weight, texts)} · ${finding.id}`),
  );
  const item = element("li", {}, fold);
  item.dataset.sign = finding.id;
  return item;
}

/**
 * A sign's weight as a bar; reassuring ones look different.
 * @param {number} weight
 * @param {Texts} texts
 */
function bar(weight, texts) {
  const filled = element("span", { className: "filled" });
  filled.style.inlineSize = `${Math.round(Math.min(Math.abs(weight) / FULL, 1) * 100)}%`;
  const whole = element("span", { className: weight < 0 ? "bar reassuring" : "bar" }, filled);
  whole.setAttribute("role", "img");
  whole.setAttribute("aria-label", weightInWords(weight, texts));
  return whole;
}

/**
 * @param {number} weight
 * @param {Texts} texts
 */
function weightInWords(weight, texts) {
  const number = new Intl.NumberFormat(texts.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return texts.get(weight < 0 ? "weight_reassures" : "weight_accuses", [number.format(Math.abs(weight))]);
}
