/**
 * What the reader chose, kept in the add-on's own storage: one object of defaults, merged under what is stored. Each
 * value is checked by itself: a broken one falls back to its default and never takes the others with it.
 *
 * Only the background reads and writes it; the other contexts ask there.
 *
 * @typedef {object} Settings
 * @property {readonly string[]} trustedDomains Domains, or with an `@` single addresses, that the reader said are
 *   genuine. They count only where they authenticate.
 * @property {readonly string[]} reportTo The reader's own addresses to send reports to.
 * @property {boolean} holdLinks Links in a dangerous mail are held back: a click asks first and shows the real target.
 * @property {"suspicious" | "dangerous"} bannerFrom The level from which on a mail has a banner.
 * @property {boolean} tagArrivals New mail is looked at as it arrives, and tagged where it may be an impersonation.
 * @property {boolean} notifyArrivals The same, and it is told.
 * @property {Language} language Of the add-on's texts.
 *
 * @typedef {"automatic" | import("./texts.mjs").Locale} Language `automatic`: Thunderbird's own, where there are texts.
 */
import { LOCALES } from "./texts.mjs";

/** The form in which it is stored; a later one knows how to read an earlier one. */
export const VERSION = 1;

/** Under what it is stored. */
const KEY = "settings";

/** Most entries of a list. */
export const MOST = 1_000;

/** @type {Settings} */
export const DEFAULTS = Object.freeze({
  trustedDomains: Object.freeze([]),
  reportTo: Object.freeze([]),
  holdLinks: false,
  bannerFrom: "suspicious",
  tagArrivals: false,
  notifyArrivals: false,
  language: "automatic",
});

/** Levels from which on there can be a banner. */
export const BANNER_LEVELS = /** @type {const} */ (["suspicious", "dangerous"]);

/** @type {readonly Language[]} */
export const LANGUAGES = ["automatic", ...LOCALES];

/** @param {unknown} value */
const isDomain = (value) => typeof value === "string" && /^(?=.{3,253}$)[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+$/u.test(value);

/** @param {unknown} value */
const isAddress = (value) =>
  typeof value === "string" && value.length <= 320 && /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(value) && isDomain(value.split("@")[1]);

/**
 * What a stored value is read as; nothing where it is none. Of a list, the entries that are none are left out.
 * @type {{ [Name in keyof Settings]: (stored: unknown) => Settings[Name] | undefined }}
 */
export const READERS = {
  trustedDomains: (stored) => listOf(stored, (entry) => isDomain(entry) || isAddress(entry)),
  reportTo: (stored) => listOf(stored, isAddress),
  holdLinks: switchOf,
  bannerFrom: (stored) => BANNER_LEVELS.find((level) => level === stored),
  tagArrivals: switchOf,
  notifyArrivals: switchOf,
  language: (stored) => LANGUAGES.find((language) => language === stored),
};

/** @type {Promise<Settings> | null} */
let known = null;

/** @type {Promise<unknown>} Saving is one after the other: each reads what the one before wrote. */
let saving = Promise.resolve();

/**
 * The settings in force.
 * @returns {Promise<Settings>}
 */
export function loadSettings() {
  known ??= stored().then(read);
  return known;
}

/**
 * Changes some settings and leaves the others, those of a later version included.
 * @param {Partial<Settings> | ((present: Settings) => Partial<Settings>)} changes
 * @returns {Promise<Settings>} The settings then in force.
 */
export function saveSettings(changes) {
  const saved = saving.then(async () => {
    const before = await stored();
    const present = read(before);
    const wanted = read({ ...present, ...(typeof changes === "function" ? changes(present) : changes) });
    await messenger.storage.local.set({ [KEY]: { ...before, ...wanted, version: VERSION } });
    known = null;
    return loadSettings();
  });
  saving = saved.catch(() => undefined);
  return saved;
}

/**
 * Calls back when settings were changed, from whatever page.
 * @param {() => void} changed
 */
export function watchSettings(changed) {
  messenger.storage.onChanged.addListener((changes, area) => {
    if (area !== "local" || !(KEY in changes)) return;
    known = null;
    changed();
  });
}

/** @returns {Promise<Record<string, unknown>>} */
async function stored() {
  try {
    const found = (await messenger.storage.local.get(KEY))[KEY];
    return typeof found === "object" && found !== null && !Array.isArray(found) ? /** @type {Record<string, unknown>} */ (found) : {};
  } catch {
    // A storage that cannot be read must not keep mail from being judged.
    return {};
  }
}

/**
 * @param {Record<string, unknown>} found
 * @returns {Settings}
 */
function read(found) {
  const entries = Object.entries(READERS).map(([name, reader]) => [name, reader(found[name])]);
  return { ...DEFAULTS, ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)) };
}

/**
 * @param {unknown} stored
 * @returns {boolean | undefined}
 */
function switchOf(stored) {
  return typeof stored === "boolean" ? stored : undefined;
}

/**
 * @param {unknown} stored
 * @param {(entry: unknown) => boolean} isOne
 * @returns {readonly string[] | undefined}
 */
function listOf(stored, isOne) {
  if (!Array.isArray(stored)) return undefined;
  const entries = stored.filter(isOne).map((entry) => String(entry).toLowerCase());
  return [...new Set(entries)].slice(0, MOST);
}
