/**
 * What is said between the contexts of the add-on: what each message may carry, and asking. What there is to say, and
 * what is answered, stands in messages.d.ts.
 *
 * @import {Format, Report} from "../core/mekiki.js"
 * @import {Asked} from "../core/proof.js"
 * @import {Listing} from "../background/prover.mjs"
 * @import {Use} from "../background/receivers.mjs"
 * @import {Registration} from "../background/registry.mjs"
 * @import {Act, Acted} from "./acts.mjs"
 * @import {Problem} from "./checked.mjs"
 * @import {Answer, Body, Kind, Message} from "./messages.d.ts"
 * @import {Piece} from "./texts.mjs"
 *
 * @typedef {object} BannerContent Finished texts for the banner; nothing of them is markup.
 * @property {"suspicious" | "dangerous"} level
 * @property {string} label Whose notice it is.
 * @property {string} sentence What is wrong, in one sentence.
 * @property {readonly { slot: string, sign: string, pieces: readonly Piece[] }[]} evidence Who it really is from, where it
 *   leads, what it wants: a line each, as far as is known.
 * @property {string} junk Label of the button that puts the mail away; empty where it lies in no folder.
 * @property {string} genuine Label of the button that says it is genuine; empty where nothing is held against it.
 * @property {string} cut What tells that there is more than fits.
 * @property {string} details Label of the button that opens the dissection.
 * @property {string} dismiss Label of the button that closes the banner.
 * @property {string} language Language of the texts.
 * @property {"ltr" | "rtl"} direction Writing direction of the language.
 * @property {boolean} holdsLinks Whether a click on a link is to ask first.
 * @property {boolean} isLate Whether the message is still being judged: then another answer follows.
 *
 * @typedef {object} HeldLink Finished texts for a link that was held back.
 * @property {string} sentence
 * @property {string} not Whose site it is not; else empty.
 * @property {readonly [string, string, string]} target Where it really leads: what stands before the domain to look at, that
 *   domain, and what follows.
 * @property {string} through The host that a click contacts first, where that is another; else empty.
 * @property {string} open Label of the button that opens it all the same.
 * @property {string} keep Label of the button that does not.
 *
 * @typedef {"incomplete" | "unreadable" | "undescribed" | "broken-down" | "too-slow" | "too-large" | "unlisted"} Cause Only
 *   the header is on this machine; Thunderbird does not give the source; Thunderbird fails on its header and tells nothing
 *   of it; the core broke down on it, or took too long; it is too large to be fetched among many; Thunderbird failed on
 *   it, and tells nothing of those listed after it.
 * @typedef {{ state: "report", report: Report, messageId: number, isExternal: boolean, isHidden: boolean, blocked: string | null, lookUp: LookUp | null }} Dissected
 *   `isExternal`: a file or an attachment, which lies in no folder. `isHidden`: the user wants no warning on this one.
 *   `blocked`: the entry by which the reader blocked its sender. `lookUp`: who was asked about it; nothing where nobody was.
 * @typedef {{ resolver: { host: string, asked: Asked | null } | null, listings: readonly Listing[], registrations: readonly Registration[] }} LookUp
 *   The host of the resolver that was asked, and how that went, nothing where it broke down; what block lists and a registry
 *   told of domains.
 * @typedef {{ state: "failed", cause: Cause, reason: string, messageId: number }} Failed "Could not be checked", never
 *   the same as "nothing found"; `reason` is in technical words.
 * @typedef {{ state: "no-message" }} NoMessage
 * @typedef {{ state: "not-received", messageId: number }} NotReceived It lies in Thunderbird, but did not come as mail.
 * @typedef {{ locked: readonly string[], problems: readonly Problem[] }} PolicyView The settings that the reader's
 *   organisation set, by name, and what of its policy is broken.
 * @typedef {Dissected | Failed | NotReceived | NoMessage} Dissection
 */
import { ACTS, PERMISSIONS } from "./acts.mjs";

/** What can be made of a receiving host. @type {readonly Use[]} */
export const USES = ["seen", "none", "unused"];

