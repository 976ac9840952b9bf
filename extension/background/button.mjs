/**
 * The button on the open message: icon, badge and tooltip tell the outcome. It stands outside the message, where no
 * mail can paint.
 *
 * @import {Look} from "../shared/levels.mjs"
 * @import {Cause} from "../shared/protocol.mjs"
 */
import { LOOKS, iconOf } from "../shared/levels.mjs";
import { causeKey } from "../shared/texts.mjs";
import { dissect } from "./dissections.mjs";
import { displayedIn, loadedIn } from "./shown.mjs";
import { readersTexts } from "./words.mjs";

/** @type {Map<number, number>} How often each tab's button was set: what is overtaken is not shown any more. */
const turns = new Map();

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
    const turn = await clear(tabId);
    const [dissection, texts] = await Promise.all([dissect(only.id), readersTexts()]);
    // The reader may have gone on meanwhile: then the next event speaks.
    if (turns.get(tabId) !== turn || (await displayedIn(tabId)) !== only.id || turns.get(tabId) !== turn) return;
    switch (dissection.state) {
      case "report":
        return await look(tabId, dissection.report.level, texts.get(`level_${dissection.report.level}`));
      case "not-received":
        return await look(tabId, "none", texts.get("not_received"));
      case "failed":
        return await showUnchecked(tabId, dissection.cause);
    }
  } catch {
    // The tab was closed.
  }
}

/**
 * Shows that nothing is known yet of what a tab is going to display, and its outcome once Thunderbird has it: it may take
 * long to be fetched.
 * @param {number} tabId
 */
export async function expectOnButton(tabId) {
  try {
    const turn = await clear(tabId);
    const messageId = await loadedIn(tabId);
    if (messageId !== null && turns.get(tabId) === turn) await showOnButton(tabId, [{ id: messageId }]);
  } catch {
    // The tab was closed.
  }
}

/** Has the banner of every tab ask anew what it is to say: what it said rests on what has changed. */
export async function tellBanners() {
  const tabs = await messenger.tabs.query({ type: ["mail", "messageDisplay"] });
  // A tab may show no mail.
  await Promise.allSettled(tabs.map(({ id }) => messenger.tabs.sendMessage(id, { kind: "banner-again" })));
}

/** Has the button, and the banner, of every tab tell the outcome of what it shows anew. */
export async function showAgain() {
  void tellBanners();
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
 * Takes away what the button tells of the message before.
 * @param {number} tabId
 * @returns {Promise<number>} The turn that this is.
 */
async function clear(tabId) {
  const turn = (turns.get(tabId) ?? 0) + 1;
  turns.set(tabId, turn);
  await look(tabId, "fetching", (await readersTexts()).get("fetching"));
  return turn;
}

/**
 * @param {number} tabId
 * @param {Look} which
 * @param {string} words
 */
async function look(tabId, which, words) {
  const { badge, colour } = LOOKS[which];
  const action = messenger.messageDisplayAction;
  // The words belong to the tooltip: beside the icon they would crowd the toolbar.
  await action.setTitle({ tabId, title: `Mekiki: ${words}` });
  await Promise.all([
    action.setBadgeText({ tabId, text: badge }),
    action.setBadgeBackgroundColor({ tabId, color: colour }),
    action.setLabel({ tabId, label: "Mekiki" }),
  ]);
  // The icon comes last: whoever sees it finds the rest as well.
  await action.setIcon({ tabId, path: iconOf(which) });
}
