use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::vocabulary::PASSWORD;

declare_sign! {
    /// A locked file, and its password in the same message.
    ///
    /// # What it looks for
    ///
    /// An archive or a document that opens with a password, and a password in the text.
    ///
    /// # Why it matters
    ///
    /// A lock whose key hangs beside it keeps out nobody but those who check mail for programs.
    ///
    /// # When it is wrong
    ///
    /// Offices that were told to lock their files and want to save their recipients a second mail. That the password comes
    /// in another mail, as is the custom in Japan, does not count.
    id: "attach.locked-archive",
    evidence: [Name, Passage],
    banner: [Wants 60],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let locked = case.own_files().find(|file| file.inside.as_ref().is_some_and(|inside| inside.is_locked))?;
    let password = password_in(case.folded_text.as_str())?;
    Some(Evidence::of(Detail::Name, locked.label()).and(Detail::Passage, password))
}

/// Shortest and longest password that is looked for, in characters.
const SHORTEST: usize = 3;
const LONGEST: usize = 32;

/// A password that stands behind the word for it, folded, with a colon or an equals sign between them, or a word or two
/// and then something with a digit in it.
fn password_in(text: &str) -> Option<&str> {
    PASSWORD.iter().flat_map(|word| text.match_indices(word)).find_map(|(at, word)| {
        let line = text.get(at + word.len()..)?.lines().next()?;
        let mut words = line.split_whitespace().take(4);
        let is_named = line.trim_start().starts_with([':', '=', '\u{FF1A}']);
        let is_password = |token: &&str| {
            let length = token.chars().count();
            (SHORTEST..=LONGEST).contains(&length)
                && token.is_ascii()
                && !token.contains(['@', '/'])
                && (is_named || token.contains(|character: char| character.is_ascii_digit()))
        };
        words.find_map(|token| {
            Some(token.trim_matches([':', '=', '\u{FF1A}', '"', '.', ',', '(', ')'])).filter(is_password)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_told_from_the_words_about_them() {
        for (text, password) in [
            ("the password is 4471", Some("4471")),
            ("password: infected", Some("infected")),
            ("パスワード:ab12cd", Some("ab12cd")),
            ("パスワードは別途お送りします", None),
            ("your password was changed", None),
            ("the password follows in a separate mail", None),
        ] {
            assert_eq!(password_in(text), password, "{text}");
        }
    }
}
