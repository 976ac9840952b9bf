/**
 * The check on the page: how far it is, what was found, and what can be done about it.
 *
 * @import {Act, Acted} from "../shared/acts.mjs"
 * @import {Outcome} from "../shared/levels.mjs"
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Check} from "./check.mjs"
 * @import {Column, Row} from "./rows.mjs"
 */
import { button, element, foreign } from "../report/dom.mjs";
import { doOnceAllowed } from "../shared/protocol.mjs";
import { visible } from "../shared/texts.mjs";
import { OUTCOMES, arranged, countsOf } from "./rows.mjs";
import { Table, canBePicked } from "./table.mjs";

/** What can be done about many at once. */
const ACTS = /** @type {const} */ (["tag", "junk"]);

/** Columns that are sorted from the largest down at first. */
const DOWNWARD = new Set(["outcome", "date"]);

/** Milliseconds between two times that the page is drawn anew while the check goes on. */
const INTERVAL = 500;

export class View {
  /**
   * @param {Texts} texts
   * @param {Check} check
   */
  constructor(texts, check) {
    this.texts = texts;
    this.check = check;
    /** @private @type {Set<Outcome>} */
    this.shown = new Set(["dangerous", "suspicious", "unchecked"]);
    /** @private @type {{ column: Column, isDown: boolean }} */
    this.order = { column: "outcome", isDown: true };
    /** @private @type {Set<Row>} */
    this.picked = new Set();
    /** @private @type {readonly Row[]} */
    this.rows = [];
    /** @private @type {ReturnType<typeof setTimeout> | null} */
    this.timer = null;

    /** @private */
    this.bar = /** @type {HTMLProgressElement} */ (element("progress"));
    this.bar.setAttribute("aria-label", texts.get("scan_progress"));
    /** @private */
    this.progress = element("p", { className: "progress" });
    /** @private */
    this.verdict = element("p", { className: "verdict" });
    this.verdict.setAttribute("role", "status");
    /** @private */
    this.remark = element("p", { className: "note remark" }, texts.get("scan_folded"));
    /** @private */
    this.steering = element("p", { className: "controls steering" });
    /** @private @type {string | null} What `steering` was drawn for. */
    this.steered = null;
    /** @private */
    this.filters = element("fieldset", { className: "filters" });
    /** @private */
    this.deeds = element("p", { className: "controls deeds" });
    /** @private */
    this.status = element("p", { className: "status" });
    this.status.setAttribute("role", "status");
    /** @private */
    this.table = new Table(texts, {
      open: (row) => void this.open(row),
      dissect: ({ id }) => void messenger.tabs.create({ url: messenger.runtime.getURL(`report/report.html?message=${id}`) }),
      pick: (row, isPicked) => this.pick([row], isPicked),
      pickAll: (isPicked) => this.pick(this.rows.filter(canBePicked), isPicked),
      sort: (column) => this.sort(column),
    });
    this.node = element("section", { id: "check" }, this.title(), this.bar, this.progress, this.steering, this.verdict, this.remark, this.filters, this.deeds, this.status, this.table.node);
    this.node.dataset.begun = String(check.head.begun);
    this.drawFilters();
    this.drawDeeds();
    this.draw();
  }

  /** Draws the page anew, soon: it may have changed a hundred times by then. */
  changed() {
    this.timer ??= setTimeout(() => this.draw(), INTERVAL);
  }

  /**
   * Tells what came of an act.
   * @param {Acted} acted
   */
  async tell({ act, outcome, done, failed }) {
    await this.check.note(new Set(done), act);
    for (const row of this.picked) if (!canBePicked(row)) this.picked.delete(row);
    const isOfEach = outcome === "done" || outcome === "marked";
    const said = this.texts.get(`scan_${isOfEach ? `${act}_${outcome}` : outcome}`, [this.number(isOfEach ? done.length : failed)]);
    this.say(failed > 0 && done.length > 0 ? `${said} ${this.texts.get("scan_some_failed", [this.number(failed)])}` : said);
    this.draw();
  }

  /** @private */
  draw() {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const { head, rows, checked } = this.check;
    this.node.dataset.state = head.state;
    this.bar.hidden = head.state === "done" || head.state === "cancelled";
    this.bar.max = Math.max(rows.length, 1);
    if (head.state === "listing") this.bar.removeAttribute("value");
    else this.bar.value = checked;
    const waits = head.state === "running" && this.check.awaited > 0 ? ` ${this.texts.get("scan_waiting")}` : "";
    this.progress.textContent = this.texts.get(`scan_state_${head.state}`, [this.number(checked), this.number(rows.length)]) + waits;
    const counts = countsOf(rows);
    const isSilent = head.state === "paused" && head.isServerSilent;
    this.verdict.textContent = head.state === "done" || head.state === "cancelled" ? this.inWords(counts, checked) : isSilent ? this.texts.get("scan_server_silent") : "";
    this.remark.hidden = !head.isFolded;
    for (const outcome of OUTCOMES) {
      const count = this.filters.querySelector(`#filter-${outcome}-count`);
      if (count) count.textContent = this.number(counts[outcome]);
    }
    this.drawSteering();
    this.rows = arranged(rows, this.shown, this.order, this.texts.language);
    this.table.show(this.rows, this.picked, this.order);
    this.table.node.hidden = this.rows.length === 0;
    this.drawPicked();
  }

