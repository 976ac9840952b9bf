/**
 * The core away from the page: a module worker with an instance of its own, so that judging freezes nothing and can be
 * ended where a message keeps it too long. It is asked one message at a time.
 *
 * @import {Context} from "../core/mekiki.js"
 * @import {Judged} from "./rows.mjs"
 *
 * @typedef {{ file: Blob, context: Context }} Question
 * @typedef {{ judged: Judged } | { error: string }} Answer
 */
import { judge, reasonOf } from "../shared/core.mjs";
import { judgedOf } from "./rows.mjs";

globalThis.addEventListener("message", async (event) => {
  globalThis.postMessage(await answer(/** @type {MessageEvent<Question>} */ (event).data));
});

/**
 * @param {Question} question
 * @returns {Promise<Answer>}
 */
async function answer({ file, context }) {
  try {
    const report = await judge(new Uint8Array(await file.arrayBuffer()), context);
    // A dissection is large, a row is not.
    return { judged: judgedOf(report) };
  } catch (error) {
    return { error: reasonOf(error) };
  }
}
