/**
 * The page that opens once, when the add-on was installed: what it looks like when it warns, and where to find it. It
 * asks for nothing.
 */
import { speak } from "../report/dom.mjs";
import { ask } from "../shared/protocol.mjs";
import { loadTexts } from "../shared/texts.mjs";
import { drawWelcome } from "./view.mjs";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const [example, { language }] = await Promise.all([ask("example-ask", {}), ask("settings-ask", {})]);
const texts = await loadTexts(language);
speak(texts, "welcome_title");
main.replaceChildren(...drawWelcome(example, texts));
main.dataset.state = "welcome";
