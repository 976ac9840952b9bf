/**
 * What the reader can do about the mail: put it away, mark it, block its sender, or say that it is genuine.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected, Dissection} from "../shared/protocol.mjs"
 * @import {Act} from "../shared/acts.mjs"
 * @import {Settings} from "../shared/settings.mjs"
 */
import { ACTS } from "../shared/acts.mjs";
import { isAccused } from "../shared/levels.mjs";
import { ask, doOnceAllowed } from "../shared/protocol.mjs";
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
  const question = element("div", { className: "question" });
  /** @type {Readonly<Partial<Record<Act, () => void>>>} What cannot be undone is asked first. */
  const asked = { delete: () => askFirst(question, texts, texts.get("delete_question"), button("sure", texts.get("delete_sure"), () => press("delete"))) };
  const buttons = dissected.isExternal ? [] : ACTS.map((act) => button(act, texts.get(`act_${act}`), asked[act] ?? (() => press(act))));
  const blocking = drawBlock(dissected, texts, question, redraw);
  const genuine = drawTrust(dissected, texts, settings, question, redraw);
  return element("section", { id: "act" }, element("p", { className: "controls" }, ...buttons, blocking, genuine), question, status);
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
  const set = async (/** @type {boolean} */ isTrusted) => redraw(await ask("trust", { messageId, isTrusted }));
  if (entry !== null && trustedDomains.includes(entry)) return button("distrust", texts.get("trust_end", [entry]), () => set(false));
  return button("genuine", texts.get("act_genuine"), () => {
    if (entry === null) return askFirst(question, texts, texts.get("trust_impossible", [senderOf(report)]));
    const words = texts.get(isAccused(report.level) ? "trust_warning" : "trust_question", [entry]);
    askFirst(question, texts, words, button("trust", texts.get("trust_give", [entry]), () => set(true)));
  });
}

/**
 * The button "block the sender", and the question it asks. A name that nobody vouches for is somebody else's: blocking it
 * would not meet the forger.
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {HTMLElement} question
 * @param {(dissection: Dissection) => void} redraw
 */
function drawBlock({ report, messageId, blocked }, texts, question, redraw) {
  const set = async (/** @type {boolean} */ isBlocked) => redraw(await ask("block", { messageId, isBlocked }));
  if (blocked !== null) return button("unblock", texts.get("block_end", [blocked]), () => set(false));
  const entry = report.from?.trust ?? null;
  return button("block", texts.get("act_block"), () => {
    if (entry === null) return askFirst(question, texts, texts.get("block_impossible", [senderOf(report)]));
    askFirst(question, texts, texts.get("block_question", [entry]), button("sure", texts.get("block_give", [entry]), () => set(true)));
  });
}

/**
 * Asks before something is done.
 * @param {HTMLElement} question
 * @param {Texts} texts
 * @param {string} words
 * @param {...HTMLElement} answers
 */
function askFirst(question, texts, words, ...answers) {
  const close = button("close", texts.get("trust_close"), () => question.replaceChildren());
  for (const answer of answers) answer.addEventListener("click", () => question.replaceChildren());
  question.replaceChildren(element("p", {}, words), element("p", { className: "controls" }, ...answers, close));
}

/**
 * @param {import("../core/mekiki.js").Report} report
 */
function senderOf({ from }) {
  return from?.domain ?? from?.address ?? "?";
}
