/**
 * Attached files: name, what each is in plain words, in red where it pretends to be something else or runs; size.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Attachment, Report} from "../core/mekiki.js"
 */
import { element, foreign, note, section, table } from "./dom.mjs";

/**
 * @param {Report} report
 * @param {Texts} texts
 * @param {boolean} isPage
 * @returns {HTMLElement[]} Nothing where there are none.
 */
export function drawAttachments({ attachments }, texts, isPage) {
  if (attachments.length === 0) return [];
  const head = ["column_file", "column_type", "column_size"].map((key) => texts.get(key));
  const rows = attachments.map((attachment) => {
    const name = element("div", {}, foreign(attachment.name ?? texts.get("attachment_unnamed")));
    if (attachment.otherName) name.append(note(texts.get("attachment_other_name", [attachment.otherName])));
    name.append(...insideOf(attachment, texts));
    if (attachment.sha256) name.append(element("p", { className: "hash" }, `SHA-256 ${attachment.sha256}`));
    return [name, kindOf(attachment, texts), sizeOf(attachment, texts)];
  });
  return [section("attachments", texts.get("section_attachments"), { isOpen: isPage, count: attachments.length }, table(head, rows))];
}

/**
 * What was found in it, a line each; in red what asks or runs.
 * @param {Attachment} attachment
 * @param {Texts} texts
 * @returns {HTMLElement[]}
 */
function insideOf({ page, inside }, texts) {
  const lines = [];
  const warn = (/** @type {string} */ key) => lines.push(element("p", { className: "remark" }, texts.get(key)));
  if (page?.form?.asksPassword) warn("attachment_password_field");
  if (inside?.hasMacros) warn("attachment_macros");
  for (const [key, values] of /** @type {const} */ ([["attachment_links", inside?.links], ["attachment_codes", inside?.codes], ["attachment_names", inside?.names]])) {
    if (values && values.length > 0) lines.push(note(texts.get(key, [values.join(texts.get("list_comma"))])));
  }
  if (inside?.isLocked) lines.push(note(texts.get("attachment_locked")));
  else if (inside?.isUnread) lines.push(note(texts.get("attachment_unread")));
  return lines;
}

/**
 * What it is, and what it says it is where that differs; the types as they stand are for experts.
 * @param {Attachment} attachment
 * @param {Texts} texts
 */
function kindOf({ declaredType, actualType, kind, pretends }, texts) {
  const cell = element("div");
  if (kind !== null) {
    const words = pretends === null ? texts.get(`file_${kind}`) : texts.get("file_pretends", [texts.get(`file_${kind}`), texts.get(`file_${pretends}`)]);
    const isDangerous = pretends !== null || kind === "program";
    cell.append(element("p", isDangerous ? { className: "remark" } : {}, words));
  }
  // That a document is an archive inside is no contradiction.
  const types = pretends !== null && actualType && actualType !== declaredType ? texts.get("attachment_really", [declaredType, actualType]) : declaredType;
  cell.append(kind === null ? types : note(types));
  return cell;
}

/**
 * @param {Attachment} attachment
 * @param {Texts} texts
 */
function sizeOf({ encodedSize }, texts) {
  const format = new Intl.NumberFormat(texts.language, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
  return format.format(Math.ceil(encodedSize / 1024));
}
