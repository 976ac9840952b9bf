/**
 * The words of one language, read from the add-on's own locale files, so that a language other than the program's can
 * be shown.
 *
 * @import {Detail, DetailKind, Finding, Pieces} from "../core/mekiki.js"
 *
 * @typedef {{ text: string, isValue: boolean, address?: readonly [string, string, string] }} Piece A piece of a sentence: the
 *   add-on's words, or a value put in; of an address, its pieces around the domain to look at.
 * @typedef {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} Messages
 */

/** @typedef {keyof typeof LANGUAGE_NAMES} Locale */

/** The locales there are texts for, each with its language's name in itself: whoever cannot read the others finds it. */
export const LANGUAGE_NAMES = Object.freeze({
  en: "English",
  ja: "日本語",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
  pt_BR: "Português (Brasil)",
  it: "Italiano",
  zh_CN: "简体中文",
  zh_TW: "繁體中文",
  ko: "한국어",
});

export const LOCALES = /** @type {readonly Locale[]} */ (Object.keys(LANGUAGE_NAMES));

/** What in a language tag tells that Chinese is written in traditional characters: the script, or where they are used. */
const TRADITIONAL = ["hant", "tw", "hk", "mo"];

/** Languages written from right to left. */
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

/** What stands for a value that is missing. */
const MISSING = "?";

/** Kinds of values in the sender's own words. @type {ReadonlySet<DetailKind>} */
const FOREIGN = new Set(["text", "domain", "address", "url"]);

/** What nobody takes for words of the add-on's: an address needs no quotation marks where it is nothing but one. */
const BARE = /^[!-~]+$/;

/** What already stands before a value that the text itself puts in marks. */
const OPENING = /[\u201C\u201E\u00AB\u2018\u300C\u300E]\s?$/u;

/** Most characters of a value where there is little room, and of what stands on either side of an address's domain. */
const LONGEST = 100;
const LONGEST_SIDE = 50;

export class Texts {
  /**
   * @param {string} locale
   * @param {Messages} messages
   */
  constructor(locale, messages) {
    this.language = languageTag(locale);
    /** As the locale file has them. @readonly */
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
    return this.pieces(key, values).map(({ text }) => text).join("");
  }

  /**
   * The same in pieces, which tell the add-on's words from the values.
   * @param {string} key
   * @param {readonly string[]} values
   * @returns {Piece[]}
   */
  pieces(key, values) {
    const entry = this.messages[key];
    if (!entry) return [{ text: key, isValue: false }];
    // One pass: a value that looks like a placeholder stays what it is. Every other piece is a placeholder's name.
    return entry.message.split(/\$([A-Za-z0-9_]+)\$/g).map((text, at) => {
      if (at % 2 === 0) return { text, isValue: false };
      const content = entry.placeholders?.[text.toLowerCase()]?.content ?? "";
      return { text: values[Number(content.slice(1)) - 1] ?? MISSING, isValue: true };
    });
  }

  /**
   * One of a sign's three texts, with the values it saw: what was seen, why it matters, how to check it.
   * @param {"summary" | "meaning" | "check"} part
   * @param {Finding} finding
   * @returns {Piece[]}
   */
  ofSign(part, { id, evidence }) {
    return this.sentence(`${signKey(id)}_${part}`, evidence);
  }

  /**
   * A text with what was seen, for where the mail may lie beside it: values cut, and whatever the sender wrote in quotation
   * marks.
   * @param {string} key
   * @param {readonly Detail[]} evidence
   * @returns {Piece[]}
   */
  sentence(key, evidence) {
    const pieces = this.pieces(key, evidence.map((_, at) => String(at)));
    return pieces.flatMap((piece, at) => {
      const detail = piece.isValue ? evidence[Number(piece.text)] : undefined;
      if (!detail) return [piece];
      const value = this.seen(detail);
      const isQuoted = FOREIGN.has(detail.kind) && !(value.address && BARE.test(value.text));
      if (!isQuoted || OPENING.test(pieces[at - 1]?.text ?? "")) return [value];
      return this.pieces("quoted", [value.text]).map((around) => (around.isValue ? value : around));
    });
  }

