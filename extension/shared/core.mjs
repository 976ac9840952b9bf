/**
 * The core, started when it is first needed, and started afresh after a trap.
 *
 * @import {Answers, Contact, Context, Format, LinkView, PublishedTexts, Report} from "../core/mekiki.js"
 */
import init, { __wbg_reset_state, authorOf, inspect, linkOf, mask, publish } from "../core/mekiki.js";

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
export function judge(raw, context = {}, answers = {}) {
  return asked(() => inspect(raw, context, answers));
}

/**
 * The dissection of a message in writing, ready to be published.
 * @param {Uint8Array} raw
 * @param {Context} context
 * @param {Answers} answers
 * @param {PublishedTexts} texts
 * @param {Format} format
 * @returns {Promise<string>}
 * @throws {Error} As {@link judge} does.
 */
export function published(raw, context, answers, texts, format) {
  return asked(() => publish(raw, context, answers, texts, format));
}

/**
 * Texts of the dissection of a message, each with the recipient masked.
 * @param {Uint8Array} raw
 * @param {Context} context
 * @param {Answers} answers
 * @param {readonly string[]} texts
 * @returns {Promise<readonly string[]>}
 * @throws {Error} As {@link judge} does.
 */
export function masked(raw, context, answers, texts) {
  return asked(() => mask(raw, context, answers, texts));
}

/**
 * The author of a message.
 * @param {Uint8Array} raw
 * @returns {Promise<Contact | null>}
 * @throws {Error} As {@link judge} does.
 */
export function readAuthor(raw) {
  return asked(() => authorOf(raw));
}

/**
 * Where a click on an address leads.
 * @param {string} address
 * @returns {Promise<LinkView>}
 * @throws {Error} As {@link judge} does.
 */
export function readLink(address) {
  return asked(() => linkOf(address));
}

/**
 * @template T
 * @param {() => T} question
 * @returns {Promise<T>}
 */
async function asked(question) {
  await start();
  try {
    return question();
  } catch (error) {
    // After a trap, an exhausted stack or an exhausted memory the module is not to be trusted.
    __wbg_reset_state();
    throw error;
  }
}

/**
 * Why the core, or what it was to be given, failed: in technical words.
 * @param {unknown} error
 */
export function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}
