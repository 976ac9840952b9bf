/**
 * Dissections of messages: made once for each, kept while the page lives, never more than a few.
 *
 * @import {Answers, Context, Question, Report} from "../core/mekiki.js"
 * @import {Cause, Dissected, Failed, LookUp, NotReceived} from "../shared/protocol.mjs"
 */
import { blockedBy } from "../shared/blocked.mjs";
import { reasonOf } from "../shared/core.mjs";
import { asksInside } from "../shared/inside.mjs";
import { TooSlow } from "../shared/judge.mjs";
import { hostOf, mayAsk } from "../shared/lookups.mjs";
import { loadSettings } from "../shared/settings.mjs";
import { within } from "../shared/within.mjs";
import { readersSide } from "./context.mjs";
import { isHidden } from "./hidden.mjs";
import { DEADLINE, freeJudge } from "./judges.mjs";
import { lookedUp } from "./prover.mjs";
import { isKeptApart, neverArrived } from "./received.mjs";
import { registrationOf } from "./registry.mjs";
import { readersTexts } from "./words.mjs";

/** Milliseconds that files are waited for, where somebody wants to read the dissection. */
const PATIENCE = 3000;

/** Most dissections that are kept. */
const MOST = 50;

/** Forged mail of ours for the welcome page, by the language it is in. */
const EXAMPLES = new Map([["ja", "welcome/example.ja.eml"]]);
const OTHER_EXAMPLE = "welcome/example.en.eml";

/** In place of the number of a message that lies nowhere. */
export const NO_MESSAGE = -1;

/**
 * @typedef {{ raw: Blob, context: Context, isExternal: boolean }} Source What a message was judged from.
 * @typedef {{ dissection: Dissected | NotReceived | Failed, source: Source | null }} First
 *
 * @typedef {object} Making
 * @property {Promise<First>} first What was found in the message alone. Never rejects.
 * @property {Promise<Dissected | NotReceived | Failed>} done What is known by now. Never rejects. It waits neither for the
 *   files to be looked into nor for anybody to answer: that is what comes later.
 * @property {Promise<Dissected | NotReceived | Failed>} whole The same, with them. Never rejects.
 * @property {readonly Question[]} wanted What others can be asked about it.
 * @property {Answers} answers What was looked up over the network.
 * @property {Promise<"late">} late Settles where judging has taken as long as the deadline. Fetching does not count.
 * @property {boolean} isFetched Whether judging has begun.
 */

/** @type {Map<number, Making>} */
const kept = new Map();

/** Called where what came later changed what is to be said of a message. */
let completed = () => {};

/**
 * @param {() => void} listener
 */
export function watchCompleted(listener) {
  completed = listener;
}

/**
 * What button and banner tell of a message.
 * @param {Dissected | NotReceived | Failed} dissection
 */
function toldBy(dissection) {
  return dissection.state === "report" ? JSON.stringify([dissection.report.level, dissection.report.banner]) : dissection.state;
}

/**
 * The dissection of a message. Never rejects: what went wrong is an answer of its own.
 * @param {number} messageId
 * @returns {Promise<Dissected | NotReceived | Failed>}
 */
export function dissect(messageId) {
  return making(messageId).done;
}

/**
 * The same, with what is inside its files where that is known in time.
 * @param {number} messageId
 * @returns {Promise<Dissected | NotReceived | Failed>}
 */
export async function dissectWhole(messageId) {
  const { done, whole } = making(messageId);
  return (await within(whole, PATIENCE, null)) ?? done;
}

/**
 * The same, or word that it takes unusually long.
 * @param {number} messageId
 * @returns {Promise<Dissected | NotReceived | Failed | "late">}
 */
export function dissectInTime(messageId) {
  const { done, late } = making(messageId);
  return Promise.race([done, late]);
}

/**
 * Whether the source of a message that is being dissected is there.
 * @param {number} messageId
 */
export function isFetched(messageId) {
  return kept.get(messageId)?.isFetched ?? false;
}

/**
 * @param {number} messageId
 * @returns {Making}
 */
