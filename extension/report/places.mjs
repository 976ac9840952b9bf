/**
 * Who takes reports of impersonation: the brand itself where it made an address public, offices that take them from
 * anybody, the reader's own list, and the registrars of its domains where a registry was asked.
 *
 * @import {Texts} from "../shared/texts.mjs"
 * @import {Settings} from "../shared/settings.mjs"
 * @import {Dissected} from "../shared/protocol.mjs"
 */
import { isAddress } from "../shared/settings.mjs";
import { visible } from "../shared/texts.mjs";

/** Offices, by the language of those they serve first; each published its address for this (seen 2026-11). */
const OFFICES = [
  { address: "reportphishing@apwg.org", key: "office_apwg", language: "" },
  { address: "report@phishing.gov.uk", key: "office_ncsc", language: "" },
  { address: "info@antiphishing.jp", key: "office_antiphishing", language: "ja" },
  { address: "meiwaku@dekyo.or.jp", key: "office_dekyo", language: "ja" },
];

/**
 * @param {Dissected} dissected
 * @param {Settings} settings
 * @param {Texts} texts
 * @returns {{ address: string, label: string }[]} The likeliest first.
 */
export function placesFor({ report: { abuse, claim }, lookUp }, { reportTo }, texts) {
  const places = reportTo.map((address) => ({ address, label: address }));
  if (abuse) places.push({ address: abuse, label: `${claim} (${abuse})` });
  for (const { abuse: desk, registrar } of lookUp?.registrations ?? []) {
    if (desk && isAddress(desk)) places.push({ address: desk, label: `${visible(registrar ?? "")} (${desk})` });
  }
  const own = OFFICES.filter(({ language }) => language === texts.language);
  const others = OFFICES.filter(({ language }) => language !== texts.language);
  for (const { address, key } of [...own, ...others]) places.push({ address, label: `${texts.get(key)} (${address})` });
  return places.filter((place, at) => places.findIndex(({ address }) => address === place.address) === at);
}
