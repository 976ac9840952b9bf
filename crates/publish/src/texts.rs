//! The words of one language, as the add-on's locale files hold them.

use mekiki_signs::Level;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The texts of one language. Where a caller has them from is its own affair.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Texts {
    /// The language tag (BCP 47).
    language: String,
    /// The content of the locale's `messages.json`.
    messages: BTreeMap<String, Message>,
    /// Names of countries by ISO 3166-1 code; of those without a name the code is shown.
    #[serde(default)]
    countries: BTreeMap<String, String>,
    /// A drawing of the way it came (SVG), where the caller has one. It is not the sender's.
    #[serde(default)]
    map: Option<String>,
}

/// One message of a locale file (WebExtensions i18n).
#[derive(Debug, Clone, Deserialize)]
struct Message {
    message: String,
    #[serde(default)]
    placeholders: BTreeMap<String, Placeholder>,
}

#[derive(Debug, Clone, Deserialize)]
struct Placeholder {
    content: String,
}

impl Texts {
    /// The texts of a locale by its `messages.json`.
    ///
    /// # Errors
    /// Where that is none.
    pub fn read(language: String, messages: &str) -> serde_json::Result<Self> {
        Ok(Self { language, messages: serde_json::from_str(messages)?, countries: BTreeMap::new(), map: None })
    }

    /// The drawing of the way it came.
    pub(crate) fn map(&self) -> Option<&str> {
        self.map.as_deref().filter(|map| !map.is_empty())
    }

    /// Whether there is such a text.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.messages.contains_key(key)
    }

    /// The language tag.
    pub fn language(&self) -> &str {
        &self.language
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

    /// What is odd about something, by the name of a [`mekiki_signs::Trick`].
    pub fn trick(&self, name: &str) -> String {
        self.text(&format!("trick_{}", name.replace('-', "_"))).to_owned()
    }

    /// A country's name.
    pub fn country<'t>(&'t self, code: &'t str) -> &'t str {
        self.countries.get(code).map_or(code, String::as_str)
    }

    /// Several things in one line.
    pub fn joined(&self, parts: &[String]) -> String {
        parts.join(self.text("list_comma"))
    }
}

/// The beginning of a sign's text keys.
pub fn sign_key(id: &str) -> String {
    format!("sign_{}", id.replace(['.', '-'], "_"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn placeholders_are_filled_by_position_and_values_are_not_read_again() {
        let messages = r#"{"key": {"message": "$B$ before $A$", "placeholders": {"a": {"content": "$1"}, "b": {"content": "$2"}}}}"#;
        let texts = Texts::read("en".to_owned(), messages).unwrap();
        assert_eq!(texts.filled("key", &["one", "$A$"]), "$A$ before one");
        assert_eq!(texts.text("none"), "none");
    }
}
