/**
 * A small map of the countries a mail came through and its links lead to, no larger than they need. Drawn from data of the add-on's own: nothing
 * is fetched. A pin stands in the middle of the country an address is said to be used in, which is all that is known.
 *
 * Its looks stand in attributes, so that it can be published by itself; the page's style, where there is one, goes before.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {HopView, LinkView} from "../core/mekiki.js"
 */
import { element } from "./dom.mjs";
import { BORDERS, CENTRES, LAND, VIEW } from "./world.mjs";

const SVG = "http://www.w3.org/2000/svg";

/** Width of the map in heights, its least width, and what is left free around the stops: beside them a label has to fit. */
const RATIO = 2.2;
const LEAST = 260;
const MARGIN = 70;
const MARGIN_ABOVE = 45;

/**
 * @typedef {object} Stop
 * @property {string} country
 * @property {readonly [number, number]} at
 * @property {boolean} isFirstOutside
 * @property {boolean} isTrusted
 * @property {boolean} isLinked Whether links lead there.
 *
 * @typedef {{ x: number, y: number, width: number, height: number }} Frame
 */

/**
 * @param {readonly HopView[]} hops From the beginning.
 * @param {readonly LinkView[]} links
 * @param {Texts} texts
 * @returns {Node[]} Nothing where no country is known.
 */
export function drawMap(hops, links, texts) {
  const stops = stopsOf(hops);
  // Each place once, however often it was passed.
  const places = new Map(stops.map((stop) => [stop.country, stop]));
  const targets = targetsOf(links);
  for (const target of targets) {
    const passed = places.get(target.country);
    places.set(target.country, passed ? { ...passed, isLinked: true } : target);
  }
  if (places.size === 0) return [];
  const way = stops.map(({ country }) => texts.country(country)).join(" → ");
  const words = [way, ...targets.map(({ country }) => texts.get("map_links", [texts.country(country)]))].filter(Boolean).join(" · ");
  const frame = frameOf([...places.values()].map(({ at }) => at));
  const picture = drawn("svg", {
    viewBox: `${frame.x} ${frame.y} ${frame.width} ${frame.height}`, class: "map", role: "img",
    "aria-label": texts.get("map_label", [words]),
  });
  const line = { fill: "none", "vector-effect": "non-scaling-stroke" };
  picture.append(
    drawn("path", { class: "land", d: LAND, fill: "#d5d5dd" }),
    drawn("path", { class: "borders", d: BORDERS, stroke: "#f4f4f7", ...line }),
    ...stops.slice(1).map(({ at }, place) => arrow(/** @type {Stop} */ (stops[place]).at, at, line)),
  );
  picture.append(...[...places.values()].map((stop) => pin(stop, frame, texts)));
  return [element("figure", {}, picture, element("figcaption", {}, words))];
}

/**
 * The countries in their order, one after another being one stop.
 * @param {readonly HopView[]} hops
 * @returns {Stop[]}
 */
function stopsOf(hops) {
  /** @type {Stop[]} */
  const stops = [];
  for (const { country, isFirstOutside, isTrusted } of hops) {
    const at = country === null ? undefined : CENTRES[country];
    if (country === null || !at) continue;
    const before = stops.at(-1);
    if (before?.country === country) Object.assign(before, { isFirstOutside: before.isFirstOutside || isFirstOutside, isTrusted: before.isTrusted || isTrusted });
    else stops.push({ country, at, isFirstOutside, isTrusted, isLinked: false });
  }
  return stops;
}

/**
 * The countries that links lead to, so far as that was looked up.
 * @param {readonly LinkView[]} links
 * @returns {Stop[]}
 */
function targetsOf(links) {
  const countries = new Set(links.flatMap(({ isClickable, server }) => (isClickable && server?.country ? [server.country] : [])));
  return [...countries].flatMap((country) => {
    const at = CENTRES[country];
    return at ? [{ country, at, isFirstOutside: false, isTrusted: false, isLinked: true }] : [];
  });
}

/**
 * The part of the world that holds all places, never more than there is of it.
 * @param {readonly (readonly [number, number])[]} places
 * @returns {Frame}
 */
function frameOf(places) {
  const [left = 0, top = 0, whole = 0, tall = 0] = VIEW.split(" ").map(Number);
  const xs = places.map(([x]) => x);
  const ys = places.map(([, y]) => y);
  const [west, east, north, south] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const width = Math.min(Math.max(east - west + 2 * MARGIN, (south - north + 2 * MARGIN_ABOVE) * RATIO, LEAST), whole, tall * RATIO);
  const height = width / RATIO;
  const within = (/** @type {number} */ start, /** @type {number} */ least, /** @type {number} */ most) => Math.round(Math.min(Math.max(start, least), most));
  return {
    x: within((west + east - width) / 2, left, left + whole - width),
    y: within((north + south - height) / 2, top, top + tall - height),
    width: Math.round(width),
    height: Math.round(height),
  };
}

/**
 * The way between two places, bent upwards so that a way back is another line.
 * @param {readonly [number, number]} from
 * @param {readonly [number, number]} to
 * @param {Record<string, string>} line
 */
function arrow([fromX, fromY], [toX, toY], line) {
  const bend = Math.abs(toX - fromX) / 5 + 10;
  const d = `M${fromX} ${fromY}Q${(fromX + toX) / 2} ${Math.min(fromY, toY) - bend} ${toX} ${toY}`;
  return drawn("path", { class: "way", d, stroke: "#1c1b22", "stroke-width": 2, "stroke-dasharray": "6 4", ...line });
}

/**
 * @param {Stop} stop
 * @param {Frame} frame
 * @param {Texts} texts
 */
function pin({ country, at: [x, y], isFirstOutside, isTrusted, isLinked }, frame, texts) {
  const group = drawn("g", { class: isFirstOutside ? "pin outside" : isTrusted ? "pin inside" : isLinked ? "pin linked" : "pin untrusted" });
  const isRight = x > frame.x + frame.width * 0.65;
  const size = frame.width / 30;
  const away = size * 0.7;
  const name = drawn("text", { x: x + (isRight ? -away : away), y: y + size / 3, "text-anchor": isRight ? "end" : "start", "font-size": size, "font-family": "sans-serif" });
  name.textContent = isLinked ? texts.get("map_links", [texts.country(country)]) : texts.country(country);
  const fill = isFirstOutside || isLinked ? "#b3001b" : isTrusted ? "#1c1b22" : "#ffffff";
  const stroke = isTrusted || isLinked ? "#ffffff" : "#52525e";
  const half = size * 0.45;
  // Where links lead is no stop of the way: it has a mark of its own.
  const mark = isLinked
    ? drawn("path", { d: `M${x} ${y - half}L${x + half} ${y}L${x} ${y + half}L${x - half} ${y}Z`, fill, stroke })
    : drawn("circle", { cx: x, cy: y, r: size * 0.4, fill, stroke });
  group.append(mark, name);
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
