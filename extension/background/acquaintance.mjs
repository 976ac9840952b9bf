/**
 * Whether the reader knows an author: earlier mail of that address in the account's folders, and mail that the reader
 * wrote to it. Thunderbird searches by going through whole folders and does nothing else meanwhile, so that large ones
 * are left alone: then nobody looked.
 *
 * @typedef {{ isKnown?: boolean, isAnswered?: boolean }} Acquaintance What nobody looked for is missing.
 */
import { IDENTITIES_PERMISSION } from "../shared/identities.mjs";
import { sparingly } from "./sparing.mjs";

/** Most messages that Thunderbird has to go through for one answer: a fifth of a second (measured, 0.1 ms for each). */
const MOST_SEARCHED = 2_000;

/** Most folders of an account whose size is asked for. */
const MOST_FOLDERS = 200;

/** Authors whose answers are kept. */
const MOST_KEPT = 500;

/** Mail of the same day is no acquaintance: a campaign comes several times. In milliseconds. */
const DAY = 86_400_000;

/** Under what the answers are kept while Thunderbird runs. */
const KEY = "acquaintances";

/** @type {Map<string, Promise<Acquaintance | null>>} What is being looked for. */
const sought = new Map();

/**
 * @param {string} address In lower case.
 * @param {MessageHeader} message The message that is to be judged.
 * @returns {Promise<Acquaintance>}
 */
export async function acquaintanceWith(address, message) {
  if (!message.folder || !(await messenger.permissions.contains(IDENTITIES_PERMISSION))) return {};
  const kept = await answers();
  const known = kept[address];
  if (known) return known;
  const { folder, date } = message;
  const search = sought.get(address) ?? sparingly(() => lookFor(address, folder, date));
  sought.set(address, search);
  try {
    const found = await search;
    if (!found) return {};
    const others = Object.entries(await answers()).filter(([other]) => other !== address);
    await messenger.storage.session.set({ [KEY]: Object.fromEntries([...others.slice(1 - MOST_KEPT), [address, found]]) });
    return found;
  } finally {
    sought.delete(address);
  }
}

/** Lets go of what was found: folders may no longer be seen. */
export async function forgetAcquaintances() {
  await messenger.storage.session.remove(KEY);
}

/** @returns {Promise<Readonly<Record<string, Acquaintance>>>} */
async function answers() {
  return /** @type {Record<string, Acquaintance> | undefined} */ ((await messenger.storage.session.get(KEY))[KEY]) ?? {};
}

/**
 * @param {string} address
 * @param {MailFolder} folder Where the message lies.
 * @param {Date} date
 * @returns {Promise<Acquaintance>}
 */
async function lookFor(address, { accountId }, date) {
  const [folders, sent] = await Promise.all([
    messenger.folders.query({ accountId, isRoot: false, isVirtual: false }),
    messenger.folders.query({ specialUse: ["sent"], isVirtual: false }),
  ]);
  /** @type {Acquaintance} */
  const found = {};
  const isAmong = (/** @type {MailFolder} */ { id }) => sent.some((other) => other.id === id);
  const received = folders.filter((one) => !isAmong(one));
  if (await isSmall(sent)) found.isAnswered = await hasAny(sent, { recipients: address });
  if (await isSmall(received)) found.isKnown = await hasAny(received, { author: address, toDate: new Date(date.getTime() - DAY), junk: false });
  return found;
}

/**
 * Whether folders can be gone through in passing.
 * @param {readonly MailFolder[]} folders
 */
async function isSmall(folders) {
  if (folders.length > MOST_FOLDERS) return false;
  let count = 0;
  for (const { id } of folders) {
    count += (await messenger.folders.getFolderInfo(id)).totalMessageCount ?? 0;
    if (count > MOST_SEARCHED) return false;
  }
  return true;
}

/**
 * @param {readonly MailFolder[]} folders
 * @param {{ author?: string, recipients?: string, toDate?: Date, junk?: boolean }} wanted
 */
async function hasAny(folders, wanted) {
  if (folders.length === 0) return false;
  const { id, messages } = await messenger.messages.query({ ...wanted, folderId: folders.map(({ id }) => id), messagesPerPage: 1 });
  // One is enough: the rest is not searched.
  if (id) await messenger.messages.abortList(id);
  return messages.length > 0;
}
