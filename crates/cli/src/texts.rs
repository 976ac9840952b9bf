//! The words: the add-on's own locale files, so that both say the same.

use anyhow::{Context as _, Result, bail};
use mekiki_publish::{Texts, about, defang, sentence};
use mekiki_signs::{BannerLine, Evidence};

/// The file of a locale, beside its name.
macro_rules! locales {
    ($($locale:literal),*) => {
        &[$(($locale, include_str!(concat!("../../../extension/_locales/", $locale, "/messages.json")))),*]
    };
}

/// Every language there is, by its locale folder.
const LOCALES: &[(&str, &str)] = locales!["en", "ja", "de", "fr", "es", "pt_BR", "it", "zh_CN", "zh_TW", "ko"];

/// What in a language tag tells that Chinese is written in traditional characters: the script, or where they are used.
const TRADITIONAL: [&str; 4] = ["hant", "tw", "hk", "mo"];

/// The texts of `language`, or of the user's own language, or English ones.
///
/// # Errors
/// Where `language` is given and there are no texts in it; the error names those there are.
pub fn of(language: Option<&str>) -> Result<Texts> {
    let Some(asked) = language else {
        let own = sys_locale::get_locale().unwrap_or_default();
        return load(find(&own).unwrap_or("en"));
    };
    let Some(locale) = find(asked) else {
        let known: Vec<_> = LOCALES.iter().map(|(locale, _)| *locale).collect();
        bail!("no texts in {asked:?}; there are: {}", known.join(", "));
    };
    load(locale)
}

fn load(locale: &str) -> Result<Texts> {
    let source = LOCALES.iter().find(|(name, _)| *name == locale).map_or("{}", |(_, source)| *source);
    Texts::read(locale.replace('_', "-"), source).with_context(|| format!("texts of {locale}"))
}

/// What a sign saw, in a sentence for a terminal.
pub fn summary(texts: &Texts, id: &str, evidence: &Evidence) -> String {
    about(texts, id, "summary", evidence, |_, value| defang(value))
}

/// A line of the banner for a terminal.
pub fn banner(texts: &Texts, line: &BannerLine) -> String {
    sentence(texts, &line.text, &line.evidence, |_, value| defang(value))
}

/// The locale that serves a language tag, `ja-JP` as well as `ja_JP.UTF-8`: of Chinese the one in the same characters,
/// else the one of the same language.
fn find(tag: &str) -> Option<&'static str> {
    let tag = tag.to_lowercase();
    let mut parts = tag.split(['-', '_', '.']);
    let language = parts.next()?;
    let mut locales = LOCALES.iter().map(|(locale, _)| *locale);
    if language == "zh" {
        let rest: Vec<_> = parts.collect();
        let is_traditional = !rest.contains(&"hans") && rest.iter().any(|part| TRADITIONAL.contains(part));
        let wanted = if is_traditional { "zh_TW" } else { "zh_CN" };
        return locales.find(|locale| *locale == wanted);
    }
    locales.find(|locale| locale.split('_').next() == Some(language))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn language_tags_find_their_locale() {
        assert_eq!(find("ja_JP.UTF-8"), Some("ja"));
        assert_eq!(find("en"), Some("en"));
        assert_eq!(find("xx"), None);
        for (tags, locale) in [(["zh", "zh-Hans-HK", "zh_SG"], "zh_CN"), (["zh-TW", "zh_HK.UTF-8", "zh-hant"], "zh_TW")]
        {
            assert_eq!(tags.map(find), [Some(locale); 3]);
        }
        assert!(of(Some("xx")).is_err());
    }

    #[test]
    fn every_locale_can_be_asked_for_and_loads() {
        for (locale, _) in LOCALES {
            let texts = of(Some(locale)).unwrap();
            assert_eq!(texts.language(), locale.replace('_', "-"));
            assert_ne!(texts.text("report_title"), "report_title");
        }
    }
}
