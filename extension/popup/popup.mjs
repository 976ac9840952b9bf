/**
 * The dissection as the button's popup: of the message that the active tab shows.
 */
import { ask } from "../shared/protocol.mjs";
import { show } from "../report/page.mjs";

/** @returns {Promise<import("../shared/protocol.mjs").Dissection>} */
async function dissection() {
  const [tab] = await messenger.tabs.query({ active: true, currentWindow: true });
  return tab ? ask("dissection-ask", { tabId: tab.id }) : { state: "no-message" };
}

await show(dissection(), { isPage: false, link: null });
