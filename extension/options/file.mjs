/**
 * The settings as a file: saved, and taken in again.
 *
 * @import {Page} from "./view.mjs"
 */
import { button, element, note } from "../report/dom.mjs";
import { saved } from "../report/saved.mjs";
import { ask } from "../shared/protocol.mjs";
import { LARGEST, readSettings, writtenSettings } from "../shared/settings-file.mjs";
import { loadTexts } from "../shared/texts.mjs";
import { input, part, statusLine } from "./parts.mjs";

/** What is said outlasts that the page is drawn anew with what was taken in. */
const { node: status, say } = statusLine();

/**
 * @param {Page} page
 */
export function drawFile({ texts, change, redraw }) {
  const field = input("import", "file");
  field.setAttribute("accept", ".json,application/json");
  field.addEventListener("change", async () => {
    const file = field.files?.[0];
    if (!file) return;
    // The same file can be chosen again once it is mended.
    const read = file.size > LARGEST ? /** @type {const} */ ({ problem: { key: "import_foreign", values: [] } }) : readSettings(await file.text());
    field.value = "";
    if ("problem" in read) {
      say(`${texts.get(read.problem.key, read.problem.values)} ${texts.get("import_unchanged")}`, true);
      return;
    }
    const { language } = await change(() => read.settings);
    await redraw();
    say((await loadTexts(language)).get("import_done"));
  });
  const label = element("label", {}, texts.get("options_import"));
  label.setAttribute("for", field.id);
  const save = button("export", texts.get("options_export"), async () => {
    saved(writtenSettings(await ask("settings-ask", {})), "mekiki-settings.json", "application/json");
  });
  return part(
    "file",
    texts.get("options_file"),
    note(texts.get("options_file_note")),
    element("p", { className: "controls" }, save),
    element("form", {}, label, element("p", { className: "controls" }, field)),
    status,
  );
}
