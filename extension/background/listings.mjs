/**
 * Block lists of domains, asked for over the domain name system (RFC 5782): a name that has an address stands on the list.
 *
 * @import {Listing} from "./prover.mjs"
 */

/**
 * Addresses by which lists say that they do not answer whoever asks: of Spamhaus those in 127.255.255.0/24, of URIBL and
 * SURBL 127.0.0.1, which RFC 5782 §5 keeps free. They often refuse resolvers that are everybody's.
 */
const REFUSALS = /^127\.(?:255\.255\.\d+|0\.0\.1)$/;

/** What lists answer else (RFC 5782 §2.3). A resolver that leads names astray answers other addresses. */
const LISTED = /^127\./;

/**
 * What a list tells of a domain.
 * @param {string} domain
 * @param {string} list
 * @param {readonly string[]} addresses
 * @returns {Listing[]} At most one.
 */
export function listingsOf(domain, list, addresses) {
  if (addresses.some((address) => REFUSALS.test(address))) return [{ domain, list, isRefused: true }];
  return addresses.some((address) => LISTED.test(address)) ? [{ domain, list, isRefused: false }] : [];
}
