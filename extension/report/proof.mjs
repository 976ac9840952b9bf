/**
 * What Mekiki itself could prove of the message, by what a resolver answered; and the button that has it asked.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected, Dissection, LookUp} from "../shared/protocol.mjs"
 * @import {Settings} from "../shared/settings.mjs"
 * @import {Proof, ProvenSignature, Report} from "../core/mekiki.js"
 */
import { hostOf, permissionFor } from "../shared/lookups.mjs";
import { ask } from "../shared/protocol.mjs";
import { button, element, note, section } from "./dom.mjs";

/** Most signatures that are told of. */
const MOST = 10;

/**
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {Settings} settings
 * @param {boolean} isPage
 * @param {(dissection: Dissection) => void} redraw
 */
export function drawProof({ report, messageId, lookUp }, texts, { resolver }, isPage, redraw) {
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const press = async () => {
    if (resolver === "") {
      await messenger.tabs.create({ url: messenger.runtime.getURL("options/options.html#lookups") });
      return;
    }
    // Not a moment later: a permission can be asked for only while the click is being handled.
    if (!(await messenger.permissions.request(permissionFor(resolver)))) {
      status.textContent = texts.get("lookups_refused");
      return;
    }
    status.textContent = texts.get("proof_asking", [hostOf(resolver)]);
    redraw(await ask("look-up", { messageId }));
  };
  const words = lookUp === null ? "proof_look_up" : "proof_again";
  const look = button("look-up", texts.get(resolver === "" ? "proof_choose" : words), press);
  const proven = report.proof ? provenLines(report.proof, texts) : [];
  const content = [
    ...(lookUp === null ? [note(texts.get(resolver === "" ? "proof_nobody" : "proof_not_yet", resolver === "" ? [] : [hostOf(resolver)]))] : asked(lookUp, texts)),
    ...(proven.length > 0 ? [element("ul", { className: "proven" }, ...proven.map(({ outcome, words }) => element("li", { className: outcome }, words)))] : []),
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
function asked({ host, asked }, texts) {
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
