/**
 * Which hosts receive the reader's mail, and whether they write Authentication-Results into it: learned from mail that the
 * reader opens, so that nobody can write such results in the name of a host that writes none.
 *
 * Results above the line in which a host took a message (its Received field) are its own; nobody else can write there.
 * Some hosts write them right below, under their own name, where a sender can imitate them: that teaches something only
 * where nearly all mail has it, or hardly any. Nothing is concluded from few messages.
 *
 * @import {Receiver, Report} from "../core/mekiki.js"
 *
 * @typedef {"above" | "below" | "none"} Place Where a message had results of the host.
 * @typedef {[mark: number, place: Place, id: string]} Seen One message: a number that tells it from others, where it had
 *   results, and the name they stood under.
 * @typedef {"seen" | "none" | "unused"} Use What was seen is used; the host is never believed; what was seen is not used.
 * @typedef {{ host: string, seen: Seen[], use: Use }} Habit
 * @typedef {{ host: string, ids: readonly string[] | null, count: number, use: Use }} Learned What is concluded of a host:
 *   the names that it writes under; nothing while there is too little to go by.
 */
import { organisational } from "../shared/core.mjs";
import { isAccused } from "../shared/levels.mjs";
import { USES } from "../shared/protocol.mjs";

/** Messages of a host that are remembered, the latest. */
const MOST_SEEN = 20;

/** Messages of a host from which on something is concluded. */
const ENOUGH = 10;

/** Share of messages with results from which on a host is one that writes them. */
const NEARLY_ALL = 0.8;

/** Share up to which it is one that writes none: what few mails bring along is not its own. */
const HARDLY_ANY = 0.2;

/** Hosts that are remembered, those that were seen last. */
const MOST_HOSTS = 30;

/** Under what they are stored. */
const KEY = "receivers";

/** @type {Promise<unknown>} Changes are one after the other. */
let changing = Promise.resolve();

/**
 * What is known for certain enough to judge by.
 * @returns {Promise<readonly Receiver[]>}
 */
export async function knownReceivers() {
  const learned = await learnedReceivers();
  return learned.flatMap(({ host, ids, use }) => {
    if (use === "none") return [{ host, ids: [] }];
    return ids === null || use === "unused" ? [] : [{ host, ids }];
  });
}

/**
 * Everything that was learned, for the page of settings.
 * @returns {Promise<readonly Learned[]>}
 */
export async function learnedReceivers() {
  return (await stored()).map(({ host, seen, use }) => ({ host, ids: concluded(seen), count: seen.length, use }));
}

/**
 * Learns from a message that the reader opened.
 * @param {MessageHeader} message
 * @param {Report} report
 * @returns {Promise<void>}
 */
export async function learnReceiver(message, report) {
  // What was put on the table from elsewhere, or is no honest mail, says nothing of how mail comes here.
  if (message.external || message.junk || isAccused(report.level)) return;
  const at = Math.max(report.trail.findIndex((hop) => hop.isFirstOutside), 0);
  const hop = report.trail[at];
  const by = hop?.by?.toLowerCase();
  const host = by && (await organisational(by));
  if (!hop || !by || !host) return;
  const results = report.header.filter(({ name }) => name.toLowerCase() === "authentication-results");
  const above = results.find(({ offset }) => offset < hop.offset);
  const end = report.trail[at + 1]?.offset ?? Infinity;
  const below = results.find(({ value, offset }) => offset > hop.offset && offset < end && idOf(value) === by);
  /** @type {Seen} */
  const seen = above ? [markOf(message), "above", idOf(above.value)] : [markOf(message), below ? "below" : "none", below ? by : ""];
  await change((habits) => {
    const habit = habits.find((other) => other.host === host) ?? { host, seen: [], use: "seen" };
    if (habit.seen.some(([mark]) => mark === seen[0])) return habits;
    const others = habits.filter((other) => other !== habit);
    return [...others, { ...habit, seen: [...habit.seen, seen].slice(-MOST_SEEN) }].slice(-MOST_HOSTS);
  });
}

/**
 * Lets the reader correct what was learned of a host, or have it forgotten.
 * @param {string} host
 * @param {Use | "forgotten"} use
 * @returns {Promise<readonly Learned[]>}
 */
export async function correctReceiver(host, use) {
  await change((habits) =>
    use === "forgotten" ? habits.filter((habit) => habit.host !== host) : habits.map((habit) => (habit.host === host ? { ...habit, use } : habit)),
  );
  return learnedReceivers();
}

/**
 * @param {readonly Seen[]} seen
 * @returns {readonly string[] | null} See {@link Learned}.
 */
function concluded(seen) {
  if (seen.length < ENOUGH) return null;
  const writing = seen.filter(([, place]) => place === "above");
  const chosen = writing.length > 0 ? writing : seen.filter(([, place]) => place === "below");
  const share = chosen.length / seen.length;
  if (share >= NEARLY_ALL) return [...new Set(chosen.map(([, , id]) => id))];
  return writing.length === 0 && share <= HARDLY_ANY ? [] : null;
}

/**
 * @param {(habits: readonly Habit[]) => readonly Habit[]} changes
 * @returns {Promise<void>}
 */
function change(changes) {
  const changed = changing.then(async () => {
    const before = await stored();
    const after = changes(before);
    if (after !== before) await messenger.storage.local.set({ [KEY]: after });
  });
  changing = changed.catch(() => undefined);
  return changed;
}

/** @returns {Promise<readonly Habit[]>} */
async function stored() {
  const found = (await messenger.storage.local.get(KEY))[KEY];
  return Array.isArray(found) ? found.filter(isHabit) : [];
}

/**
 * @param {unknown} value
 * @returns {value is Habit}
 */
function isHabit(value) {
  if (typeof value !== "object" || value === null) return false;
  const { host, seen, use } = /** @type {Record<string, unknown>} */ (value);
  const isSeen = (/** @type {unknown} */ one) => Array.isArray(one) && typeof one[0] === "number" && typeof one[1] === "string" && typeof one[2] === "string";
  return typeof host === "string" && Array.isArray(seen) && seen.every(isSeen) && USES.some((known) => known === use);
}

/**
 * The name that results stand under (authserv-id, RFC 8601 §2.2); empty where they bear none.
 * @param {string} value
 */
function idOf(value) {
  const first = value.replace(/\([^)]*\)/g, " ").split(";")[0]?.trim().split(/\s+/)[0] ?? "";
  return first.includes("=") ? "" : first.replaceAll('"', "").toLowerCase();
}

/**
 * @param {MessageHeader} message
 */
function markOf({ headerMessageId }) {
  let hash = 0;
  for (const letter of headerMessageId) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return hash;
}
