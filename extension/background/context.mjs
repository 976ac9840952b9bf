/**
 * The reader's side, as the core takes it. Everything of it may be missing: what is not allowed, cannot be read or does
 * not come in time keeps no mail from being judged.
 *
 * @import {Contact, Context} from "../core/mekiki.js"
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
 * @param {MessageHeader} message The message to be judged.
 * @param {Promise<Contact | null>} read Its author, as the core reads it: Thunderbird's own reading may be another.
 * @returns {Promise<Context>}
 */
export async function readersSide(message, read) {
  const [settings, own, receivers, author, contacts, acquaintance] = await Promise.all([
    loadSettings(),
    timely(ownIdentities(), null),
    timely(knownReceivers(), []),
    read,
    read.then((author) => (author ? timely(contactsFor(author), []) : [])),
    read.then((author) => (author ? timely(acquaintanceWith(author.address, message), NOBODY_LOOKED) : NOBODY_LOOKED)),
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
 * @template T
 * @param {Promise<T>} sought
 * @param {T} nothing
 * @returns {Promise<T>}
 */
function timely(sought, nothing) {
  return within(sought.catch(() => nothing), PATIENCE, nothing);
}
