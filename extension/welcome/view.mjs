/**
 * Drawing the welcome page. Its example is no picture: the core has just judged a mail of ours.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected, Dissection} from "../shared/protocol.mjs"
 * @import {Outcome} from "../shared/levels.mjs"
 */
import { button, element, note, pieced } from "../report/dom.mjs";
import { drawSigns } from "../report/signs.mjs";
import { drawSummary } from "../report/who.mjs";
import { iconOf } from "../shared/levels.mjs";

/** Signs that are shown, the weightiest. */
const MOST_SIGNS = 4;

/** What the button can look like, from quiet to loud. @type {readonly Outcome[]} */
const OUTCOMES = ["none", "notice", "suspicious", "dangerous", "unchecked"];

/**
 * @param {Dissection} example
 * @param {Texts} texts
 * @returns {HTMLElement[]}
 */
export function drawWelcome(example, texts) {
  const paragraph = (/** @type {string} */ key) => element("p", {}, texts.get(key));
  const settings = button("settings", texts.get("welcome_settings"), () => messenger.runtime.openOptionsPage());
  const looks = OUTCOMES.map((outcome) => {
    const icon = element("img");
    icon.setAttribute("src", messenger.runtime.getURL(iconOf(outcome)));
    icon.setAttribute("alt", "");
    return element("li", {}, icon, element("span", {}, texts.get(`level_${outcome}`)));
  });
  return [
    element("h1", {}, texts.get("welcome_title")),
    paragraph("welcome_what"),
    ...(example.state === "report" ? [drawExample(example, texts)] : []),
    part("button", texts.get("welcome_button"), paragraph("welcome_button_where"), element("ul", { className: "looks" }, ...looks)),
    part("private", texts.get("welcome_private"), paragraph("welcome_private_note"), paragraph("welcome_honest")),
    part("more", texts.get("welcome_more"), paragraph("welcome_more_note"), element("p", { className: "controls" }, settings)),
  ];
}

/**
 * @param {Dissected} example
 * @param {Texts} texts
 */
function drawExample({ report }, texts) {
  const shown = { ...report, signs: report.signs.slice(0, MOST_SIGNS) };
  const evidence = report.banner.map((line) => element("li", {}, ...pieced(texts.sentence(line.text, line.evidence))));
  const banner = element("div", { className: "sample" }, element("p", { className: "sentence" }, texts.get(`level_${report.level}`)), element("ul", {}, ...evidence));
  const dissection = element("figure", {}, element("figcaption", {}, texts.get("welcome_dissection")), drawSummary(report, texts), drawSigns(shown, texts, false));
  return part("example", texts.get("welcome_example"), note(texts.get("welcome_example_note")), banner, dissection);
}

/**
 * @param {string} id
 * @param {string} title
 * @param {...Node} content
 */
function part(id, title, ...content) {
  return element("section", { id }, element("h2", {}, title), ...content);
}
