/**
 * Mails on which the user wants no warning: each by a digest of what was judged, so that no other mail passes for it,
 * whatever Message-ID it bears. The last ones are remembered.
 *
 * @import {Report} from "../core/mekiki.js"
 */

/** Under what they are stored. */
const KEY = "hidden";

/** Most that are remembered. */
const MOST = 500;

/**
 * @param {Report} report
 * @returns {Promise<boolean>}
 */
export async function isHidden(report) {
  const hidden = await stored();
  return hidden.length > 0 && hidden.includes(await digestOf(report));
}

/**
 * @param {Report} report
 * @param {boolean} isToBe
 */
export async function setHidden(report, isToBe) {
  const digest = await digestOf(report);
  const others = (await stored()).filter((one) => one !== digest);
  await messenger.storage.local.set({ [KEY]: (isToBe ? [...others, digest] : others).slice(-MOST) });
}

/** @returns {Promise<string[]>} */
async function stored() {
  const found = (await messenger.storage.local.get(KEY))[KEY];
  return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
}

/**
 * @param {Report} report
 */
async function digestOf({ from, subject, date, links, attachments }) {
  const judged = [from?.name, from?.address, subject, date, links.map(({ shown, url }) => [shown, url]), attachments.map(({ sha256, name }) => [sha256, name])];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(judged)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
