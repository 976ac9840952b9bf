/**
 * Answers to the banner, the popup and the add-on's pages.
 *
 * @import {Answer, Kind, Message, MessageOf} from "../shared/messages.d.ts"
 * @import {BannerContent, Cause, Dissected} from "../shared/protocol.mjs"
 */
import { PERMISSIONS } from "../shared/acts.mjs";
import { loadPolicy } from "../shared/policy.mjs";
import { loadSettings, saveSettings } from "../shared/settings.mjs";
import { causeKey, cut, visible } from "../shared/texts.mjs";
import { act, actedMeanwhile, refuse, writeReport } from "./acts.mjs";
import { seesFolders, startAfresh } from "./afresh.mjs";
import { expectOnButton, showOnButton, showUnchecked, tellBanners } from "./button.mjs";
import { readersSide } from "./context.mjs";
import { dissect, dissectExample, dissectInTime, dissectWhole, forgetDissections, lookUp } from "./dissections.mjs";
import { heldLink } from "./held.mjs";
import { freeJudge } from "./judges.mjs";
import { maskedOf, publishedOf } from "./published.mjs";
import { correctReceiver, learnedReceivers } from "./receivers.mjs";
import { displayedIn, isUndescribed } from "./shown.mjs";
import { bannerStyles } from "./styles.mjs";
import { block, hide, trust } from "./trust.mjs";
import { dissectDisplayed, dissectShown, isFetchedIn } from "./waiting.mjs";
import { readersTexts } from "./words.mjs";

/** Causes that honest mail does not have: what is built not to be checked is told in the banner. */
const EVASIVE = new Set(["broken-down", "too-slow"]);

/** @type {{ readonly [K in Kind]: (message: MessageOf<K>, tab: Tab | undefined) => Answer<K> | null | Promise<Answer<K> | null> }} */
const ANSWERS = {
  "banner-ask": (_, tab) => {
    if (!tab) return null;
    // In a list of messages the selection told it before.
    if (tab.type === "messageDisplay") void expectOnButton(tab.id);
    return bannerFor(tab.id, dissectInTime);
  },
  "banner-late": (_, tab) => (tab ? bannerFor(tab.id, dissect) : null),
  "banner-overdue": (_, tab) => (tab ? overdueFor(tab.id) : null),
  "banner-details": async (_, tab) => {
    if (tab) await openDetails(tab);
    return null;
  },
  "banner-junk": async (_, tab) => {
    if (tab) await junkDisplayed(tab.id);
    return null;
  },
  "banner-genuine": async (_, tab) => {
    if (tab) await openPage(displayedIn(tab.id), "genuine");
    return null;
  },
  "link-ask": ({ url }, tab) => heldLink(url, tab),
  "link-open": async ({ url }) => {
    if (leadsToWeb(url)) await messenger.windows.openDefaultBrowser(url);
    return null;
  },
  "dissection-ask": ({ tabId }) => dissectDisplayed(tabId),
  "fetched-ask": ({ tabId }) => isFetchedIn(tabId),
  "dissection-of": ({ messageId }) => dissectWhole(messageId),
  "sought-ask": ({ url }) => freeJudge().linkOf(url),
  "example-ask": dissectExample,
  "settings-ask": loadSettings,
  "settings-change": ({ changes }) => saveSettings(changes),
  "policy-ask": async () => {
    const { locked, problems } = await loadPolicy();
    return { locked: Object.keys(locked), problems };
  },
  "receivers-ask": learnedReceivers,
  "receiver-correct": async ({ host, use }) => {
    const learned = await correctReceiver(host, use);
    forgetDissections();
    return learned;
  },
  act: (message) => act(message.act, message.messageIds),
  "act-refused": async () => {
    await refuse();
    return null;
  },
  "acted-ask": actedMeanwhile,
  afresh: async () => {
    if (await seesFolders()) return false;
    await startAfresh();
    return true;
  },
  "context-ask": async ({ messageId, author }) => readersSide(await messenger.messages.get(messageId), Promise.resolve(author)),
  trust: ({ messageId, isTrusted }) => trust(messageId, isTrusted),
  hide: async ({ messageId, isHidden }) => {
    const dissection = await hide(messageId, isHidden);
    void tellBanners();
    return dissection;
  },
  block: ({ messageId, isBlocked }) => block(messageId, isBlocked),
  publish: ({ messageId, format, map }) => publishedOf(messageId, format, map),
  mask: ({ messageId, texts }) => maskedOf(messageId, texts),
  "look-up": ({ messageId }) => lookUp(messageId),
  "report-mail": async (message) => {
    await writeReport(message);
    return null;
  },
};

/**
 * @param {Message} message
 * @param {MessageSender} sender
 * @returns {Promise<unknown>}
 */
export async function answer(message, { tab }) {
  const handler = /** @type {(message: Message, tab: Tab | undefined) => unknown} */ (ANSWERS[message.kind]);
  return handler(message, tab);
}

/**
 * Nothing else is for the browser: a mail in a stranger's hands could ask for anything.
 * @param {string} url
 */
function leadsToWeb(url) {
  return URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
}

