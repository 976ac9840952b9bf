/**
 * Where messages come from: what a mail tab lists, what is selected there, or folders.
 *
 * Thunderbird 140 and 153 fail to encode some hostile headers for add-ons (one word of a thousand letters as a sender's
 * name), say nothing, and list nothing that comes after: every page is therefore waited for only so long, and a folder
 * is listed around such a message, by ever smaller spans of time.
 */
import { within } from "../shared/within.mjs";

/** Milliseconds that Thunderbird may take for the next hundred messages. */
const PATIENCE = 10_000;

/** The same where a message is already known to stop the listing. */
const SHORT_PATIENCE = 2_000;

/** Into how many a span of time is split. */
const PARTS = 16;

/** Milliseconds of the smallest span: Thunderbird keeps the dates of messages in seconds. */
const SECOND = 1_000;

/** The end of the time that it knows, in milliseconds since 1970. */
const END = 2 ** 32 * SECOND;

/** What a listing gives where Thunderbird lists no further, and about when that message is from, 0 where nobody knows. */
export class Stalled {
  /** @param {number} date Milliseconds since 1970. */
  constructor(date) {
    this.date = date;
  }
}

/**
 * @typedef {readonly MessageHeader[] | Stalled} Page
 */

/**
 * The pages of a list, from its first on.
 * @param {Promise<MessageList>} first
 * @param {number} patience In milliseconds.
 * @returns {AsyncGenerator<Page, void, void>} Last of all a `Stalled`, where Thunderbird stopped.
 */
export async function* pagesOf(first, patience = PATIENCE) {
  let list = await within(first, patience, null);
  while (list) {
    yield list.messages;
    if (!list.id) return;
    list = await within(messenger.messages.continueList(list.id), patience, null);
  }
  yield new Stalled(0);
}

/**
 * The messages of a folder, some of them twice where a message stops the listing.
 * @param {string} folderId
 * @param {boolean} isRoot Of an account: then those of all its folders.
 * @returns {AsyncGenerator<Page, void, void>}
 */
export async function* folderPages(folderId, isRoot) {
  const query = { folderId, includeSubFolders: isRoot };
  for await (const page of pagesOf(messenger.messages.query(query))) {
    if (page instanceof Stalled) yield* around(query, 0, END);
    else yield page;
  }
}

/**
 * The messages of a span of time, in which one at least stops the listing.
 * @param {MessageQuery} query
 * @param {number} from Milliseconds since 1970.
 * @param {number} to
 * @returns {AsyncGenerator<Page, void, void>}
 */
async function* around(query, from, to) {
  const step = Math.max(Math.ceil((to - from) / PARTS / SECOND) * SECOND, SECOND);
  for (let start = from; start < to; start += step) {
    const end = Math.min(start + step, to);
    const span = { ...query, fromDate: new Date(start), toDate: new Date(end - 1) };
    // A message is given up only after all the time that there is.
    for await (const page of pagesOf(messenger.messages.query(span), step > SECOND ? SHORT_PATIENCE : PATIENCE)) {
      if (!(page instanceof Stalled)) yield page;
      else if (step <= SECOND) yield new Stalled(start);
      else yield* around(query, start, end);
    }
  }
}
