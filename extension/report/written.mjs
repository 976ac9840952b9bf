/**
 * The dissection in writing, ready to be published: defanged, the recipient masked; as text, Markdown or a page.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Dissected} from "../shared/protocol.mjs"
 * @import {HopView, Report} from "../core/mekiki.js"
 *
 * @typedef {"text" | "markdown" | "html"} Format
 *
 * @typedef {{ heading: string } | { paragraph: string } | { table: readonly (readonly string[])[] } | { list: readonly Item[] }
 *   | { lines: readonly string[] }} Block A piece of it; the first row of a table is its head, lines are quoted as they are.
 * @typedef {{ item: string, under: readonly string[] }} Item
 */
import { maskOf } from "../shared/mask.mjs";
import { defang } from "../shared/texts.mjs";
import { sizeOf, typeOf } from "./attachments.mjs";
import { inWords, methodOf, voucherOf } from "./authentication.mjs";
import { headerLines } from "./headers.mjs";
import { imitatedBy } from "./links.mjs";
import { weightInWords } from "./signs.mjs";
import { duration } from "./times.mjs";
import { greetingOf, placeOf } from "./who.mjs";

/** @type {Readonly<Record<Format, { ending: string, type: string, write: (title: string, blocks: readonly Block[], language: string) => string }>>} */
export const FORMATS = {
  text: { ending: "txt", type: "text/plain", write: text },
  markdown: { ending: "md", type: "text/markdown", write: markdown },
  html: { ending: "html", type: "text/html", write: html },
};

/**
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @param {Format} format
 */
export function written(dissected, texts, format) {
  const { report } = dissected;
  const mask = maskFor(report);
  // The marks that keep writing directions apart are for the screen.
  const each = (/** @type {string} */ part) => mask(part).replace(/[\u2068\u2069]/g, "");
  return FORMATS[format].write(texts.get("report_title"), blocksOf(dissected, texts).map((block) => mapped(block, each)), texts.language);
}

/**
 * What masks the recipient of a message.
 * @param {Report} report
 */
export function maskFor({ addresses, recipients }) {
  // A name that the sender goes by as well is no secret, but what the forgery is known by.
  const senders = addresses.filter(({ field }) => !isRecipient(field)).map(({ name }) => name);
  const names = addresses.filter(({ field, name }) => isRecipient(field) && !senders.includes(name)).map(({ name }) => name);
  return maskOf(recipients, names);
}

/**
 * @param {string} field
 */
function isRecipient(field) {
  return field === "To" || field === "Cc";
}

/**
 * A block with every text in it changed. Before anything is escaped: an escaped address would not be recognised.
 * @param {Block} block
 * @param {(text: string) => string} each
 * @returns {Block}
 */
function mapped(block, each) {
  if ("heading" in block) return { heading: each(block.heading) };
  if ("paragraph" in block) return { paragraph: each(block.paragraph) };
  if ("table" in block) return { table: block.table.map((row) => row.map(each)) };
  if ("lines" in block) return { lines: block.lines.map(each) };
  return { list: block.list.map(({ item, under }) => ({ item: each(item), under: under.map(each) })) };
}

/**
 * @param {Dissected} dissected
 * @param {Texts} texts
 * @returns {Block[]}
 */
function blocksOf({ report }, texts) {
  /** @type {Block[]} */
  const blocks = [{ paragraph: texts.get(`level_${report.level}`) }];
  const add = (/** @type {string} */ key, /** @type {Block[]} */ ...more) => blocks.push({ heading: texts.get(key) }, ...more);

  const who = report.addresses.map(({ field, name, address }) => [field, name, defang(address)]);
  add("section_who", { paragraph: `${texts.get("field_subject")} ${report.subject}` });
  if (report.date) blocks.push({ paragraph: `${texts.get("field_date")} ${report.date}` });
  blocks.push({ table: [["column_field", "column_name", "column_address"].map((key) => texts.get(key)), ...who] });

  if (report.signs.length > 0) {
    const list = report.signs.map((finding) => ({
      item: texts.ofSign("summary", finding),
      under: [texts.ofSign("meaning", finding), `${texts.get("check_label")} ${texts.ofSign("check", finding)}`, `${weightInWords(finding.weight, texts)} (${finding.id})`],
    }));
    add("section_signs", { list });
  }
  if (report.trail.length > 0) {
    const list = [...report.trail].reverse().map((hop) => ({ item: `${placeOf(hop, texts)} → ${defang(hop.by ?? texts.get("hop_unknown"))}`, under: underHop(hop, texts) }));
    add("section_way", { list }, { paragraph: texts.get("networks_date", [texts.date(report.networksDate)]) });
  }
  add("section_authentication", { paragraph: voucherOf(report, texts).sentence });
  if (report.authentication.length > 0) blocks.push({ list: report.authentication.map((result) => ({ item: `${methodOf(result)}: ${inWords(result, texts)}`, under: [] })) });

  const links = report.links.filter((link) => link.isClickable);
  if (links.length > 0) {
    const rows = links.map((link) => {
      const imitated = imitatedBy(link, report).join(texts.get("list_comma"));
      const remarks = [link.brand && texts.get("link_belongs", [link.brand]), imitated && texts.get("link_imitates", [imitated])].filter(Boolean);
      const own = defang(link.domain ?? link.host ?? "");
      return [defang(link.shown), [link.url, ...link.chain].map(defang).join(" → "), remarks.length > 0 ? `${own} (${remarks.join("; ")})` : own];
    });
    add("section_links", { table: [["column_shown", "column_target", "column_domain"].map((key) => texts.get(key)), ...rows] });
  }
  if (report.attachments.length > 0) {
    const rows = report.attachments.map((one) => [one.name ?? texts.get("attachment_unnamed"), typeOf(one, texts), sizeOf(one, texts)]);
    add("section_attachments", { table: [["column_file", "column_type", "column_size"].map((key) => texts.get(key)), ...rows] });
  }
  const telling = headerLines(report).filter(({ name, key }) => key !== null || name.toLowerCase() === "received");
  if (telling.length > 0) add("section_headers", { lines: telling.map(({ name, value }) => `${name}: ${defang(value.trim())}`) });
  return blocks;
}

