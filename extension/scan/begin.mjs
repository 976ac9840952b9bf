/**
 * Choosing what is to be checked.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Source} from "./sources.mjs"
 */
import { button, choice, element, note } from "../report/dom.mjs";
import { IDENTITIES_PERMISSION } from "../shared/identities.mjs";
import { ask } from "../shared/protocol.mjs";

/**
 * @param {Texts} texts
 * @param {object} known
 * @param {number | null} known.tab A mail tab.
 * @param {readonly { id: string, name: string }[] | null} known.folders Nothing where Thunderbird does not show them.
 * @param {boolean} known.wantsFolder Whether a folder was asked for that Thunderbird does not tell.
 * @param {(source: Source) => void} begin
 */
export function drawBegin(texts, { tab, folders, wantsFolder }, begin) {
  /** @type {[Source, string][]} */
  const sources = (folders ?? []).map(({ id, name }) => [{ origin: "folder", place: [id] }, name]);
  if (tab !== null) {
    const place = [String(tab)];
    sources.unshift([{ origin: "list", place }, texts.get("scan_from_list")], [{ origin: "selection", place }, texts.get("scan_from_selection")]);
  }
  const select = choice(texts.get("scan_what"), sources.map(([, words], at) => [String(at), words]));
  select.id = "source";
  const press = button("begin", texts.get("scan_begin"), () => {
    const [source] = sources[Number(select.value)] ?? [];
    if (source) begin(source);
  });
  const controls = element("p", { className: "controls" }, select, press);
  const made = element("section", { id: "begin" }, controls, note(texts.get("scan_note")));
  if (folders === null) {
    const allow = button("allow", texts.get("scan_folders_allow"), async () => {
      // Not a moment later: a permission can be asked for only while the click is being handled.
      if ((await messenger.permissions.request(IDENTITIES_PERMISSION)) && !(await ask("afresh", {}))) location.reload();
    });
    const fold = element("details", {}, element("summary", {}, texts.get("scan_folders")));
    if (wantsFolder) fold.setAttribute("open", "");
    const words = wantsFolder ? element("p", { className: "wanted" }, texts.get("scan_folders_wanted")) : note(texts.get("scan_folders_note"));
    fold.append(words, element("p", { className: "controls" }, allow));
    made.append(fold);
  }
  return made;
}
