/**
 * The reader's own addresses: asked for by a click, shown where they are known, and given back by another.
 *
 * @import {Page} from "./view.mjs"
 */
import { button, element, foreign, note } from "../report/dom.mjs";
import { IDENTITIES_PERMISSION, ownAddresses } from "../shared/identities.mjs";
import { part, statusLine } from "./parts.mjs";

/**
 * @param {Page} page
 */
export function drawOwnAddresses({ texts }) {
  const { node: status, say } = statusLine();
  const body = element("div");

  const fill = async () => {
    const addresses = await ownAddresses().catch(() => []);
    if (addresses === null) {
      body.replaceChildren(controls(button("allow", texts.get("options_own_allow"), allow)));
      return;
    }
    const list = element("ul", { className: "entries" }, ...addresses.map((address) => element("li", {}, foreign(address))));
    const known = addresses.length > 0 ? list : note(texts.get("options_own_none"));
    body.replaceChildren(known, controls(button("forbid", texts.get("options_own_forbid"), forbid)));
  };

  const allow = async () => {
    // Not a moment later: a permission can be asked for only while the click is being handled.
    const isAllowed = await messenger.permissions.request(IDENTITIES_PERMISSION);
    await fill();
    say(texts.get(isAllowed ? "options_own_allowed" : "options_own_refused"));
    focus();
  };

  const forbid = async () => {
    await messenger.permissions.remove(IDENTITIES_PERMISSION);
    await fill();
    say(texts.get("options_own_forbidden"));
    focus();
  };

  const focus = () => body.querySelector("button")?.focus();

  void fill();
  return part("own", texts.get("options_own"), note(texts.get("options_own_note")), body, status);
}

/**
 * @param {...Node} content
 */
function controls(...content) {
  return element("p", { className: "controls" }, ...content);
}
