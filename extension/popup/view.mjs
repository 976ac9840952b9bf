/**
 * Drawing a dissection. Everything from the mail is set as text; nothing drawn leads anywhere.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Details, Dissected, Dissection} from "../shared/protocol.mjs"
 * @import {Report, LinkView} from "../core/mekiki.js"
 */
import { causeKey, defang } from "../shared/texts.mjs";

/**
 * @param {HTMLElement} main
 * @param {Dissection} dissection
 * @param {Texts} texts
 */
export function draw(main, dissection, texts) {
  main.dataset.state = dissection.state;
  main.replaceChildren();
  switch (dissection.state) {
    case "no-message":
      main.append(element("p", { className: "note" }, texts.get("popup_no_message")));
      return;
    case "failed":
      main.dataset.level = "unchecked";
      main.append(
        element("h1", { id: "verdict" }, texts.get("level_unchecked")),
        element("p", {}, texts.get(causeKey(dissection.cause))),
        element("p", { className: "note" }, texts.get("popup_unchecked_note")),
        element("p", { className: "note reason" }, dissection.reason),
      );
      return;
    case "report":
      main.dataset.level = dissection.report.level;
      main.append(...drawReport(dissection, texts));
  }
}

/**
 * @param {Dissected} dissection
 * @param {Texts} texts
 */
function drawReport({ report, details }, texts) {
  return [
    element("h1", { id: "verdict" }, texts.get(`level_${report.level}`)),
    element("p", { className: "note" }, texts.get(`level_${report.level}_note`)),
    drawWho(report, texts),
    drawSigns(report, texts, details),
    drawLinks(report.links, texts),
    drawWay(report, texts),
    drawAuthentication(report, texts),
    drawAttachments(report, texts),
    drawHeaders(report, texts),
    drawActions(report, texts, details),
  ];
}

/**
 * @param {Report} report
 * @param {Texts} texts
 */
function drawWho(report, texts) {
  const rows = report.addresses.map(({ field, name, address }) => [field, name, defang(address)]);
  const table = drawTable([texts.get("column_field"), texts.get("column_name"), texts.get("column_address")], rows);
  const subject = element("p", { className: "subject" });
  subject.append(element("b", {}, `${texts.get("field_subject")} `), quoted(report.subject));
  return section("who", texts.get("section_who"), subject, table);
}

/**
 * @param {Report} report
 * @param {Texts} texts
 * @param {Details} details
 */
function drawSigns(report, texts, details) {
  if (report.signs.length === 0) return section("signs", texts.get("section_signs"), nothing(texts));
  const list = element("ul");
  for (const finding of report.signs) {
    const item = element("li");
    item.dataset.sign = finding.id;
    item.append(
      element("span", { className: "weight", title: finding.id }, signed(finding.weight)),
      element("p", { className: "summary" }, texts.ofSign("summary", finding, details)),
      element("p", { className: "meaning" }, texts.ofSign("meaning", finding, details)),
      element("p", { className: "check" }, `${texts.get("check_label")} ${texts.ofSign("check", finding, details)}`),
    );
    list.append(item);
  }
  return section("signs", texts.get("section_signs"), list);
}

/**
 * @param {readonly LinkView[]} links
 * @param {Texts} texts
 */
function drawLinks(links, texts) {
  const clickable = links.filter((link) => link.isClickable);
  if (clickable.length === 0) return section("links", texts.get("section_links"), nothing(texts));
  const head = [texts.get("column_shown"), texts.get("column_target"), texts.get("column_domain")];
  const table = drawTable(head, []);
  const body = /** @type {HTMLElement} */ (table.querySelector("tbody"));
  for (const link of clickable) {
    const domain = element("td");
    domain.append(element("b", {}, defang(link.domain ?? link.host ?? "")));
    if (link.brand) domain.append(` (${link.brand})`);
    const target = [link.url, ...link.chain].map(defang).join(" → ");
    const row = element("tr");
    row.append(element("td", {}, link.shown), element("td", {}, target), domain);
    body.append(row);
  }
  return section("links", texts.get("section_links"), table);
}

/**
 * @param {Report} report
 * @param {Texts} texts
 */
function drawWay({ trail, networksDate }, texts) {
  if (trail.length === 0) return section("way", texts.get("section_way"), nothing(texts));
  const list = element("ol");
  // Latest first in the header; the way is told from its beginning.
  for (const hop of [...trail].reverse()) {
    const item = element("li", { className: hop.isFirstOutside ? "outside" : hop.isTrusted ? "" : "untrusted" });
    const place = [hop.ip, hop.network, hop.country && texts.country(hop.country)].filter(Boolean).join(", ");
    const from = hop.reverseName ?? hop.greeting ?? "?";
    item.append(element("span", { className: "place" }, place ? `${defang(from)} (${place})` : defang(from)));
    item.append(` → ${defang(hop.by ?? "?")}`);
    const asides = [hop.time && moment(hop.time, texts), hop.delay !== null && texts.get("hop_delay", [String(hop.delay)])];
    if (hop.greeting && hop.greeting !== hop.reverseName) asides.push(texts.get("hop_greeting", [hop.greeting]));
    if (hop.isFirstOutside) asides.push(texts.get("hop_first_outside"));
    else if (!hop.isTrusted) asides.push(texts.get("hop_untrusted"));
    item.append(element("span", { className: "aside" }, asides.filter(Boolean).join(" · ")));
    list.append(item);
  }
  const dated = element("p", { className: "note" }, texts.get("networks_date", [texts.date(networksDate)]));
  return section("way", texts.get("section_way"), list, dated);
}

