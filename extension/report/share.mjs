/**
 * Passing the dissection on: as a page to be published, seen before it is copied or saved; on paper; or as a mail to
 * whoever takes reports.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected} from "../shared/protocol.mjs"
 * @import {Settings} from "../shared/settings.mjs"
 * @import {Format} from "../core/mekiki.js"
 */
import { FORMATS, ask } from "../shared/protocol.mjs";
import { button, choice, element, note, section } from "./dom.mjs";
import { drawMap } from "./map.mjs";
import { placesFor } from "./places.mjs";
import { saved } from "./saved.mjs";

/** How a file in each format is called and typed. @type {Readonly<Record<Format, { ending: string, type: string }>>} */
const FILES = {
  text: { ending: "txt", type: "text/plain" },
  markdown: { ending: "md", type: "text/markdown" },
  html: { ending: "html", type: "text/html" },
};

/**
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {boolean} isPage
 * @param {Settings} settings
 */
export function drawShare(dissected, texts, isPage, settings) {
  const status = element("p", { className: "status" });
  status.setAttribute("role", "status");
  const say = (/** @type {string} */ key) => (status.textContent = texts.get(key));
  const format = choice(texts.get("share_format"), FORMATS.map((name) => [name, texts.get(`format_${name}`)]));
  const chosen = () => /** @type {Format} */ (format.value);

  const inWriting = async (/** @type {Format} */ format) => {
    // Only a page can hold a drawing.
    const map = format === "html" ? mapOf(dissected.report, texts) : "";
    const written = await ask("publish", { messageId: dissected.messageId, format, map }).catch(() => null);
    if (written === null) say("level_unchecked");
    return written;
  };

  const written = /** @type {HTMLTextAreaElement} */ (element("textarea", { className: "written" }));
  written.setAttribute("aria-label", texts.get("publish_preview"));
  written.setAttribute("rows", "16");
  written.setAttribute("spellcheck", "false");
  const copy = button("copy", texts.get("popup_copy"), async () => {
    await copied(written.value, chosen() === "html" ? "text/html" : null);
    say("popup_copied");
  });
  const save = button("save", texts.get("share_save"), () => {
    const { ending, type } = FILES[chosen()];
    saved(written.value, `mekiki.${ending}`, type);
  });
  const preview = element("div", { className: "preview" }, note(texts.get("publish_preview")), written, element("p", { className: "controls" }, copy, save));
  preview.hidden = true;
  const write = async () => {
    const all = await inWriting(chosen());
    if (all === null) return;
    written.value = all;
    preview.hidden = false;
    status.textContent = "";
  };
  const publish = button("publish", texts.get("publish_button"), write);
  format.addEventListener("change", () => !preview.hidden && void write());
  const last = isPage
    ? button("print", texts.get("share_print"), () => globalThis.print())
    : button("page", texts.get("share_page"), async () => {
        await messenger.tabs.create({ url: messenger.runtime.getURL(`report/report.html?message=${dissected.messageId}`) });
        globalThis.close();
      });
  const onward = element("p", { className: "controls" }, format, publish, last);

  const places = placesFor(dissected, settings, texts);
  const place = choice(texts.get("report_to"), places.map(({ address, label }) => [address, label]));
  place.classList.add("place");
  const send = button("send", texts.get("report_write"), async () => {
    const body = await inWriting("text");
    if (body === null) return;
    await ask("report-mail", { messageId: dissected.messageId, to: place.value, subject: texts.get("report_subject"), body: `${texts.get("report_greeting")}\n\n${body}` });
    say("report_written");
  });
  const report = element("p", { className: "controls" }, place, send);
  return section("share", texts.get("section_share"), { isOpen: isPage }, note(texts.get("share_note")), onward, preview, note(texts.get("report_note")), report, status);
}

/**
 * The map of the way it came, as SVG; empty where no country is known.
 * @param {Dissected["report"]} report
 * @param {Texts} texts
 */
function mapOf({ trail, links }, texts) {
  const [figure] = drawMap([...trail].reverse(), links, texts);
  return figure ? new XMLSerializer().serializeToString(/** @type {Node} */ (figure.firstChild)) : "";
}

/**
 * @param {string} text
 * @param {string | null} rich The type under which programs that know it take the text as well.
 */
async function copied(text, rich) {
  if (rich === null) return navigator.clipboard.writeText(text);
  const blob = (/** @type {string} */ type) => new Blob([text], { type });
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob("text/plain"), [rich]: blob(rich) })]);
}
