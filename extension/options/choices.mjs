/**
 * Settings with a few answers: when there is a banner, whether links are held back, the language.
 *
 * @import {Language} from "../shared/settings.mjs"
 * @import {Page} from "./view.mjs"
 */
import { choice, element, note } from "../report/dom.mjs";
import { BANNER_LEVELS, LANGUAGES } from "../shared/settings.mjs";
import { LANGUAGE_NAMES, languageTag } from "../shared/texts.mjs";
import { choiceLine, input, part } from "./parts.mjs";

/**
 * @param {Page} page
 */
export function drawBanner({ settings, texts, change }) {
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
    element("fieldset", {}, element("legend", {}, texts.get("options_banner_from")), ...lines),
    choiceLine(box, texts.get("options_hold"), texts.get("options_hold_note")),
  );
}

/**
 * @param {Page} page
 */
export function drawLanguage({ settings, texts, change }) {
  const select = choice(
    texts.get("options_language"),
    LANGUAGES.map((language) => [language, language === "automatic" ? texts.get("options_language_automatic") : LANGUAGE_NAMES[language]]),
    settings.language,
  );
  select.id = "language-choice";
  // Each name in the letters, and aloud in the voice, of its language.
  for (const option of select.querySelectorAll("option")) if (option.value !== "automatic") option.setAttribute("lang", languageTag(option.value));
  select.addEventListener("change", () => void change(() => ({ language: /** @type {Language} */ (select.value) })));
  return part("language", texts.get("options_language"), note(texts.get("options_language_note")), element("p", { className: "controls" }, select));
}