function making(messageId) {
  const known = kept.get(messageId);
  if (known) return known;
  /** @type {(late: "late") => void} */
  let isLate;
  /** @type {Promise<"late">} */
  const late = new Promise((resolve) => (isLate = resolve));
  const begun = () => {
    made.isFetched = true;
    setTimeout(isLate, DEADLINE, "late");
  };
  const first = make(messageId, begun);
  const done = first.then(({ dissection }) => dissection);
  /** @type {Making} */
  const made = { first, done, whole: done, wanted: [], answers: {}, late, isFetched: false };
  kept.set(messageId, made);
  made.whole = first.then(async ({ dissection, source }) => (source && dissection.state === "report" ? complete(messageId, made, dissection, source) : dissection));
  const oldest = kept.keys().next();
  if (kept.size > MOST && !oldest.done) kept.delete(oldest.value);
  // A failure is not kept: the message may have been downloaded by the next time.
  void done.then((dissection) => {
    if (dissection.state === "failed" && kept.get(messageId) === made) kept.delete(messageId);
  });
  return made;
}

/**
 * Finds out what takes longer than the first verdict: what is inside the files, and what others answer, where the user wants
 * that they are asked about every message.
 * @param {number} messageId
 * @param {Making} made
 * @param {Dissected} first
 * @param {Source} source
 * @returns {Promise<Dissected>}
 */
async function complete(messageId, made, first, source) {
  let latest = first;
  if (asksInside(first.report)) latest = await becomes(messageId, made, judgedAgain(source, first, {}, null));
  made.wanted = latest.report.wanted;
  const { resolver, proveShown } = await loadSettings();
  if (!proveShown || !(await mayAsk(resolver))) return latest;
  return becomes(messageId, made, askedAbout(made, latest, source, resolver, null));
}

/**
 * Looks up what is asked of others, because the user wants it of this message.
 * @param {number} messageId
 * @returns {Promise<Dissected | NotReceived | Failed>} Never rejects.
 */
export async function lookUp(messageId) {
  const made = making(messageId);
  const { source } = await made.first;
  const known = await made.whole;
  const { resolver, registry, blockLists } = await loadSettings();
  const [asksResolver, asksRegistry] = await Promise.all([mayAsk(resolver), mayAsk(registry)]);
  if (source === null || known.state !== "report" || !(asksResolver || asksRegistry)) return known;
  const domains = domainsOf(known.report);
  const asked = async () => {
    const [found, registrations] = await Promise.all([
      asksResolver ? askedAbout(made, known, source, resolver, { domains, lists: blockLists }) : known,
      asksRegistry ? registrationsOf(domains, registry) : [],
    ]);
    return { ...found, lookUp: { resolver: null, listings: [], ...found.lookUp, registrations } };
  };
  made.whole = becomes(messageId, made, asked());
  return made.whole;
}

/** Most domains of one message that lists and registries are asked about. */
const MOST_DOMAINS = 6;

/**
 * The domains of the sender, and of the links that belong to nobody known.
 * @param {Report} report
 */
function domainsOf({ from, links }) {
  const led = links.filter(({ isClickable, brand }) => isClickable && brand === null).map(({ domain }) => domain);
  return [...new Set([from?.domain ?? null, ...led])].filter((domain) => domain !== null).slice(0, MOST_DOMAINS);
}

/**
 * What a registry tells of domains.
 * @param {readonly string[]} domains
 * @param {string} registry
 */
async function registrationsOf(domains, registry) {
  const told = await Promise.all(domains.map((domain) => registrationOf(registry, domain)));
  return told.filter((registration) => registration !== null);
}

/**
 * What was looked up about a message that is being dissected.
 * @param {number} messageId
 * @returns {Answers}
 */
export function foundOut(messageId) {
  return kept.get(messageId)?.answers ?? {};
}

/**
 * @param {Making} made
 * @param {Dissected} known
 * @param {Source} source
 * @param {string} resolver
 * @param {Parameters<typeof lookedUp>[3]} links
 * @returns {Promise<Dissected>} Never rejects.
 */
