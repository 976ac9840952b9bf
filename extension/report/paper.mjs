/**
 * The page on paper: everything unfolded, since nothing can be unfolded there, and the recipient masked, since paper is
 * passed on.
 *
 * @import {Report} from "../core/mekiki.js"
 */
import { maskFor } from "./written.mjs";

/**
 * @param {Report} report
 */
export function preparePaper(report) {
  const mask = maskFor(report);
  /** @type {Map<Text, string>} What was masked, to be put back. */
  const masked = new Map();
  globalThis.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details")) fold.setAttribute("open", "");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = /** @type {Text} */ (walker.currentNode);
      const bare = mask(text.data);
      if (bare === text.data) continue;
      masked.set(text, text.data);
      text.data = bare;
    }
  });
  globalThis.addEventListener("afterprint", () => {
    for (const [text, data] of masked) text.data = data;
    masked.clear();
  });
}
