/**
 * Everything that is said between the contexts of the add-on: one closed union, one thin function for each message.
 *
 * @import {Context, Format, Report} from "../core/mekiki.js"
 * @import {Act, Acted} from "./acts.mjs"
 * @import {Problem} from "./checked.mjs"
 * @import {Learned, Use} from "../background/receivers.mjs"
 * @import {Settings} from "./settings.mjs"
 * @import {Piece} from "./texts.mjs"
 *
 * @typedef {{ kind: "banner-ask" }} BannerAsk The banner's script of a message that was just shown asks what to show.
 * @typedef {{ kind: "banner-late" }} BannerLate Judging takes unusually long; the script asks what came of it in the end.
 * @typedef {{ kind: "banner-overdue" }} BannerOverdue The message is complete, and nothing was answered yet.
 * @typedef {{ kind: "banner-details" }} BannerDetails The reader wants the dissection.
 * @typedef {{ kind: "link-ask", url: string }} LinkAsk A link was held back; the banner asks what to say of it.
 * @typedef {{ kind: "link-open", url: string }} LinkOpen The reader wants a link of the web opened all the same.
 * @typedef {{ kind: "dissection-ask", tabId: number }} DissectionAsk The popup asks for the dissection of a tab's message.
 * @typedef {{ kind: "dissection-of", messageId: number }} DissectionOf The dissection in a tab asks for its message's.
 * @typedef {{ kind: "settings-ask" }} SettingsAsk A page asks for what the reader chose.
 * @typedef {{ kind: "policy-ask" }} PolicyAsk The page of settings asks what the reader's organisation set.
 * @typedef {{ kind: "receivers-ask" }} ReceiversAsk The page of settings asks what was learned of receiving hosts.
 * @typedef {{ kind: "receiver-correct", host: string, use: Use | "forgotten" }} ReceiverCorrect The reader corrects that.
 * @typedef {{ kind: "example-ask" }} ExampleAsk The welcome page asks for the dissection of our sample.
 * @typedef {{ kind: "settings-change", changes: Partial<Settings> }} SettingsChange The reader chose otherwise.
 * @typedef {{ kind: "act", act: Act, messageIds: readonly number[] }} ActAsk The reader wants something done, once it is
 *   allowed.
 * @typedef {{ kind: "acted-ask" }} ActedAsk A page that came back asks what was done while it was gone.
 * @typedef {{ kind: "afresh" }} Afresh The reader allowed what Thunderbird gives from the add-on's next start on alone.
 * @typedef {{ kind: "context-ask", messageId: number }} ContextAsk The check of many messages asks for the reader's side
 *   of one.
 * @typedef {{ kind: "act-refused" }} ActRefused The reader did not allow it.
 * @typedef {{ kind: "trust", messageId: number, isTrusted: boolean }} TrustAsk The reader says whether a sender is genuine.
 * @typedef {{ kind: "block", messageId: number, isBlocked: boolean }} BlockAsk The reader wants a sender blocked, or no more.
 * @typedef {{ kind: "report-mail", messageId: number, to: string, subject: string, body: string }} ReportMail The reader
 *   wants to write to somebody who takes reports.
 * @typedef {{ kind: "publish", messageId: number, format: Format }} Publish The dissection is wanted in writing.
 * @typedef {{ kind: "mask", messageId: number, texts: readonly string[] }} MaskAsk A page that is printed asks for its texts
 *   with the recipient masked.
 * @typedef {Publish | MaskAsk
 *   | BannerAsk | BannerLate | BannerOverdue | BannerDetails | LinkAsk | LinkOpen | DissectionAsk | DissectionOf | SettingsAsk
 *   | SettingsChange | ActAsk | ActedAsk | ActRefused | Afresh | ContextAsk | TrustAsk | ReportMail
 *   | PolicyAsk | ReceiversAsk | ReceiverCorrect | ExampleAsk | BlockAsk} Message
 *
 * @typedef {object} BannerContent Finished texts for the banner; nothing of them is markup.
 * @property {"suspicious" | "dangerous"} level
 * @property {string} label Whose notice it is.
 * @property {string} sentence What is wrong, in one sentence.
 * @property {readonly { sign: string, pieces: readonly Piece[] }[]} evidence The strongest signs, three at most; none
 *   where the mail is built so that it cannot be checked.
 * @property {string} details Label of the button that opens the dissection.
 * @property {string} dismiss Label of the button that closes the banner.
 * @property {string} language Language of the texts.
 * @property {"ltr" | "rtl"} direction Writing direction of the language.
 * @property {boolean} holdsLinks Whether a click on a link is to ask first.
 * @property {boolean} isLate Whether the message is still being judged: then another answer follows.
 *
 * @typedef {object} HeldLink Finished texts for a link that was held back.
 * @property {string} sentence
 * @property {readonly [string, string, string]} target Where it really leads, made unclickable: what stands before the
 *   domain to look at, that domain, and what follows.
 * @property {string} open Label of the button that opens it all the same.
 * @property {string} keep Label of the button that does not.
 *
 * @typedef {"incomplete" | "unreadable" | "undescribed" | "broken-down" | "too-slow" | "too-large" | "unlisted"} Cause Only
 *   the header is on this machine; Thunderbird does not give the source; Thunderbird fails on its header and tells nothing
 *   of it; the core broke down on it, or took too long; it is too large to be fetched among many; Thunderbird failed on
 *   it, and tells nothing of those listed after it.
 * @typedef {{ state: "report", report: Report, messageId: number, isExternal: boolean, blocked: string | null }} Dissected
 *   `isExternal`: a file or an attachment, which lies in no folder. `blocked`: the entry by which the reader blocked its
 *   sender.
 * @typedef {{ state: "failed", cause: Cause, reason: string, messageId: number }} Failed "Could not be checked", never
 *   the same as "nothing found"; `reason` is in technical words.
 * @typedef {{ state: "no-message" }} NoMessage
 * @typedef {{ locked: readonly string[], problems: readonly Problem[] }} PolicyView The settings that the reader's
 *   organisation set, by name, and what of its policy is broken.
 * @typedef {Dissected | Failed | NoMessage} Dissection
 */
