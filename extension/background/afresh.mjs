/**
 * Starting the add-on afresh: Thunderbird 140 and 153 show their folders to an add-on only if that was allowed when it
 * started. Thunderbird then closes the add-on's pages, so they are opened again.
 */

/** Under what the pages are remembered. */
const PAGES = "pages";

/** Milliseconds after which they are not wanted any more. */
const PATIENCE = 60_000;

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
  const base = messenger.runtime.getURL("");
  const tabs = await messenger.tabs.query({});
  const pages = tabs.flatMap(({ url }) => (url?.startsWith(base) ? [url.slice(base.length)] : []));
  // Not for the session alone: that ends when the add-on starts afresh.
  await messenger.storage.local.set({ [PAGES]: { pages, until: Date.now() + PATIENCE } });
  messenger.runtime.reload();
}

/** Opens the pages again that were open when the add-on ended. */
export async function bringBack() {
  const found = /** @type {{ pages: string[], until: number } | undefined} */ ((await messenger.storage.local.get(PAGES))[PAGES]);
  if (!found) return;
  await messenger.storage.local.remove(PAGES);
  if (found.until < Date.now()) return;
  for (const page of found.pages) await messenger.tabs.create({ url: messenger.runtime.getURL(page) });
}
