//! `text.random-token`

use crate::{Detail, Evidence, Sign, case::Case};

/// A word that a machine made up stands in the subject or the sender's name.
///
/// # What it looks for
///
/// A run of at least ten letters and digits, capitals and small letters mixed, in the subject or the display name,
/// that is no word of any language.
///
/// # Why it matters
///
/// Forgers put a different one into each mail, so that filters do not see that thousands are the same.
///
/// # When it is wrong
///
/// Ticket and order numbers: those are of capitals or of small letters alone, or in brackets; answers to one's own
/// mail are let pass.
pub struct RandomToken;

impl Sign for RandomToken {
    fn id(&self) -> &'static str {
        "text.random-token"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Passage]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let identity = &case.facts.identity;
        if case.is_report() || case.is_through_list() {
            return Vec::new();
        }
        let name = identity.author().and_then(|author| author.name.as_ref()).map_or("", |name| &name.shown);
        [identity.subject_text(), name]
            .into_iter()
            .flat_map(|text| text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | ',' | ':' | '.')))
            .filter(|word| is_made_up(word))
            .map(|word| Evidence::of(Detail::Passage, word))
            .take(1)
            .collect()
    }
}

/// Whether a word mixes capitals, small letters and digits as no name or number does.
pub fn is_made_up(word: &str) -> bool {
    if word.len() < 10 || !word.chars().all(|character| character.is_ascii_alphanumeric()) {
        return false;
    }
    let has = |is_kind: fn(&char) -> bool| word.chars().any(|character| is_kind(&character));
    has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) && has(char::is_ascii_digit) && strays(word) >= 5
}

/// How many letters stand in no run that could be a word: three small letters or more, the first perhaps a capital.
fn strays(word: &str) -> usize {
    let mut strays = 0;
    let mut run = 0;
    for character in word.chars().chain(['0']) {
        if character.is_ascii_lowercase() {
            run += 1;
            continue;
        }
        strays += if run < 3 { run } else { 0 };
        run = usize::from(character.is_ascii_uppercase());
    }
    strays
}

#[cfg(test)]
mod tests {
    use super::is_made_up;

    #[test]
    fn made_up_words_are_told_from_numbers() {
        for word in ["xK3pQ9vT2mZ", "fraudeDM1sTWq2pts"] {
            assert!(is_made_up(word), "{word}");
        }
        for word in ["A1B2C3D4E5F6", "ISO2022JP", "iPhone15ProMax", "Congratulations", "1234567890ab"] {
            assert!(!is_made_up(word), "{word}");
        }
    }
}
