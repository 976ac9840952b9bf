/**
 * The worker as the page sees it: asked one message after the other; ended and started anew where it breaks down or takes
 * too long, and after a large message, since the memory of a module never shrinks.
 *
 * @import {Context} from "../core/mekiki.js"
 * @import {Answer, Question} from "./worker.mjs"
 * @import {Judged} from "./rows.mjs"
 */

/** Milliseconds after which a message is given up. */
const PATIENCE = 60_000;

/** Bytes of a message after which the worker is started anew. */
const LARGE = 4 * 1024 * 1024;

export class Judge {
  /** @param {() => Worker} start */
  constructor(start) {
    /** @private */
    this.start = start;
    /** @private @type {Worker | null} */
    this.worker = null;
    /** @private @type {Promise<unknown>} */
    this.last = Promise.resolve();
  }

  /**
   * Judges a message.
   * @param {Blob} file The message as stored.
   * @param {Context} context
   * @returns {Promise<Judged>}
   * @throws {Error} Where the core broke down on it or took too long.
   */
  judge(file, context) {
    const judged = this.last.then(() => this.ask({ file, context }));
    this.last = judged.catch(() => undefined);
    return judged;
  }

  /** Lets go of the worker; the next message starts another. */
  end() {
    this.worker?.terminate();
    this.worker = null;
  }

  /**
   * @private
   * @param {Question} question
   * @returns {Promise<Judged>}
   */
  async ask(question) {
    const worker = (this.worker ??= this.start());
    const listening = new AbortController();
    let timer;
    try {
      const answer = await new Promise((resolve, reject) => {
        const options = { signal: listening.signal };
        worker.addEventListener("message", (event) => resolve(/** @type {MessageEvent<Answer>} */ (event).data), options);
        worker.addEventListener("error", (event) => reject(new Error(event.message)), options);
        timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE} ms`)), PATIENCE);
        worker.postMessage(question);
      });
      if (question.file.size > LARGE) this.end();
      if ("error" in answer) throw new Error(answer.error);
      return answer.judged;
    } catch (error) {
      this.end();
      throw error;
    } finally {
      clearTimeout(timer);
      listening.abort();
    }
  }
}
