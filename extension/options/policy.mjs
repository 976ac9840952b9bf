/**
 * What the reader's organisation set: shown as such, and locked. What is broken in it is told, for whoever looks after it.
 *
 * @import {Settings} from "../shared/settings.mjs"
 * @import {Page} from "./view.mjs"
 */
import { element, note } from "../report/dom.mjs";
import { part } from "./parts.mjs";

/**
 * @param {Page} page
 * @returns {HTMLElement[]} Nothing where nothing is wrong.
 */
export function drawPolicy({ policy, texts }) {
  if (policy.problems.length === 0) return [];
  const problems = policy.problems.map(({ key, values }) => element("li", {}, texts.get(key, values)));
  return [part("policy", texts.get("options_policy_broken"), note(texts.get("options_policy_broken_note")), element("ul", {}, ...problems))];
}

/**
 * Locks what changes a setting, where the reader's organisation set it, and says so.
 * @template {HTMLElement} Made
 * @param {Page} page
 * @param {keyof Settings} name
 * @param {Made} made
 * @returns {Made}
 */
export function lockable({ policy, texts }, name, made) {
  if (!policy.locked.includes(name)) return made;
  for (const control of made.querySelectorAll("input, select, button")) control.setAttribute("disabled", "");
  made.append(element("p", { className: "locked" }, texts.get("options_locked")));
  return made;
}
