/**
 * The context menus: on a message in a list, and on a link in a message.
 */
import { displayedIn } from "./dissections.mjs";
import { readersTexts } from "./words.mjs";

/** @type {readonly { id: string, key: string, contexts: string[] }[]} */
const ENTRIES = [
  { id: "dissect", key: "menu_dissect", contexts: ["message_list"] },
  { id: "link", key: "menu_link", contexts: ["link"] },
];

/** Makes the menus. Thunderbird keeps them from then on. */
export async function prepareMenus() {
  const texts = await readersTexts();
  await messenger.menus.removeAll();
  for (const { id, key, contexts } of ENTRIES) messenger.menus.create({ id, title: texts.get(key), contexts });
}

/** Gives the menus their words anew: the reader may have chosen another language. */
export async function renameMenus() {
  const texts = await readersTexts();
  await Promise.all(ENTRIES.map(({ id, key }) => messenger.menus.update(id, { title: texts.get(key) })));
}

/**
 * @param {MenuClick} click
 * @param {Tab | undefined} tab
 */
export async function answerMenu(click, tab) {
  const messageId = click.menuItemId === "dissect" ? click.selectedMessages?.messages[0]?.id : tab && (await displayedIn(tab.id));
  if (messageId === undefined || messageId === null) return;
  const page = new URLSearchParams({ message: String(messageId) });
  if (click.menuItemId === "link" && click.linkUrl) page.set("link", click.linkUrl);
  await messenger.tabs.create({ url: messenger.runtime.getURL(`report/report.html?${page}`) });
}
