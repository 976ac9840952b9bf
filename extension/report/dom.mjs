/**
 * Making elements. Whatever is put into them is set as text.
 *
 * @import {Piece, Texts} from "../shared/texts.mjs"
 */

/**
 * @param {string} name
 * @param {{ id?: string, className?: string, title?: string }} [properties]
 * @param {...(string | Node)} content
 * @returns {HTMLElement}
 */
export function element(name, properties = {}, ...content) {
  const made = document.createElement(name);
  if (properties.id) made.id = properties.id;
  if (properties.className) made.className = properties.className;
  if (properties.title) made.title = properties.title;
  made.append(...content);
  return made;
}

/**
 * Has the page speak a language: its voice, its direction, and its name.
 * @param {Texts} texts
 * @param {string} title The text's key.
 */
export function speak(texts, title) {
  document.documentElement.lang = texts.language;
  document.documentElement.dir = texts.direction;
  document.title = texts.get(title);
}

/**
 * Words of the mail's own, whose writing direction cannot disturb what stands around them.
 * @param {string} text
 * @param {string} [className]
 */
export function foreign(text, className) {
  return element("bdi", className ? { className } : {}, text);
}

/**
 * The pieces of a sentence; of an address, the domain to look at in bold.
 * @param {readonly Piece[]} pieces
 */
export function pieced(pieces) {
  return pieces.map(({ text, isValue, address }) => (address ? spelled(address) : isValue ? foreign(text) : text));
}

/**
 * An address, the domain to look at in bold.
 * @param {readonly [string, string, string]} address
 */
export function spelled([before, domain, after]) {
  return element("bdi", {}, before, ...(domain ? [element("b", {}, domain)] : []), after);
}

/**
 * A part of the dissection that can be folded away.
 * @param {string} id
 * @param {string} title
 * @param {{ isOpen: boolean, count?: number }} options
 * @param {...Node} content
 */
export function section(id, title, { isOpen, count }, ...content) {
  const fold = element("details");
  if (isOpen) fold.setAttribute("open", "");
  const head = element("summary", {}, element("h2", {}, title));
  if (count !== undefined) head.append(element("span", { className: "count" }, String(count)));
  fold.append(head, ...content);
  return element("section", { id }, fold);
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly (string | Node)[])[]} rows
 */
export function table(head, rows) {
  const top = element("thead", {}, element("tr", {}, ...head.map((cell) => element("th", {}, cell))));
  const body = element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell, at) => labelled(element("td", {}, cell), head[at] ?? "")))));
  return element("div", { className: "scroll" }, element("table", {}, top, body));
}

/**
 * A cell that carries its column's name, for where there is no room for a head.
 * @param {HTMLElement} cell
 * @param {string} label
 */
function labelled(cell, label) {
  cell.dataset.label = label;
  return cell;
}

/**
 * @param {string} text
 */
export function note(text) {
  return element("p", { className: "note" }, text);
}

/**
 * @param {string} className
 * @param {string} label
 * @param {() => unknown} press
 */
export function button(className, label, press) {
  const made = element("button", { className }, label);
  made.setAttribute("type", "button");
  made.addEventListener("click", () => void press());
  return made;
}

/**
 * @param {string} label
 * @param {readonly (readonly [string, string])[] | readonly string[][]} options Value and words.
 * @param {string} [chosen] Value of the one chosen; else the first.
 */
export function choice(label, options, chosen) {
  const made = /** @type {HTMLSelectElement} */ (element("select"));
  made.setAttribute("aria-label", label);
  for (const [value = "", words = ""] of options) {
    const option = element("option", {}, words);
    option.setAttribute("value", value);
    if (value === chosen) option.setAttribute("selected", "");
    made.append(option);
  }
  return made;
}
