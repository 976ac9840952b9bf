/**
 * Authentication in plain words: whether the sender's domain vouches for the mail, by which methods, and whose word it is.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Authenticated, Report} from "../core/mekiki.js"
 */
import { isAccused } from "../shared/levels.mjs";
import { element, note, section } from "./dom.mjs";

/** The methods everybody uses, in the order in which they are asked about. */
const METHODS = /** @type {const} */ (["spf", "dkim", "dmarc"]);

/**
 * What the receiving host itself says; what others wrote says nothing.
 * @param {Report} report
 */
export function believed({ authentication }) {
  return authentication.filter(({ standing }) => standing === "believed");
}

/** Signs that whoever it speaks for, or somebody the user knows, really sent it. */
const BRAND_PROOF = "trust.brand-authenticated";
const PROOFS = new Set([BRAND_PROOF, "trust.correspondent"]);

/**
 * Whether the author's domain vouches, for the summary and as a sentence. Any domain vouches for its own mail: what counts is
 * whether that answers the claim.
 * @param {Report} report
 * @param {Texts} texts
 * @returns {{ outcome: "proven" | "yes" | "not" | "no" | "unchecked", short: string, sentence: string }}
 */
export function voucherOf(report, texts) {
  const domain = report.from?.domain ?? "?";
  const results = believed(report).filter(({ method }) => METHODS.some((one) => one === method));
  const isVouched = report.from !== null && report.from.trust !== null;
  const outcome = isVouched ? answerTo(report) : results.some(({ outcome }) => outcome !== "temperror") || isDisproved(report) ? "no" : "unchecked";
  const other = outcome === "no" ? results.find((result) => result.outcome === "pass" && result.domain)?.domain : undefined;
  const sentence = texts.get(`vouched_${outcome}`, [domain, report.claim ?? ""]);
  return {
    outcome,
    short: texts.get(`vouched_${outcome}_short`, [domain, report.claim ?? ""]),
    sentence: other ? `${sentence} ${texts.get("vouched_other", [other])}` : sentence,
  };
}

/**
 * Whether Mekiki's own proof says that it does not come from its author's domain.
 * @param {Report} report
 */
function isDisproved({ proof }) {
  return proof?.dmarc?.outcome === "fail";
}

/**
 * What it means that the author's domain vouches.
 * @param {Report} report
 */
function answerTo({ level, claim, signs }) {
  const proofs = signs.filter(({ id }) => PROOFS.has(id));
  if (isAccused(level)) return claim === null || proofs.some(({ id }) => id === BRAND_PROOF) ? "yes" : "not";
  return proofs.length > 0 ? "proven" : "yes";
}

/**
 * @param {Report} report
 * @param {Texts} texts
 * @param {boolean} isOpen
 */
export function drawAuthentication(report, texts, isOpen) {
  const { outcome, sentence } = voucherOf(report, texts);
  const told = believed(report);
  const answers = element("dl");
  for (const method of METHODS) {
    const results = told.filter((result) => result.method === method);
    const answer = results.length === 0 ? [element("p", {}, texts.get("outcome_unchecked"))] : results.map((result) => element("p", {}, inWords(result, texts)));
    answers.append(element("dt", {}, texts.get(`question_${method}`)), element("dd", {}, ...answer));
  }
  const others = told.filter(({ method }) => !METHODS.some((one) => one === method));
  if (others.length > 0) {
    answers.append(element("dt", {}, texts.get("question_other")), element("dd", {}, ...others.map((result) => element("p", {}, `${methodOf(result)}: ${inWords(result, texts)}`))));
  }
  const witnesses = [...new Set(told.map(({ by }) => by).filter((by) => by !== null))];
  const word = told.length === 0 ? "authentication_nothing" : witnesses.length > 0 ? "authentication_word" : "authentication_receiver";
  const content = [element("p", { className: `voucher ${outcome}` }, sentence), answers, note(texts.get(word, [witnesses.join(texts.get("list_comma"))]))];
  return section("authentication", texts.get("section_authentication"), { isOpen }, ...content);
}

/**
 * One result: "passed · example[.]com · the sender's own domain".
 * @param {Authenticated} result
 * @param {Texts} texts
 */
function inWords({ outcome, domain, isAligned }, texts) {
  const fits = outcome === "pass" ? texts.get(isAligned ? "authentication_aligned" : "authentication_unaligned") : "";
  return [texts.get(`outcome_${outcome}`), domain, fits].filter(Boolean).join(" · ");
}

/**
 * @param {Authenticated} result
 */
function methodOf({ method }) {
  return (typeof method === "string" ? method : method.other).toUpperCase();
}
