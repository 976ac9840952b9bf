/**
 * What the parts of the settings are made of.
 */
import { element } from "../report/dom.mjs";

/**
 * A part of the page, named by its heading.
 * @param {string} id
 * @param {string} title
 * @param {...Node} content
 */
export function part(id, title, ...content) {
  const heading = element("h2", { id: `${id}-title` }, title);
  const made = element("section", { id }, heading, ...content);
  made.setAttribute("aria-labelledby", heading.id);
  return made;
}

/** Where a part says what came of a change. */
export function statusLine() {
  const node = element("p", { className: "status" });
  node.setAttribute("role", "status");
  /** @param {string} words */
  const say = (words, isWrong = false) => {
    node.classList.toggle("wrong", isWrong);
    node.textContent = words;
  };
  return { node, say };
}

/**
 * @param {string} id
 * @param {string} type
 */
export function input(id, type) {
  const made = /** @type {HTMLInputElement} */ (element("input", { id }));
  made.setAttribute("type", type);
  return made;
}

/**
 * A box to check or a choice to make, its words beside it.
 * @param {HTMLInputElement} box
 * @param {string} words
 * @param {string} [explanation]
 */
export function choiceLine(box, words, explanation) {
  const label = element("label", {}, words);
  label.setAttribute("for", box.id);
  if (explanation === undefined) return element("div", { className: "choice" }, box, element("div", {}, label));
  const note = element("span", { id: `${box.id}-note`, className: "note" }, explanation);
  box.setAttribute("aria-describedby", note.id);
  return element("div", { className: "choice" }, box, element("div", {}, label, note));
}
