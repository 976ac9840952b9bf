//! Words by what they are, in every language known: what senders put beside their names, offices, greetings, marks of
//! replies. They stand in `data/words/<language>.toml`, each file with source and date; the build script makes one list
//! of each kind, in order and without repetition.

use crate::{fold::words, script::is_joined};

include!(concat!(env!("OUT_DIR"), "/vocabulary.rs"));

/// A language, and where it is at home.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1, `und` for what is of no language.
    pub code: &'static str,
    /// Scripts that are taken for it.
    pub scripts: &'static [&'static str],
    /// Countries whose people are written to in it, ISO 3166-1 alpha-2.
    pub countries: &'static [&'static str],
}

/// The language for which a script is taken, by the script's name.
pub fn of_script(script: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.scripts.contains(&script))
}

/// The language of a code.
pub fn language(code: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.code == code)
}

/// Whether a folded word is one of a company's, or a number.
pub fn is_company_word(word: &str) -> bool {
    COMPANY.binary_search(&word).is_ok() || word.bytes().all(|byte| byte.is_ascii_digit()) || is_company_text(word)
}

/// Whether a folded text is words of a company only, also such as are written without spaces.
pub fn is_company_text(text: &str) -> bool {
    words(text).all(|word| {
        let mut rest = text.get(word).unwrap_or_default();
        while !rest.is_empty() {
            let longest = COMPANY
                .iter()
                .filter(|known| rest.starts_with(**known) && (!known.is_ascii() || known.len() == rest.len()))
                .max_by_key(|known| known.len());
            match longest.and_then(|known| rest.get(known.len()..)) {
                Some(tail) => rest = tail,
                None => return rest.bytes().all(|byte| byte.is_ascii_digit()),
            }
        }
        true
    })
}

/// Whether a folded word is one of a company's but for marks of length and doubled consonants, with which those who do not
/// speak Japanese are at odds: メーッセージ.
pub fn is_company_word_drawn_out(word: &str) -> bool {
    let spoken = |word: &str| word.chars().filter(|kana| !matches!(kana, 'ー' | 'ッ')).collect::<String>();
    let word = spoken(word);
    word.chars().count() > 1 && COMPANY.iter().any(|known| !known.is_ascii() && spoken(known) == word)
}

/// Whether a folded word says nothing of whose name it stands beside in a display name: a company's, one that is put
/// before a name, a number or what machines count with (YT844).
pub fn is_beside_name(word: &str) -> bool {
    let has_digit = || word.bytes().any(|byte| byte.is_ascii_digit());
    is_company_word(word)
        || BEFORE_NAME.binary_search(&word).is_ok()
        || word.is_ascii() && word.len() > 2 && has_digit()
        || matches!(word, "tm" | "r" | "c")
}

/// Whether a folded name holds the word for an office: as a word of its own in languages that put spaces between words.
pub fn names_office(name: &str) -> bool {
    let mut words = name.split(|character: char| !character.is_alphanumeric());
    words.any(|word| OFFICE_IN_NAME.binary_search(&word).is_ok())
        || OFFICE_IN_NAME.iter().any(|office| office.chars().all(is_joined) && name.contains(office))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(COMPANY.is_sorted() && FREQUENT.is_sorted() && LANGUAGES.is_sorted_by_key(|language| language.code));
    }

    #[test]
    fn words_of_companies_are_known() {
        assert!(is_company_text("support team 24") && is_company_text("カスタマーサポート"));
        assert!(is_company_word_drawn_out("メーッセージ") && !is_company_word_drawn_out("車載器"));
        assert!(is_beside_name("your") && is_beside_name("yt844") && !is_beside_name("anna") && !is_beside_name("3d"));
        assert!(is_company_word("securite") && !is_company_text("teams") && !is_company_text("anna"));
    }

    #[test]
    fn offices_are_known() {
        assert!(names_office("example support") && names_office("justica federal") && names_office("例の銀行です"));
        assert!(!names_office("supporters of example") && !names_office("example"));
    }

    #[test]
    fn scripts_lead_to_their_language() {
        assert_eq!(of_script("japanese").map(|language| language.code), Some("ja"));
        assert_eq!(of_script("latin"), None);
        assert_eq!(language("de").map(|language| language.countries), Some(["DE"].as_slice()));
        assert_eq!(language("xx"), None);
    }
}
