/**
 * What was looked up about the message: what Mekiki itself could prove by what a resolver answered, and what a registry
 * tells of its domains. And the button that has them asked.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected, Dissection, LookUp} from "../shared/protocol.mjs"
 * @import {Listing} from "../background/prover.mjs"
 * @import {Registration} from "../background/registry.mjs"
 * @import {Settings} from "../shared/settings.mjs"
 * @import {Proof, ProvenSignature} from "../core/mekiki.js"
 */
import { hostOf, permissionFor } from "../shared/lookups.mjs";
import { ask } from "../shared/protocol.mjs";
import { visible } from "../shared/texts.mjs";
import { button, element, foreign, note, section } from "./dom.mjs";
import { duration } from "./times.mjs";

/** Most signatures that are told of. */
const MOST = 10;

/** Seconds of a day, and of the age up to which a domain is told to be young. */
const DAY = 86_400;
const YOUNG = 90 * DAY;

/**
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {Settings} settings
 * @param {boolean} isPage
 * @param {(dissection: Dissection) => unknown} redraw
 */
export function drawProof({ report, messageId, lookUp }, texts, { resolver, registry }, isPage, redraw) {
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const services = [resolver, registry].filter((service) => service !== "");
  const press = async () => {
    if (services.length === 0) {
      await messenger.tabs.create({ url: messenger.runtime.getURL("options/options.html#lookups") });
      return;
    }
    // Not a moment later: a permission can be asked for only while the click is being handled.
    if (!(await messenger.permissions.request(permissionFor(...services)))) {
      status.textContent = texts.get("lookups_refused");
      return;
    }
    status.textContent = texts.get("proof_asking", [hosts]);
    await redraw(await ask("look-up", { messageId }));
    // What was found stands where the button was pressed, and the keyboard goes on from there.
    const again = /** @type {HTMLElement | null} */ (document.querySelector("#proof .look-up"));
    again?.focus();
    again?.scrollIntoView({ block: "center" });
  };
  const hosts = services.map(hostOf).join(texts.get("list_comma"));
  const words = lookUp === null ? "proof_look_up" : "proof_again";
  const look = button("look-up", texts.get(services.length === 0 ? "proof_choose" : words), press);
  const proven = report.proof ? provenLines(report.proof, texts) : [];
  const content = [
    ...(lookUp === null ? [note(services.length === 0 ? texts.get("proof_nobody") : texts.get("proof_not_yet", [hosts]))] : asked(lookUp, texts)),
    ...(proven.length > 0 ? [element("ul", { className: "proven" }, ...proven.map(({ outcome, words }) => element("li", { className: outcome }, words)))] : []),
    ...drawListings(lookUp?.listings ?? [], texts),
    ...(lookUp?.registrations ?? []).map((registration) => drawRegistration(registration, report.date, texts)),
    element("p", { className: "controls" }, look),
    status,
  ];
  return section("proof", texts.get("proof_title"), { isOpen: isPage || lookUp !== null }, ...content);
}

/**
 * How the asking went.
 * @param {LookUp} lookUp
 * @param {Texts} texts
 */
function asked({ resolver }, texts) {
  if (resolver === null) return [];
  const { host, asked } = resolver;
  if (asked === null) return [note(texts.get("proof_broke_down"))];
  const { questions, unanswered, authentic } = asked;
  if (questions > 0 && unanswered === questions) return [note(texts.get("proof_silent", [host]))];
  const told = [texts.get("proof_asked", [host, String(questions)])];
  if (authentic > 0) told.push(texts.get("proof_authentic", [String(authentic)]));
  if (unanswered > 0) told.push(texts.get("proof_unanswered", [String(unanswered)]));
  return [note(told.join(" "))];
}

/** @typedef {{ outcome: "good" | "bad" | "open", words: string }} Line */

/**
 * @param {Proof} proof
 * @param {Texts} texts
 * @returns {Line[]}
 */
