/**
 * The page of settings. The background alone keeps them; here they are shown and changed.
 *
 * @import {Settings} from "../shared/settings.mjs"
 */
import { speak } from "../report/dom.mjs";
import { ask } from "../shared/protocol.mjs";
import { watchSettings } from "../shared/settings.mjs";
import { loadTexts } from "../shared/texts.mjs";
import { drawSettings } from "./view.mjs";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));

/** @type {Settings} What the page shows. */
let shown = await ask("settings-ask", {});

const policy = await ask("policy-ask", {});

/** @type {Promise<unknown>} What is being saved: one change after the other. */
let saving = Promise.resolve();

/**
 * @param {(present: Settings) => Partial<Settings>} changes
 * @returns {Promise<Settings>} The settings then in force.
 */
function change(changes) {
  const changed = saving.then(async () => {
    const before = shown;
    shown = await ask("settings-change", { changes: changes(before) });
    if (shown.language !== before.language) await draw();
    return shown;
  });
  saving = changed.catch(() => undefined);
  return changed;
}

/** Draws the page anew; what had the focus has it again. */
async function draw() {
  const texts = await loadTexts(shown.language);
  speak(texts, "options_title");
  const focused = document.activeElement?.id;
  main.replaceChildren(...drawSettings({ settings: shown, policy, texts, change, redraw: draw }));
  main.dataset.state = "settings";
  if (focused) document.getElementById(focused)?.focus();
}

watchSettings(() => {
  // What was changed here is shown already.
  saving = saving.then(async () => {
    const present = await ask("settings-ask", {});
    if (JSON.stringify(present) === JSON.stringify(shown)) return;
    shown = present;
    await draw();
  });
});

await draw();
// What was asked for is drawn only now.
document.getElementById(location.hash.slice(1))?.scrollIntoView();
