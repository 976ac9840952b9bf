/**
 * The results. Only the rows in sight are in the page: ten thousand would freeze it.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Column, Row} from "./rows.mjs"
 *
 * @typedef {object} Deeds
 * @property {(row: Row) => void} open Opens the message.
 * @property {(row: Row) => void} dissect Opens its dissection.
 * @property {(row: Row, isPicked: boolean) => void} pick
 * @property {(isPicked: boolean) => void} pickAll Of the rows that the table has, in sight or not.
 * @property {(column: Column) => void} sort
 */
import { button, element, foreign } from "../report/dom.mjs";
import { LOOKS } from "../shared/levels.mjs";
import { causeKey, cut, visible } from "../shared/texts.mjs";

/** Rows above and below those in sight, so that scrolling does not show bare ground. */
const MARGIN = 10;

/** Columns in the order of the heads; those of one head stand above each other. */
const HEADS = /** @type {const} */ ([["outcome"], ["from", "subject"], [], ["date", "folder"]]);

export class Table {
  /**
   * @param {Texts} texts
   * @param {Deeds} deeds
   */
  constructor(texts, deeds) {
    /** @private */
    this.texts = texts;
    /** @private */
    this.deeds = deeds;
    /** @private @type {readonly Row[]} */
    this.rows = [];
    /** @private @type {ReadonlySet<Row>} */
    this.picked = new Set();
    /** @private */
    this.date = new Intl.DateTimeFormat(texts.language, { dateStyle: "medium", timeStyle: "short" });
    /** @private */
    this.all = box(texts.get("scan_pick_all"), (isPicked) => deeds.pickAll(isPicked));
    /** @private */
    this.body = element("tbody");
    /** @private */
    this.head = element("tr");
    /** @private */
    this.table = element("table", {}, element("thead", {}, this.head), this.body);
    this.node = element("div", { id: "results", className: "scroll" }, this.table);
    this.node.tabIndex = 0;
    this.node.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.node);
  }

  /**
   * @param {readonly Row[]} rows In order.
   * @param {ReadonlySet<Row>} picked
   * @param {{ column: Column, isDown: boolean }} order
   */
  show(rows, picked, order) {
    this.rows = rows;
    this.picked = picked;
    // Thunderbird does not tell folders unless that is allowed.
    this.node.classList.toggle("unplaced", rows.every(({ folder }) => folder === ""));
    const pickable = rows.filter(canBePicked);
    this.all.checked = pickable.length > 0 && pickable.every((row) => picked.has(row));
    this.drawHead(order);
    this.draw();
  }

  /** @private @param {{ column: Column, isDown: boolean }} order */
  drawHead({ column, isDown }) {
    const focused = document.activeElement?.id;
    const heads = HEADS.map((columns) => {
      const cell = element("th");
      cell.setAttribute("scope", "col");
      if (columns.length === 0) cell.append(this.texts.get("scan_column_sign"));
      for (const one of columns) {
        const sort = button("sort", this.texts.get(`scan_column_${one}`), () => this.deeds.sort(one));
        sort.id = `sort-${one}`;
        if (one === column) {
          sort.classList.add(isDown ? "down" : "up");
          cell.setAttribute("aria-sort", isDown ? "descending" : "ascending");
        }
        cell.append(sort);
      }
      return cell;
    });
    const last = element("th", {}, element("span", { className: "unseen" }, this.texts.get("scan_details")));
    this.head.replaceChildren(element("th", { className: "pick" }, this.all), ...heads, last);
    if (focused?.startsWith("sort-")) document.getElementById(focused)?.focus();
  }

  /** @private */
  draw() {
    const height = parseFloat(getComputedStyle(this.node).getPropertyValue("--row")) || 1;
    const first = Math.max(Math.floor(this.node.scrollTop / height) - MARGIN, 0);
    const end = Math.min(Math.ceil((this.node.scrollTop + this.node.clientHeight) / height) + MARGIN, this.rows.length);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.at;
    const shown = this.rows.slice(first, end).map((row, at) => this.drawRow(row, first + at));
    this.body.replaceChildren(space(first * height), ...shown, space((this.rows.length - end) * height));
    this.table.setAttribute("aria-rowcount", String(this.rows.length + 1));
    // What had the keyboard has it again, as long as it is in sight.
    if (focused) /** @type {HTMLElement | null} */ (this.body.querySelector(`[data-at="${focused}"]`))?.focus({ preventScroll: true });
  }

  /**
   * @private
   * @param {Row} row
   * @param {number} at
   */
  drawRow(row, at) {
    const { texts, deeds } = this;
    const outcome = row.outcome ?? "unchecked";
    const subject = words(row.subject) || texts.get("scan_no_subject");
    const pick = box(texts.get("scan_pick", [subject]), (isPicked) => deeds.pick(row, isPicked));
    pick.checked = this.picked.has(row);
    const open = button("open", "", () => deeds.open(row));
    open.append(foreign(subject));
    open.title = subject;
    const dissect = button("dissect", texts.get("scan_details"), () => deeds.dissect(row));
    dissect.setAttribute("aria-label", texts.get("scan_details_of", [subject]));
    const hasMessage = row.id !== 0;
    const from = foreign(words(row.from) || texts.get("scan_no_sender"), "from");
    from.title = words(row.from);
    const sentence = this.sentence(row);
    const sign = element("td", { className: "sign" }, element("span", { title: sentence }, sentence));
    if (row.sign) sign.dataset.sign = row.sign.id;
    const mark = element("b", { className: "badge" }, LOOKS[outcome].badge || "·");
    mark.setAttribute("aria-hidden", "true");
    const made = element(
      "tr",
      {},
      element("td", { className: "pick" }, ...(canBePicked(row) ? [pick] : [])),
      element("td", { className: "outcome" }, mark, element("span", { className: "word" }, texts.get(`scan_outcome_${outcome}`))),
      element("td", { className: "mail" }, from, hasMessage ? open : ""),
      sign,
      element("td", { className: "when" }, row.date > 0 ? this.date.format(row.date) : "", foreign(visible(row.folder), "folder"), this.deed(row)),
      element("td", { className: "more" }, ...(hasMessage ? [dissect] : [])),
    );
    made.dataset.outcome = outcome;
    made.setAttribute("aria-rowindex", String(at + 2));
    for (const [place, node] of Object.entries({ pick, open, dissect })) node.dataset.at = `${place}${at}`;
    return made;
  }

  /**
   * What was found, in a sentence.
   * @private
   * @param {Row} row
   */
  sentence({ sign, cause }) {
    if (cause) return this.texts.get(causeKey(cause));
    if (!sign) return this.texts.get("scan_no_sign");
    return this.texts.ofSign("summary", sign).map(({ text }) => text).join("");
  }

  /**
   * What was done about a message.
   * @private
   * @param {Row} row
   */
  deed({ act }) {
    return element("span", { className: "deed" }, act ? this.texts.get(`scan_acted_${act}`) : "");
  }
}

/**
 * Whether something can be done about the message of a row.
 * @param {Row} row
 */
export function canBePicked({ id, act }) {
  return id !== 0 && (act === null || act === "tag");
}

/**
 * A sender's own words for a line.
 * @param {string} text
 */
function words(text) {
  return visible(cut(text)).trim();
}

/**
 * @param {string} label
 * @param {(isChecked: boolean) => void} change
 */
function box(label, change) {
  const made = /** @type {HTMLInputElement} */ (element("input"));
  made.setAttribute("type", "checkbox");
  made.setAttribute("aria-label", label);
  made.addEventListener("change", () => change(made.checked));
  return made;
}

/**
 * A row that stands for those out of sight.
 * @param {number} height In pixels.
 */
function space(height) {
  const made = element("tr", { className: "space" });
  made.setAttribute("aria-hidden", "true");
  made.style.blockSize = `${height}px`;
  made.hidden = height === 0;
  return made;
}
