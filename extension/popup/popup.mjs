/**
 * The dissection as the button's popup: of the message that the active tab shows.
 *
 * @import {Dissection} from "../shared/protocol.mjs"
 */
import { ask } from "../shared/protocol.mjs";
import { within } from "../shared/within.mjs";
import { show, showWaiting } from "../report/page.mjs";

/** Milliseconds after which it says what it waits for: it is never empty. */
const PATIENCE = 250;

/** Milliseconds before it asks anew, where the background page ended meanwhile. */
const PAUSE = 200;

/**
 * @param {number} tabId
 * @returns {Promise<Dissection>}
 */
async function dissectionIn(tabId) {
  for (;;) {
    try {
      return await ask("dissection-ask", { tabId });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

const [tab] = await messenger.tabs.query({ active: true, currentWindow: true });
/** @type {Promise<Dissection>} */
const asked = tab ? dissectionIn(tab.id) : Promise.resolve({ state: "no-message" });
if (tab && (await within(asked, PATIENCE, null)) === null) await showWaiting(await ask("fetched-ask", { tabId: tab.id }));
await show(asked, { isPage: false, link: null });