import { ACTS, PERMISSIONS } from "./acts.mjs";

/** What can be made of a receiving host. @type {readonly Use[]} */
export const USES = ["seen", "none", "unused"];

/** What a dissection can be written in. @type {readonly Format[]} */
export const FORMATS = ["text", "markdown", "html"];

/**
 * Whether something received is a message of ours.
 * @param {unknown} value
 * @returns {value is Message}
 */
export function isMessage(value) {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  switch (value.kind) {
    case "banner-ask":
    case "banner-late":
    case "banner-overdue":
    case "banner-details":
    case "settings-ask":
    case "policy-ask":
    case "receivers-ask":
    case "example-ask":
    case "act-refused":
    case "acted-ask":
    case "afresh":
      return true;
    case "link-ask":
    case "link-open":
      return "url" in value && typeof value.url === "string";
    case "dissection-ask":
      return "tabId" in value && Number.isInteger(value.tabId);
    case "dissection-of":
    case "context-ask":
      return hasMessage(value);
    case "settings-change":
      // What the changes hold is checked where they are saved.
      return "changes" in value && typeof value.changes === "object" && value.changes !== null;
    case "act":
      return hasMessages(value) && "act" in value && ACTS.some((act) => act === value.act);
    case "trust":
      return hasMessage(value) && "isTrusted" in value && typeof value.isTrusted === "boolean";
    case "block":
      return hasMessage(value) && "isBlocked" in value && typeof value.isBlocked === "boolean";
    case "receiver-correct":
      return "host" in value && typeof value.host === "string" && "use" in value && [...USES, "forgotten"].some((use) => use === value.use);
    case "publish":
      return hasMessage(value) && "format" in value && FORMATS.some((format) => format === value.format);
    case "mask":
      return hasMessage(value) && "texts" in value && Array.isArray(value.texts) && value.texts.every((text) => typeof text === "string");
    case "report-mail":
      return hasMessage(value) && ["to", "subject", "body"].every((name) => typeof Reflect.get(value, name) === "string");
    default:
      return false;
  }
}

/**
 * @param {object} value
 */
function hasMessage(value) {
  return "messageId" in value && Number.isInteger(value.messageId);
}

/**
 * @param {object} value
 */
function hasMessages(value) {
  return "messageIds" in value && Array.isArray(value.messageIds) && value.messageIds.every(Number.isInteger);
}

/**
 * Asks for the dissection of the message a tab shows.
 * @param {number} tabId
 * @returns {Promise<Dissection>}
 */
export async function askDissection(tabId) {
  return /** @type {Dissection} */ (await messenger.runtime.sendMessage({ kind: "dissection-ask", tabId }));
}

/**
 * Asks for the dissection of a message.
 * @param {number} messageId
 * @returns {Promise<Dissection>}
 */
export async function askDissectionOf(messageId) {
  return /** @type {Dissection} */ (await messenger.runtime.sendMessage({ kind: "dissection-of", messageId }));
}

/** @returns {Promise<Settings>} */
export async function askSettings() {
  return /** @type {Settings} */ (await messenger.runtime.sendMessage({ kind: "settings-ask" }));
}

/**
 * Changes some settings and leaves the others.
 * @param {Partial<Settings>} changes
 * @returns {Promise<Settings>} The settings then in force.
 */
