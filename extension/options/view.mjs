/**
 * Drawing the settings, part by part.
 *
 * @import {PolicyView} from "../shared/protocol.mjs"
 * @import {Settings} from "../shared/settings.mjs"
 * @import {Texts} from "../shared/texts.mjs"
 *
 * @typedef {object} Page What every part draws from.
 * @property {Settings} settings
 * @property {PolicyView} policy
 * @property {Texts} texts
 * @property {(changes: (present: Settings) => Partial<Settings>) => Promise<Settings>} change
 * @property {() => Promise<void>} redraw
 */
import { element } from "../report/dom.mjs";
import { drawArrival } from "./arrival.mjs";
import { drawOwnBrands } from "./brands.mjs";
import { drawBanner, drawLanguage, drawSensitivity } from "./choices.mjs";
import { drawFile } from "./file.mjs";
import { drawLookUps } from "./lookups.mjs";
import { drawEntries } from "./entries.mjs";
import { drawContacts, drawOwnAddresses } from "./own.mjs";
import { drawPolicy } from "./policy.mjs";
import { drawReceivers } from "./receivers.mjs";

/**
 * @param {Page} page
 * @returns {HTMLElement[]}
 */
export function drawSettings(page) {
  return [
    element("h1", {}, page.texts.get("options_title")),
    ...drawPolicy(page),
    drawBanner(page),
    drawSensitivity(page),
    drawArrival(page),
    drawEntries(page, "trustedDomains", "options_trusted"),
    drawEntries(page, "blockedSenders", "options_blocked"),
    drawOwnAddresses(page),
    drawContacts(page),
    drawEntries(page, "ownDomains", "options_domains"),
    drawOwnBrands(page),
    drawEntries(page, "reportTo", "options_report"),
    drawReceivers(page),
    drawLookUps(page),
    drawEntries(page, "blockLists", "options_lists"),
    drawLanguage(page),
    drawFile(page),
  ];
}
