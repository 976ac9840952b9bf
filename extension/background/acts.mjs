/**
 * Doing something about messages for the reader. Each act needs permissions that are asked for in the page when it is
 * wanted; Thunderbird may close a popup over its question, so what is wanted is remembered here, past the end of this
 * page as well.
 *
 * @import {Act, Acted, ActOutcome} from "../shared/acts.mjs"
 */
import { PERMISSIONS } from "../shared/acts.mjs";
import { seesFolders, startAfresh } from "./afresh.mjs";
import { putTag } from "./tags.mjs";
import { readersTexts } from "./words.mjs";

/** Under what the act that waits for its permissions is remembered. */
const WAITING = "waiting";

/** Milliseconds that Thunderbird is given to take a moved message from where it was, and between two looks. */
const SETTLING = 2_000;
const LOOK = 100;

/** How long it waits: a permission given later was given for something else. In milliseconds. */
const PATIENCE = 5 * 60_000;

/**
 * @typedef {object} Waiting
 * @property {Act} act
 * @property {readonly { id: number, key: string | null }[]} messages With the Message-ID: the number may be another
 *   message's by then, once Thunderbird was closed. Nothing where the message was gone already.
 * @property {number} until
 * @property {boolean} hasReloaded
 */

/** @type {((acted: Acted) => void) | null} Tells who asked, while that one is still there. */
let answer = null;

/** @type {Promise<void>} Until the wish that was told last is remembered: it may be refused before that. */
let remembering = Promise.resolve();

/** @type {Promise<Acted | null>} What was done for somebody who is gone. */
let last = Promise.resolve(null);

/**
 * Does something, at once or when it is allowed.
 * @param {Act} act
 * @param {readonly number[]} messageIds
 * @returns {Promise<Acted>}
 */
export async function act(act, messageIds) {
  await refuse();
  /** @type {Promise<Acted>} */
  const acted = new Promise((resolve) => (answer = resolve));
  remembering = remember(act, messageIds);
  await remembering;
  await proceed();
  return acted;
}

/**
 * @param {Act} act
 * @param {readonly number[]} messageIds
 */
async function remember(act, messageIds) {
  const messages = await Promise.all(messageIds.map(async (id) => ({ id, key: await keyOf(id) })));
  await keep({ act, messages, until: Date.now() + PATIENCE, hasReloaded: false });
}

/** Does what waits, if it is allowed by now. */
export function proceed() {
  last = doWaiting();
  return last;
}

/**
 * What was done by `proceed`, once: for a page that was gone when it happened.
 * @returns {Promise<Acted | null>}
 */
export async function actedMeanwhile() {
  const acted = await last;
  last = Promise.resolve(null);
  return acted;
}

/** Does not do what waits. */
export async function refuse() {
  await remembering;
  const waiting = await taken(async () => true);
  if (waiting) answer?.({ act: waiting.act, outcome: "refused", done: [], failed: 0 });
}

/** @returns {Promise<Acted | null>} */
async function doWaiting() {
  const waiting = await taken(({ act }) => messenger.permissions.contains({ permissions: [...PERMISSIONS[act]] }));
  if (!waiting) return null;
  const told = answer;
  const { act, hasReloaded } = waiting;
  if (PERMISSIONS[act].includes("accountsRead") && !hasReloaded && !(await seesFolders())) {
    await keep({ ...waiting, hasReloaded: true });
    await startAfresh();
    return null;
  }
  const acted = await done(waiting);
  told?.(acted);
  return told ? null : acted;
}

/**
 * @param {Waiting} waiting
 * @returns {Promise<Acted>}
 */
async function done({ act, messages }) {
  const present = await each(messages, async ({ id, key }) => {
    if (key === null || (await keyOf(id)) !== key) throw new Error("another message");
  });
  const { done, lacksFolder, isCopied } = await DOING[act](present.map(({ id }) => id));
  const outcome = done.length > 0 ? (lacksFolder ? "marked" : "done") : isCopied ? "copied" : "failed";
  return { act, outcome, done, failed: messages.length - done.length };
}

/**
 * The Message-ID of a message; nothing where it is gone.
 * @param {number} id
 */
async function keyOf(id) {
  try {
    return (await messenger.messages.get(id)).headerMessageId;
  } catch {
    return null;
  }
}

/**
 * @param {Waiting} waiting
 */
function keep(waiting) {
  // Not for the session alone: that ends when the add-on starts afresh.
  return messenger.storage.local.set({ [WAITING]: waiting });
}

/** @type {Promise<unknown>} One at a time: two must not take the same. */
let taking = Promise.resolve();

/**
 * Takes what waits away, where a condition holds.
 * @param {(waiting: Waiting) => Promise<boolean>} holds
 * @returns {Promise<Waiting | null>}
 */
