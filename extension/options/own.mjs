/**
 * What Mekiki may know of the reader: asked for by a click, shown where it is known, and given back by another.
 *
 * @import {Page} from "./view.mjs"
 */
import { button, element, foreign, note } from "../report/dom.mjs";
import { CONTACTS_PERMISSION } from "../shared/contacts-permission.mjs";
import { IDENTITIES_PERMISSION, ownIdentities } from "../shared/identities.mjs";
import { part, statusLine } from "./parts.mjs";

/**
 * The reader's own addresses and names.
 * @param {Page} page
 */
export function drawOwnAddresses(page) {
  return drawPermission(page, "own", IDENTITIES_PERMISSION, async () => {
    const own = (await ownIdentities().catch(() => null)) ?? { addresses: [], names: [] };
    if (own.addresses.length === 0) return note(page.texts.get("options_own_none"));
    const lines = [...own.addresses, ...own.names].map((known) => element("li", {}, foreign(known)));
    return element("ul", { className: "entries" }, ...lines);
  });
}

/**
 * The reader's contacts. They are not shown: they stand in the address book.
 * @param {Page} page
 */
export function drawContacts(page) {
  return drawPermission(page, "contacts", CONTACTS_PERMISSION, async () => note(page.texts.get("options_contacts_known")));
}

/**
 * @param {Page} page
 * @param {string} name Of the part, and in its texts' keys.
 * @param {{ permissions: string[] }} permission
 * @param {() => Promise<HTMLElement>} known What is shown once it is allowed.
 */
function drawPermission({ texts }, name, permission, known) {
  const { node: status, say } = statusLine();
  const body = element("div");
  const text = (/** @type {string} */ what) => texts.get(`options_${name}_${what}`);

  const fill = async () => {
    const isAllowed = await messenger.permissions.contains(permission);
    if (isAllowed) body.replaceChildren(await known(), controls(button("forbid", text("forbid"), forbid)));
    else body.replaceChildren(controls(button("allow", text("allow"), allow)));
  };

  const allow = async () => {
    // Not a moment later: a permission can be asked for only while the click is being handled.
    const isAllowed = await messenger.permissions.request(permission);
    await fill();
    say(text(isAllowed ? "allowed" : "refused"));
    focus();
  };

  const forbid = async () => {
    await messenger.permissions.remove(permission);
    await fill();
    say(text("forbidden"));
    focus();
  };

  const focus = () => body.querySelector("button")?.focus();

  void fill();
  return part(name, texts.get(`options_${name}`), note(text("note")), body, status);
}

/**
 * @param {...Node} content
 */
function controls(...content) {
  return element("p", { className: "controls" }, ...content);
}
