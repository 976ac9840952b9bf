/**
 * The check of many messages, in a tab: `scan.html`, with `?tab=ID` where it was opened from a mail tab, `?folder=ID` where
 * a folder is to be checked at once, and `?wants=folder` where Thunderbird does not tell which.
 *
 * A check that was begun goes on here: one that was selected in a menu, and one whose page was closed or loaded again.
 *
 * @import {Head} from "../shared/check.mjs"
 * @import {Row} from "./rows.mjs"
 * @import {Source} from "./sources.mjs"
 */
import { beginCheck, loadCheck } from "../shared/check.mjs";
import { ask } from "../shared/protocol.mjs";
import { loadTexts } from "../shared/texts.mjs";
import { element, speak } from "../report/dom.mjs";
import { drawBegin } from "./begin.mjs";
import { Judge } from "../shared/judge.mjs";
import { Check } from "./check.mjs";
import { foldersToChoose, headOf, mailTab, pagesFor } from "./sources.mjs";
import { View } from "./view.mjs";

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const asked = new URLSearchParams(location.search);
/** Milliseconds after which a message is given up: nobody waits for it, and more are to come. */
const PATIENCE = 60_000;
const judge = /** @type {Judge<import("./rows.mjs").Judged>} */ (new Judge(() => new Worker("worker.mjs", { type: "module" }), PATIENCE));
const { language } = await ask("settings-ask", {});
const texts = await loadTexts(language);

/** @type {View | null} */
let view = null;

speak(texts, "scan_title");
const known = { tab: await mailTab(Number(asked.get("tab"))), folders: await foldersToChoose(), wantsFolder: asked.has("wants") };
main.replaceChildren(element("h1", {}, texts.get("scan_title")), drawBegin(texts, known, (source) => void begin(source)));

const wanted = asked.getAll("folder");
// Loaded again, the page goes on with the check and does not begin it anew.
if (wanted.length > 0) history.replaceState(null, "", "scan.html");
const check = wanted.length > 0 ? null : await loadCheck();
main.dataset.state = "ready";
if (wanted.length > 0) await begin({ origin: "folder", place: wanted });
else if (check) await carryOn(check.head, check.rows);

/**
 * Begins a check; the one before is forgotten.
 * @param {Source} source
 */
async function begin(source) {
  await view?.check.stop("cancelled");
  const head = await headOf(source);
  await beginCheck(head, []);
  await carryOn(head, []);
}

/**
 * Shows a check, and goes on with it where it does not rest.
 * @param {Head} head
 * @param {Row[]} rows
 */
async function carryOn(head, rows) {
  const check = new Check(head, rows, { judge, context: async (messageId, file) => ask("context-ask", { messageId, author: await judge.authorOf(file) }), changed: () => view?.changed() });
  const shown = new View(texts, check);
  view?.node.remove();
  view = shown;
  main.append(shown.node);
  const acted = await ask("acted-ask", {});
  if (acted) await shown.tell(acted);
  if (head.state === "listing") await check.list(pagesFor(head));
  await check.go();
}