/**
 * What the banner of the message shown in a tab says; nothing below the level that the reader chose.
 * @param {number} tabId
 * @param {typeof dissectInTime} dissects Whether it waits for a message that takes unusually long.
 * @returns {Promise<BannerContent | null>}
 */
async function bannerFor(tabId, dissects) {
  const messageId = await displayedIn(tabId);
  if (messageId === null) return null;
  let tries = 0;
  const dissection = await dissectShown(tabId, messageId, (id) => {
    tries += 1;
    return dissects(id);
  });
  // The button may have told already that there is no source.
  if (tries > 1) void showOnButton(tabId, [{ id: messageId }]);
  if (dissection === "late") return faceOn(tabId, messageId, contentOfLate());
  if (dissection.state === "not-received") return null;
  if (dissection.state === "failed") return EVASIVE.has(dissection.cause) ? faceOn(tabId, messageId, contentOfUnchecked(dissection.cause)) : null;
  const { level } = dissection.report;
  const { bannerFrom } = await loadSettings();
  if (dissection.isHidden) return null;
  const isAccused = level === "dangerous" || (level === "suspicious" && bannerFrom !== "dangerous");
  if (!isAccused && dissection.blocked === null) return null;
  return faceOn(tabId, messageId, isAccused ? contentOf(dissection, level) : contentOfBlocked(dissection.blocked ?? ""));
}

/**
 * What the banner says of a message that Thunderbird tells add-ons nothing of; nothing where it does. Other failures
 * have honest causes; such mail is built to be so.
 * @param {number} tabId
 * @returns {Promise<BannerContent | null>}
 */
async function overdueFor(tabId) {
  if (!(await isUndescribed(tabId)) || !(await prepare(tabId))) return null;
  // Nothing else tells the button of it: it would still show the message before.
  await showUnchecked(tabId, "undescribed");
  return contentOfUnchecked("undescribed");
}

/**
 * Hands out what the banner of a message says.
 * @param {number} tabId
 * @param {number} messageId
 * @param {Promise<BannerContent>} content
 * @returns {Promise<BannerContent | null>} Nothing where the tab was closed or shows another message by now: one message's
 *   banner never stands on another.
 */
async function faceOn(tabId, messageId, content) {
  const [made, isReady] = await Promise.all([content, prepare(tabId)]);
  return isReady && (await displayedIn(tabId)) === messageId ? made : null;
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
    cut: texts.get("banner_cut"),
    junk: "",
    genuine: "",
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
async function contentOf({ report, isExternal }, level) {
  const [texts, { holdLinks, holdSuspicious }] = await Promise.all([readersTexts(), loadSettings()]);
  const evidence = report.banner.map(({ slot, sign, text, evidence }) => ({ slot, sign: sign ?? text, pieces: texts.sentence(text, evidence) }));
  const holdsLinks = holdLinks && (level === "dangerous" || holdSuspicious);
  const labels = { junk: isExternal ? "" : texts.get("act_junk"), genuine: texts.get("act_genuine") };
  return { ...faceOf(texts), ...labels, level, sentence: texts.get(`level_${level}`), evidence, holdsLinks, isLate: false };
}

/**
 * A banner of one sentence.
 * @param {import("../shared/texts.mjs").Texts} texts
 * @param {string} sentence
 * @returns {BannerContent}
 */
function only(texts, sentence) {
  return { ...faceOf(texts), level: "suspicious", sentence, evidence: [], holdsLinks: false, isLate: false };
}

/**
 * What the banner says of a mail that could not be judged.
 * @param {Cause} cause
 */
async function contentOfUnchecked(cause) {
  const texts = await readersTexts();
  return only(texts, texts.get("level_because", [texts.get("level_unchecked"), texts.get(causeKey(cause))]));
}

/** What the banner says until a mail that takes unusually long is judged. */
async function contentOfLate() {
  const texts = await readersTexts();
  return { ...only(texts, texts.get("banner_late")), isLate: true };
}

/**
 * What the banner says of a mail that nothing else is held against.
 * @param {string} blocked The entry by which its sender is blocked.
 */
async function contentOfBlocked(blocked) {
  const texts = await readersTexts();
  return only(texts, texts.get("blocked_banner", [cut(visible(blocked))]));
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
  await openPage(displayed);
}

/**
 * Opens the dissection in a tab.
 * @param {Promise<number | null>} displayed
 * @param {"genuine" | "junk"} [wish] What the user pressed, and is to decide there.
 */
async function openPage(displayed, wish) {
  const messageId = await displayed;
  if (messageId === null) return;
  const wished = wish ? `&wish=${wish}` : "";
  await messenger.tabs.create({ url: messenger.runtime.getURL(`report/report.html?message=${messageId}${wished}`) });
}

/**
 * Puts away what a tab shows. Thunderbird answers for a permission to a press in a page of the add-on's own alone.
 * @param {number} tabId
 */
async function junkDisplayed(tabId) {
  const displayed = displayedIn(tabId);
  if (!(await messenger.permissions.contains({ permissions: [...PERMISSIONS.junk] }))) return openPage(displayed, "junk");
  const messageId = await displayed;
  if (messageId !== null) await act("junk", [messageId]);
}
