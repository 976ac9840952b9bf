/**
 * One dissection on one page, be it the popup or a tab: what both do once they know which message it is of.
 *
 * @import {Dissection} from "../shared/protocol.mjs"
 * @import {Looks} from "./view.mjs"
 */
import { ask } from "../shared/protocol.mjs";
import { defang, loadTexts } from "../shared/texts.mjs";
import { drawActs } from "./acts.mjs";
import { speak } from "./dom.mjs";
import { drawProof } from "./proof.mjs";
import { drawShare } from "./share.mjs";
import { draw, drawWaiting } from "./view.mjs";

/**
 * Says that there is nothing to show yet.
 * @param {boolean} isFetched Whether the source of the message is there, so that only the verdict is waited for.
 */
export async function showWaiting(isFetched) {
  const { language } = await ask("settings-ask", {});
  const texts = await loadTexts(language);
  speak(texts, "report_title");
  drawWaiting(/** @type {HTMLElement} */ (document.querySelector("main")), isFetched, texts);
}

// What is selected and copied leaves the program: nobody can click it then.
document.addEventListener("copy", (event) => {
  const selected = String(document.getSelection());
  if (selected === "" || !event.clipboardData) return;
  event.clipboardData.setData("text/plain", defang(selected));
  event.preventDefault();
});

/**
 * @param {Promise<Dissection>} asked
 * @param {Looks} looks
 * @returns {Promise<Dissection>}
 */
export async function show(asked, looks) {
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const [found, settings] = await Promise.all([asked, ask("settings-ask", {})]);
  const texts = await loadTexts(settings.language);
  speak(texts, "report_title");
  draw(main, found, texts, looks);
  if (found.state !== "report") return found;
  const redraw = (/** @type {Dissection} */ dissection) => show(Promise.resolve(dissection), looks);
  main.querySelector("#summary")?.after(drawActs(found, texts, settings, redraw));
  main.querySelector("#authentication")?.after(drawProof(found, texts, settings, looks.isPage, redraw));
  main.append(drawShare(found, texts, looks.isPage, settings));
  return found;
}