/**
 * @param {Report} report
 * @param {Texts} texts
 */
function drawAuthentication(report, texts) {
  const list = element("ul");
  for (const { method, outcome, domain, isAligned } of report.authentication) {
    const name = (typeof method === "string" ? method : method.other).toUpperCase();
    const fits = outcome === "pass" ? texts.get(isAligned ? "authentication_aligned" : "authentication_unaligned") : "";
    list.append(element("li", {}, [`${name}: ${texts.get(`outcome_${outcome}`)}`, domain && defang(domain), fits].filter(Boolean).join(" · ")));
  }
  if (report.authentication.length === 0) list.append(element("li", {}, texts.get("authentication_nothing")));
  return section("authentication", texts.get("section_authentication"), list);
}

/**
 * @param {Report} report
 * @param {Texts} texts
 */
function drawAttachments(report, texts) {
  if (report.attachments.length === 0) return section("attachments", texts.get("section_attachments"), nothing(texts));
  const list = element("ul");
  for (const { name, declaredType, encodedSize } of report.attachments) {
    const size = new Intl.NumberFormat(texts.language, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
    list.append(element("li", {}, `${name ?? "?"} (${declaredType}, ${size.format(Math.ceil(encodedSize / 1024))})`));
  }
  return section("attachments", texts.get("section_attachments"), list);
}

/**
 * @param {Report} report
 * @param {Texts} texts
 */
function drawHeaders(report, texts) {
  const more = element("details");
  const raw = report.header.map(({ name, value }) => `${name}: ${value}`).join("\n");
  more.append(element("summary", {}, texts.get("section_headers")), element("pre", {}, raw));
  const part = element("section", { id: "headers" });
  part.append(more);
  return part;
}

/**
 * @param {Report} report
 * @param {Texts} texts
 * @param {Details} details
 */
function drawActions(report, texts, details) {
  const actions = element("div", { className: "actions" });
  const copy = element("button", { className: "copy" }, texts.get("popup_copy"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(asText(report, texts, details));
    copy.textContent = texts.get("popup_copied");
  });
  actions.append(copy);
  return actions;
}

/**
 * The dissection as plain text, the recipient masked.
 * @param {Report} report
 * @param {Texts} texts
 * @param {Details} details
 */
export function asText(report, texts, details) {
  const lines = [texts.get(`level_${report.level}`), ""];
  for (const { field, name, address } of report.addresses) lines.push(`${field}: ${name} <${defang(address)}>`);
  lines.push(`Subject: ${report.subject}`, "");
  for (const finding of report.signs) lines.push(`- ${texts.ofSign("summary", finding, details)}`);
  lines.push("");
  for (const link of report.links.filter((one) => one.isClickable)) lines.push(defang(link.chain.at(-1) ?? link.url));
  const recipients = report.addresses.filter(({ field }) => field === "To" || field === "Cc").map(({ address }) => address);
  return recipients.reduce(
    (text, address) => [address, defang(address), encodeURIComponent(address)].reduce((masked, one) => masked.replaceAll(one, "***"), text),
    // The marks that keep writing directions apart are for the screen.
    lines.join("\n").replace(/[\u2068\u2069]/g, ""),
  );
}

/**
 * What stands in a section with nothing to show.
 * @param {Texts} texts
 */
function nothing(texts) {
  return element("p", { className: "note" }, texts.get("section_empty"));
}

/**
 * @param {string} id
 * @param {string} title
 * @param {...Node} content
 */
function section(id, title, ...content) {
  const part = element("section", { id });
  part.append(element("h2", {}, title), ...content);
  return part;
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function drawTable(head, rows) {
  const table = element("table");
  const top = element("tr");
  top.append(...head.map((cell) => element("th", {}, cell)));
  const body = element("tbody");
  for (const row of rows) {
    const line = element("tr");
    line.append(...row.map((cell) => element("td", {}, cell)));
    body.append(line);
  }
  const header = element("thead");
  header.append(top);
  table.append(header, body);
  return table;
}

/**
 * @param {string} text Words of the mail's.
 */
function quoted(text) {
  const words = element("bdi");
  words.textContent = text;
  return words;
}

/**
 * @param {string} name
 * @param {{ id?: string, className?: string, title?: string }} [properties]
 * @param {string} [text]
 * @returns {HTMLElement}
 */
function element(name, properties = {}, text) {
  const made = document.createElement(name);
  if (properties.id) made.id = properties.id;
  if (properties.className) made.className = properties.className;
  if (properties.title) made.title = properties.title;
  if (text !== undefined) made.textContent = text;
  return made;
}

/**
 * @param {number} weight
 */
function signed(weight) {
  return `${weight > 0 ? "+" : ""}${weight.toFixed(1)}`;
}

/**
 * @param {string} time RFC 3339
 * @param {Texts} texts
 */
function moment(time, texts) {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  return new Intl.DateTimeFormat(texts.language, { dateStyle: "medium", timeStyle: "medium" }).format(date);
}
