/**
 * The reader's side, as the core takes it.
 *
 * @import {Context} from "../core/mekiki.js"
 */
import { ownAddresses } from "../shared/identities.mjs";
import { loadSettings } from "../shared/settings.mjs";

/**
 * @returns {Promise<Context>}
 */
export async function readersSide() {
  const [{ trustedDomains }, own] = await Promise.all([loadSettings(), addresses()]);
  return { trustedDomains, ownAddresses: own };
}

/** @returns {Promise<string[]>} */
async function addresses() {
  try {
    return (await ownAddresses()) ?? [];
  } catch {
    // Accounts that cannot be read must not keep mail from being judged.
    return [];
  }
}
