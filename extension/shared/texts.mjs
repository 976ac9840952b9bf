/**
 * The words of one language, read from the add-on's own locale files, so that a language other than the program's can
 * be shown.
 *
 * @import {Finding} from "../core/mekiki.js"
 * @import {Details} from "./protocol.mjs"
 *
 * @typedef {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} Messages
 */

/** Locales there are texts for. */
export const LOCALES = /** @type {const} */ (["en", "ja"]);

/** Languages written from right to left. */
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** What stands for a value that is missing. */
const MISSING = "?";

export class Texts {
  /**
   * @param {string} language
   * @param {Messages} messages
   */
  constructor(language, messages) {
    this.language = language;
    /** @private */
    this.messages = messages;
  }

  /** @returns {"ltr" | "rtl"} */
  get direction() {
    return RIGHT_TO_LEFT.has(this.language) ? "rtl" : "ltr";
  }

  /**
   * A text with its placeholders filled by position.
   * @param {string} key
   * @param {readonly string[]} values
   * @returns {string} The key itself where there is no such text.
   */
  get(key, values = []) {
    const entry = this.messages[key];
    if (!entry) return key;
    // One pass: a value that looks like a placeholder stays what it is.
    return entry.message.replace(/\$([A-Za-z0-9_]+)\$/g, (_, name) => {
      const content = entry.placeholders?.[name.toLowerCase()]?.content ?? "";
      return values[Number(content.slice(1)) - 1] ?? MISSING;
    });
  }

  /**
   * One of a sign's three texts, with the values it saw: what was seen, why it matters, how to check it.
   * @param {"summary" | "meaning" | "check"} part
   * @param {Finding} finding
   * @param {Details} details
   */
  ofSign(part, finding, details) {
    const values = (details[finding.id] ?? []).map(({ name, kind }) => isolated(this.value(finding.evidence[name], kind)));
    return this.get(`${signKey(finding.id)}_${part}`, values);
  }

  /**
   * One value of evidence as people read it.
   * @param {string | undefined} value
   * @param {string} kind
   */
  value(value, kind) {
    if (value === undefined) return MISSING;
    switch (kind) {
      case "country":
        return this.country(value);
      case "weekday":
        return this.get(`weekday_${value}`);
      case "date":
        return this.date(value);
      case "domain":
      case "url":
      case "address":
        return defang(value);
      default:
        return value;
    }
  }

  /**
   * @param {string} code ISO 3166-1 alpha-2
   */
  country(code) {
    try {
      return new Intl.DisplayNames([this.language], { type: "region" }).of(code) ?? code;
    } catch {
      return code;
    }
  }

  /**
   * @param {string} date `YYYY-MM-DD`
   */
  date(date) {
    const parsed = new Date(`${date}T00:00:00Z`);
    if (Number.isNaN(parsed.getTime())) return date;
    return new Intl.DateTimeFormat(this.language, { dateStyle: "long", timeZone: "UTC" }).format(parsed);
  }
}

/**
 * The locale that serves a language tag; English where there is none.
 * @param {string} tag For example `ja-JP`.
 */
export function localeOf(tag) {
  const language = tag.split(/[-_]/)[0]?.toLowerCase();
  return LOCALES.find((locale) => locale === language) ?? "en";
}

/**
 * Loads the texts of the program's language.
 * @returns {Promise<Texts>}
 */
export async function loadTexts() {
  const locale = localeOf(messenger.i18n.getUILanguage());
  const response = await fetch(messenger.runtime.getURL(`_locales/${locale}/messages.json`));
  return new Texts(locale, /** @type {Messages} */ (await response.json()));
}

/**
 * The beginning of a sign's text keys.
 * @param {string} id
 */
export function signKey(id) {
  return `sign_${id.replace(/[.-]/g, "_")}`;
}

/**
 * A value whose writing direction cannot disturb the sentence around it (Unicode FSI and PDI).
 * @param {string} value
 */
function isolated(value) {
  return `\u2068${value}\u2069`;
}

/**
 * An address nobody can click: `hxxps://example[.]com`.
 * @param {string} text
 */
export function defang(text) {
  return text.replace(/^http/i, "hxxp").replaceAll(".", "[.]");
}

/**
 * The text key of why a message could not be checked.
 * @param {import("./protocol.mjs").Cause} cause
 */
export function causeKey(cause) {
  return `cause_${cause.replace("-", "_")}`;
}
