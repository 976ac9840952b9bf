/**
 * Carries questions of the domain name system to a resolver, over HTTPS (RFC 8484), and nothing else: no cookies, no
 * referrer. What comes back is read by whoever asked.
 *
 * @import {Carrier} from "../core/proof.js"
 */

/** The form of questions and answers (RFC 8484 §6). */
const FORM = "application/dns-message";

/** Milliseconds after which an answer is not waited for any more. */
const PATIENCE = 4_000;

/** Milliseconds after which nothing is asked any more for one message. */
const LONGEST = 15_000;

/** Rounds without any answer after which nothing is asked any more for one message. */
const MOST_SILENT = 2;

/** Largest answer, in bytes (RFC 1035 §4.2.2). */
const LARGEST = 65_535;

/**
 * For one message.
 * @param {string} resolver
 * @returns {Carrier} Never rejects.
 */
export function carrierTo(resolver) {
  const end = performance.now() + LONGEST;
  let silent = 0;
  return async (questions) => {
    if (silent >= MOST_SILENT || performance.now() > end) return questions.map(() => null);
    const answers = await Promise.all(questions.map((question) => askedFor(resolver, question)));
    silent = answers.every((answer) => answer === null) ? silent + 1 : 0;
    return answers;
  };
}

/**
 * @param {string} resolver
 * @param {Uint8Array} question
 * @returns {Promise<Uint8Array | null>} Nothing where there was no answer.
 */
async function askedFor(resolver, question) {
  try {
    const answer = await fetch(resolver, {
      method: "POST",
      headers: { "Content-Type": FORM, Accept: FORM },
      body: /** @type {Uint8Array<ArrayBuffer>} */ (question),
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      // Permission was given for this host only.
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok || answer.headers.get("Content-Type")?.split(";")[0]?.trim() !== FORM) return null;
    if (Number(answer.headers.get("Content-Length") ?? 0) > LARGEST) return null;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length > LARGEST ? null : bytes;
  } catch {
    return null;
  }
}