  /**
   * One value of evidence, cut where it is too long.
   * @param {Detail} detail
   * @returns {Piece}
   */
  seen({ value, kind, pieces }) {
    if (!pieces?.domain) return { text: cut(this.value(value, kind)), isValue: true };
    const address = addressIn(pieces);
    return { text: address.join(""), isValue: true, address };
  }

  /**
   * One value of evidence as people read it.
   * @param {string} value
   * @param {DetailKind} kind
   */
  value(value, kind) {
    switch (kind) {
      case "country":
        return this.country(value);
      case "weekday":
        return this.get(`weekday_${value}`);
      case "trick":
        return this.get(`trick_${value.replaceAll("-", "_")}`);
      case "date":
        return this.date(value);
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
 * The locale that serves a language tag: of Chinese the one in the same characters, else the one of the same language;
 * English where there is none.
 * @param {string} tag For example `ja-JP`, `zh-Hant-HK`.
 * @returns {Locale}
 */
export function localeOf(tag) {
  const [language = "", ...rest] = tag.toLowerCase().split(/[-_]/);
  const isTraditional = !rest.includes("hans") && rest.some((part) => TRADITIONAL.includes(part));
  const wanted = language === "zh" ? (isTraditional ? "zh_TW" : "zh_CN") : language;
  return LOCALES.find((locale) => locale === wanted) ?? LOCALES.find((locale) => locale.split("_")[0] === wanted) ?? "en";
}

/**
 * The language tag (BCP 47) of a locale: `zh_CN` is `zh-CN`.
 * @param {string} locale
 */
export function languageTag(locale) {
  return locale.replace("_", "-");
}

/** @type {Map<Locale, Promise<Texts>>} */
const loaded = new Map();

/**
 * The texts of the language that the reader chose, loaded once.
 * @param {import("./settings.mjs").Language} language
 * @returns {Promise<Texts>}
 */
export function loadTexts(language) {
  const locale = language === "automatic" ? localeOf(messenger.i18n.getUILanguage()) : language;
  const known = loaded.get(locale);
  if (known) return known;
  const texts = load(locale).catch((error) => {
    loaded.delete(locale);
    throw error;
  });
  loaded.set(locale, texts);
  return texts;
}

/**
 * @param {string} locale
 */
async function load(locale) {
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
 * The pieces of an address, cut where they are too long; the domain to look at stays whole.
 * @param {Pieces} pieces
 * @returns {readonly [string, string, string]}
 */
export function addressIn({ before, domain, after }) {
  return [cut(before, LONGEST_SIDE), domain, cut(after, LONGEST_SIDE)];
}

/**
 * A value cut in its middle where it is too long: both its beginning and its end tell something.
 * @param {string} value
 * @param {number} [longest] In characters.
 */
export function cut(value, longest = LONGEST) {
  const characters = [...value];
  if (characters.length <= longest) return value;
  return `${characters.slice(0, longest * 0.7).join("")}…${characters.slice(longest * -0.3).join("")}`;
}

/**
 * A text that turns no direction and breaks no line: control characters and those of direction are written out. What
 * makes up letters and pictures, as in the scripts of India and in emoji, stays. For what Thunderbird or a file tells;
 * what the core tells is ready to be shown.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(/[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu, (one) => {
    return `\\u{${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}}`;
  });
}

/**
 * A text whose addresses nobody can click, for what leaves the program: `hxxps://example[.]com`.
 * @param {string} text
 */
export function defang(text) {
  return text.replace(/\bhttp(?=s?:)/gi, "hxxp").replace(/(?<=[\p{L}\p{N}_-])\.(?=\p{L})/gu, "[.]");
}

/**
 * The text key of why a message could not be checked.
 * @param {import("./protocol.mjs").Cause} cause
 */
export function causeKey(cause) {
  return `cause_${cause.replace("-", "_")}`;
}
