/**
 * The page on paper: everything unfolded, since nothing can be unfolded there, and the recipient masked, since paper is
 * passed on.
 */
import { ask } from "../shared/protocol.mjs";
import { defang } from "../shared/texts.mjs";

/** What stands in place of a text of which it is not known what would have to be masked. */
const MASK = "***";

/**
 * @param {number} messageId
 */
export async function preparePaper(messageId) {
  /** @type {Map<string, string>} The page's texts with the recipient masked. */
  const known = new Map();
  // Asked for beforehand: what is printed is what stands there as the event ends.
  const prepare = async () => {
    const texts = [...new Set(textsOfPage().map(({ data }) => data))].filter((text) => text.trim() !== "" && !known.has(text));
    if (texts.length === 0) return;
    const masked = await ask("mask", { messageId, texts }).catch(() => null);
    masked?.forEach((text, at) => known.set(texts[at] ?? "", defang(text)));
  };
  /** @type {Map<Text, string>} What was masked, to be put back. */
  const replaced = new Map();
  globalThis.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details")) fold.setAttribute("open", "");
    for (const text of textsOfPage()) {
      const bare = text.data.trim() === "" ? text.data : (known.get(text.data) ?? MASK);
      if (bare === text.data) continue;
      replaced.set(text, text.data);
      text.data = bare;
    }
  });
  globalThis.addEventListener("afterprint", () => {
    for (const [text, data] of replaced) text.data = data;
    replaced.clear();
  });
  new MutationObserver(() => void prepare()).observe(document.body, { childList: true, subtree: true });
  await prepare();
}

/** @returns {Text[]} */
function textsOfPage() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  return texts;
}
