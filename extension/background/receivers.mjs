/**
 * Which hosts receive the user's mail, and where they write Authentication-Results into it: learned from mail that the
 * user opens, so that nobody can write such results in the name of a host that writes none, or writes them elsewhere.
 * Where a message has them, and whether that teaches anything, is the core's word; here it is only counted.
 *
 * Nothing is concluded from few messages. A conclusion that protects (the host writes above its line, or nowhere) stays
 * until the user revokes it: whatever comes later with mail could have been sent for that.
 *
 * @import {Receiver, Report, ResultsPlace} from "../core/mekiki.js"
 *
 * @typedef {[mark: number, place: ResultsPlace, id: string]} Seen One message: a number that tells it from others, where
 *   it had results of the host, and the name they stood under.
 * @typedef {{ place: ResultsPlace, ids: readonly string[] }} Concluded Where a host writes, and under which names.
 * @typedef {"seen" | "none" | "unused"} Use What was seen is used; the host is never believed; what was seen is not used.
 * @typedef {{ host: string, seen: Seen[], concluded?: Concluded, use: Use }} Habit
 * @typedef {{ host: string, ids: readonly string[] | null, count: number, use: Use }} Learned What is concluded of a host:
 *   the names that it writes under; nothing while there is too little to go by.
 */
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

/** @type {readonly ResultsPlace[]} */
const PLACES = ["above", "below", "none"];

/** Under what they are stored. */
const KEY = "receivers";

/** @type {Promise<unknown>} Changes are one after the other. */
let changing = Promise.resolve();

/**
 * What is known for certain enough to judge by.
 * @returns {Promise<readonly Receiver[]>}
 */
export async function knownReceivers() {
  return (await stored()).flatMap(({ host, seen, concluded, use }) => {
    if (use === "none") return [{ host, ids: [], place: "none" }];
    const known = concluded ?? conclusion(seen);
    return known === null || use === "unused" ? [] : [{ host, ...known }];
  });
}

/**
 * Everything that was learned, for the page of settings.
 * @returns {Promise<readonly Learned[]>}
 */
export async function learnedReceivers() {
  return (await stored()).map(({ host, seen, concluded, use }) => {
    return { host, ids: (concluded ?? conclusion(seen))?.ids ?? null, count: seen.length, use };
  });
}

/**
 * Learns from a message that the user opened.
 * @param {MessageHeader} message
 * @param {Report} report
 * @returns {Promise<void>}
 */
export async function learnReceiver(message, { level, receiver }) {
  // What was put on the table from elsewhere, or is no honest mail, says nothing of how mail comes here.
  if (message.external || message.junk || isAccused(level)) return;
  if (receiver === null || receiver.place === null) return;
  const { host, id } = receiver;
  /** @type {Seen} */
  const latest = [markOf(message), receiver.place, receiver.place === "none" ? "" : id];
  await change((habits) => {
    /** @type {Habit} */
    const habit = habits.find((other) => other.host === host) ?? { host, seen: [], use: "seen" };
    if (habit.seen.some(([mark]) => mark === latest[0])) return habits;
    const seen = [...habit.seen, latest].slice(-MOST_SEEN);
    const concluded = settled(habit.concluded ?? conclusion(habit.seen), conclusion(seen));
    const others = habits.filter((other) => other !== habit);
    return [...others, { ...habit, seen, ...(concluded && { concluded }) }].slice(-MOST_HOSTS);
  });
}

/**
 * Lets the user correct what was learned of a host, or have it forgotten.
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
 * What so many messages show; nothing where they are too few, or do not agree.
 * @param {readonly Seen[]} seen
 * @returns {Concluded | null}
 */
function conclusion(seen) {
  if (seen.length < ENOUGH) return null;
  const writing = seen.filter(([, place]) => place === "above");
  const chosen = writing.length > 0 ? writing : seen.filter(([, place]) => place === "below");
  const share = chosen.length / seen.length;
  if (share >= NEARLY_ALL) return { place: writing.length > 0 ? "above" : "below", ids: [...new Set(chosen.map(([, , id]) => id))] };
  return writing.length === 0 && share <= HARDLY_ANY ? { place: "none", ids: [] } : null;
}

/**
 * What stands after another message. A place stays what it was found to be; only "below", where senders can write too,
 * gives way to what protects better.
 * @param {Concluded | null} before
 * @param {Concluded | null} now
 * @returns {Concluded | null}
 */
function settled(before, now) {
  if (before === null || now === null) return before ?? now;
  return before.place === "below" || before.place === now.place ? now : before;
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
  const { host, seen, concluded, use } = /** @type {Record<string, unknown>} */ (value);
  const isSeen = (/** @type {unknown} */ one) => Array.isArray(one) && typeof one[0] === "number" && typeof one[1] === "string" && typeof one[2] === "string";
  return typeof host === "string" && Array.isArray(seen) && seen.every(isSeen) && (concluded === undefined || isConcluded(concluded)) && USES.some((known) => known === use);
}

/**
 * @param {unknown} value
 * @returns {value is Concluded}
 */
function isConcluded(value) {
  if (typeof value !== "object" || value === null) return false;
  const { place, ids } = /** @type {Record<string, unknown>} */ (value);
  return PLACES.some((known) => known === place) && Array.isArray(ids) && ids.every((id) => typeof id === "string");
}

/**
 * @param {MessageHeader} message
 */
function markOf({ headerMessageId }) {
  let hash = 0;
  for (const letter of headerMessageId) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0;
  return hash;
}
