/**
 * What can be looked up about a message, if the user allows it: who signed it, who may send for its author, where the hosts
 * of its links stand.
 *
 * @import {Answers, Envelope, Question} from "../core/mekiki.js"
 * @import {Asked} from "../core/proof.js"
 *
 * @typedef {object} Task
 * @property {Blob} file The message as stored.
 * @property {Envelope} envelope
 * @property {readonly string[]} hosts
 * @property {readonly string[]} domains Those that block lists are asked about.
 * @property {readonly string[]} lists Zones of block lists.
 * @property {string} resolver
 *
 * @typedef {{ domain: string, list: string, isRefused: boolean }} Listing A domain that stands on a block list; or, where it
 *   is refused, a list that tells this resolver nothing.
 * @typedef {{ answers: Answers, listings: readonly Listing[], asked: Asked }} Found
 */
import { within } from "../shared/within.mjs";

/** Milliseconds after which a message is given up: the worker itself stops asking before. */
const PATIENCE = 30_000;

/** @type {Worker | null} */
let worker = null;

/** Those that wait for the worker, by number. @type {Map<number, (found: Found | null) => void>} */
const waiting = new Map();

let last = 0;

/**
 * Looks up what is asked of a resolver about a message. Never rejects.
 * @param {Blob} file The message as stored.
 * @param {readonly Question[]} wanted By the core.
 * @param {string} resolver Whom to ask.
 * @param {{ domains: readonly string[], lists: readonly string[] } | null} links Where the links are looked up as well: the
 *   domains that block lists are asked about, and these.
 * @returns {Promise<Found | null>} Nothing where that broke down.
 */
export async function lookedUp(file, wanted, resolver, links) {
  const hosts = wanted.flatMap((question) => (links && question.kind === "addresses" ? [question.host] : []));
  const envelope = wanted.flatMap((question) => (question.kind === "proof" ? [question.envelope] : []))[0];
  if (!envelope) return null;
  const { domains, lists } = links ?? { domains: [], lists: [] };
  const found = await within(askWorker({ file, envelope, hosts, domains, lists, resolver }), PATIENCE, null);
  if (found === null) restart();
  return found;
}

/**
 * @param {Task} task
 * @returns {Promise<Found | null>}
 */
function askWorker(task) {
  const id = (last += 1);
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    (worker ??= begun()).postMessage({ id, task });
  });
}

function begun() {
  const made = new Worker(new URL("proof-worker.mjs", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data }) => {
    const { id, made: found = null } = /** @type {{ id: number, made?: Found }} */ (data);
    waiting.get(id)?.(found);
    waiting.delete(id);
  });
  made.addEventListener("error", restart);
  return made;
}

/** After a trap the module is not to be trusted: whoever waits for it gets nothing, the next message starts another. */
function restart() {
  worker?.terminate();
  worker = null;
  for (const give of waiting.values()) give(null);
  waiting.clear();
}
