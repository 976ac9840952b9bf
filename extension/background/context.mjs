/**
 * The reader's side, as the core takes it. Everything of it may be missing: what is not allowed, cannot be read or does
 * not come in time keeps no mail from being judged.
 *
 * @import {Context} from "../core/mekiki.js"
 * @import {Acquaintance} from "./acquaintance.mjs"
 */
import { ownIdentities } from "../shared/identities.mjs";
import { loadSettings } from "../shared/settings.mjs";
import { within } from "../shared/within.mjs";
import { acquaintanceWith } from "./acquaintance.mjs";
import { contactsFor } from "./contacts.mjs";
import { knownReceivers } from "./receivers.mjs";

/** Milliseconds that a mail waits for what can be known without: the banner must not come late for it. */
const PATIENCE = 400;

/** @type {Acquaintance} */
const NOBODY_LOOKED = {};

/**
 * @param {MessageHeader} [message] The message to be judged: what concerns its author alone is looked for too.
 * @returns {Promise<Context>}
 */
export async function readersSide(message) {
  const author = message && authorOf(message.author);
  const [settings, own, receivers, contacts, acquaintance] = await Promise.all([
    loadSettings(),
    timely(ownIdentities(), null),
    timely(knownReceivers(), []),
    author ? timely(contactsFor(author), []) : [],
    author ? timely(acquaintanceWith(author.address, message), NOBODY_LOOKED) : NOBODY_LOOKED,
  ]);
  const { trustedDomains, ownDomains, ownBrands, sensitivity } = settings;
  return {
    ...{ trustedDomains, ownDomains, ownBrands, sensitivity, receivers, contacts },
    ...{ ownAddresses: own?.addresses ?? [], ownNames: own?.names ?? [] },
    ...(acquaintance.isKnown !== undefined && { isKnownAuthor: acquaintance.isKnown }),
    correspondents: author && acquaintance.isAnswered ? [author.address] : [],
  };
}

/**
 * The author as Thunderbird tells it. It only picks what is handed over: whom a mail is from the core reads for itself.
 * @param {string} field
 * @returns {{ name: string, address: string } | null}
 */
function authorOf(field) {
  const address = /[^\s<>",;]+@[^\s<>",;]+(?=>?\s*$)/.exec(field)?.[0]?.toLowerCase();
  return address === undefined ? null : { name: field.slice(0, field.lastIndexOf("<")), address };
}

/**
 * @template T
 * @param {Promise<T>} sought
 * @param {T} nothing
 * @returns {Promise<T>}
 */
function timely(sought, nothing) {
  return within(sought.catch(() => nothing), PATIENCE, nothing);
}
