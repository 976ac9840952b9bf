/**
 * What can be checked, and the messages of it.
 *
 * @import {Head} from "../shared/check.mjs"
 * @import {Page} from "./lists.mjs"
 *
 * @typedef {Pick<Head, "origin" | "place">} Source
 */
import { folderPages, pagesOf } from "./lists.mjs";

/**
 * The mail tab whose messages are offered: the one that the page was opened from, or any.
 * @param {number} wanted
 * @returns {Promise<number | null>}
 */
export async function mailTab(wanted) {
  const tabs = await messenger.tabs.query({ type: ["mail"] });
  return (tabs.find(({ id }) => id === wanted) ?? tabs[0])?.id ?? null;
}

/**
 * Every folder with mail of its own, by names as people read them; nothing where Thunderbird does not show them.
 * @returns {Promise<{ id: string, name: string }[] | null>}
 */
export async function foldersToChoose() {
  try {
    const [accounts, folders] = await Promise.all([messenger.accounts.list(), messenger.folders.query({})]);
    const names = new Map(accounts.map(({ id, name }) => [id, name]));
    return folders
      .filter(({ isVirtual, isTag, isUnified }) => !isVirtual && !isTag && !isUnified)
      .map(({ id, accountId, path, isRoot }) => ({ id, name: [names.get(accountId), ...(isRoot ? [] : (path ?? "").split("/").slice(1))].join(" › ") }));
  } catch {
    return null;
  }
}

/**
 * The check of a source, about to begin.
 * @param {Source} source
 * @returns {Promise<Head>}
 */
export async function headOf({ origin, place }) {
  const names = origin === "folder" ? await Promise.all(place.map(async (id) => (await messenger.folders.get(id)).name ?? "")) : [];
  const isFolded = origin === "list" && (await isThreaded(Number(place[0])));
  return { origin, place, name: names.join(", "), begun: Date.now(), isFolded, state: "listing", isServerSilent: false, count: 0, more: null };
}

/**
 * The messages that a check is to look at, from where their listing was interrupted, or all again.
 * @param {Head} head
 * @returns {AsyncGenerator<Page, void, void>}
 */
export async function* pagesFor({ origin, place, more }) {
  if (origin === "folder") {
    for (const id of place) yield* folderPages(id, (await messenger.folders.get(id)).isRoot ?? false);
    return;
  }
  const tab = Number(place[0]);
  if (more !== null) yield* pagesOf(messenger.messages.continueList(more));
  else if (origin === "list") yield* pagesOf(messenger.mailTabs.getListedMessages(tab));
  else if (place.length > 0) yield* pagesOf(messenger.mailTabs.getSelectedMessages(tab));
}

/**
 * Whether a mail tab lists conversations, of which one that is folded up gives its first message alone.
 * @param {number} tabId
 */
async function isThreaded(tabId) {
  try {
    return (await messenger.mailTabs.get(tabId)).groupType !== "ungrouped";
  } catch {
    // Thunderbird does not tell where the add-on may see folders but did not when it started.
    return true;
  }
}