function provenLines({ signatures, spf, arc, dmarc }, texts) {
  /** @type {Line[]} */
  const lines = signatures.slice(0, MOST).map((signature) => signatureLine(signature, texts));
  if (signatures.length === 0) lines.push({ outcome: "open", words: texts.get("proof_unsigned") });
  if (spf) lines.push(spfLine(spf, texts));
  const sealer = arc?.sets.at(-1)?.seal.domain;
  if (arc?.outcome === "pass" && sealer) lines.push({ outcome: "open", words: texts.get("proof_sealed", [sealer]) });
  if (dmarc?.outcome === "pass") lines.push({ outcome: "good", words: texts.get("proof_dmarc_pass", [dmarc.domain]) });
  if (dmarc?.outcome === "fail") lines.push({ outcome: "bad", words: texts.get("proof_dmarc_fail", [dmarc.domain]) });
  return lines;
}

/**
 * @param {ProvenSignature} signature
 * @param {Texts} texts
 * @returns {Line}
 */
function signatureLine({ domain, outcome, isTesting, bodyCovered, addedFields }, texts) {
  if (outcome === "fail") return { outcome: "bad", words: texts.get("proof_signature_fail", [domain]) };
  if (outcome === "permerror") return { outcome: "open", words: texts.get("proof_signature_void", [domain]) };
  if (outcome !== "pass" || isTesting) return { outcome: "open", words: texts.get("proof_signature_open", [domain]) };
  if (bodyCovered !== null || addedFields.length > 0) return { outcome: "bad", words: texts.get("proof_signature_part", [domain]) };
  return { outcome: "good", words: texts.get("proof_signature_pass", [domain]) };
}

/**
 * @param {NonNullable<Proof["spf"]>} spf
 * @param {Texts} texts
 * @returns {Line}
 */
function spfLine({ outcome, domain, client }, texts) {
  const values = [domain, client ?? ""];
  if (outcome === "pass") return { outcome: "good", words: texts.get("proof_spf_pass", values) };
  if (outcome === "fail" || outcome === "softfail") return { outcome: "bad", words: texts.get("proof_spf_fail", values) };
  return { outcome: "open", words: texts.get(outcome === "temperror" ? "proof_spf_open" : "proof_spf_none", values) };
}

/**
 * What block lists tell of domains; each that refuses to answer once.
 * @param {readonly Listing[]} listings
 * @param {Texts} texts
 */
function drawListings(listings, texts) {
  const listed = listings.filter(({ isRefused }) => !isRefused).map(({ domain, list }) => element("p", { className: "remark" }, texts.get("listed", [domain, list])));
  const refusing = new Set(listings.filter(({ isRefused }) => isRefused).map(({ list }) => list));
  return [...listed, ...[...refusing].map((list) => note(texts.get("listed_refused", [list])))];
}

/**
 * What a registry tells of a domain: when it was registered, which forgers do shortly before, and through whom.
 * @param {Registration} registration
 * @param {string | null} date Of the message, as RFC 3339 has it.
 * @param {Texts} texts
 */
function drawRegistration({ domain, registered, registrar, abuse }, date, texts) {
  const told = [];
  const age = registered && date ? (Date.parse(date) - Date.parse(registered)) / 1000 : Number.NaN;
  if (registered) told.push(texts.get("registered_on", [texts.date(registered.slice(0, 10))]));
  const isYoung = age >= 0 && age <= YOUNG;
  if (isYoung) told.push(texts.get("registered_before", [duration(Math.max(DAY, age - (age % DAY)), texts)]));
  if (registrar) told.push(texts.get("registered_through", [visible(registrar)]));
  if (abuse) told.push(texts.get("registered_abuse", [visible(abuse)]));
  if (told.length === 0) told.push(texts.get("registered_unknown"));
  return element("p", { className: isYoung ? "registration young" : "registration" }, element("b", {}, foreign(domain)), ": ", told.join(" "));
}
