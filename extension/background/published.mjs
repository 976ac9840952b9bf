/**
 * The dissection as it is shown to others. The core writes it, from the message and what it was judged with.
 *
 * @import {Answers, Context, Format, Report} from "../core/mekiki.js"
 */
import { readersSide } from "./context.mjs";
import { dissectWhole, foundOut } from "./dissections.mjs";
import { freeJudge } from "./judges.mjs";
import { readersTexts } from "./words.mjs";

/**
 * @param {number} messageId
 * @param {Format} format
 * @param {string} map The way it came as a drawing; empty where there is none.
 * @returns {Promise<string | null>} Nothing where the message could not be checked.
 */
export async function publishedOf(messageId, format, map) {
  const dissection = await dissectWhole(messageId);
  if (dissection.state !== "report") return null;
  const [texts, { raw, side, answers }] = await Promise.all([readersTexts(), sourceOf(messageId)]);
  const countries = Object.fromEntries(countriesOf(dissection.report).map((code) => [code, texts.country(code)]));
  const words = { language: texts.language, messages: texts.messages, countries, map };
  return freeJudge().published(raw, side, answers, words, format);
}

/**
 * @param {number} messageId
 * @param {readonly string[]} texts
 * @returns {Promise<readonly string[]>}
 */
export async function maskedOf(messageId, texts) {
  const { raw, side, answers } = await sourceOf(messageId);
  return freeJudge().masked(raw, side, answers, texts);
}

/**
 * @param {number} messageId
 * @returns {Promise<{ raw: Blob, side: Context, answers: Answers }>}
 */
async function sourceOf(messageId) {
  const [message, raw] = await Promise.all([messenger.messages.get(messageId), messenger.messages.getRaw(messageId)]);
  return { raw, side: await readersSide(message, freeJudge().authorOf(raw)), answers: foundOut(messageId) };
}

/**
 * The countries that a report names, by ISO 3166-1 code.
 * @param {Report} report
 * @returns {string[]}
 */
function countriesOf({ trail, signs, links }) {
  const seen = signs.flatMap(({ evidence }) => evidence.filter(({ kind }) => kind === "country").map(({ value }) => value));
  return [...new Set([...seen, ...trail.map(({ country }) => country), ...links.flatMap(({ ending, server }) => [ending?.country, server?.country])])].filter((country) => typeof country === "string");
}