async function askedAbout(made, known, source, resolver, links) {
  const found = await lookedUp(source.raw, made.wanted, resolver, links);
  const host = hostOf(resolver);
  if (found === null) return { ...known, lookUp: { resolver: { host, asked: null }, listings: [], registrations: [] } };
  made.answers = found.answers;
  return judgedAgain(source, known, found.answers, { resolver: { host, asked: found.asked }, listings: found.listings, registrations: [] });
}

/**
 * A message judged with what came later.
 * @param {Source} source
 * @param {Dissected} known What stands where that breaks down or takes too long.
 * @param {Answers} answers
 * @param {LookUp | null} lookUp
 * @returns {Promise<Dissected>} Never rejects.
 */
async function judgedAgain({ raw, context, isExternal }, known, answers, lookUp) {
  try {
    return { ...(await dissected(freeJudge().judgeWhole(raw, context, answers), known.messageId, isExternal)), lookUp };
  } catch {
    return known;
  }
}

/**
 * Takes what came later for what is known of a message, and tells of it where it says something else.
 * @param {number} messageId
 * @param {Making} made
 * @param {Promise<Dissected>} later
 */
async function becomes(messageId, made, later) {
  const [before, now] = [await made.done, await later];
  if (kept.get(messageId) === made) {
    made.done = Promise.resolve(now);
    if (toldBy(now) !== toldBy(before)) completed();
  }
  return now;
}

/**
 * The dissection of the sample that is packed with the add-on, by the core alone: nothing of the reader's comes into it.
 * @returns {Promise<Dissected | Failed>}
 */
export async function dissectExample() {
  try {
    const { language } = await readersTexts();
    const file = await fetch(messenger.runtime.getURL(EXAMPLES.get(language) ?? OTHER_EXAMPLE));
    return await dissected(freeJudge().judge(await file.blob(), {}), NO_MESSAGE);
  } catch (error) {
    return { state: "failed", cause: "broken-down", reason: reasonOf(error), messageId: NO_MESSAGE };
  }
}

/** Lets go of every dissection: what they rest on has changed. */
export function forgetDissections() {
  kept.clear();
}

/**
 * @param {number} messageId
 * @param {() => void} begun Called when judging begins.
 * @returns {Promise<First>}
 */
async function make(messageId, begun) {
  /** @type {Cause} */
  let cause = "unreadable";
  // Asked for at once: the banner waits for each answer.
  const file = messenger.messages.getRaw(messageId);
  // Where the message is incomplete, nobody waits for it.
  file.catch(() => undefined);
  try {
    const message = await messenger.messages.get(messageId);
    if (await isKeptApart(message)) return { dissection: { state: "not-received", messageId }, source: null };
    // Thunderbird then gives the header with a body of its own making.
    if (message.headersOnly) return { dissection: { state: "failed", cause: "incomplete", reason: "", messageId }, source: null };
    const side = readersSide(message, file.then((raw) => freeJudge().authorOf(raw, begun)));
    // Where the source cannot be had, nobody waits for it either.
    side.catch(() => undefined);
    const raw = await file;
    cause = "broken-down";
    const context = await side;
    const dissection = await dissected(freeJudge().judge(raw, context, begun), messageId, message.external);
    if (neverArrived(message, dissection.report)) return { dissection: { state: "not-received", messageId }, source: null };
    return { dissection, source: { raw, context, isExternal: message.external ?? false } };
  } catch (error) {
    return { dissection: { state: "failed", cause: error instanceof TooSlow ? "too-slow" : cause, reason: reasonOf(error), messageId }, source: null };
  }
}

/**
 * @param {Promise<Report>} judged
 * @param {number} messageId
 * @returns {Promise<Dissected>}
 */
async function dissected(judged, messageId, isExternal = false) {
  const [{ blockedSenders }, report] = await Promise.all([loadSettings(), judged]);
  const blocked = blockedBy(blockedSenders, report.from?.address ?? "");
  return { state: "report", report, messageId, isExternal, isHidden: await isHidden(report), blocked, lookUp: null };
}