/**
 * @param {HopView} hop
 * @param {Texts} texts
 */
function underHop(hop, texts) {
  const lines = [];
  if (hop.time) lines.push(hop.delay === null ? hop.time : `${hop.time} (${texts.get(hop.delay < 0 ? "hop_early" : "hop_delay", [duration(Math.abs(hop.delay), texts)])})`);
  const greeting = greetingOf(hop, texts);
  if (greeting) lines.push(texts.get("hop_greeting", [greeting]));
  if (hop.isFirstOutside) lines.push(texts.get("hop_first_outside"));
  else if (!hop.isTrusted) lines.push(texts.get("hop_untrusted"));
  return lines;
}

/**
 * @param {string} title
 * @param {readonly Block[]} blocks
 */
function text(title, blocks) {
  const written = blocks.map((block) => {
    if ("heading" in block) return `\n== ${block.heading}\n`;
    if ("paragraph" in block) return block.paragraph;
    if ("table" in block) return block.table.map((row) => `  ${row.join(" | ")}`).join("\n");
    if ("lines" in block) return block.lines.map((line) => `  ${line}`).join("\n");
    return block.list.map(({ item, under }) => [`- ${item}`, ...under.map((line) => `    ${line}`)].join("\n")).join("\n");
  });
  return `${title}\n\n${written.join("\n")}\n`;
}

/**
 * @param {string} title
 * @param {readonly Block[]} blocks
 */
function markdown(title, blocks) {
  // Everything is escaped: a subject may hold Markdown of its own, pictures included.
  const escape = (/** @type {string} */ part) => part.replace(/[\r\n]+/g, " ").replace(/[!#$&*+<>[\\\]^_`{|}~]/g, "\\$&");
  const written = blocks.map((block) => {
    if ("heading" in block) return `## ${escape(block.heading)}\n`;
    if ("paragraph" in block) return `${escape(block.paragraph)}\n`;
    if ("lines" in block) return `${block.lines.map((line) => `    ${line.replace(/[\r\n]+/g, " ")}`).join("\n")}\n`;
    if ("table" in block) {
      const rows = block.table.map((row) => `| ${row.map(escape).join(" | ")} |`);
      const [head = ""] = rows;
      return `${[head, `|${" --- |".repeat(block.table[0]?.length ?? 0)}`, ...rows.slice(1)].join("\n")}\n`;
    }
    return `${block.list.map(({ item, under }) => [`- ${escape(item)}`, ...under.map((line) => `  - ${escape(line)}`)].join("\n")).join("\n")}\n`;
  });
  return `# ${escape(title)}\n\n${written.join("\n")}`;
}

/**
 * @param {string} title
 * @param {readonly Block[]} blocks
 * @param {string} language
 */
function html(title, blocks, language) {
  const entities = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" });
  const escape = (/** @type {string} */ part) => part.replace(/[&<>"']/g, (one) => entities[one] ?? one);
  const row = (/** @type {readonly string[]} */ cells, /** @type {string} */ tag) => `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
  const written = blocks.map((block) => {
    if ("heading" in block) return `<h2>${escape(block.heading)}</h2>`;
    if ("paragraph" in block) return `<p>${escape(block.paragraph)}</p>`;
    if ("lines" in block) return `<pre>${block.lines.map(escape).join("\n")}</pre>`;
    if ("table" in block) return `<table>\n${block.table.map((cells, at) => row(cells, at === 0 ? "th" : "td")).join("\n")}\n</table>`;
    const items = block.list.map(({ item, under }) => `<li>${escape(item)}${under.map((line) => `<br><small>${escape(line)}</small>`).join("")}</li>`);
    return `<ul>\n${items.join("\n")}\n</ul>`;
  });
  return `<!doctype html>
<html lang="${escape(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(title)}</title>
<style>body{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;overflow-wrap:anywhere}\
table{border-collapse:collapse}td,th{border:1px solid #999;padding:.3em .6em;text-align:start}pre{white-space:pre-wrap}</style>
<h1>${escape(title)}</h1>
${written.join("\n")}
</html>
`;
}
