/**
 * Beginning a check of many messages from Thunderbird's menus and its toolbar. The page does the check; it is opened in
 * one tab at a time, since there is one check at a time.
 */
import { rowOf } from "../scan/rows.mjs";
import { beginCheck } from "../shared/check.mjs";

const PAGE = "scan/scan.html";

/**
 * Opens the page, to choose there what is to be checked.
 * @param {Tab | undefined} tab The one whose messages are offered.
 */
export function openCheck(tab) {
  return open(new URLSearchParams(tab ? { tab: String(tab.id) } : {}));
}

/**
 * Checks the messages that were selected.
 * @param {MessageList} selected
 */
export async function checkSelection({ messages, id = null }) {
  const rows = messages.map(rowOf);
  await closeCheck();
  const state = id ? "listing" : "running";
  await beginCheck({ origin: "selection", place: [], name: "", begun: Date.now(), isFolded: false, state, isServerSilent: false, count: rows.length, more: id }, rows);
  await open(new URLSearchParams());
}

/**
 * Checks folders, where Thunderbird tells which.
 * @param {readonly MailFolder[]} folders None where the add-on may not see them.
 */
export function checkFolders(folders) {
  const page = new URLSearchParams(folders.map(({ id }) => ["folder", id]));
  // The page says what is missing.
  if (folders.length === 0) page.set("wants", "folder");
  return open(page);
}

/**
 * @param {URLSearchParams} page
 */
async function open(page) {
  await closeCheck();
  await messenger.tabs.create({ url: messenger.runtime.getURL(`${PAGE}?${page}`) });
}

/** Closes the page where it is open: what it found is kept. */
async function closeCheck() {
  const place = messenger.runtime.getURL(PAGE);
  const tabs = await messenger.tabs.query({});
  await messenger.tabs.remove(tabs.filter(({ url }) => url?.startsWith(place)).map(({ id }) => id));
}
