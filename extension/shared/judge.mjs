/**
 * A worker with a core of its own, as a page sees it: asked one message after the other; ended and started anew where it
 * breaks down or takes too long, and after a large message, since the memory of a module never shrinks.
 *
 * @import {Answers, Contact, Context, Format, LinkView, PublishedTexts} from "../core/mekiki.js"
 *
 * @typedef {{ kind: "judge", context: Context }
 *   | { kind: "judge-whole", context: Context, answers: Answers }
 *   | { kind: "publish", context: Context, answers: Answers, texts: PublishedTexts, format: Format }
 *   | { kind: "mask", context: Context, answers: Answers, texts: readonly string[] }
 *   | { kind: "author" }
 *   | { kind: "link", address: string }} Task What is wanted, of a message or, for a link, of an address alone.
 * @typedef {{ file: Blob, task: Task, module: WebAssembly.Module | null }} Question With the module where it is compiled
 *   already.
 * @typedef {{ made: unknown } | { error: string }} Answer Before it comes `null`, when the core has started and begins.
 */

/** Bytes of a message after which the worker is started anew. */
const LARGE = 4 * 1024 * 1024;

/** The core took too long. */
export class TooSlow extends Error {}

/** @template Judged What the worker makes of a report. */
export class Judge {
  /**
   * @param {() => Worker} start
   * @param {number} timeout Milliseconds after which a message is given up.
   * @param {number} [awaited] The same where another message waits for it.
   * @param {() => Promise<WebAssembly.Module | null>} [compile] The module where it is compiled elsewhere.
   */
  constructor(start, timeout, awaited = timeout, compile = async () => null) {
    /** @private */
    this.start = start;
    /** @private */
    this.compile = compile;
    /** @private */
    this.timeouts = { alone: timeout, awaited };
    /** @private @type {Worker | null} */
    this.worker = null;
    /** @private @type {Promise<unknown>} */
    this.last = Promise.resolve();
    /** How many messages it was asked for and did not answer yet. */
    this.waiting = 0;
    /** Since when the core is busy with a message, by `performance.now()`; nothing where it is not. @type {number | null} */
    this.busySince = null;
    /** @private Gives up the message that it was asked for. */
    this.giveUp = () => {};
    /** @private @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * Judges a message.
   * @param {Blob} file The message as stored.
   * @param {Context} context
   * @param {() => void} [begun] Called when the core begins with it.
   * @returns {Promise<Judged>}
   * @throws {TooSlow | Error} Where the core took too long, or broke down on it.
   */
  async judge(file, context, begun) {
    return /** @type {Judged} */ (await this.make(file, { kind: "judge", context }, begun));
  }

  /**
   * Judges a message once more, its files looked into.
   * @param {Blob} file The message as stored.
   * @param {Context} context
   * @param {Answers} answers What was looked up besides.
   * @returns {Promise<Judged>}
   * @throws {TooSlow | Error} As `judge` does.
   */
  async judgeWhole(file, context, answers = {}) {
    return /** @type {Judged} */ (await this.make(file, { kind: "judge-whole", context, answers }));
  }

  /**
   * The author of a message, by name and address (in lower case), as the core will read it: by this the reader's side is
   * looked through.
   * @param {Blob} file
   * @param {() => void} [begun]
   * @returns {Promise<Contact | null>}
   * @throws {TooSlow | Error} As `judge` does.
   */
  async authorOf(file, begun) {
    return /** @type {Contact | null} */ (await this.make(file, { kind: "author" }, begun));
  }

  /**
   * Where a click on an address leads, be it a link of a message or not.
   * @param {string} address
   * @returns {Promise<LinkView>}
   * @throws {TooSlow | Error} As `judge` does.
   */
  async linkOf(address) {
    return /** @type {LinkView} */ (await this.make(new Blob([]), { kind: "link", address }));
  }

  /**
   * The dissection of a message in writing, ready to be published.
   * @param {Blob} file
   * @param {Context} context
   * @param {Answers} answers
   * @param {PublishedTexts} texts
   * @param {Format} format
   * @returns {Promise<string>}
   * @throws {TooSlow | Error} As `judge` does.
   */
  async published(file, context, answers, texts, format) {
    return /** @type {string} */ (await this.make(file, { kind: "publish", context, answers, texts, format }));
  }

  /**
   * Texts of the dissection of a message, each with the recipient masked.
   * @param {Blob} file
   * @param {Context} context
   * @param {Answers} answers
   * @param {readonly string[]} texts
   * @returns {Promise<readonly string[]>}
   * @throws {TooSlow | Error} As `judge` does.
   */
  async masked(file, context, answers, texts) {
    return /** @type {readonly string[]} */ (await this.make(file, { kind: "mask", context, answers, texts }));
  }

  /**
   * @private
   * @param {Blob} file
   * @param {Task} task
   * @param {() => void} [begun]
   * @returns {Promise<unknown>}
   */
  make(file, task, begun = () => {}) {
    this.waiting += 1;
    if (this.busySince !== null) this.watch();
    const made = this.last.then(() => this.ask(file, task, begun)).finally(() => (this.waiting -= 1));
    this.last = made.catch(() => undefined);
    return made;
  }

  /** Whether its worker runs: where it does not, the next message waits for one to start. */
  get isStarted() {
    return this.worker !== null;
  }

  /** Lets go of the worker; the next message starts another. */
  end() {
    this.worker?.terminate();
    this.worker = null;
  }

  /** @private Sets the time at which the message is given up. */
  watch() {
    clearTimeout(this.timer);
    const { alone, awaited } = this.timeouts;
    const now = performance.now();
    const limit = this.busySince !== null && this.waiting > 1 ? awaited : alone;
    this.timer = setTimeout(() => this.giveUp(), (this.busySince ?? now) + limit - now);
  }

  /**
   * @private
   * @param {Blob} file
   * @param {Task} task
   * @param {() => void} begun
   * @returns {Promise<unknown>}
   */
  async ask(file, task, begun) {
    /** @type {Question} */
    const question = { file, task, module: await this.compile() };
    const worker = (this.worker ??= this.start());
    const listening = new AbortController();
    try {
      const answer = await new Promise((resolve, reject) => {
        const options = { signal: listening.signal };
        worker.addEventListener("message", (event) => {
          const { data } = /** @type {MessageEvent<Answer | null>} */ (event);
          if (data) return resolve(data);
          this.busySince = performance.now();
          this.watch();
          begun();
        }, options);
        worker.addEventListener("error", (event) => reject(new Error(event.message)), options);
        this.giveUp = () => reject(new TooSlow("no answer in time"));
        this.watch();
        worker.postMessage(question);
      });
      if (file.size > LARGE) this.end();
      if ("error" in answer) throw new Error(answer.error);
      return answer.made;
    } catch (error) {
      this.end();
      throw error;
    } finally {
      this.busySince = null;
      clearTimeout(this.timer);
      listening.abort();
    }
  }
}
