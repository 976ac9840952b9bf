/**
 * What the banner says of a link that was held back: where it really leads, so that it can be read but not clicked.
 *
 * @import {HeldLink} from "../shared/protocol.mjs"
 */
import { cut, defang, escaped } from "../shared/texts.mjs";
import { displayedIn, dissect } from "./dissections.mjs";
import { readersTexts } from "./words.mjs";

/** What stands before the host: scheme, name and password, or the mailbox. */
const BEFORE_HOST = /^(?:mailto:[^?@]*@|[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?)/i;

/**
 * @param {number} tabId
 * @param {string} url As the message's page reads it.
 * @returns {Promise<HeldLink>}
 */
export async function heldLink(tabId, url) {
  const messageId = await displayedIn(tabId);
  const dissection = messageId === null ? null : await dissect(messageId);
  const links = dissection?.state === "report" ? dissection.report.links : [];
  const known = links.find((link) => link.url === url);
  const target = known?.chain.at(-1) ?? url;
  const texts = await readersTexts();
  return {
    sentence: texts.get("held_sentence"),
    target: around(target, known?.domain ?? hostOf(target)),
    open: texts.get("held_open"),
    keep: texts.get("held_keep"),
  };
}

/**
 * The host, whole, since there is no telling here which part of it somebody registered; empty for what has none.
 * @param {string} url
 */
function hostOf(url) {
  const before = BEFORE_HOST.exec(url)?.[0];
  return before === undefined ? "" : (/^[^/?#:,]*/.exec(url.slice(before.length))?.[0] ?? "");
}

/**
 * A target around the domain in its host, made unclickable. A name and password before the host, as in
 * `https://bank.example@evil.example/`, stand with what comes before.
 * @param {string} target
 * @param {string} domain
 * @returns {[string, string, string]}
 */
function around(target, domain) {
  const host = hostOf(target);
  if (!domain || !host.endsWith(domain)) return [shown(target), "", ""];
  const at = (BEFORE_HOST.exec(target)?.[0] ?? "").length + host.length - domain.length;
  return [shown(target.slice(0, at)), shown(domain), shown(target.slice(at + domain.length))];
}

/**
 * @param {string} part Of an address.
 */
function shown(part) {
  return cut(escaped(defang(part)));
}
