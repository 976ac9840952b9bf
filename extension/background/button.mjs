/**
 * The button on the open message: icon, badge and tooltip tell the outcome. It stands outside the message, where no
 * mail can paint.
 *
 * @import {Outcome} from "../shared/levels.mjs"
 * @import {Cause} from "../shared/protocol.mjs"
 */
import { LOOKS, iconOf } from "../shared/levels.mjs";
import { causeKey } from "../shared/texts.mjs";
import { displayedIn, dissect } from "./dissections.mjs";
import { readersTexts } from "./words.mjs";

/**
 * Shows the outcome for what a tab displays.
 * @param {number} tabId
 * @param {readonly { readonly id: number }[]} messages
 */
export async function showOnButton(tabId, messages) {
  const only = messages.length === 1 ? messages[0] : undefined;
  if (!only) return;
  try {
    // The tab may be the one of the message before, whose outcome is no longer true.
    await clear(tabId);
    const [dissection, texts] = await Promise.all([dissect(only.id), readersTexts()]);
    // The reader may have gone on meanwhile: then the next event speaks.
    if ((await displayedIn(tabId)) !== only.id) return;
    if (dissection.state === "report") {
      const { level } = dissection.report;
      await look(tabId, level, texts.get(`level_${level}`));
    } else {
      await showUnchecked(tabId, dissection.cause);
    }
  } catch {
    // The tab was closed.
  }
}

/** Has the button of every tab tell the outcome of what it shows anew. */
export async function showAgain() {
  const tabs = await messenger.tabs.query({ type: ["mail", "messageDisplay"] });
  await Promise.all(
    tabs.map(async ({ id }) => {
      const shown = await displayedIn(id);
      if (shown !== null) await showOnButton(id, [{ id: shown }]);
    }),
  );
}

/**
 * Shows that what a tab displays could not be checked, and why.
 * @param {number} tabId
 * @param {Cause} cause
 */
export async function showUnchecked(tabId, cause) {
  const texts = await readersTexts();
  await look(tabId, "unchecked", `${texts.get(causeKey(cause))} ${texts.get("level_unchecked")}`);
}

/**
 * @param {number} tabId
 */
async function clear(tabId) {
  const action = messenger.messageDisplayAction;
  // The words go first, as they come last: they never stand beside another message's icon.
  await action.setTitle({ tabId, title: "" });
  await Promise.all([action.setBadgeText({ tabId, text: "" }), action.setIcon({ tabId, path: iconOf("none") })]);
}

/**
 * @param {number} tabId
 * @param {Outcome} outcome
 * @param {string} words
 */
async function look(tabId, outcome, words) {
  const { badge, colour } = LOOKS[outcome];
  const action = messenger.messageDisplayAction;
  // The words come last: whoever reads them sees the rest as well.
  await Promise.all([
    action.setBadgeText({ tabId, text: badge }),
    action.setBadgeBackgroundColor({ tabId, color: colour }),
    action.setIcon({ tabId, path: iconOf(outcome) }),
    action.setLabel({ tabId, label: "Mekiki" }),
  ]);
  // They belong to the tooltip: beside the icon they would crowd the toolbar.
  await action.setTitle({ tabId, title: `Mekiki: ${words}` });
}
