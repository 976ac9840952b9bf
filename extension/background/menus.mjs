/**
 * The menus: of messages in a list, of a link in a message, of a folder, and the entry among the tools.
 */
import { displayedIn } from "./shown.mjs";
import { checkFolders, checkSelection, openCheck } from "./many.mjs";
import { readersTexts } from "./words.mjs";

/** @type {readonly { id: string, key: string, contexts: string[] }[]} */
const ENTRIES = [
  { id: "dissect", key: "menu_dissect", contexts: ["message_list"] },
  { id: "link", key: "menu_link", contexts: ["link"] },
  { id: "selection", key: "menu_selection", contexts: ["message_list"] },
  { id: "folder", key: "menu_folder", contexts: ["folder_pane"] },
  { id: "many", key: "menu_many", contexts: ["tools_menu"] },
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
  switch (click.menuItemId) {
    case "dissect":
      return openDissection(click.selectedMessages?.messages[0]?.id ?? null, null);
    case "link":
      return openDissection(tab ? await displayedIn(tab.id) : null, click.linkUrl ?? null);
    case "selection":
      return click.selectedMessages && checkSelection(click.selectedMessages);
    case "folder":
      return checkFolders(click.selectedFolders ?? []);
    case "many":
      return openCheck(tab);
  }
}

/**
 * @param {number | null} messageId
 * @param {string | null} link
 */
async function openDissection(messageId, link) {
  if (messageId === null) return;
  const page = new URLSearchParams({ message: String(messageId) });
  if (link) page.set("link", link);
  await messenger.tabs.create({ url: messenger.runtime.getURL(`report/report.html?${page}`) });
}
