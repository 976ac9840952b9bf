/**
 * A check of many messages: its rows, and how it goes on, rests and ends. It is kept as it goes, so that it goes on from
 * there where the page was closed or loaded again.
 *
 * @import {Context} from "../core/mekiki.js"
 * @import {Head, State} from "../shared/check.mjs"
 * @import {Cause} from "../shared/protocol.mjs"
 * @import {Page} from "./lists.mjs"
 * @import {Judged, Row} from "./rows.mjs"
 */
import { CHUNK, saveChunks, saveHead } from "../shared/check.mjs";
import { TooSlow } from "../shared/judge.mjs";
import { within } from "../shared/within.mjs";
import { Stalled } from "./lists.mjs";
import { workThrough } from "./queue.mjs";
import { rowOf, unlistedRow } from "./rows.mjs";

/** Largest message that is fetched, in bytes: fetching stops Thunderbird's windows for as long as it takes. */
export const LARGEST = 16 * 1024 * 1024;

/** Milliseconds for which a message is waited for, and how many bytes more come in each on the slowest line. */
const PATIENCE = 30_000;
const SLOWEST = 20;

/** Milliseconds after which it is said that a message is waited for. */
const NOTICED = 5_000;

/** Messages one after the other that do not come, after which the check rests: the server is not there. */
const MOST_SILENT = 3;

/** Milliseconds between two times that what was found is kept. */
const INTERVAL = 3_000;

export class Check {
  /**
   * @param {Head} head
   * @param {Row[]} rows
   * @param {object} means
   * @param {{ judgeWhole(file: Blob, context: Context): Promise<Judged>, end(): void }} means.judge
   * @param {(messageId: number, file: Blob) => Promise<Context>} means.context The reader's side of a message.
   * @param {() => void} means.changed Called at every change.
   */
  constructor(head, rows, { judge, context, changed }) {
    this.head = head;
    this.rows = rows;
    /** @private */
    this.means = { judge, context, changed };
    /** @private @type {Set<number>} Chunks that are to be kept. */
    this.unsaved = new Set();
    /** @private */
    this.savedAt = Date.now();
    /** How many messages have been waited for long by now. */
    this.awaited = 0;
    /** @private How many did not come since one came. */
    this.silent = 0;
    /** @private @type {Promise<void>} */
    this.working = Promise.resolve();
  }

  /** How many rows were looked at. */
  get checked() {
    return this.rows.reduce((count, { outcome }) => count + (outcome === null ? 0 : 1), 0);
  }

  /**
   * Takes up what is listed.
   * @param {AsyncIterable<Page>} pages
   */
  async list(pages) {
    const known = new Set(this.rows.map(({ id }) => id));
    for await (const page of pages) {
      // Looked at anew: the reader may have cancelled meanwhile.
      if (this.isIn("cancelled")) return;
      const found = page instanceof Stalled ? this.unlisted(page) : page.filter(({ id }) => !known.has(id)).map(rowOf);
      for (const row of found) {
        known.add(row.id);
        this.touch(this.rows.push(row) - 1);
      }
      this.head.count = this.rows.length;
      // Thunderbird gives a page of such a list once: it would be lost where this page is closed.
      await this.keep(this.head.more !== null);
      this.means.changed();
    }
    this.head.more = null;
    // Nothing is listed again from here on: a row that is not kept would be lost where this page is closed.
    await this.keep(true);
    await this.turn("running");
  }

  /**
   * The row for messages that Thunderbird does not list, once where they are listed again.
   * @private
   * @param {Stalled} stalled
   */
  unlisted({ date }) {
    if (this.rows.some((row) => row.id === 0 && row.date === date)) return [];
    return [unlistedRow(date, date ? "undescribed" : "unlisted")];
  }

  /** Looks at what was not looked at yet, and at what did not come. Ends with nothing left, or once the check rests. */
  go() {
    this.working = this.working.then(() => this.work());
    return this.working;
  }

