/**
 * Getting the banner's script into displayed messages: into those to come, and into those already open.
 */
import { showOnButton } from "./button.mjs";

const FILES = ["banner/frames.js", "banner/face.js", "banner/hold.js", "banner/links.js", "banner/banner.js"];

const SCRIPT = { id: "banner", js: FILES, runAt: "document_start" };

/** Kinds of tabs that show messages. */
const TYPES = ["mail", "messageDisplay"];

/** Registers the script, once for each start of the add-on, and reaches the messages that are open by then. */
export async function prepareBanner() {
  const known = await messenger.scripting.messageDisplay.getRegisteredScripts();
  if (known.some(({ id }) => id === SCRIPT.id)) return;
  try {
    await messenger.scripting.messageDisplay.registerScripts([SCRIPT]);
  } catch (error) {
    // Woken twice at once: the other was quicker.
    if ((await messenger.scripting.messageDisplay.getRegisteredScripts()).length === 0) throw error;
    return;
  }
  const tabs = await messenger.tabs.query({ type: TYPES });
  await Promise.all(tabs.map((tab) => reach(tab.id)));
}

/**
 * @param {number} tabId
 */
async function reach(tabId) {
  try {
    const { messages } = await messenger.messageDisplay.getDisplayedMessages(tabId);
    if (messages.length !== 1) return;
    await messenger.scripting.executeScript({ target: { tabId }, files: SCRIPT.js });
    await showOnButton(tabId, messages);
  } catch {
    // A tab without a message has no page to run in.
  }
}
