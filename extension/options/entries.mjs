/**
 * A list of addresses or domains: what is on it, taking one off, putting one on.
 *
 * @import {Page} from "./view.mjs"
 */
import { button, element, foreign, note } from "../report/dom.mjs";
import { READERS } from "../shared/settings.mjs";
import { input, part, statusLine } from "./parts.mjs";
import { lockable } from "./policy.mjs";

/**
 * @param {Page} page
 * @param {"trustedDomains" | "blockedSenders" | "ownDomains" | "reportTo" | "blockLists"} name
 * @param {string} key Beginning of the texts' keys.
 */
export function drawEntries(page, name, key) {
  const { settings, texts, change } = page;
  const { node: status, say } = statusLine();
  const list = element("ul", { className: "entries" });
  const field = input(`${name}-entry`, "text");
  field.className = "entry";
  field.setAttribute("autocomplete", "off");
  field.setAttribute("spellcheck", "false");

  /** @param {readonly string[]} entries */
  const fill = (entries) => {
    list.replaceChildren(...entries.map((entry) => element("li", {}, foreign(entry), removal(entry))));
    none.hidden = entries.length > 0;
  };
  const none = note(texts.get("options_empty"));

  /** @param {string} entry */
  const removal = (entry) => {
    const made = button("remove", texts.get("options_remove"), async () => {
      const at = [...list.children].findIndex((item) => item.contains(made));
      fill((await change((present) => ({ [name]: present[name].filter((one) => one !== entry) })))[name]);
      say(texts.get("options_removed", [entry]));
      // The keyboard goes on from where it was.
      const buttons = [...list.querySelectorAll("button")];
      (buttons[at] ?? buttons.at(-1) ?? field).focus();
    });
    made.setAttribute("aria-label", texts.get("options_remove_one", [entry]));
    return made;
  };

  const add = async () => {
    const entry = READERS[name]([field.value.trim()])?.[0];
    field.setAttribute("aria-invalid", String(!entry));
    field.focus();
    if (!entry) return say(texts.get(`${key}_wrong`), true);
    const entries = (await change((present) => ({ [name]: [...present[name], entry] })))[name];
    fill(entries);
    if (!entries.includes(entry)) return say(texts.get("options_full", [String(entries.length)]), true);
    field.value = "";
    say(texts.get("options_added", [entry]));
  };

  const label = element("label", {}, texts.get(`${key}_label`));
  label.setAttribute("for", field.id);
  const press = element("button", { className: "add" }, texts.get("options_add"));
  press.setAttribute("type", "submit");
  const form = element("form", {}, label, element("p", { className: "controls" }, field, press));
  form.setAttribute("novalidate", "");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void add();
  });

  fill(settings[name]);
  return lockable(page, name, part(name, texts.get(key), note(texts.get(`${key}_note`)), list, none, form, status));
}
