/**
 * Attached files: name, what it says it is and what it is, size.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Attachment, Report} from "../core/mekiki.js"
 */
import { element, foreign, note, section, table } from "./dom.mjs";

/**
 * @param {Report} report
 * @param {Texts} texts
 * @param {boolean} isPage
 */
export function drawAttachments({ attachments }, texts, isPage) {
  const title = texts.get("section_attachments");
  const options = { isOpen: isPage, count: attachments.length };
  if (attachments.length === 0) return section("attachments", title, options, note(texts.get("section_empty")));
  const head = ["column_file", "column_type", "column_size"].map((key) => texts.get(key));
  const rows = attachments.map((attachment) => {
    const name = element("div", {}, foreign(attachment.name ?? texts.get("attachment_unnamed")));
    if (attachment.otherName) name.append(note(texts.get("attachment_other_name", [attachment.otherName])));
    if (attachment.sha256) name.append(element("p", { className: "hash" }, `SHA-256 ${attachment.sha256}`));
    return [name, typeOf(attachment, texts), sizeOf(attachment, texts)];
  });
  return section("attachments", title, options, table(head, rows));
}

/**
 * @param {Attachment} attachment
 * @param {Texts} texts
 */
function typeOf({ declaredType, actualType }, texts) {
  return actualType && actualType !== declaredType ? texts.get("attachment_really", [declaredType, actualType]) : declaredType;
}

/**
 * @param {Attachment} attachment
 * @param {Texts} texts
 */
function sizeOf({ encodedSize }, texts) {
  const format = new Intl.NumberFormat(texts.language, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
  return format.format(Math.ceil(encodedSize / 1024));
}
