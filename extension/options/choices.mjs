/**
 * Settings with a few answers: when there is a banner, whether links are held back, how early to warn, the language.
 *
 * @import {Language, Settings} from "../shared/settings.mjs"
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
  const box = input("hold-links", "checkbox");
  box.checked = settings.holdLinks;
  const further = input("hold-suspicious", "checkbox");
  further.checked = settings.holdSuspicious;
  further.disabled = !settings.holdLinks;
  box.addEventListener("change", () => {
    further.disabled = !box.checked;
    void change(() => ({ holdLinks: box.checked }));
  });
  further.addEventListener("change", () => void change(() => ({ holdSuspicious: further.checked })));
  return part(
    "banner",
    texts.get("options_banner"),
    lockable(page, "bannerFrom", oneOf(page, "bannerFrom", BANNER_LEVELS, "banner", texts.get("options_banner_from"))),
    lockable(page, "holdLinks", element("div", {}, choiceLine(box, texts.get("options_hold"), texts.get("options_hold_note")))),
    lockable(page, "holdSuspicious", element("div", {}, choiceLine(further, texts.get("options_hold_suspicious")))),
  );
}

/**
 * @param {Page} page
 */
export function drawSensitivity(page) {
  const { texts } = page;
  const choices = oneOf(page, "sensitivity", SENSITIVITIES, "sensitivity", texts.get("options_sensitivity_label"));
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

/**
 * A setting of which one of few answers is chosen.
 * @template {"bannerFrom" | "sensitivity"} Name
 * @param {Page} page
 * @param {Name} setting
 * @param {readonly Settings[Name][]} answers
 * @param {string} name Of the choice, and in its texts' keys.
 * @param {string} words Above the answers.
 */
function oneOf({ settings, texts, change }, setting, answers, name, words) {
  const lines = answers.map((answer) => {
    const box = input(`${name}-${answer}`, "radio");
    box.setAttribute("name", name);
    box.checked = settings[setting] === answer;
    box.addEventListener("change", () => void change(() => ({ [setting]: answer })));
    return choiceLine(box, texts.get(`options_${name}_${answer}`), texts.get(`options_${name}_${answer}_note`));
  });
  return element("fieldset", {}, element("legend", {}, words), ...lines);
}
