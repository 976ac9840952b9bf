/**
 * Who judges what is displayed: workers, since one mail must never hold up another. Each message goes to a worker that is
 * free; where none is, the mail that has kept its worker busiest past the deadline is given up for it.
 *
 * @import {Report} from "../core/mekiki.js"
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

/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;

/** How many workers are got ready. */
const READY = 2;

/** Forged mail of ours, packed for the welcome page. */
const SAMPLE = new URL("../welcome/example.en.eml", import.meta.url);

/** @type {Promise<unknown> | null} */
let warmed = null;

/** The judge that is being got ready. @type {Judge<Report> | null} */
let warming = null;

/**
 * Gets two workers ready, so that neither the first message waits for one to start, nor the one behind a message that keeps
 * the first busy. The core makes its tables at the first message, which takes it ten times as long as any later one: so
 * each judges a sample. One after the other: a message that comes meanwhile is to have a processor to itself.
 * @returns {Promise<unknown>} When they are; never rejects.
 */
export function warmUp() {
  warmed ??= fetch(SAMPLE)
    .then((answer) => answer.blob())
    .then(getReady)
    .catch(() => undefined);
  return warmed;
}

/** @param {Blob} sample */
async function getReady(sample) {
  try {
    while (judges.length < READY) {
      warming = added();
      await warming.judge(sample, {});
    }
  } finally {
    warming = null;
  }
}

/** Compiles the module, once for all workers. */
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

/**
 * A judge that is free, or else the one that is going to be so first: one whose worker runs, the one that is being got
 * ready, a new one, the one that is busy longest.
 */
export function freeJudge() {
  const free = judges.filter(({ waiting }) => waiting === 0);
  const ready = free.find(({ isStarted }) => isStarted);
  if (ready) return ready;
  if (warming?.waiting === 1) return warming;
  const [cold] = free;
  if (cold) return cold;
  if (judges.length < MOST) return added();
  const [first] = judges.toSorted((one, other) => one.waiting - other.waiting || since(one) - since(other));
  return /** @type {Judge<Report>} */ (first);
}

function added() {
  const start = () => new Worker(new URL("worker.mjs", import.meta.url), { type: "module" });
  const judge = /** @type {Judge<Report>} */ (new Judge(start, TIMEOUT, DEADLINE, compile));
  judges.push(judge);
  return judge;
}

/** @param {Judge<Report>} judge */
function since(judge) {
  return judge.busySince ?? performance.now();
}
