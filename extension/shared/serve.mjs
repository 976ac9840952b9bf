/**
 * The worker's side of `judge.mjs`: a module worker with an instance of the core, so that judging freezes nothing and can
 * be ended where a message keeps it too long. It is asked one message at a time.
 *
 * @import {Answers, Context, Report} from "../core/mekiki.js"
 * @import {Answer, Question, Task} from "./judge.mjs"
 */
import { judge, masked, published, readAuthor, readLink, reasonOf, start } from "./core.mjs";
import { asksInside, lookInside } from "./inside.mjs";

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
async function answer({ file, task, module }, made) {
  try {
    await start(module ?? undefined);
    globalThis.postMessage(null);
    return { made: await make(new Uint8Array(await file.arrayBuffer()), task, made) };
  } catch (error) {
    return { error: reasonOf(error) };
  }
}

/**
 * @param {Uint8Array} raw
 * @param {Task} task
 * @param {(report: Report) => unknown} made
 * @returns {Promise<unknown>}
 */
async function make(raw, task, made) {
  switch (task.kind) {
    case "judge":
      return made(await judge(raw, task.context));
    case "judge-whole":
      return made(await judgedWhole(raw, task));
    case "publish":
      return published(raw, task.context, await allAnswers(raw, task), task.texts, task.format);
    case "mask":
      return masked(raw, task.context, await allAnswers(raw, task), task.texts);
    case "author":
      return readAuthor(raw);
    case "link":
      return readLink(task.address);
  }
}

/**
 * A message judged with what is inside its files, where it has any; others are judged once.
 * @param {Uint8Array} raw
 * @param {{ context: Context, answers: Answers }} task
 * @returns {Promise<Report>}
 */
async function judgedWhole(raw, { context, answers }) {
  const report = await judge(raw, context, answers);
  return asksInside(report) ? judge(raw, context, { ...answers, ...(await lookInside(raw, report)) }) : report;
}

/**
 * What was looked up about a message, and what can be found out without asking anybody.
 * @param {Uint8Array} raw
 * @param {{ context: Context, answers: Answers }} task
 * @returns {Promise<Answers>}
 */
async function allAnswers(raw, { context, answers }) {
  const report = await judge(raw, context, answers);
  return asksInside(report) ? { ...answers, ...(await lookInside(raw, report)) } : answers;
}
