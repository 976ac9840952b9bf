/**
 * Who judges what is displayed: workers, since one mail must never hold up another. Each message goes to a worker that is
 * free; where none is, the mail that has kept its worker busiest past the deadline is given up for it.
 *
 * @import {Context, Report} from "../core/mekiki.js"
 * @import {Task} from "../shared/judge.mjs"
 */
import { MODULE } from "../shared/core.mjs";
import { Judge } from "../shared/judge.mjs";

/**
 * Milliseconds after which a message counts as one that takes unusually long: hundreds of times what ordinary mail takes.
 * From then on its worker is taken from it where another message needs one.
 */
export const DEADLINE = 2000;

/** Milliseconds after which a message is given up though nothing else needs its worker. */
const TIMEOUT = 60_000;

/** Most workers at once. */
const MOST = 4;

/** @type {Judge<Report>[]} */
const judges = [];

/** @type {Promise<WebAssembly.Module> | null} The module, compiled once for all workers. */
let compiled = null;

/**
 * Judges a message.
 * @param {Blob} file The message as stored.
 * @param {Context} context
 * @param {() => void} begun Called when the core begins with it.
 * @returns {Promise<Report>}
 * @throws {import("../shared/judge.mjs").TooSlow | Error} Where it took too long, or the core broke down on it.
 */
export async function judgeInTime(file, context, begun) {
  const module = await compile();
  return freeJudge().judge(file, context, { module, begun });
}

/**
 * Does something else with a message than judging it.
 * @param {Blob} file
 * @param {Context} context
 * @param {Task} task
 * @returns {Promise<unknown>}
 * @throws {import("../shared/judge.mjs").TooSlow | Error} As {@link judgeInTime} does.
 */
export async function doInTime(file, context, task) {
  const module = await compile();
  return freeJudge().judge(file, context, { module, task });
}

/** @type {Promise<unknown> | null} */
let warmed = null;

/**
 * Gets two workers ready, so that neither the first message waits for one to start, nor the one behind a message that keeps
 * the first busy.
 * @returns {Promise<unknown>} When they are; never rejects.
 */
export function warmUp() {
  warmed ??= Promise.allSettled([1, 2].map(() => judgeInTime(new Blob(["\n"]), {}, () => {})));
  return warmed;
}

/** Compiles the module. */
function compile() {
  compiled ??= fetch(MODULE)
    .then((answer) => answer.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes))
    .catch((error) => {
      // The next message tries again.
      compiled = null;
      throw error;
    });
  return compiled;
}

/** A worker that is free, or else the one that is going to be so first. */
function freeJudge() {
  const free = judges.find(({ waiting }) => waiting === 0);
  if (free) return free;
  if (judges.length < MOST) {
    const start = () => new Worker(new URL("worker.mjs", import.meta.url), { type: "module" });
    const judge = /** @type {Judge<Report>} */ (new Judge(start, TIMEOUT, DEADLINE));
    judges.push(judge);
    return judge;
  }
  const [first] = judges.toSorted((one, other) => one.waiting - other.waiting || since(one) - since(other));
  return /** @type {Judge<Report>} */ (first);
}

/** @param {Judge<Report>} judge */
function since(judge) {
  return judge.busySince ?? performance.now();
}