export async function askSettingsChange(changes) {
  return /** @type {Settings} */ (await messenger.runtime.sendMessage({ kind: "settings-change", changes }));
}

/**
 * Has something done about messages, once it is allowed: call it while a click is being handled. Thunderbird may close a
 * popup while it asks the reader, so the background waits for the answer as well.
 * @param {Act} act
 * @param {readonly number[]} messageIds
 * @returns {Promise<Acted>}
 */
export async function doOnceAllowed(act, messageIds) {
  // Not a moment later: a permission can be asked for only while the click is being handled.
  const allowed = messenger.permissions.request({ permissions: [...PERMISSIONS[act]] });
  const acted = messenger.runtime.sendMessage({ kind: "act", act, messageIds });
  try {
    if (!(await allowed)) await tellRefused();
  } catch {
    await tellRefused();
  }
  return /** @type {Acted} */ (await acted);
}

/**
 * Asks what was done by the background as it started, for a page that was gone then.
 * @returns {Promise<Acted | null>}
 */
export async function askActed() {
  return /** @type {Acted | null} */ (await messenger.runtime.sendMessage({ kind: "acted-ask" }));
}

/**
 * Has the add-on start afresh, where Thunderbird does not show it its folders yet though that is allowed.
 * @returns {Promise<boolean>} Whether it does: this page is then closed, and opened again.
 */
export async function askAfresh() {
  return (await messenger.runtime.sendMessage({ kind: "afresh" })) === true;
}

/**
 * The reader's side of a message, as the core takes it.
 * @param {number} messageId
 * @returns {Promise<Context>}
 */
export async function askContext(messageId) {
  return /** @type {Context} */ (await messenger.runtime.sendMessage({ kind: "context-ask", messageId }));
}

/** Tells that the reader did not allow what was asked last. */
async function tellRefused() {
  await messenger.runtime.sendMessage({ kind: "act-refused" });
}

/**
 * Says whether the sender of a message is genuine.
 * @param {number} messageId
 * @param {boolean} isTrusted
 * @returns {Promise<Dissection>} The message judged again.
 */
export async function askTrust(messageId, isTrusted) {
  return /** @type {Dissection} */ (await messenger.runtime.sendMessage({ kind: "trust", messageId, isTrusted }));
}

/**
 * Has a sender blocked, or no more.
 * @param {number} messageId
 * @param {boolean} isBlocked
 * @returns {Promise<Dissection>} The message judged again.
 */
export async function askBlock(messageId, isBlocked) {
  return /** @type {Dissection} */ (await messenger.runtime.sendMessage({ kind: "block", messageId, isBlocked }));
}

/**
 * Asks for the dissection of a message in writing.
 * @param {number} messageId
 * @param {Format} format
 * @returns {Promise<string | null>} Nothing where the message cannot be read any more.
 */
export async function askPublished(messageId, format) {
  return /** @type {string | null} */ (await messenger.runtime.sendMessage({ kind: "publish", messageId, format }));
}

/**
 * Asks for texts of a message's dissection with the recipient masked.
 * @param {number} messageId
 * @param {readonly string[]} texts
 * @returns {Promise<readonly string[] | null>} Nothing where the message cannot be read any more.
 */
export async function askMasked(messageId, texts) {
  return /** @type {readonly string[] | null} */ (await messenger.runtime.sendMessage({ kind: "mask", messageId, texts }));
}

/** @returns {Promise<PolicyView>} */
export async function askPolicy() {
  return /** @type {PolicyView} */ (await messenger.runtime.sendMessage({ kind: "policy-ask" }));
}

/** @returns {Promise<readonly Learned[]>} */
export async function askReceivers() {
  return /** @type {readonly Learned[]} */ (await messenger.runtime.sendMessage({ kind: "receivers-ask" }));
}

/**
 * Corrects what was learned of a receiving host.
 * @param {string} host
 * @param {Use | "forgotten"} use
 * @returns {Promise<readonly Learned[]>} What is then known.
 */
export async function askReceiverCorrection(host, use) {
  return /** @type {readonly Learned[]} */ (await messenger.runtime.sendMessage({ kind: "receiver-correct", host, use }));
}

/** @returns {Promise<Dissection>} Of the sample that is packed with the add-on. */
export async function askExample() {
  return /** @type {Dissection} */ (await messenger.runtime.sendMessage({ kind: "example-ask" }));
}

/**
 * Opens a mail to somebody who takes reports, the message attached.
 * @param {{ messageId: number, to: string, subject: string, body: string }} mail
 */
export async function askReportMail(mail) {
  await messenger.runtime.sendMessage({ kind: "report-mail", ...mail });
}
