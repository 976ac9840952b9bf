/**
 * The way it came: every hop from its beginning, with what is known of it, and a map.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {HopView, Report} from "../core/mekiki.js"
 */
import { element, foreign, note, section } from "./dom.mjs";
import { drawMap } from "./map.mjs";
import { duration, moment } from "./times.mjs";
import { countryOf, greetingOf, nameOf } from "./who.mjs";

/**
 * @param {Report} report
 * @param {Texts} texts
 * @param {boolean} isPage
 */
export function drawWay({ trail, links, networksDate }, texts, isPage) {
  const title = texts.get("section_way");
  if (trail.length === 0) return section("way", title, { isOpen: isPage, count: 0 }, note(texts.get("section_empty")));
  // Latest first in the header; the way is told from its beginning.
  const hops = [...trail].reverse();
  const list = element("ol", { className: "hops" }, ...hops.map((hop) => drawHop(hop, texts)));
  const content = [list, ...drawMap(hops, links, texts), note(texts.get("networks_date", [texts.date(networksDate)]))];
  return section("way", title, { isOpen: isPage, count: hops.length }, ...content);
}

/**
 * @param {HopView} hop
 * @param {Texts} texts
 */
function drawHop(hop, texts) {
  const item = element("li", { className: hop.isFirstOutside ? "outside" : hop.isTrusted ? "inside" : "untrusted" });
  const place = countryOf(hop, texts);
  const name = nameOf(hop, texts);
  const greeting = greetingOf(hop, texts);
  const from = element("span", { className: "from" }, foreign(name));
  if (hop.ip && hop.ip !== name) from.append(" ", element("span", { className: "ip" }, hop.ip));
  item.append(from);
  if (place) item.append(" ", element("span", { className: "place" }, place));
  item.append(element("span", { className: "by" }, "→ ", foreign(hop.by ?? texts.get("hop_unknown"))));
  const asides = [
    hop.time && moment(hop.time, texts),
    hop.delay !== null && texts.get(hop.delay < 0 ? "hop_early" : "hop_delay", [duration(Math.abs(hop.delay), texts)]),
    texts.get(hop.isEncrypted ? "hop_encrypted" : "hop_plain"),
    greeting && texts.get("hop_greeting", [greeting]),
  ].filter((aside) => typeof aside === "string" && aside !== "");
  item.append(element("span", { className: "aside" }, asides.join(" · ")));
  // Servers hand mail on to themselves; from outside nobody does.
  if (hop.isGreetingOwnMachine && hop.isFirstOutside) item.append(note(texts.get("hop_own_machine", [hop.greeting ?? ""])));
  if (hop.isFirstOutside) item.append(element("span", { className: "mark" }, texts.get("hop_first_outside")));
  else if (!hop.isTrusted) item.append(element("span", { className: "mark" }, texts.get("hop_untrusted")));
  return item;
}
