/**
 * Settings with a few answers: when there is a banner, whether links are held back, how early to warn, the language.
 *
 * @import {Language} from "../shared/settings.mjs"
 * @import {Page} from "./view.mjs"
 */
import { choice, element, note } from "../report/dom.mjs";
import { BANNER_LEVELS, LANGUAGES, SENSITIVITIES } from "../shared/settings.mjs";
import { LANGUAGE_NAMES, languageTag } from "../shared/texts.mjs";
import { choiceLine, input, part } from "./parts.mjs";
import { lockable } from "./policy.mjs";

/**
 * @param {Page} page
 */
export function drawBanner(page) {
  const { settings, texts, change } = page;
  const lines = BANNER_LEVELS.map((level) => {
    const box = input(`banner-${level}`, "radio");
    box.setAttribute("name", "banner");
    box.checked = settings.bannerFrom === level;
    box.addEventListener("change", () => void change(() => ({ bannerFrom: level })));
    return choiceLine(box, texts.get(`options_banner_${level}`), texts.get(`options_banner_${level}_note`));
  });
  const box = input("hold-links", "checkbox");
  box.checked = settings.holdLinks;
  box.addEventListener("change", () => void change(() => ({ holdLinks: box.checked })));
  return part(
    "banner",
    texts.get("options_banner"),
    lockable(page, "bannerFrom", element("fieldset", {}, element("legend", {}, texts.get("options_banner_from")), ...lines)),
    lockable(page, "holdLinks", element("div", {}, choiceLine(box, texts.get("options_hold"), texts.get("options_hold_note")))),
  );
}

/**
 * @param {Page} page
 */
export function drawSensitivity(page) {
  const { settings, texts, change } = page;
  const lines = SENSITIVITIES.map((sensitivity) => {
    const box = input(`sensitivity-${sensitivity}`, "radio");
    box.setAttribute("name", "sensitivity");
    box.checked = settings.sensitivity === sensitivity;
    box.addEventListener("change", () => void change(() => ({ sensitivity })));
    return choiceLine(box, texts.get(`options_sensitivity_${sensitivity}`), texts.get(`options_sensitivity_${sensitivity}_note`));
  });
  const choices = element("fieldset", {}, element("legend", {}, texts.get("options_sensitivity_label")), ...lines);
  return lockable(page, "sensitivity", part("sensitivity", texts.get("options_sensitivity"), choices));
}

/**
 * @param {Page} page
 */
export function drawLanguage(page) {
  const { settings, texts, change } = page;
  const select = choice(
    texts.get("options_language"),
    LANGUAGES.map((language) => [language, language === "automatic" ? texts.get("options_language_automatic") : LANGUAGE_NAMES[language]]),
    settings.language,
  );
  select.id = "language-choice";
  // Each name in the letters, and aloud in the voice, of its language.
  for (const option of select.querySelectorAll("option")) if (option.value !== "automatic") option.setAttribute("lang", languageTag(option.value));
  select.addEventListener("change", () => void change(() => ({ language: /** @type {Language} */ (select.value) })));
  const controls = element("p", { className: "controls" }, select);
  return lockable(page, "language", part("language", texts.get("options_language"), note(texts.get("options_language_note")), controls));
}
