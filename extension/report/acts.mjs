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
import { button, element, pieced } from "./dom.mjs";

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
  const asked = { delete: () => askFirst(question, texts, [texts.get("delete_question")], button("sure", texts.get("delete_sure"), () => press("delete"))) };
  const offered = isAccused(dissected.report.level) ? ACTS : ACTS.filter((act) => act !== "delete");
  const buttons = dissected.isExternal ? [] : offered.map((act) => button(act, texts.get(`act_${act}`), asked[act] ?? (() => press(act))));
  const blocking = drawBlock(dissected, texts, question, redraw);
  const genuine = drawTrust(dissected, texts, settings, question, redraw);
  return element("section", { id: "act" }, element("p", { className: "controls" }, ...buttons, blocking, genuine), question, status);
}

/**
 * The button "it is genuine", and the question it asks: what was found stands in it, and not to trust comes first. Trust is
 * only ever given to what authenticates; the warning on the one mail can always be hidden.
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {Settings} settings
 * @param {HTMLElement} question
 * @param {(dissection: Dissection) => void} redraw
 */
function drawTrust({ report, messageId, isHidden }, texts, { trustedDomains }, question, redraw) {
  const entry = report.from?.trust ?? null;
  const set = async (/** @type {boolean} */ isTrusted) => redraw(await ask("trust", { messageId, isTrusted }));
  const setHidden = async (/** @type {boolean} */ isToBe) => redraw(await ask("hide", { messageId, isHidden: isToBe }));
  if (entry !== null && trustedDomains.includes(entry)) return button("distrust", texts.get("trust_end", [entry]), () => set(false));
  if (isHidden) return button("unhide", texts.get("hide_end"), () => setHidden(false));
  return button("genuine", texts.get("act_genuine"), () => {
    const answers = isAccused(report.level) ? [button("hide", texts.get("hide_give"), () => setHidden(true))] : [];
    if (entry === null) return askFirst(question, texts, [texts.get("trust_impossible", [senderOf(report)])], ...answers);
    const found = report.signs.find(({ id }) => id === report.contradiction);
    const words = texts.get(isAccused(report.level) ? "trust_warning" : "trust_question", [entry]);
    const said = found ? [texts.get("trust_found"), ...pieced(texts.ofSign("summary", found)), " ", words] : [words];
    askFirst(question, texts, said, ...answers, button("trust", texts.get("trust_give", [entry]), () => set(true)));
    question.classList.toggle("contradicted", found !== undefined);
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
    if (entry === null) return askFirst(question, texts, [texts.get("block_impossible", [senderOf(report)])]);
    askFirst(question, texts, [texts.get("block_question", [entry])], button("sure", texts.get("block_give", [entry]), () => set(true)));
  });
}

/**
 * Asks before something is done. Not to do it comes first, and has the keyboard.
 * @param {HTMLElement} question
 * @param {Texts} texts
 * @param {readonly (string | Node)[]} words
 * @param {...HTMLElement} answers
 */
function askFirst(question, texts, words, ...answers) {
  const close = button("close", texts.get("trust_close"), () => question.replaceChildren());
  for (const answer of answers) answer.addEventListener("click", () => question.replaceChildren());
  const asked = element("div", {}, element("p", { id: "asked" }, ...words), element("p", { className: "controls" }, close, ...answers));
  asked.setAttribute("role", "alertdialog");
  asked.setAttribute("aria-labelledby", "asked");
  question.classList.remove("contradicted");
  question.replaceChildren(asked);
  close.focus();
}

/**
 * @param {import("../core/mekiki.js").Report} report
 */
function senderOf({ from }) {
  return from?.domain ?? from?.address ?? "?";
}
