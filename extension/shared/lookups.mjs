/**
 * Whom the add-on may ask over the network, if the user wants that: resolvers of the domain name system over HTTPS
 * (RFC 8484).
 */

/**
 * Resolvers that anybody may use, by the names of those who run them and the country they are in (seen 2026-11).
 * @type {readonly { url: string, name: string, country: string }[]}
 */
export const RESOLVERS = [
  { url: "https://dns.quad9.net/dns-query", name: "Quad9", country: "CH" },
  { url: "https://public.dns.iij.jp/dns-query", name: "IIJ", country: "JP" },
  { url: "https://cloudflare-dns.com/dns-query", name: "Cloudflare", country: "US" },
  { url: "https://dns.google/dns-query", name: "Google", country: "US" },
];

/** Longest address of a resolver. */
const LONGEST = 500;

/**
 * The address of a resolver as it is kept; nothing where it is none. Over plain HTTP anybody on the way could answer.
 * @param {unknown} value
 * @returns {string | undefined}
 */
export function resolverOf(value) {
  if (typeof value !== "string" || value.length > LONGEST || !URL.canParse(value)) return undefined;
  const { protocol, username, password, hash, href } = new URL(value);
  return protocol === "https:" && !username && !password && !hash ? href : undefined;
}

/**
 * The host of a resolver, which is what it is known by.
 * @param {string} resolver
 */
export function hostOf(resolver) {
  return new URL(resolver).host;
}

/**
 * What Thunderbird must allow so that a resolver can be asked.
 * @param {string} resolver
 */
export function permissionFor(resolver) {
  return { origins: [`https://${new URL(resolver).hostname}/*`] };
}
