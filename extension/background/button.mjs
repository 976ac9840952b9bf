/**
 * The button on the open message: icon, badge and tooltip tell the outcome. It stands outside the message, where no
 * mail can paint.
 *
 * @import {Outcome} from "../shared/levels.mjs"
 */
import { LOOKS, iconOf } from "../shared/levels.mjs";
import { loadTexts } from "../shared/texts.mjs";
import { displayedIn, dissect } from "./dissections.mjs";

/**
 * Shows the outcome for what a tab displays.
 * @param {number} tabId
 * @param {readonly MessageHeader[]} messages
 */
export async function showOnButton(tabId, messages) {
  const only = messages.length === 1 ? messages[0] : undefined;
  if (!only) return;
  const dissection = await dissect(only.id);
  // The reader may have gone on meanwhile: then the next event speaks.
  if ((await displayedIn(tabId)) !== only.id) return;
  await look(tabId, dissection.state === "report" ? dissection.report.level : "unchecked");
}

/**
 * @param {number} tabId
 * @param {Outcome} outcome
 */
async function look(tabId, outcome) {
  const texts = await loadTexts();
  const { badge, colour } = LOOKS[outcome];
  const action = messenger.messageDisplayAction;
  try {
    // The icon comes last: whoever sees it sees the rest as well.
    await Promise.all([
      action.setBadgeText({ tabId, text: badge }),
      action.setBadgeBackgroundColor({ tabId, color: colour }),
      // The words belong to the tooltip: beside the icon they would crowd the toolbar.
      action.setLabel({ tabId, label: "Mekiki" }),
      action.setTitle({ tabId, title: `Mekiki: ${texts.get(`level_${outcome}`)}` }),
    ]);
    await action.setIcon({ tabId, path: iconOf(outcome) });
  } catch {
    // The tab was closed.
  }
}
