/**
 * What the reader can do about the mail: put it away, mark it, or say that it is genuine.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected, Dissection} from "../shared/protocol.mjs"
 * @import {Act} from "../shared/acts.mjs"
 * @import {Settings} from "../shared/settings.mjs"
 */
import { ACTS } from "../shared/acts.mjs";
import { askTrust, doOnceAllowed } from "../shared/protocol.mjs";
import { defang } from "../shared/texts.mjs";
import { button, element } from "./dom.mjs";

/**
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {Settings} settings
 * @param {(dissection: Dissection) => void} redraw
 */
export function drawActs(dissected, texts, settings, redraw) {
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const say = (/** @type {string} */ words) => (status.textContent = words);
  const press = async (/** @type {Act} */ act) => {
    const acted = doOnceAllowed(act, [dissected.messageId]);
    // Over a popup Thunderbird's question does not name what it asks for.
    say(texts.get(`${act}_asks`));
    say(texts.get(`${act}_${(await acted).outcome}`));
  };
  const buttons = dissected.isExternal ? [] : ACTS.map((act) => button(act, texts.get(`act_${act}`), () => press(act)));
  const question = element("div", { className: "question" });
  const genuine = drawTrust(dissected, texts, settings, question, redraw);
  return element("section", { id: "act" }, element("p", { className: "controls" }, ...buttons, genuine), question, status);
}

/**
 * The button "this is genuine", and the question it asks. Trust is only ever given to what authenticates.
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {Settings} settings
 * @param {HTMLElement} question
 * @param {(dissection: Dissection) => void} redraw
 */
function drawTrust({ report, messageId }, texts, { trustedDomains }, question, redraw) {
  const entry = report.from?.trust ?? null;
  const set = async (/** @type {boolean} */ isTrusted) => redraw(await askTrust(messageId, isTrusted));
  if (entry !== null && trustedDomains.includes(entry)) return button("distrust", texts.get("trust_end", [defang(entry)]), () => set(false));
  return button("genuine", texts.get("act_genuine"), () => {
    const close = button("close", texts.get("trust_close"), () => question.replaceChildren());
    if (entry === null) {
      const domain = report.from?.domain ?? report.from?.address ?? "?";
      question.replaceChildren(element("p", {}, texts.get("trust_impossible", [defang(domain)])), element("p", { className: "controls" }, close));
      return;
    }
    const isAccused = report.level === "suspicious" || report.level === "dangerous";
    question.replaceChildren(
      element("p", {}, texts.get(isAccused ? "trust_warning" : "trust_question", [defang(entry)])),
      element("p", { className: "controls" }, button("trust", texts.get("trust_give", [defang(entry)]), () => set(true)), close),
    );
  });
}
