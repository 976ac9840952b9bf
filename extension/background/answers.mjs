/**
 * Answers to the banner, the popup and the add-on's pages.
 *
 * @import {BannerContent, Dissected, Message, PolicyView} from "../shared/protocol.mjs"
 */
import { loadPolicy } from "../shared/policy.mjs";
import { loadSettings, saveSettings } from "../shared/settings.mjs";
import { causeKey, cut, escaped } from "../shared/texts.mjs";
import { act, actedMeanwhile, refuse, writeReport } from "./acts.mjs";
import { seesFolders, startAfresh } from "./afresh.mjs";
import { showUnchecked } from "./button.mjs";
import { readersSide } from "./context.mjs";
import { displayedIn, dissect, dissectDisplayed, dissectExample, forgetDissections, isUndescribed } from "./dissections.mjs";
import { heldLink } from "./held.mjs";
import { correctReceiver, learnedReceivers } from "./receivers.mjs";
import { bannerStyles } from "./styles.mjs";
import { block, trust } from "./trust.mjs";
import { readersTexts } from "./words.mjs";

/** Pieces of evidence that the banner shows. */
const MOST_EVIDENCE = 3;

/**
 * @param {Message} message
 * @param {MessageSender} sender
 * @returns {Promise<unknown>}
 */
export async function answer(message, sender) {
  switch (message.kind) {
    case "banner-ask":
      return sender.tab ? bannerFor(sender.tab.id) : null;
    case "banner-details":
      if (sender.tab) await openDetails(sender.tab);
      return null;
    case "banner-overdue":
      return sender.tab ? overdueFor(sender.tab.id) : null;
    case "link-ask":
      return sender.tab ? heldLink(sender.tab.id, message.url) : null;
    case "link-open":
      if (sender.tab) await messenger.windows.openDefaultBrowser(message.url);
      return null;
    case "dissection-ask":
      return dissectDisplayed(message.tabId);
    case "dissection-of":
      return dissect(message.messageId);
    case "settings-ask":
      return loadSettings();
    case "settings-change":
      return saveSettings(message.changes);
    case "act":
      return act(message.act, message.messageIds);
    case "acted-ask":
      return actedMeanwhile();
    case "act-refused":
      await refuse();
      return null;
    case "afresh":
      if (await seesFolders()) return false;
      await startAfresh();
      return true;
    case "context-ask":
      return readersSide(await messenger.messages.get(message.messageId));
    case "policy-ask": {
      const { locked, problems } = await loadPolicy();
      return /** @type {PolicyView} */ ({ locked: Object.keys(locked), problems });
    }
    case "receivers-ask":
      return learnedReceivers();
    case "receiver-correct": {
      const learned = await correctReceiver(message.host, message.use);
      forgetDissections();
      return learned;
    }
    case "example-ask":
      return dissectExample();
    case "block":
      return block(message.messageId, message.isBlocked);
    case "trust":
      return trust(message.messageId, message.isTrusted);
    case "report-mail":
      await writeReport(message);
      return null;
  }
}

/**
 * What the banner of the message shown in a tab says; nothing below the level that the reader chose.
 * @param {number} tabId
 * @returns {Promise<BannerContent | null>}
 */
async function bannerFor(tabId) {
  const messageId = await displayedIn(tabId);
  if (messageId === null) return null;
  const dissection = await dissect(messageId);
  if (dissection.state !== "report") return null;
  const { level } = dissection.report;
  const { bannerFrom } = await loadSettings();
  const isAccused = level === "dangerous" || (level === "suspicious" && bannerFrom !== "dangerous");
  if (!isAccused && dissection.blocked === null) return null;
  const wanted = isAccused ? contentOf(dissection, level) : contentOfBlocked(dissection.blocked ?? "");
  const [content, isReady] = await Promise.all([wanted, prepare(tabId)]);
  if (!isReady) return null;
  // The reader may have gone on meanwhile: one message's banner never stands on another.
  return (await displayedIn(tabId)) === messageId ? content : null;
}

/**
 * What the banner says of a message that Thunderbird tells add-ons nothing of; nothing where it does. Other failures
 * have honest causes; such mail is built to be so.
 * @param {number} tabId
 * @returns {Promise<BannerContent | null>}
 */
async function overdueFor(tabId) {
  if (!(await isUndescribed(tabId)) || !(await prepare(tabId))) return null;
  const texts = await readersTexts();
  // Nothing else tells the button of it: it would still show the message before.
  await showUnchecked(tabId, "undescribed");
  const sentence = texts.get("level_because", [texts.get("level_unchecked"), texts.get(causeKey("undescribed"))]);
  return { ...faceOf(texts), level: "suspicious", sentence, evidence: [], holdsLinks: false };
}

/**
 * Makes the page of a message ready for the banner.
 * @param {number} tabId
 * @returns {Promise<boolean>} Not where the tab was closed.
 */
async function prepare(tabId) {
  try {
    await messenger.scripting.insertCSS({ target: { tabId }, origin: "USER", css: await bannerStyles() });
    return true;
  } catch {
    return false;
  }
}

/**
 * The words that every banner has.
 * @param {import("../shared/texts.mjs").Texts} texts
 */
function faceOf(texts) {
  return {
    label: texts.get("extension_name"),
    details: texts.get("banner_details"),
    dismiss: texts.get("banner_dismiss"),
    language: texts.language,
    direction: texts.direction,
  };
}

/**
 * @param {Dissected} dissection
 * @param {"suspicious" | "dangerous"} level
 * @returns {Promise<BannerContent>}
 */
async function contentOf({ report }, level) {
  const texts = await readersTexts();
  const evidence = report.signs
    .filter((finding) => finding.weight > 0)
    .slice(0, MOST_EVIDENCE)
    .map((finding) => ({ sign: finding.id, pieces: texts.summaryOf(finding) }));
  const holdsLinks = level === "dangerous" && (await loadSettings()).holdLinks;
  return { ...faceOf(texts), level, sentence: texts.get(`level_${level}`), evidence, holdsLinks };
}

/**
 * What the banner says of a mail that nothing else is held against.
 * @param {string} blocked The entry by which its sender is blocked.
 * @returns {Promise<BannerContent>}
 */
async function contentOfBlocked(blocked) {
  const texts = await readersTexts();
  return { ...faceOf(texts), level: "suspicious", sentence: texts.get("blocked_banner", [cut(escaped(blocked))]), evidence: [], holdsLinks: false };
}

/**
 * Opens the dissection: as the button's popup, or in a tab where that cannot be.
 * @param {Tab} tab
 */
async function openDetails(tab) {
  // Not waited for: of a message that is built for that, Thunderbird never tells.
  const displayed = displayedIn(tab.id);
  try {
    if (await messenger.messageDisplayAction.openPopup({ windowId: tab.windowId })) return;
  } catch {
    // No button there: it was taken off the toolbar.
  }
  const messageId = await displayed;
  if (messageId !== null) {
    await messenger.tabs.create({ url: messenger.runtime.getURL(`report/report.html?message=${messageId}`) });
  }
}
