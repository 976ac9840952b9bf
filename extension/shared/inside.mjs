/**
 * What looks into the files of messages: a module of its own, loaded when a message first has any.
 *
 * @import {Answers, Report} from "../core/mekiki.js"
 */

/** Beside this file, not by the add-on's API: a worker has none. */
const MODULE = new URL("../core/inside_bg.wasm", import.meta.url);

/** @type {Promise<typeof import("../core/inside.js")> | null} */
let loaded = null;

function load() {
  loaded ??= import("../core/inside.js")
    .then(async (inside) => {
      await inside.default({ module_or_path: MODULE });
      return inside;
    })
    .catch((error) => {
      // The next message tries again.
      loaded = null;
      throw error;
    });
  return loaded;
}

/**
 * Whether there is something to look into.
 * @param {Report} report
 */
export function asksInside({ wanted }) {
  return wanted.some(({ kind }) => kind === "inside");
}

/**
 * What is inside the files of a message. Never rejects: where it breaks down on them, none could be looked into.
 * @param {Uint8Array} raw
 * @param {Report} report What was found of it without.
 * @returns {Promise<Answers>}
 */
export async function lookInside(raw, { attachments }) {
  try {
    const inside = await load();
    try {
      return { inside: inside.look(raw) };
    } catch (error) {
      // After a trap or an exhausted memory the module is not to be trusted.
      inside.__wbg_reset_state();
      throw error;
    }
  } catch {
    const unread = { links: [], codes: [], names: [], hasMacros: false, isLocked: false, isUnread: true };
    return { inside: attachments.map((_, attachment) => ({ attachment, inside: unread })) };
  }
}
