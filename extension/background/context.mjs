/**
 * The reader's side, as the core takes it.
 *
 * @import {Context} from "../core/mekiki.js"
 */
import { loadSettings } from "../shared/settings.mjs";

/**
 * @returns {Promise<Context>}
 */
export async function readersSide() {
  const { trustedDomains } = await loadSettings();
  return { trustedDomains };
}
