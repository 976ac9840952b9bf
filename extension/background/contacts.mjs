/**
 * The reader's contacts, where Thunderbird may tell them: read once a session from the address books on this machine,
 * and anew after a change. Of many, only those are handed over that a message can have to do with.
 *
 * @typedef {{ name: string, address: string }} Known
 */
import { CONTACTS_PERMISSION } from "../shared/contacts-permission.mjs";

/** Up to this many contacts all are handed over with every message. */
const FEW = 200;

/** Most contacts that are read. */
const MOST = 50_000;

/** Under what they are kept while Thunderbird runs: the background page ends and wakes many times meanwhile. */
const KEY = "contacts";

/** @type {Promise<readonly Known[]> | null} */
let read = null;

/**
 * The contacts that matter for a message: those of the author's address or name, and all where they are few.
 * @param {Known} author
 * @returns {Promise<readonly Known[]>}
 */
export async function contactsFor(author) {
  if (!(await messenger.permissions.contains(CONTACTS_PERMISSION))) return [];
  read ??= kept().catch((error) => {
    read = null;
    throw error;
  });
  const contacts = await read;
  if (contacts.length <= FEW) return contacts;
  const said = lettersOf(author.name);
  const bears = (/** @type {string} */ name) => wordsOf(name).every((word) => said.includes(word));
  return contacts.filter(({ name, address }) => address === author.address || (name !== "" && bears(name))).slice(0, FEW);
}

/** Has the contacts read anew: they were changed, or may no longer be known. */
export async function forgetContacts() {
  read = null;
  await messenger.storage.session.remove(KEY);
}

/** @type {unknown} The events that are listened to: there are none before the permission is given. */
let watched = null;

/**
 * Calls back when the contacts were changed. To be called when the page starts, and once they may be known.
 * @param {() => void} changed
 */
export function watchContacts(changed) {
  const events = messenger.addressBooks?.contacts;
  if (!events || watched === events) return;
  watched = events;
  for (const event of [events.onCreated, events.onUpdated, events.onDeleted]) {
    event.addListener(() => void forgetContacts().then(changed));
  }
}

/** @returns {Promise<readonly Known[]>} */
async function kept() {
  const stored = (await messenger.storage.session.get(KEY))[KEY];
  if (Array.isArray(stored)) return stored;
  const contacts = await all();
  await messenger.storage.session.set({ [KEY]: contacts });
  return contacts;
}

/** @returns {Promise<readonly Known[]>} */
async function all() {
  const { addressBooks } = messenger;
  if (!addressBooks) return [];
  /** @type {Known[]} */
  const known = [];
  for (const { id, remote } of await addressBooks.list()) {
    // A directory on the net would have to be asked.
    if (remote) continue;
    for (const { vCard } of await addressBooks.contacts.list(id)) known.push(...contactsOf(vCard));
    if (known.length >= MOST) break;
  }
  return known.slice(0, MOST);
}

/**
 * Name and addresses of a vCard (RFC 6350): one contact for each address.
 * @param {string} vCard
 * @returns {readonly Known[]}
 */
function contactsOf(vCard) {
  const lines = vCard.replace(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const values = (/** @type {string} */ property) =>
    lines
      .map((line) => new RegExp(`^(?:[\\w-]+\\.)?${property}(?:;(?:"[^"]*"|[^":])*)?:(.*)$`, "i").exec(line)?.[1])
      .filter((value) => value !== undefined)
      .map((value) => value.replace(/\\(.)/g, (_, escaped) => (escaped.toLowerCase() === "n" ? " " : escaped)).trim());
  const name = values("FN")[0] ?? "";
  return values("EMAIL")
    .filter((address) => address.includes("@"))
    .map((address) => ({ name, address: address.toLowerCase() }));
}

/**
 * @param {string} text
 */
function lettersOf(text) {
  return text.normalize("NFKC").toLowerCase().replace(/\p{Cf}/gu, "");
}

/**
 * @param {string} name
 */
function wordsOf(name) {
  return lettersOf(name).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}
