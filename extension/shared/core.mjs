/**
 * The core, started when it is first needed, and started afresh after a trap.
 *
 * @import {Report, Context, Answers} from "../core/mekiki.js"
 */
import init, { __wbg_reset_state, inspect, organisationalDomain } from "../core/mekiki.js";

/** Beside this file, not by the add-on's API: a worker has none. */
export const MODULE = new URL("../core/mekiki_bg.wasm", import.meta.url);

/** @type {Promise<unknown> | null} */
let started = null;

/**
 * Starts the core, once.
 * @param {WebAssembly.Module | URL} [module] The module where it is compiled already.
 * @returns {Promise<unknown>}
 */
export function start(module = MODULE) {
  started ??= init({ module_or_path: module }).catch((error) => {
    // The next message tries again.
    started = null;
    throw error;
  });
  return started;
}

/**
 * Judges one message.
 * @param {Uint8Array} raw The message as stored.
 * @param {Context} context
 * @param {Answers} answers
 * @returns {Promise<Report>}
 * @throws {Error} Where the core could not be started, or broke down on this message: it is fresh again afterwards.
 */
export async function judge(raw, context = {}, answers = {}) {
  await start();
  try {
    return inspect(raw, context, answers);
  } catch (error) {
    // After a trap, an exhausted stack or an exhausted memory the module is not to be trusted.
    __wbg_reset_state();
    throw error;
  }
}

/**
 * The organisational domain of a host: what somebody registered, and not a name under it.
 * @param {string} host In lower case.
 * @returns {Promise<string | null>} Nothing for what has none.
 */
export async function organisational(host) {
  await start();
  return organisationalDomain(host) ?? null;
}

/**
 * Why the core, or what it was to be given, failed: in technical words.
 * @param {unknown} error
 */
export function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}
