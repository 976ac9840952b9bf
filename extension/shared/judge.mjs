/**
 * A worker with a core of its own, as a page sees it: asked one message after the other; ended and started anew where it
 * breaks down or takes too long, and after a large message, since the memory of a module never shrinks.
 *
 * @import {Context, Format, PublishedTexts} from "../core/mekiki.js"
 *
 * @typedef {{ kind: "publish", texts: PublishedTexts, format: Format } | { kind: "mask", texts: readonly string[] }} Task
 *   What is wanted of a message instead of its report.
 * @typedef {{ file: Blob, context: Context, module?: WebAssembly.Module, task?: Task }} Question The first may bring the
 *   module along, compiled.
 * @typedef {{ judged: unknown } | { error: string }} Answer Before it comes `null`, when the core has started and begins.
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
   */
  constructor(start, timeout, awaited = timeout) {
    /** @private */
    this.start = start;
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
   * @param {{ module?: WebAssembly.Module, begun?: () => void, task?: Task }} [options] `begun` is called when the core begins with it.
   * @returns {Promise<Judged>}
   * @throws {TooSlow | Error} Where the core took too long, or broke down on it.
   */
  judge(file, context, { module, begun = () => {}, task } = {}) {
    this.waiting += 1;
    if (this.busySince !== null) this.watch();
    const question = { file, context, ...(module && { module }), ...(task && { task }) };
    const judged = this.last.then(() => this.ask(question, begun)).finally(() => (this.waiting -= 1));
    this.last = judged.catch(() => undefined);
    return judged;
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
   * @param {Question} question
   * @param {() => void} begun
   * @returns {Promise<Judged>}
   */
  async ask(question, begun) {
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
      if (question.file.size > LARGE) this.end();
      if ("error" in answer) throw new Error(answer.error);
      return answer.judged;
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
