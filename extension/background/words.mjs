/**
 * The words of the language that the reader chose.
 */
import { loadSettings } from "../shared/settings.mjs";
import { loadTexts } from "../shared/texts.mjs";

/** @returns {Promise<import("../shared/texts.mjs").Texts>} */
export async function readersTexts() {
  const { language } = await loadSettings();
  return loadTexts(language);
}
