/**
 * New mail looked at as it arrives, where the reader wants that: what may be an impersonation is tagged, or told. Whatever
 * else arrives leaves no trace: nothing is ever called fine.
 *
 * Thunderbird tells of new mail in inboxes and in folders without a use of their own; junk, trash, drafts and sent mail
 * are none. Mail from the reader's own address is looked at like any other: forgers like to write it.
 *
 * @import {Dissected} from "../shared/protocol.mjs"
 */
import { iconOf, isAccused } from "../shared/levels.mjs";
import { loadSettings } from "../shared/settings.mjs";
import { cut, visible } from "../shared/texts.mjs";
import { ARRIVALS } from "../shared/arrivals.mjs";
import { dissectWhole } from "./dissections.mjs";
import { NO_MAIL } from "./received.mjs";
import { putTag } from "./tags.mjs";
import { readersTexts } from "./words.mjs";

/** Most mails that a notification names. */
const MOST = 3;

/** From so many on that arrive at once, it may be a mailbox that is seen for the first time: its old mail is left alone. */
const MANY = 20;

/** Most mails that are looked at of those that arrive at once. Each may have to be fetched. */
const MOST_AT_ONCE = 50;

/** Milliseconds after which a mail is old. */
const OLD = 3 * 86_400_000;

/** Milliseconds before those are looked at again whose source could not be read: they may still be on their way. */
const AGAIN = [2_000, 10_000, 20_000];

/** Under what it is remembered, while Thunderbird runs, of which mails was told; and how many. */
const TOLD = "told";
const MOST_TOLD = 200;

/** What stands before the number of a message in the name of the notification that leads to it. */
const NAME = "mail-";

/** Listens for new mail, and for clicks on what was told of it, as far as that is allowed by now. */
export function watchArrivals() {
  // The same listeners each time: an event keeps each once.
  messenger.messages.onNewMailReceived?.addListener(arrived);
  messenger.notifications?.onClicked.addListener(opened);
}

/**
 * @param {MailFolder} folder
 * @param {MessageList} list
 */
async function arrived(folder, list) {
  const [tags, notifies] = await Promise.all([isOn("tagArrivals"), isOn("notifyArrivals")]);
  if (!tags && !notifies) return;
  const account = await messenger.accounts.get(folder.accountId);
  if (account && NO_MAIL.includes(account.type)) return;
  const messages = [];
  for await (const message of everyOf(list)) messages.push(message);
  const isYoung = (/** @type {MessageHeader} */ { date }) => messages.length < MANY || date.getTime() > Date.now() - OLD;
  let left = messages.filter(isYoung).slice(0, MOST_AT_ONCE);
  for (const wait of [0, ...AGAIN]) {
    if (left.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, wait));
    const found = [];
    const absent = [];
    for (const message of left) {
      const dissection = await dissectWhole(message.id);
      if (dissection.state === "failed" && ["unreadable", "incomplete"].includes(dissection.cause)) absent.push(message);
      if (dissection.state !== "report" || !isAccused(dissection.report.level)) continue;
      if (tags) await tag(dissection);
      // What is known as junk already disturbs nobody.
      if (!message.junk) found.push(dissection);
    }
    left = absent;
    const untold = notifies ? await withoutTold(found) : [];
    if (untold.length > 0) await notify(untold);
  }
}

/**
 * Those of which was not told yet: filters and servers that keep a mail in several folders have it arrive several times.
 * The same is what is the same in all that is told of it.
 * @param {readonly Dissected[]} found
 */
async function withoutTold(found) {
  const known = (await messenger.storage.session.get(TOLD))[TOLD];
  const told = new Set(Array.isArray(known) ? known : []);
  const untold = [];
  for (const dissection of found) {
    const { from, subject, date, level, header } = dissection.report;
    const mark = JSON.stringify([from?.name, from?.address, subject, date, level, header.find(({ name }) => name.toLowerCase() === "message-id")?.value]);
    if (told.has(mark)) continue;
    told.add(mark);
    untold.push(dissection);
  }
  await messenger.storage.session.set({ [TOLD]: [...told].slice(-MOST_TOLD) });
  return untold;
}

/**
 * Whether something is wanted and still allowed.
 * @param {keyof typeof ARRIVALS} setting
 */
async function isOn(setting) {
  return (await loadSettings())[setting] && (await messenger.permissions.contains({ permissions: [...ARRIVALS[setting]] }));
}

/**
 * The messages of a list, to its end.
 * @param {MessageList} first
 */
async function* everyOf(first) {
  let list = first;
  for (;;) {
    yield* list.messages;
    if (!list.id) return;
    list = await messenger.messages.continueList(list.id);
  }
}

/**
 * @param {Dissected} dissection
 */
async function tag({ messageId, report }) {
  try {
    await putTag(messageId, `mekiki-${report.level}`, (await readersTexts()).get(`arrival_tag_${report.level}`));
  } catch {
    // The message is gone, or lies where nothing may be changed: it is judged again when it is opened.
  }
}

/**
 * Tells of mail that arrived, the gravest first. The words are plain text; the sender's stand in quotation marks.
 * @param {Dissected[]} found
 */
async function notify(found) {
  const texts = await readersTexts();
  const sorted = found.toSorted((one, other) => other.report.score - one.report.score);
  const [first] = sorted;
  if (!first) return;
  const lines = sorted.slice(0, MOST).map(({ report }) => {
    const words = report.from?.name || report.from?.address || "?";
    return texts.get("arrival_line", [visible(cut(words)), texts.get(`scan_outcome_${report.level}`)]);
  });
  if (sorted.length > MOST) lines.push(texts.get("summary_more", [String(sorted.length - MOST)]));
  await messenger.notifications?.create(`${NAME}${first.messageId}`, {
    type: "basic",
    iconUrl: messenger.runtime.getURL(iconOf(first.report.level)),
    title: texts.get(sorted.length > 1 ? "arrival_title_several" : "arrival_title", [String(sorted.length)]),
    message: lines.join("\n"),
  });
}

/**
 * Opens the message that a notification told of.
 * @param {string} name
 */
async function opened(name) {
  const messageId = Number(name.slice(NAME.length));
  if (!name.startsWith(NAME) || !Number.isInteger(messageId)) return;
  try {
    await messenger.messageDisplay.open({ messageId, location: "tab" });
  } catch {
    // It is gone.
  }
}
