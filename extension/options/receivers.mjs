/**
 * What was learned of the hosts that receive the reader's mail: shown, corrected, forgotten.
 *
 * @import {Learned, Use} from "../background/receivers.mjs"
 * @import {Page} from "./view.mjs"
 */
import { button, choice, element, foreign, note } from "../report/dom.mjs";
import { ask, USES } from "../shared/protocol.mjs";
import { part, statusLine } from "./parts.mjs";

/**
 * @param {Page} page
 */
export function drawReceivers({ texts }) {
  const { node: status, say } = statusLine();
  const list = element("ul", { className: "entries" });
  const none = note(texts.get("options_receivers_none"));

  /** @param {readonly Learned[]} learned */
  const fill = (learned) => {
    list.replaceChildren(...learned.map((one) => element("li", {}, described(one), chosen(one), forgetting(one))));
    none.hidden = learned.length > 0;
  };

  /** @param {Learned} learned */
  const described = ({ host, ids, count }) => {
    const words =
      ids === null
        ? texts.get("options_receivers_unsure", [String(count)])
        : ids.length === 0
          ? texts.get("options_receivers_silent", [String(count)])
          : texts.get("options_receivers_writes", [ids.map((id) => id || texts.get("options_receivers_nameless")).join(", "), String(count)]);
    return element("span", { className: "described" }, foreign(host), element("span", { className: "note" }, words));
  };

  /** @param {Learned} learned */
  const chosen = ({ host, use }) => {
    const select = choice(
      texts.get("options_receivers_use", [host]),
      USES.map((one) => [one, texts.get(`options_receivers_use_${one}`)]),
      use,
    );
    select.addEventListener("change", async () => {
      await ask("receiver-correct", { host, use: /** @type {Use} */ (select.value) });
      say(texts.get("options_receivers_corrected", [host]));
    });
    return select;
  };

  /** @param {Learned} learned */
  const forgetting = ({ host }) => {
    const made = button("remove", texts.get("options_receivers_forget"), async () => {
      fill(await ask("receiver-correct", { host, use: "forgotten" }));
      say(texts.get("options_receivers_forgotten", [host]));
      list.querySelector("button")?.focus();
    });
    made.setAttribute("aria-label", texts.get("options_receivers_forget_one", [host]));
    return made;
  };

  void ask("receivers-ask", {}).then(fill, () => fill([]));
  return part("receivers", texts.get("options_receivers"), note(texts.get("options_receivers_note")), list, none, status);
}
