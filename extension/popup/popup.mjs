/**
 * The dissection: as the button's popup, and as a page in a tab (`popup.html?message=ID`).
 */
import { askDissection, askDissectionOf } from "../shared/protocol.mjs";
import { loadTexts } from "../shared/texts.mjs";
import { draw } from "./view.mjs";

/** @returns {Promise<import("../shared/protocol.mjs").Dissection>} */
async function dissection() {
  const messageId = new URLSearchParams(location.search).get("message");
  if (messageId !== null) return askDissectionOf(Number(messageId));
  document.documentElement.classList.add("popup");
  const [tab] = await messenger.tabs.query({ active: true, currentWindow: true });
  return tab ? askDissection(tab.id) : { state: "no-message" };
}

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const [found, texts] = await Promise.all([dissection(), loadTexts()]);
document.documentElement.lang = texts.language;
document.documentElement.dir = texts.direction;
document.title = texts.get("report_title");
draw(main, found, texts);