function taken(holds) {
  const take = taking.then(async () => {
    const waiting = /** @type {Waiting | undefined} */ ((await messenger.storage.local.get(WAITING))[WAITING]);
    if (!waiting || !Object.hasOwn(PERMISSIONS, waiting.act) || !Array.isArray(waiting.messages)) return null;
    const isTimely = waiting.until >= Date.now();
    if (isTimely && !(await holds(waiting))) return null;
    await messenger.storage.local.remove(WAITING);
    return isTimely ? waiting : null;
  });
  taking = take.catch(() => undefined);
  return take;
}

/**
 * @typedef {object} Changed
 * @property {readonly number[]} done
 * @property {boolean} [lacksFolder] Whether there was no folder to move some of them to.
 * @property {boolean} [isCopied] Whether some could not be taken from where they were.
 */

/** @type {Readonly<Record<Act, (messageIds: readonly number[]) => Promise<Changed>>>} */
const DOING = {
  async junk(messageIds) {
    const marked = await each(messageIds, (id) => messenger.messages.update(id, { junk: true }));
    const changed = await moved(marked, "junk");
    return changed.lacksFolder ? { ...changed, done: marked } : changed;
  },
  trash: (messageIds) => moved(messageIds, "trash"),
  async delete(messageIds) {
    return { done: await each(messageIds, deleted) };
  },
  async tag(messageIds) {
    const name = (await readersTexts()).get("tag_name");
    return { done: await each(messageIds, (id) => putTag(id, "mekiki", name)) };
  },
};

/**
 * Moves messages to a folder of their own account: never to another account's server.
 * @param {readonly number[]} messageIds
 * @param {"junk" | "trash"} use
 * @returns {Promise<Changed>}
 */
async function moved(messageIds, use) {
  const folders = await messenger.folders.query({ specialUse: [use] });
  let lacksFolder = false;
  /** @type {Map<string, { id: number, from: string | undefined }[]>} Messages by the folder they go to. */
  const journeys = new Map();
  const present = await each(messageIds, async (id) => {
    const { folder } = await messenger.messages.get(id);
    const destination = folders.find(({ accountId }) => accountId === folder?.accountId);
    lacksFolder ||= !destination;
    if (!destination) throw new Error("no folder to go to");
    if (destination.id === folder?.id) return;
    journeys.set(destination.id, [...(journeys.get(destination.id) ?? []), { id, from: folder?.id }]);
  });
  const all = [...journeys];
  const arrived = await each(all, ([destination, leaving]) => messenger.messages.move(leaving.map(({ id }) => id), destination));
  const failed = all.filter((journey) => !arrived.includes(journey)).flatMap(([, leaving]) => leaving.map(({ id }) => id));
  const stayed = await thoseStill(arrived.flatMap(([, leaving]) => leaving));
  return { done: present.filter((id) => !failed.includes(id) && !stayed.includes(id)), lacksFolder, isCopied: stayed.length > 0 };
}

/**
 * Those of the messages that were moved which lie where they were all the same: in a folder that may only be read, the
 * server copies them and takes nothing away, and Thunderbird does not complain.
 * @param {readonly { id: number, from: string | undefined }[]} left
 * @returns {Promise<number[]>}
 */
async function thoseStill(left) {
  const end = Date.now() + SETTLING;
  let still = left;
  for (;;) {
    still = await each(still, async ({ id, from }) => {
      if ((await messenger.messages.get(id)).folder?.id !== from) throw new Error("gone");
    });
    if (still.length === 0 || Date.now() > end) return still.map(({ id }) => id);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
}

/**
 * Deletes a message for good.
 * @param {number} messageId
 */
async function deleted(messageId) {
  try {
    await messenger.messages.delete([messageId], { deletePermanently: true });
  } catch {
    // Thunderbird 128 takes a plain answer there; where the mail cannot be deleted this fails as well.
    await messenger.messages.delete([messageId], true);
  }
}

/**
 * Does something for each, one after the other: Thunderbird does it in the thread of its windows.
 * @template T
 * @param {readonly T[]} all
 * @param {(one: T) => Promise<void>} work
 * @returns {Promise<T[]>} Those for which it could be done: a message may be gone, or lie where nothing may be changed.
 */
async function each(all, work) {
  const done = [];
  for (const one of all) {
    try {
      await work(one);
      done.push(one);
    } catch {
      // Told by its absence.
    }
  }
  return done;
}

/**
 * Opens a mail to somebody who takes reports, the message as it came attached. The reader sends it, or does not.
 * @param {{ messageId: number, to: string, subject: string, body: string }} report
 */
export async function writeReport({ messageId, to, subject, body }) {
  const raw = await messenger.messages.getRaw(messageId);
  const file = new File([await raw.arrayBuffer()], "message.eml", { type: "message/rfc822" });
  await messenger.compose.beginNew(null, { to: [to], subject, plainTextBody: body, isPlainText: true, attachments: [{ file }] });
}
