/**
 * What registries tell of domains, by RDAP (RFC 9082, RFC 9083): when one was registered, through whom, and who takes
 * reports about it. A service that knows all registries is asked, and refers to the one that is in charge.
 *
 * @typedef {object} Registration
 * @property {string} domain
 * @property {string | null} registered When, as RFC 3339 has it.
 * @property {string | null} registrar
 * @property {string | null} abuse Where its registrar takes reports.
 */

/** The form of answers. */
const FORM = "application/rdap+json";

/** Milliseconds after which an answer is not waited for any more. */
const PATIENCE = 8_000;

/** Largest answer that is read, in characters. */
const LARGEST = 500_000;

/** Longest text of an answer that is shown, in characters. */
const LONGEST = 200;

/** Most answers that are kept, and for how long, in milliseconds: such things hardly ever change. */
const MOST = 200;
const KEPT = 3_600_000;

/** @type {Map<string, { until: number, registration: Registration }>} */
const known = new Map();

/**
 * What is told of a domain. Never rejects.
 * @param {string} registry Address of the service, which `domain/NAME` follows.
 * @param {string} domain
 * @returns {Promise<Registration | null>} Nothing where nothing is told.
 */
export async function registrationOf(registry, domain) {
  const url = new URL(`domain/${encodeURIComponent(domain)}`, registry).href;
  const kept = known.get(url);
  if (kept && kept.until > Date.now()) return kept.registration;
  try {
    const answer = await fetch(url, {
      headers: { Accept: FORM },
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok || !new URL(answer.url || url).protocol.startsWith("https")) return null;
    const text = await answer.text();
    const registration = text.length > LARGEST ? null : readRegistration(domain, JSON.parse(text));
    if (registration) keep(url, registration);
    return registration;
  } catch {
    return null;
  }
}

/**
 * @param {string} url
 * @param {Registration} registration
 */
function keep(url, registration) {
  const oldest = known.keys().next();
  if (known.size >= MOST && !oldest.done) known.delete(oldest.value);
  known.set(url, { until: Date.now() + KEPT, registration });
}

/**
 * Reads an answer (RFC 9083 §5.3). Whoever answers can write anything: what is not of its declared form is left out.
 * @param {string} domain
 * @param {unknown} answer
 * @returns {Registration | null} Nothing where it is not about a domain.
 */
export function readRegistration(domain, answer) {
  if (fieldOf(answer, "objectClassName") !== "domain") return null;
  const events = listOf(answer, "events");
  const event = events.find((one) => fieldOf(one, "eventAction") === "registration");
  const time = Date.parse(textOf(fieldOf(event, "eventDate")) ?? "");
  const registrar = listOf(answer, "entities").find((one) => listOf(one, "roles").includes("registrar"));
  const abuse = listOf(registrar, "entities").find((one) => listOf(one, "roles").includes("abuse"));
  return {
    domain,
    registered: Number.isNaN(time) ? null : new Date(time).toISOString(),
    registrar: cardOf(registrar, "fn"),
    abuse: cardOf(abuse, "email"),
  };
}

/**
 * A text of a jCard (RFC 7095): `["vcard", [[name, parameters, type, value], …]]`.
 * @param {unknown} entity
 * @param {string} name
 */
function cardOf(entity, name) {
  const properties = fieldOf(listOf(entity, "vcardArray"), "1");
  if (!Array.isArray(properties)) return null;
  const property = properties.find((one) => fieldOf(one, "0") === name);
  return textOf(fieldOf(property, "3"));
}

/**
 * @param {unknown} value
 * @param {string} name
 * @returns {unknown}
 */
function fieldOf(value, name) {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/**
 * @param {unknown} value
 * @param {string} name
 * @returns {readonly unknown[]}
 */
function listOf(value, name) {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
}

/**
 * @param {unknown} value
 * @returns {string | null}
 */
function textOf(value) {
  return typeof value === "string" && value !== "" ? value.slice(0, LONGEST) : null;
}
