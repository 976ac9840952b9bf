/**
 * What the reader chose, kept in the add-on's own storage: one object of defaults, merged under what is stored. Each
 * value is checked by itself: a broken one falls back to its default and never takes the others with it. What the
 * reader's organisation set (policy.mjs) stands under it, or above it and locked.
 *
 * Only the background reads and writes it; the other contexts ask there.
 *
 * @typedef {object} Settings
 * @property {readonly string[]} trustedDomains Domains, or with an `@` single addresses, that the reader said are
 *   genuine. They count only where they authenticate.
 * @property {readonly string[]} blockedSenders Addresses and domains whose every mail is to have a banner.
 * @property {readonly string[]} ownDomains Domains of the reader's organisation.
 * @property {readonly OwnBrand[]} ownBrands Brands that the reader added to the directory.
 * @property {Sensitivity} sensitivity How much it takes until something is said.
 * @property {readonly string[]} reportTo The reader's own addresses to send reports to.
 * @property {boolean} holdLinks Links in a dangerous mail are held back: a click asks first and shows the real target.
 * @property {boolean} holdSuspicious Those in a suspicious mail too.
 * @property {"suspicious" | "dangerous"} bannerFrom The level from which on a mail has a banner.
 * @property {boolean} tagArrivals New mail is looked at as it arrives, and tagged where it may be an impersonation.
 * @property {boolean} notifyArrivals The same, and it is told.
 * @property {string} resolver Whom to ask about the domain name system, a URL (RFC 8484); empty: nobody.
 * @property {string} registry Whom to ask about the registration of domains, a URL (RFC 9082); empty: nobody.
 * @property {readonly string[]} blockLists Block lists of domains that the resolver is asked for, by their zones.
 * @property {boolean} proveShown Every message that is opened is proven by what that resolver answers.
 * @property {Language} language Of the add-on's texts.
 *
 * @import {OwnBrand, Sensitivity} from "../core/mekiki.js"
 * @typedef {"automatic" | import("./texts.mjs").Locale} Language `automatic`: Thunderbird's own, where there are texts.
 */
import { serviceOf } from "./lookups.mjs";
import { loadPolicy } from "./policy.mjs";
import { LOCALES } from "./texts.mjs";

/** The form in which it is stored; a later one knows how to read an earlier one. */
export const VERSION = 1;

/** Under what it is stored. */
const KEY = "settings";

/** Most entries of a list. */
export const MOST = 1_000;

/** Most brands of the reader's own: every mail is searched for their names. */
export const MOST_BRANDS = 100;

/** Most names, and most domains, of one of them. */
export const MOST_OF_BRAND = 20;

/** Most block lists: each is asked about every domain. */
export const MOST_LISTS = 10;

/** @type {Settings} */
export const DEFAULTS = Object.freeze({
  trustedDomains: Object.freeze([]),
  blockedSenders: Object.freeze([]),
  ownDomains: Object.freeze([]),
  ownBrands: Object.freeze([]),
  sensitivity: "normal",
  reportTo: Object.freeze([]),
  holdLinks: true,
  holdSuspicious: false,
  bannerFrom: "suspicious",
  tagArrivals: false,
  notifyArrivals: false,
  resolver: "",
  registry: "",
  blockLists: Object.freeze([]),
  proveShown: false,
  language: "automatic",
});

/** Levels from which on there can be a banner. */
export const BANNER_LEVELS = /** @type {const} */ (["suspicious", "dangerous"]);

/** @type {readonly Sensitivity[]} */
export const SENSITIVITIES = ["cautious", "normal", "quiet"];

/** @type {readonly Language[]} */
export const LANGUAGES = ["automatic", ...LOCALES];

/** @param {unknown} value */
const isDomain = (value) => typeof value === "string" && /^(?=.{3,253}$)[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)+$/u.test(value);

/** @param {unknown} value */
export const isAddress = (value) =>
  typeof value === "string" && value.length <= 320 && /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(value) && isDomain(value.split("@")[1]);

