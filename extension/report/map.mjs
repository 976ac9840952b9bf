/**
 * A small map of the countries a mail came through. Drawn from data of the add-on's own: nothing is fetched. A pin
 * stands in the middle of the country an address is said to be used in, which is all that is known.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {HopView} from "../core/mekiki.js"
 */
import { element } from "./dom.mjs";
import { BORDERS, CENTRES, LAND, VIEW } from "./world.mjs";

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {object} Stop
 * @property {string} country
 * @property {readonly [number, number]} at
 * @property {boolean} isFirstOutside
 * @property {boolean} isTrusted
 */

/**
 * @param {readonly HopView[]} hops From the beginning.
 * @param {Texts} texts
 * @returns {Node[]} Nothing where no country is known.
 */
export function drawMap(hops, texts) {
  /** @type {Stop[]} */
  const stops = [];
  for (const { country, isFirstOutside, isTrusted } of hops) {
    const at = country === null ? undefined : CENTRES[country];
    if (country === null || !at) continue;
    const before = stops.at(-1);
    if (before?.country === country) Object.assign(before, { isFirstOutside: before.isFirstOutside || isFirstOutside, isTrusted: before.isTrusted || isTrusted });
    else stops.push({ country, at, isFirstOutside, isTrusted });
  }
  if (stops.length === 0) return [];
  const names = stops.map(({ country }) => texts.country(country));
  const picture = drawn("svg", { viewBox: VIEW, class: "map", role: "img", "aria-label": texts.get("map_label", [names.join(" → ")]) });
  picture.append(drawn("path", { class: "land", d: LAND }), drawn("path", { class: "borders", d: BORDERS }));
  picture.append(...stops.slice(1).map(({ at }, place) => arrow(/** @type {Stop} */ (stops[place]).at, at)));
  // Each place once, however often it was passed.
  const places = new Map(stops.map((stop) => [stop.country, stop]));
  picture.append(...[...places.values()].map((stop) => pin(stop, texts)));
  return [element("figure", {}, picture, element("figcaption", {}, names.join(" → ")))];
}

/**
 * The way between two places, bent upwards so that a way back is another line.
 * @param {readonly [number, number]} from
 * @param {readonly [number, number]} to
 */
function arrow([fromX, fromY], [toX, toY]) {
  const bend = Math.abs(toX - fromX) / 5 + 10;
  return drawn("path", { class: "way", d: `M${fromX} ${fromY}Q${(fromX + toX) / 2} ${Math.min(fromY, toY) - bend} ${toX} ${toY}` });
}

/**
 * @param {Stop} stop
 * @param {Texts} texts
 */
function pin({ country, at: [x, y], isFirstOutside, isTrusted }, texts) {
  const group = drawn("g", { class: isFirstOutside ? "pin outside" : isTrusted ? "pin inside" : "pin untrusted" });
  const isRight = x > 800;
  const name = drawn("text", { x: x + (isRight ? -14 : 14), y: y + 6, "text-anchor": isRight ? "end" : "start" });
  name.textContent = texts.country(country);
  group.append(drawn("circle", { cx: x, cy: y, r: 8 }), name);
  return group;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
