/**
 * Drawing the settings, part by part.
 *
 * @import {Settings} from "../shared/settings.mjs"
 * @import {Texts} from "../shared/texts.mjs"
 *
 * @typedef {object} Page What every part draws from.
 * @property {Settings} settings
 * @property {Texts} texts
 * @property {(changes: (present: Settings) => Partial<Settings>) => Promise<Settings>} change
 * @property {() => Promise<void>} redraw
 */
import { element } from "../report/dom.mjs";
import { drawArrival } from "./arrival.mjs";
import { drawBanner, drawLanguage } from "./choices.mjs";
import { drawFile } from "./file.mjs";
import { drawEntries } from "./entries.mjs";
import { drawOwnAddresses } from "./own.mjs";

/**
 * @param {Page} page
 * @returns {HTMLElement[]}
 */
export function drawSettings(page) {
  return [
    element("h1", {}, page.texts.get("options_title")),
    drawBanner(page),
    drawArrival(page),
    drawEntries(page, "trustedDomains", "options_trusted"),
    drawEntries(page, "reportTo", "options_report"),
    drawOwnAddresses(page),
    drawLanguage(page),
    drawFile(page),
  ];
}
