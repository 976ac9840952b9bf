/**
 * The worker's side of `judge.mjs`: a module worker with an instance of the core, so that judging freezes nothing and can
 * be ended where a message keeps it too long. It is asked one message at a time.
 *
 * @import {Report} from "../core/mekiki.js"
 * @import {Answer, Question} from "./judge.mjs"
 */
import { judge, masked, published, reasonOf, start } from "./core.mjs";

/**
 * Answers whatever the page asks.
 * @param {(report: Report) => unknown} made What the page is to get of a report.
 */
export function serve(made) {
  globalThis.addEventListener("message", async (event) => {
    globalThis.postMessage(await answer(/** @type {MessageEvent<Question>} */ (event).data, made));
  });
}

/**
 * @param {Question} question
 * @param {(report: Report) => unknown} made
 * @returns {Promise<Answer>}
 */
async function answer({ file, context, module, task }, made) {
  try {
    await start(module);
    globalThis.postMessage(null);
    const raw = new Uint8Array(await file.arrayBuffer());
    if (task?.kind === "publish") return { judged: await published(raw, context, task.texts, task.format) };
    if (task?.kind === "mask") return { judged: await masked(raw, context, task.texts) };
    return { judged: made(await judge(raw, context)) };
  } catch (error) {
    return { error: reasonOf(error) };
  }
}