/** @param {unknown} value */
const isName = (value) => typeof value === "string" && value.length <= 100 && (value.match(/[\p{L}\p{N}]/gu) ?? []).length >= 2;

/** @param {unknown} value */
const isSender = (value) => isDomain(value) || isAddress(value);

/**
 * What a stored value is read as; nothing where it is none. Of a list, the entries that are none are left out.
 * @type {{ [Name in keyof Settings]: (stored: unknown) => Settings[Name] | undefined }}
 */
export const READERS = {
  trustedDomains: (stored) => listOf(stored, isSender),
  blockedSenders: (stored) => listOf(stored, isSender),
  ownDomains: (stored) => listOf(stored, isDomain),
  ownBrands: brandsOf,
  sensitivity: (stored) => SENSITIVITIES.find((sensitivity) => sensitivity === stored),
  reportTo: (stored) => listOf(stored, isAddress),
  holdLinks: switchOf,
  holdSuspicious: switchOf,
  bannerFrom: (stored) => BANNER_LEVELS.find((level) => level === stored),
  tagArrivals: switchOf,
  notifyArrivals: switchOf,
  resolver: (stored) => (stored === "" ? "" : serviceOf(stored)),
  blockLists: (stored) => listOf(stored, isDomain)?.slice(0, MOST_LISTS),
  registry: (stored) => (stored === "" ? "" : serviceOf(stored)),
  proveShown: switchOf,
  language: (stored) => LANGUAGES.find((language) => language === stored),
};

/** Most entries of each list. */
export const MOSTS = /** @type {Readonly<Record<string, number>>} */ ({ ownBrands: MOST_BRANDS, blockLists: MOST_LISTS });

/** @type {Promise<Settings> | null} */
let known = null;

/** @type {Promise<unknown>} Saving is one after the other: each reads what the one before wrote. */
let saving = Promise.resolve();

/**
 * The settings in force.
 * @returns {Promise<Settings>}
 */
export function loadSettings() {
  known ??= Promise.all([stored(), loadPolicy()]).then(([found, { presets, locked }]) => ({ ...DEFAULTS, ...presets, ...read(found), ...locked }));
  return known;
}

/**
 * Changes some settings and leaves the others, those of a later version included. What the reader's organisation locked
 * stays as it is.
 * @param {Partial<Settings> | ((present: Settings) => Partial<Settings>)} changes
 * @returns {Promise<Settings>} The settings then in force.
 */
export function saveSettings(changes) {
  const saved = saving.then(async () => {
    const before = await stored();
    const { locked } = await loadPolicy();
    const wanted = Object.entries(read(typeof changes === "function" ? changes(await loadSettings()) : changes));
    const free = Object.fromEntries(wanted.filter(([name]) => !Object.hasOwn(locked, name)));
    await messenger.storage.local.set({ [KEY]: { ...before, ...free, version: VERSION } });
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
 * What can be read of stored values.
 * @param {Readonly<Record<string, unknown>>} found
 * @returns {Partial<Settings>}
 */
function read(found) {
  const entries = Object.entries(READERS).map(([name, reader]) => [name, reader(found[name])]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
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

/**
 * @param {unknown} stored
 * @returns {readonly OwnBrand[] | undefined} Each with a name and a domain at least.
 */
function brandsOf(stored) {
  if (!Array.isArray(stored)) return undefined;
  return stored.map(brandOf).filter((brand) => brand !== null).slice(0, MOST_BRANDS);
}

/**
 * @param {unknown} stored
 * @returns {OwnBrand | null}
 */
function brandOf(stored) {
  if (typeof stored !== "object" || stored === null) return null;
  const names = "names" in stored && Array.isArray(stored.names) ? stored.names : [];
  const domains = "domains" in stored && Array.isArray(stored.domains) ? stored.domains : [];
  const isWhole = names.length > 0 && domains.length > 0 && names.every(isName) && domains.every(isDomain);
  if (!isWhole || names.length > MOST_OF_BRAND || domains.length > MOST_OF_BRAND) return null;
  return { names: names.map((name) => name.trim()), domains: domains.map((domain) => domain.toLowerCase()) };
}
