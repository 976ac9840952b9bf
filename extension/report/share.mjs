/**
 * Passing the dissection on: copied, as a file, on paper, or as a mail to whoever takes reports.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected} from "../shared/protocol.mjs"
 * @import {Settings} from "../shared/settings.mjs"
 * @import {Format} from "./written.mjs"
 */
import { askReportMail } from "../shared/protocol.mjs";
import { button, choice, element, note, section } from "./dom.mjs";
import { placesFor } from "./places.mjs";
import { saved } from "./saved.mjs";
import { FORMATS, written } from "./written.mjs";

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
  const format = choice(texts.get("share_format"), Object.keys(FORMATS).map((name) => [name, texts.get(`format_${name}`)]));
  const chosen = () => /** @type {Format} */ (format.value);

  const copy = button("copy", texts.get("popup_copy"), async () => {
    await copied(written(dissected, texts, chosen()), chosen() === "html" ? "text/html" : null);
    say("popup_copied");
  });
  const save = button("save", texts.get("share_save"), () => {
    const { ending, type } = FORMATS[chosen()];
    saved(written(dissected, texts, chosen()), `mekiki.${ending}`, type);
  });
  const last = isPage
    ? button("print", texts.get("share_print"), () => globalThis.print())
    : button("page", texts.get("share_page"), async () => {
        await messenger.tabs.create({ url: messenger.runtime.getURL(`report/report.html?message=${dissected.messageId}`) });
        globalThis.close();
      });
  const onward = element("p", { className: "controls" }, format, copy, save, last);

  const places = placesFor(dissected.report, settings, texts);
  const place = choice(texts.get("report_to"), places.map(({ address, label }) => [address, label]));
  place.classList.add("place");
  const send = button("send", texts.get("report_write"), async () => {
    const body = written(dissected, texts, "text");
    await askReportMail({ messageId: dissected.messageId, to: place.value, subject: texts.get("report_subject"), body: `${texts.get("report_greeting")}\n\n${body}` });
    say("report_written");
  });
  const report = element("p", { className: "controls" }, place, send);
  return section("share", texts.get("section_share"), { isOpen: isPage }, note(texts.get("share_note")), onward, note(texts.get("report_note")), report, status);
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