/** What a dissection can be written in. @type {readonly Format[]} */
export const FORMATS = ["html", "markdown", "text"];

/** @typedef {(value: unknown) => boolean} Test */

/** @type {Test} */
const isString = (value) => typeof value === "string";
/** @type {Test} */
const isBoolean = (value) => typeof value === "boolean";
/** @type {Test} */
const isNumber = (value) => Number.isInteger(value);
/** @type {Test} What it holds is checked where it is used. */
const isObject = (value) => typeof value === "object" && value !== null;
/** @type {Test} */
const isAuthor = (value) => value === null || (isObject(value) && ["name", "address"].every((field) => isString(Reflect.get(Object(value), field))));
/** @type {(choices: readonly unknown[]) => Test} */
const isOneOf = (choices) => (value) => choices.includes(value);

/** What each message carries. @type {{ readonly [K in Kind]: { readonly [F in keyof Body<K>]-?: Test } }} */
const CARRIED = {
  "banner-ask": {},
  "banner-late": {},
  "banner-overdue": {},
  "banner-details": {},
  "banner-junk": {},
  "banner-genuine": {},
  "link-ask": { url: isString },
  "link-open": { url: isString },
  "dissection-ask": { tabId: isNumber },
  "fetched-ask": { tabId: isNumber },
  "dissection-of": { messageId: isNumber },
  "sought-ask": { url: isString },
  "example-ask": {},
  "settings-ask": {},
  "settings-change": { changes: isObject },
  "policy-ask": {},
  "receivers-ask": {},
  "receiver-correct": { host: isString, use: isOneOf([...USES, "forgotten"]) },
  act: { act: isOneOf(ACTS), messageIds: (value) => Array.isArray(value) && value.every(isNumber) },
  "act-refused": {},
  "acted-ask": {},
  afresh: {},
  "context-ask": { messageId: isNumber, author: isAuthor },
  trust: { messageId: isNumber, isTrusted: isBoolean },
  hide: { messageId: isNumber, isHidden: isBoolean },
  block: { messageId: isNumber, isBlocked: isBoolean },
  publish: { messageId: isNumber, format: isOneOf(FORMATS), map: isString },
  mask: { messageId: isNumber, texts: (value) => Array.isArray(value) && value.every(isString) },
  "look-up": { messageId: isNumber },
  "report-mail": { messageId: isNumber, to: isString, subject: isString, body: isString },
};

/** What the banner asks. Its scripts run in the process of the mail, which may be in a stranger's hands. @type {ReadonlySet<Kind>} */
const OF_THE_BANNER = new Set(["banner-ask", "banner-late", "banner-overdue", "banner-details", "banner-junk", "banner-genuine", "link-ask", "link-open"]);

/**
 * Whether something received is a message of ours, from somewhere that may send it: all but the banner's are for the
 * add-on's own pages.
 * @param {unknown} value
 * @param {MessageSender} sender
 * @returns {value is Message}
 */
export function isMessage(value, { id, url }) {
  if (id !== messenger.runtime.id || typeof value !== "object" || value === null) return false;
  const kind = /** @type {Kind} */ (Reflect.get(value, "kind"));
  if (!Object.hasOwn(CARRIED, kind)) return false;
  if (!OF_THE_BANNER.has(kind) && !url?.startsWith(messenger.runtime.getURL(""))) return false;
  return Object.entries(CARRIED[kind]).every(([field, holds]) => holds(Reflect.get(value, field)));
}

/**
 * Asks the background.
 * @template {Kind} K
 * @param {K} kind
 * @param {Body<K>} body
 * @returns {Promise<Answer<K>>}
 */
export async function ask(kind, body) {
  return /** @type {Answer<K>} */ (await messenger.runtime.sendMessage({ kind, ...body }));
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
  const acted = ask("act", { act, messageIds });
  try {
    if (!(await allowed)) await ask("act-refused", {});
  } catch {
    await ask("act-refused", {});
  }
  return acted;
}
