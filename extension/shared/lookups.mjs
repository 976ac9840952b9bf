/**
 * Whom the add-on may ask over the network, if the user wants that: a resolver of the domain name system over HTTPS
 * (RFC 8484), and a service that knows the registries of domains (RFC 9082).
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

/** A service that anybody may use: it refers to the registry in charge. */
export const REGISTRY = "https://rdap.org/";

/** Longest address of a service. */
const LONGEST = 500;

/**
 * The address of a service as it is kept; nothing where it is none. Over plain HTTP anybody on the way could answer.
 * @param {unknown} value
 * @returns {string | undefined}
 */
export function serviceOf(value) {
  if (typeof value !== "string" || value.length > LONGEST || !URL.canParse(value)) return undefined;
  const { protocol, username, password, hash, href } = new URL(value);
  return protocol === "https:" && !username && !password && !hash ? href : undefined;
}

/**
 * The host of a service, which is what it is known by.
 * @param {string} service
 */
export function hostOf(service) {
  return new URL(service).host;
}

/**
 * What Thunderbird must allow so that services can be asked.
 * @param {...string} services
 */
export function permissionFor(...services) {
  return { origins: services.map((service) => `https://${new URL(service).hostname}/*`) };
}

/**
 * Whether a service may be asked.
 * @param {string} service Empty where none was chosen.
 * @returns {Promise<boolean>}
 */
export async function mayAsk(service) {
  return service !== "" && (await messenger.permissions.contains(permissionFor(service)));
}
