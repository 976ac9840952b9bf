//! The words: the add-on's own locale files, so that both say the same.

use anyhow::{Context as _, Result, bail};
use mekiki_signs::{DetailKind, Evidence, Level};
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::show::defang;

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

/// The texts of one language.
pub struct Texts {
    /// The locale: `en`, `zh_CN`.
    locale: &'static str,
    messages: BTreeMap<String, Message>,
}

/// One message of a locale file (WebExtensions i18n).
#[derive(Deserialize)]
struct Message {
    message: String,
    #[serde(default)]
    placeholders: BTreeMap<String, Placeholder>,
}

#[derive(Deserialize)]
struct Placeholder {
    content: String,
}

impl Texts {
    /// The texts of `language`, or of the user's own language, or English ones.
    ///
    /// # Errors
    /// Where `language` is given and there are no texts in it; the error names those there are.
    pub fn of(language: Option<&str>) -> Result<Self> {
        let Some(asked) = language else {
            let own = sys_locale::get_locale().unwrap_or_default();
            return Self::load(find(&own).unwrap_or("en"));
        };
        let Some(locale) = find(asked) else {
            let known: Vec<_> = LOCALES.iter().map(|(locale, _)| *locale).collect();
            bail!("no texts in {asked:?}; there are: {}", known.join(", "));
        };
        Self::load(locale)
    }

    /// The language tag (BCP 47) of the locale.
    pub fn language(&self) -> String {
        self.locale.replace('_', "-")
    }

    fn load(locale: &'static str) -> Result<Self> {
        let source = LOCALES.iter().find(|(name, _)| *name == locale).map_or("{}", |(_, source)| *source);
        let messages = serde_json::from_str(source).with_context(|| format!("texts of {locale}"))?;
        Ok(Self { locale, messages })
    }

    /// A text without placeholders. The key itself where there is none: the tests do not let that happen.
    pub fn text<'t>(&'t self, key: &'t str) -> &'t str {
        self.messages.get(key).map_or(key, |message| &message.message)
    }

    /// A text with its placeholders filled by position.
    pub fn filled(&self, key: &str, values: &[&str]) -> String {
        let Some(message) = self.messages.get(key) else { return key.to_owned() };
        let mut filled = String::new();
        let mut rest = message.message.as_str();
        while let Some((before, after)) = rest.split_once('$') {
            filled.push_str(before);
            let Some((name, tail)) = after.split_once('$') else {
                rest = after;
                break;
            };
            let value = message
                .placeholders
                .get(&name.to_lowercase())
                .and_then(|placeholder| placeholder.content.strip_prefix('$')?.parse::<usize>().ok())
                .and_then(|position| values.get(position.checked_sub(1)?));
            filled.push_str(value.unwrap_or(&""));
            rest = tail;
        }
        filled.push_str(rest);
        filled
    }

    /// The verdict in a word or two.
    pub fn level(&self, level: Level) -> &str {
        self.text(match level {
            Level::None => "level_none",
            Level::Notice => "level_notice",
            Level::Suspicious => "level_suspicious",
            Level::Dangerous => "level_dangerous",
        })
    }

    /// What a sign saw, in a sentence; defanged.
    pub fn summary(&self, id: &str, evidence: &Evidence) -> String {
        self.about(id, "summary", evidence)
    }

    /// One of a sign's texts (`summary`, `meaning`, `check`) with the values it saw; defanged.
    pub fn about(&self, id: &str, part: &str, evidence: &Evidence) -> String {
        let values: Vec<String> = evidence.values().map(|(detail, value)| self.value(detail.kind(), value)).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        self.filled(&format!("{}_{part}", sign_key(id)), &values)
    }

    /// One value of evidence as people read it.
    pub fn value(&self, kind: DetailKind, value: &str) -> String {
        match kind {
            DetailKind::Domain | DetailKind::Url | DetailKind::Address => defang(value),
            DetailKind::Weekday => self.text(&format!("weekday_{value}")).to_owned(),
            DetailKind::Trick => self.text(&format!("trick_{}", value.replace('-', "_"))).to_owned(),
            DetailKind::Text | DetailKind::Ip | DetailKind::Country | DetailKind::Date | DetailKind::Number => {
                value.to_owned()
            }
        }
    }
}

/// The beginning of a sign's text keys.
pub fn sign_key(id: &str) -> String {
    format!("sign_{}", id.replace(['.', '-'], "_"))
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
        assert!(Texts::of(Some("xx")).is_err());
    }

    #[test]
    fn every_locale_can_be_asked_for_and_loads() {
        for (locale, _) in LOCALES {
            let texts = Texts::of(Some(locale)).unwrap();
            assert_eq!(texts.locale, *locale);
            assert_ne!(texts.text("report_title"), "report_title");
        }
    }

    #[test]
    fn placeholders_are_filled_by_position_and_values_are_not_read_again() {
        let placeholder = |content: &str| Placeholder { content: content.to_owned() };
        let message = Message {
            message: "$B$ before $A$".to_owned(),
            placeholders: [("a".to_owned(), placeholder("$1")), ("b".to_owned(), placeholder("$2"))].into(),
        };
        let texts = Texts { locale: "en", messages: [("key".to_owned(), message)].into() };
        assert_eq!(texts.filled("key", &["one", "$A$"]), "$A$ before one");
    }
}
