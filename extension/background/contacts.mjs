/**
 * The reader's contacts, where Thunderbird may tell them: of the address books on this machine alone. Thunderbird takes
 * 0.4 ms to hand over a contact and 0.05 ms to look at one in a search, and does nothing else meanwhile. So a few are read
 * whole, once while it runs and anew after a change; of many, each author is searched for once.
 *
 * @typedef {{ name: string, address: string }} Known
 */
import { CONTACTS_PERMISSION } from "../shared/contacts-permission.mjs";
import { sparingly } from "./sparing.mjs";

/** A search that takes no longer, in milliseconds, went through few contacts. */
const QUICK = 40;

/** After a search that takes longer, names are searched for no more. */
const SLOW = 400;

/** Most contacts that are handed over with a message. */
const MOST = 200;

/** Authors whose answers are kept. */
const MOST_KEPT = 500;

/** Under what is kept while Thunderbird runs what was found: the background page ends and wakes many times meanwhile. */
const KEY = "contacts";

/**
 * @typedef {object} Found
 * @property {readonly Known[] | null} all Nothing where they are many, or were not read yet.
 * @property {boolean} isSlow Whether searches take long.
 * @property {Readonly<Record<string, readonly Known[]>>} byAuthor
 */

/** @type {Found} */
const NOTHING = { all: null, isSlow: false, byAuthor: {} };

/** @type {Promise<unknown>} One search at a time: the next may find what it needs. */
let searching = Promise.resolve();

/**
 * The contacts that matter for a message: those of the author's address or name, and all where they are few.
 * @param {Known} author
 * @returns {Promise<readonly Known[]>}
 */
export async function contactsFor(author) {
  const contacts = messenger.addressBooks?.contacts;
  if (!contacts || !(await messenger.permissions.contains(CONTACTS_PERMISSION))) return [];
  const search = searching.then(() => lookFor(author));
  searching = search.catch(() => undefined);
  return search;
}

/**
 * @param {Known} author
 * @returns {Promise<readonly Known[]>}
 */
async function lookFor(author) {
  const found = await kept();
  if (found.all) return found.all.length <= MOST ? found.all : found.all.filter((contact) => isLike(contact, author)).slice(0, MOST);
  const key = `${lettersOf(author.name)} ${author.address}`;
  const known = found.byAuthor[key];
  if (known) return known;
  const sought = await sparingly(() => searchFor(author, found));
  if (sought === null) return [];
  if (sought.all) await keep({ ...found, all: sought.all });
  else {
    const others = Object.entries(found.byAuthor).slice(1 - MOST_KEPT);
    await keep({ ...found, isSlow: sought.isSlow, byAuthor: Object.fromEntries([...others, [key, sought.matching]]) });
  }
  return sought.all ? lookFor(author) : sought.matching;
}

/**
 * @param {Known} author
 * @param {Found} found What is known already.
 * @returns {Promise<{ all: readonly Known[] | null, matching: readonly Known[], isSlow: boolean }>}
 */
async function searchFor(author, found) {
  const begun = performance.now();
  const byAddress = await searched(author.address);
  const taken = performance.now() - begun;
  if (taken <= QUICK) return { all: await all(), matching: [], isSlow: false };
  // Whose address is a contact's, imitates none.
  const isSought = byAddress.length === 0 && !found.isSlow && wordsOf(author.name).length > 0;
  const byName = isSought ? await searched(wordsOf(author.name).join(" ")) : [];
  const matching = [...byAddress, ...byName].filter((contact) => isLike(contact, author)).slice(0, MOST);
  return { all: null, matching, isSlow: found.isSlow || taken > SLOW };
}

/**
 * Whether a contact has to do with an author.
 * @param {Known} contact
 * @param {Known} author
 */
function isLike({ name, address }, author) {
  const said = lettersOf(author.name);
  return address === author.address || (name !== "" && wordsOf(name).every((word) => said.includes(word)));
}

/** Has the contacts read anew: they were changed, or may no longer be known. */
export async function forgetContacts() {
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

/** @returns {Promise<Found>} */
async function kept() {
  return /** @type {Found | undefined} */ ((await messenger.storage.session.get(KEY))[KEY]) ?? NOTHING;
}

/**
 * @param {Found} found
 */
async function keep(found) {
  await messenger.storage.session.set({ [KEY]: found });
}

/**
 * Contacts that have all words of a text somewhere.
 * @param {string} searchString
 * @returns {Promise<readonly Known[]>}
 */
async function searched(searchString) {
  // A directory on the net would have to be asked.
  const found = (await messenger.addressBooks?.contacts.query({ searchString, includeRemote: false })) ?? [];
  return found.flatMap(({ vCard }) => contactsOf(vCard));
}

/** @returns {Promise<readonly Known[]>} */
async function all() {
  const books = (await messenger.addressBooks?.list()) ?? [];
  const lists = books.filter(({ remote }) => !remote).map(({ id }) => messenger.addressBooks?.contacts.list(id) ?? []);
  return (await Promise.all(lists)).flat().flatMap(({ vCard }) => contactsOf(vCard));
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
