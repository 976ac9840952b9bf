/**
 * Brands that the reader adds: how they are called, and which domains are really theirs.
 *
 * @import {OwnBrand} from "../core/mekiki.js"
 * @import {Page} from "./view.mjs"
 */
import { button, element, foreign, note } from "../report/dom.mjs";
import { READERS } from "../shared/settings.mjs";
import { input, part, statusLine } from "./parts.mjs";
import { lockable } from "./policy.mjs";

/** What stands between names, and between domains. */
const BETWEEN = /[,;\u3001\uFF0C]/u;

/**
 * @param {Page} page
 */
export function drawOwnBrands(page) {
  const { settings, texts, change } = page;
  const { node: status, say } = statusLine();
  const list = element("ul", { className: "entries" });
  const none = note(texts.get("options_empty"));
  const names = field("brand-names");
  const domains = field("brand-domains");

  /** @param {readonly OwnBrand[]} brands */
  const fill = (brands) => {
    list.replaceChildren(...brands.map((brand) => element("li", {}, described(brand), removal(brand))));
    none.hidden = brands.length > 0;
  };

  /** @param {OwnBrand} brand */
  const removal = (brand) => {
    const name = nameOf(brand);
    const made = button("remove", texts.get("options_remove"), async () => {
      const isOther = (/** @type {OwnBrand} */ other) => JSON.stringify(other) !== JSON.stringify(brand);
      fill((await change(({ ownBrands }) => ({ ownBrands: ownBrands.filter(isOther) }))).ownBrands);
      say(texts.get("options_removed", [name]));
      names.focus();
    });
    made.setAttribute("aria-label", texts.get("options_remove_one", [name]));
    return made;
  };

  const add = async () => {
    const brand = READERS.ownBrands([{ names: partsOf(names.value), domains: partsOf(domains.value) }])?.[0];
    for (const one of [names, domains]) one.setAttribute("aria-invalid", String(!brand));
    names.focus();
    if (!brand) return say(texts.get("options_brands_wrong"), true);
    const brands = (await change(({ ownBrands }) => ({ ownBrands: [...ownBrands, brand] }))).ownBrands;
    fill(brands);
    if (brands.every((other) => nameOf(other) !== nameOf(brand))) return say(texts.get("options_full", [String(brands.length)]), true);
    names.value = "";
    domains.value = "";
    say(texts.get("options_added", [nameOf(brand)]));
  };

  const press = element("button", { className: "add" }, texts.get("options_add"));
  press.setAttribute("type", "submit");
  const form = element(
    "form",
    {},
    ...labelled(names, texts.get("options_brands_names")),
    ...labelled(domains, texts.get("options_brands_domains")),
    element("p", { className: "controls" }, press),
  );
  form.setAttribute("novalidate", "");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });

  fill(settings.ownBrands);
  return lockable(page, "ownBrands", part("ownBrands", texts.get("options_brands"), note(texts.get("options_brands_note")), list, none, form, status));
}

/**
 * @param {OwnBrand} brand
 */
function described({ names, domains }) {
  return element("span", { className: "described" }, foreign(names.join(", ")), element("span", { className: "note" }, foreign(domains.join(", "))));
}

/**
 * @param {OwnBrand} brand
 */
function nameOf({ names }) {
  return names[0] ?? "";
}

/**
 * @param {string} text
 */
function partsOf(text) {
  return text.split(BETWEEN).map((one) => one.trim()).filter((one) => one !== "");
}

/**
 * @param {string} id
 */
function field(id) {
  const made = input(id, "text");
  made.className = "entry";
  made.setAttribute("autocomplete", "off");
  made.setAttribute("spellcheck", "false");
  return made;
}

/**
 * @param {HTMLInputElement} made
 * @param {string} words
 */
function labelled(made, words) {
  const label = element("label", {}, words);
  label.setAttribute("for", made.id);
  return [label, element("p", { className: "controls" }, made)];
}
