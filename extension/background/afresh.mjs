/**
 * Starting the add-on afresh: Thunderbird 140 and 153 show their folders to an add-on only if that was allowed when it
 * started. Until then more fails than what needs folders: no click in a menu reaches the add-on. Thunderbird closes the
 * add-on's pages meanwhile, so they are opened again.
 */
import { IDENTITIES_PERMISSION } from "../shared/identities.mjs";

/** Under what the pages are remembered. */
const PAGES = "pages";

/** Milliseconds after which they are not wanted any more. */
const PATIENCE = 60_000;

/** Under what it is remembered when the add-on last started afresh unasked. */
const UNASKED = "afresh";

/** Milliseconds between two such starts: one that does not help is not tried again and again. */
const REST = 3_600_000;

/** Whether Thunderbird shows its folders. */
export async function seesFolders() {
  try {
    await messenger.folders.query({ specialUse: ["trash"] });
    return true;
  } catch {
    return false;
  }
}

/** Ends the add-on and has it start again. */
export async function startAfresh() {
  // Not for the session alone: that ends when the add-on starts afresh.
  await messenger.storage.local.set({ [PAGES]: { pages: await openPages(), until: Date.now() + PATIENCE } });
  messenger.runtime.reload();
}

/** The same unasked, where folders were allowed after the add-on started, and where it disturbs nobody. */
export async function startAfreshUnseen() {
  if (!(await messenger.permissions.contains(IDENTITIES_PERMISSION)) || (await seesFolders())) return;
  const last = Number((await messenger.storage.local.get(UNASKED))[UNASKED] ?? 0);
  if (Date.now() - last < REST || (await openPages()).length > 0) return;
  await messenger.storage.local.set({ [UNASKED]: Date.now() });
  messenger.runtime.reload();
}

/** The add-on's own pages that are open in tabs, with what is asked of them. */
async function openPages() {
  const base = messenger.runtime.getURL("");
  const tabs = await messenger.tabs.query({});
  return tabs.flatMap(({ url }) => (url?.startsWith(base) ? [url.slice(base.length)] : []));
}

/** Opens the pages again that were open when the add-on ended. */
export async function bringBack() {
  const found = /** @type {{ pages: string[], until: number } | undefined} */ ((await messenger.storage.local.get(PAGES))[PAGES]);
  if (!found) return;
  await messenger.storage.local.remove(PAGES);
  if (found.until < Date.now()) return;
  for (const page of found.pages) await messenger.tabs.create({ url: messenger.runtime.getURL(page) });
}
