/**
 * Doing something about a message for the reader. Each act needs permissions that are asked for in the popup when it is
 * wanted; Thunderbird may close the popup over its question, so what is wanted is remembered here, past the end of this
 * page as well.
 *
 * @import {Act, ActOutcome} from "../shared/acts.mjs"
 */
import { PERMISSIONS } from "../shared/acts.mjs";
import { readersTexts } from "./words.mjs";

/** Under what the act that waits for its permissions is remembered. */
const WAITING = "waiting";

/** How long it waits: a permission given later was given for something else. In milliseconds. */
const PATIENCE = 5 * 60_000;

/** The tag's key. */
const TAG = "mekiki";
const TAG_COLOUR = "#B3001B";

/**
 * @typedef {object} Waiting
 * @property {Act} act
 * @property {number} messageId
 * @property {string} headerMessageId The number may be another message's by then, once Thunderbird was closed.
 * @property {number} until
 * @property {boolean} hasReloaded
 */

/** @type {(outcome: ActOutcome) => void} Tells who asked, while that one is still there. */
let answer = () => undefined;

/**
 * Does something, at once or when it is allowed.
 * @param {Act} act
 * @param {number} messageId
 * @returns {Promise<ActOutcome>}
 */
export async function act(act, messageId) {
  await refuse();
  /** @type {Promise<ActOutcome>} */
  const outcome = new Promise((resolve) => (answer = resolve));
  const { headerMessageId } = await messenger.messages.get(messageId);
  await keep({ act, messageId, headerMessageId, until: Date.now() + PATIENCE, hasReloaded: false });
  await proceed();
  return outcome;
}

/** Does what waits, if it is allowed by now. */
export async function proceed() {
  const waiting = await taken(({ act }) => messenger.permissions.contains({ permissions: [...PERMISSIONS[act]] }));
  if (!waiting) return;
  const told = answer;
  try {
    const { headerMessageId } = await messenger.messages.get(waiting.messageId);
    if (headerMessageId !== waiting.headerMessageId) return;
    if (!(await seesFolders(waiting))) {
      // Thunderbird shows its folders to an add-on only if that was allowed when the add-on started.
      await keep({ ...waiting, hasReloaded: true });
      messenger.runtime.reload();
      return;
    }
    told(await DOING[waiting.act](waiting.messageId));
  } catch {
    // The message is gone, or lies where nothing may be changed.
    told("failed");
  }
}

/** Does not do what waits. */
export async function refuse() {
  if (await taken(async () => true)) answer("refused");
}

/**
 * Whether the folders that an act needs can be seen, or starting afresh did not help.
 * @param {Waiting} waiting
 */
async function seesFolders({ act, hasReloaded }) {
  if (hasReloaded || !PERMISSIONS[act].includes("accountsRead")) return true;
  try {
    await messenger.folders.query({ specialUse: ["trash"] });
    return true;
  } catch {
    return false;
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
    if (!waiting || !Object.hasOwn(PERMISSIONS, waiting.act)) return null;
    const isTimely = waiting.until >= Date.now();
    if (isTimely && !(await holds(waiting))) return null;
    await messenger.storage.local.remove(WAITING);
    return isTimely ? waiting : null;
  });
  taking = take.catch(() => undefined);
  return take;
}

/** @type {Readonly<Record<Act, (messageId: number) => Promise<ActOutcome>>>} */
const DOING = {
  async junk(messageId) {
    await messenger.messages.update(messageId, { junk: true });
    return (await moved(messageId, "junk")) ? "done" : "marked";
  },
  async trash(messageId) {
    return (await moved(messageId, "trash")) ? "done" : "failed";
  },
  async delete(messageId) {
    try {
      await messenger.messages.delete([messageId], { deletePermanently: true });
    } catch {
      // Thunderbird 128 takes a plain answer there; where the mail cannot be deleted this fails as well.
      await messenger.messages.delete([messageId], true);
    }
    return "done";
  },
  async tag(messageId) {
    const texts = await readersTexts();
    try {
      await messenger.messages.tags.create(TAG, texts.get("tag_name"), TAG_COLOUR);
    } catch {
      // It is there already.
    }
    const { tags = [] } = await messenger.messages.get(messageId);
    await messenger.messages.update(messageId, { tags: [...new Set([...tags, TAG])] });
    return "done";
  },
};

/**
 * Moves a message to a folder of its own account, or where that has none, of another.
 * @param {number} messageId
 * @param {"junk" | "trash"} use
 * @returns {Promise<boolean>} Whether there is such a folder.
 */
async function moved(messageId, use) {
  const { folder } = await messenger.messages.get(messageId);
  const folders = await messenger.folders.query({ specialUse: [use] });
  const destination = folders.find(({ accountId }) => accountId === folder?.accountId) ?? folders[0];
  if (!destination) return false;
  if (destination.id !== folder?.id) await messenger.messages.move([messageId], destination.id);
  return true;
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