  /** @private */
  title() {
    const { origin, name, begun } = this.check.head;
    // A check stays on the page after the list that it was of has changed.
    const time = new Intl.DateTimeFormat(this.texts.language, { dateStyle: "medium", timeStyle: "short" }).format(begun);
    return element("h2", {}, foreign(this.texts.get(`scan_title_${origin}`, [visible(name)])), " ", element("span", { className: "note" }, time));
  }

  /**
   * What was found in all. Nothing found is never called safe, and what could not be checked is never left out.
   * @private
   * @param {Record<Outcome, number>} counts
   * @param {number} checked
   */
  inWords(counts, checked) {
    const { dangerous, suspicious, unchecked } = counts;
    const read = this.number(checked - unchecked);
    const found = dangerous + suspicious;
    const main = found > 0
      ? this.texts.get("scan_found", [this.number(dangerous), this.number(suspicious), read])
      : checked > unchecked ? this.texts.get("scan_found_nothing", [read]) : this.texts.get("scan_found_none_read");
    return unchecked > 0 ? `${main} ${this.texts.get("scan_found_unchecked", [this.number(unchecked)])}` : main;
  }

  /** @private */
  drawSteering() {
    const { state } = this.check.head;
    if (this.steered === state) return;
    this.steered = state;
    const hadFocus = this.steering.contains(document.activeElement);
    const pause = button("pause", this.texts.get("scan_pause"), () => this.check.stop("paused"));
    const resume = button("resume", this.texts.get("scan_resume"), () => this.check.goOn());
    const cancel = button("cancel", this.texts.get("scan_cancel"), () => this.check.stop("cancelled"));
    const buttons = { listing: [cancel], running: [pause, cancel], paused: [resume, cancel], cancelled: [], done: [] }[state];
    this.steering.replaceChildren(...buttons);
    // The keyboard goes on from where it was.
    if (hadFocus) buttons[0]?.focus();
  }

  /** @private */
  drawFilters() {
    const boxes = OUTCOMES.map((outcome) => {
      const box = /** @type {HTMLInputElement} */ (element("input", { id: `filter-${outcome}` }));
      box.setAttribute("type", "checkbox");
      box.checked = this.shown.has(outcome);
      box.addEventListener("change", () => {
        if (box.checked) this.shown.add(outcome);
        else this.shown.delete(outcome);
        this.draw();
      });
      const label = element("label", {}, box, ` ${this.texts.get(`scan_outcome_${outcome}`)} `, element("span", { id: `filter-${outcome}-count`, className: "count" }));
      label.dataset.outcome = outcome;
      return label;
    });
    this.filters.append(element("legend", {}, this.texts.get("scan_show")), ...boxes);
  }

  /** @private */
  drawDeeds() {
    const { texts } = this;
    const pick = button("pick-dangerous", "", () => this.pick(this.pickable(), true));
    const acts = ACTS.map((act) => button(act, "", () => this.act(act)));
    this.deeds.append(pick, ...acts, button("unpick", texts.get("scan_unpick"), () => this.pick([...this.picked], false)));
  }

  /**
   * The dangerous ones about which something can be done.
   * @private
   */
  pickable() {
    return this.check.rows.filter((row) => row.outcome === "dangerous" && canBePicked(row));
  }

  /** @private */
  drawPicked() {
    const dangerous = this.pickable().length;
    const count = this.number(this.picked.size);
    this.deeds.hidden = this.rows.length === 0;
    for (const one of /** @type {NodeListOf<HTMLButtonElement>} */ (this.deeds.querySelectorAll("button"))) {
      const [name = ""] = one.classList;
      one.disabled = name === "pick-dangerous" ? dangerous === 0 : this.picked.size === 0;
      if (name !== "unpick") one.textContent = this.texts.get(`scan_do_${name.replace("-", "_")}`, [name === "pick-dangerous" ? this.number(dangerous) : count]);
    }
  }

  /**
   * @private
   * @param {readonly Row[]} rows
   * @param {boolean} isPicked
   */
  pick(rows, isPicked) {
    for (const row of rows) {
      if (isPicked) this.picked.add(row);
      else this.picked.delete(row);
    }
    this.draw();
  }

  /**
   * @private
   * @param {Column} column
   */
  sort(column) {
    const isDown = this.order.column === column ? !this.order.isDown : DOWNWARD.has(column);
    this.order = { column, isDown };
    this.draw();
  }

  /**
   * @private
   * @param {Act} act
   */
  async act(act) {
    const acted = doOnceAllowed(act, [...this.picked].map(({ id }) => id));
    this.say("");
    await this.tell(await acted);
  }

  /**
   * Opens the message of a row.
   * @private
   * @param {Row} row
   */
  async open({ id }) {
    try {
      await messenger.messageDisplay.open({ messageId: id, location: "tab" });
    } catch {
      this.say(this.texts.get("scan_gone"));
    }
  }

  /**
   * @private
   * @param {string} words
   */
  say(words) {
    this.status.textContent = words;
  }

  /**
   * @private
   * @param {number} count
   */
  number(count) {
    return new Intl.NumberFormat(this.texts.language).format(count);
  }
}