  /** @param {"paused" | "cancelled"} state */
  async stop(state) {
    await this.turn(state);
    await this.working;
    await this.keep(true);
  }

  /** Goes on where it rests. */
  async goOn() {
    this.silent = 0;
    this.head.isServerSilent = false;
    await this.turn("running");
    return this.go();
  }

  /**
   * Notes what was done about messages.
   * @param {ReadonlySet<number>} ids
   * @param {import("../shared/acts.mjs").Act} act
   */
  async note(ids, act) {
    this.rows.forEach((row, at) => {
      if (!ids.has(row.id)) return;
      row.act = act;
      this.touch(at);
    });
    await this.keep(true);
    this.means.changed();
  }

  /** @private */
  async work() {
    if (!this.isIn("running")) return;
    // By now, and not before: what was still waited for when the check was to go on has not come either.
    this.rows.forEach((row, at) => {
      if (row.cause !== "unreadable") return;
      Object.assign(row, { outcome: null, cause: null });
      this.touch(at);
    });
    const left = this.rows.map((row, at) => ({ row, at, size: row.size })).filter(({ row }) => row.outcome === null);
    await workThrough(left, (job) => this.look(job), () => !this.isIn("running"));
    this.means.judge.end();
    // It may have rested, and go on already: that is the next turn's work.
    if (this.isIn("running") && left.every(({ row }) => row.outcome !== null)) await this.turn("done");
    await this.keep(true);
  }

  /**
   * Looks at one message.
   * @private
   * @param {{ row: Row, at: number }} job
   */
  async look({ row, at }) {
    /** @type {Cause} */
    let cause = "unreadable";
    try {
      const { headersOnly, headerMessageId } = await messenger.messages.get(row.id);
      // Thunderbird was closed meanwhile: the number is another message's.
      if (headerMessageId !== row.key) throw new Error("another message");
      cause = headersOnly ? "incomplete" : row.size > LARGEST ? "too-large" : "unreadable";
      if (cause !== "unreadable") throw new Error(cause);
      const file = await this.fetched(row);
      cause = "broken-down";
      Object.assign(row, await this.means.judge.judgeWhole(file, await this.means.context(row.id, file)));
    } catch (error) {
      row.outcome = "unchecked";
      row.cause = error instanceof TooSlow ? "too-slow" : cause;
    }
    this.touch(at);
    await this.keep(false);
    this.means.changed();
  }

  /**
   * The source of a message. Where several in a row do not come, the check rests.
   * @private
   * @param {Row} row
   * @returns {Promise<File>}
   */
  async fetched({ id, size }) {
    let isLong = false;
    const timer = setTimeout(() => {
      isLong = true;
      this.awaited += 1;
      this.means.changed();
    }, NOTICED);
    try {
      const file = await within(messenger.messages.getRaw(id), PATIENCE + size / SLOWEST, null);
      if (file === null) throw new Error("no answer in time");
      this.silent = 0;
      return file;
    } catch (error) {
      this.silent += 1;
      if (this.silent >= MOST_SILENT && this.isIn("running")) {
        this.head.isServerSilent = true;
        await this.turn("paused");
      }
      throw error;
    } finally {
      clearTimeout(timer);
      if (isLong) this.awaited -= 1;
    }
  }

  /**
   * @private
   * @param {State} state
   */
  async turn(state) {
    this.head.state = state;
    await saveHead(this.head);
    this.means.changed();
  }

  /**
   * @private
   * @param {State} state
   */
  isIn(state) {
    return this.head.state === state;
  }

  /**
   * @private
   * @param {number} at
   */
  touch(at) {
    this.unsaved.add(Math.floor(at / CHUNK));
  }

  /**
   * Keeps what has changed, now or every few seconds.
   * @private
   * @param {boolean} isNow
   */
  async keep(isNow) {
    if (!isNow && Date.now() - this.savedAt < INTERVAL) return;
    this.savedAt = Date.now();
    const chunks = this.unsaved;
    this.unsaved = new Set();
    await saveChunks(this.rows, chunks);
    await saveHead(this.head);
  }
}
