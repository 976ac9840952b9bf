/**
 * The check of many messages that was begun last: what is to be looked at, and what was found. It is kept in the add-on's
 * own storage, in chunks so that little is written at a time, and no longer than Thunderbird runs: after that its numbers
 * of messages mean nothing.
 *
 * Unlike the settings it is written by the page that does the check, and by the background that begins one.
 *
 * @import {Row} from "../scan/rows.mjs"
 *
 * @typedef {"list" | "selection" | "folder"} Origin The messages listed in a mail tab, those selected, or of folders.
 * @typedef {"listing" | "running" | "paused" | "cancelled" | "done"} State `listing`: not all messages are known yet.
 *
 * @typedef {object} Head
 * @property {Origin} origin
 * @property {readonly string[]} place Ids of the folders, or of the mail tab; empty for what was selected in a menu.
 * @property {string} name Of the folders; empty for others.
 * @property {number} begun Milliseconds since 1970.
 * @property {boolean} isFolded Conversations were listed folded up: of each the first message alone.
 * @property {State} state
 * @property {boolean} isServerSilent It rests since messages did not come.
 * @property {number} count Of rows.
 * @property {string | null} more Where Thunderbird goes on listing.
 */

/** Under what the head is kept; the chunks under this and their number. */
const KEY = "check";

/** Rows in a chunk. */
export const CHUNK = 200;

/**
 * @returns {Promise<{ head: Head, rows: Row[] } | null>} Nothing where no check was begun.
 */
export async function loadCheck() {
  const head = /** @type {Head | undefined} */ ((await messenger.storage.local.get(KEY))[KEY]);
  if (!head) return null;
  const keys = chunkKeys(head);
  const found = /** @type {Record<string, Row[] | undefined>} */ (await messenger.storage.local.get(keys));
  // A chunk that was not written before Thunderbird broke down is not there.
  return { head, rows: keys.flatMap((key) => found[key] ?? []) };
}

/**
 * Begins a check: the one before is forgotten.
 * @param {Head} head
 * @param {readonly Row[]} rows
 */
export async function beginCheck(head, rows) {
  await forgetCheck();
  await saveChunks(rows, new Set(chunksOf(rows.length)));
  await saveHead(head);
}

/**
 * @param {Head} head
 */
export async function saveHead(head) {
  await messenger.storage.local.set({ [KEY]: head });
}

/**
 * @param {readonly Row[]} rows All of them.
 * @param {ReadonlySet<number>} chunks Numbers of those that changed.
 */
export async function saveChunks(rows, chunks) {
  if (chunks.size === 0) return;
  const entries = [...chunks].map((chunk) => [`${KEY}.${chunk}`, rows.slice(chunk * CHUNK, (chunk + 1) * CHUNK)]);
  await messenger.storage.local.set(Object.fromEntries(entries));
}

/** Forgets the check. */
export async function forgetCheck() {
  const head = /** @type {Head | undefined} */ ((await messenger.storage.local.get(KEY))[KEY]);
  if (head) await messenger.storage.local.remove([KEY, ...chunkKeys(head)]);
}

/**
 * @param {Head} head
 */
function chunkKeys({ count }) {
  return chunksOf(count).map((chunk) => `${KEY}.${chunk}`);
}

/**
 * Numbers of the chunks that hold so many rows.
 * @param {number} count
 */
function chunksOf(count) {
  return Array.from({ length: Math.ceil(count / CHUNK) }, (_, chunk) => chunk);
}
