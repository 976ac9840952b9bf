use super::passage::written;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Script;
use mekiki_knowledge::{
    brands,
    fold::{Disguise, Folded},
    simplified::is_simplified,
    words::{Purpose, WordHit},
};
use std::{collections::BTreeSet, ops::Range};

declare_sign! {
    /// Words are written with letters that do not belong to their language.
    ///
    /// # What it looks for
    ///
    /// In the text or the subject: characters of simplified Chinese in Japanese sentences; a brand's name or a telling
    /// English phrase with accents, letters of another alphabet, mathematical letters or single fullwidth letters in it
    /// ("Wállét"); several words that mix Latin letters with Cyrillic or Greek ones.
    ///
    /// # Why it matters
    ///
    /// Letters that only look right keep a filter from reading the word. Chinese characters in a Japanese notice are
    /// left by a writer, or a translating machine, that does not write Japanese.
    ///
    /// # When it is wrong
    ///
    /// Chinese partners who write Japanese, and texts in two languages: a message with whole Chinese lines is not
    /// counted, nor names in brackets. Newsletters that like bold mathematical letters in a slogan, typing slips of
    /// people with two alphabets: single words that are neither a brand nor a telling phrase are not counted.
    id: "text.foreign-letters",
    evidence: [Passage, Term],
    banner: [],
    exempt: [Answer],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let text = case.facts.text.shown_text();
    let subject = case.facts.identity.subject_text();
    simplified_in_japanese(text)
        .or_else(|| dressed_up(subject, &case.folded_subject, &case.subject_words))
        .or_else(|| dressed_up(text, &case.folded_text, &case.words))
        .or_else(|| mixed_words(text, &case.folded_text).filter(|_| case.facts.text.script == Some(Script::Latin)))
        .map(|(passage, letters)| Evidence::of(Detail::Passage, passage).and(Detail::Term, letters))
}

/// A Japanese line with characters of simplified Chinese, and those characters. None where other lines are Chinese.
fn simplified_in_japanese(text: &str) -> Option<(String, String)> {
    let is_kana = |character: char| matches!(character, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}');
    let mut found: Option<(&str, char)> = None;
    let mut letters = BTreeSet::new();
    // A look that costs next to nothing passes over most of what is no Japanese.
    for line in text.lines().filter(|line| !line.is_ascii()) {
        let mut in_brackets = 0_usize;
        let strays: Vec<char> = line
            .chars()
            .filter(|character| {
                match character {
                    '(' | '（' | '「' | '『' | '【' | '<' | '＜' => in_brackets += 1,
                    ')' | '）' | '」' | '』' | '】' | '>' | '＞' => in_brackets = in_brackets.saturating_sub(1),
                    _ => {}
                }
                in_brackets == 0 && is_simplified(*character)
            })
            .collect();
        let Some(first) = strays.first() else { continue };
        // A line without kana is Chinese itself, or a name.
        if line.chars().filter(|character| is_kana(*character)).count() < 3 {
            return None;
        }
        found = found.or(Some((line, *first)));
        letters.extend(strays);
    }
    found.map(|(line, first)| (around(line, first), named(letters)))
}

/// What a forger dresses up: brands' names, and English phrases that ask, threaten or promise.
fn telling(folded: &Folded, hits: &[WordHit]) -> Vec<(Range<usize>, bool)> {
    let phrases = hits
        .iter()
        .filter(|hit| {
            hit.language == "en"
                && matches!(
                    hit.purpose,
                    Purpose::Credentials | Purpose::Money | Purpose::Deadline | Purpose::AccountProblem
                )
        })
        .map(|hit| (hit.range.clone(), true));
    let names = brands::find(folded)
        .into_iter()
        .filter(|mention| !mention.common && mention.name.bytes().filter(u8::is_ascii_lowercase).count() >= 5)
        .filter(|mention| !mention.brand.names().any(|name| name.chars().any(is_accented)))
        .map(|mention| (mention.folded, false));
    phrases.chain(names).collect()
}

/// The first telling range that is written with foreign letters, and those letters.
fn dressed_up(text: &str, folded: &Folded, hits: &[WordHit]) -> Option<(String, String)> {
    let is_dressed = || !text.is_ascii() && text.chars().any(|c| is_accented(c) || is_fullwidth(c));
    if !is_dressed() && !has_styled(folded, &(0..folded.as_str().len())) {
        return None;
    }
    telling(folded, hits).into_iter().find_map(|(range, is_phrase)| {
        let written = written(text, &folded.original(&range));
        if written.is_ascii() {
            return None;
        }
        let is_styled = has_styled(folded, &range);
        let accents = written.chars().filter(|character| is_accented(*character)).count();
        let is_mixed = !is_phrase && has_single_fullwidth(written);
        (is_styled || accents >= 2 || is_mixed)
            .then(|| (written.to_owned(), named(written.chars().filter(|c| !c.is_ascii() && c.is_alphanumeric()))))
    })
}

/// Whether letters of another alphabet, or mathematical ones, stand in a range.
fn has_styled(folded: &Folded, range: &Range<usize>) -> bool {
    folded.disguises(range).iter().any(|trick| matches!(trick, Disguise::Confusable | Disguise::Styled))
}

/// Two different words or more that mix Latin letters with those of another alphabet.
fn mixed_words(text: &str, folded: &Folded) -> Option<(String, String)> {
    let is_confusable = |range: &Range<usize>| folded.disguises(range).contains(&Disguise::Confusable);
    if !is_confusable(&(0..folded.as_str().len())) {
        return None;
    }
    let mut words = BTreeSet::new();
    let mut at = 0;
    for word in folded.as_str().split(' ') {
        let range = at..at + word.len();
        at = range.end + 1;
        if word.chars().filter(char::is_ascii_alphabetic).count() < 4 || !is_confusable(&range) {
            continue;
        }
        let written = written(text, &folded.original(&range)).trim();
        // Wrongly decoded text is full of odd letters, too, but hardly of these alone.
        if written.chars().all(|c| !c.is_alphabetic() || c.is_ascii() || is_of_other_alphabet(c)) {
            words.insert(written);
        }
    }
    (words.len() >= MIXED).then(|| {
        let letters = words.iter().flat_map(|word| word.chars()).filter(|c| !c.is_ascii() && c.is_alphabetic());
        (words.iter().take(4).copied().collect::<Vec<_>>().join(" "), named(letters))
    })
}

/// So many different words of mixed letters are no slip.
const MIXED: usize = 2;

/// Letters that are made for phonetics, or Greek or Cyrillic.
fn is_of_other_alphabet(character: char) -> bool {
    matches!(character, '\u{250}'..='\u{2AF}' | '\u{370}'..='\u{52F}')
}

/// Latin letters with accents and the like.
fn is_accented(character: char) -> bool {
    character.is_alphabetic() && matches!(character, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

fn is_fullwidth(letter: char) -> bool {
    matches!(letter, '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}')
}

/// Whether one or two letters are fullwidth, or not, among others that are the other way.
fn has_single_fullwidth(written: &str) -> bool {
    let mut runs: Vec<(bool, usize)> = Vec::new();
    for character in written.chars() {
        let is_wide = is_fullwidth(character);
        if !is_wide && !character.is_ascii_alphabetic() {
            continue;
        }
        match runs.last_mut() {
            Some((wide, length)) if *wide == is_wide => *length += 1,
            _ => runs.push((is_wide, 1)),
        }
    }
    runs.len() > 1 && runs.iter().any(|(_, length)| *length <= 2)
}

/// Letters with their code points, each once, at most five.
fn named(letters: impl IntoIterator<Item = char>) -> String {
    let letters: BTreeSet<char> = letters.into_iter().collect();
    letters
        .into_iter()
        .take(5)
        .map(|letter| format!("{letter} (U+{:04X})", u32::from(letter)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The line around the first occurrence of a letter, at most 40 characters.
fn around(line: &str, letter: char) -> String {
    let at = line.chars().position(|character| character == letter).unwrap_or_default();
    line.chars().skip(at.saturating_sub(20)).take(40).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_in_japanese_is_told_from_chinese() {
        assert!(simplified_in_japanese("お客様の账户は制限されています。").is_some());
        assert!(simplified_in_japanese("お客様のアカウントは制限されています。").is_none());
        assert!(simplified_in_japanese("お世話になっております。\n附件是报价单，请查收。").is_none());
        assert!(simplified_in_japanese("深圳の会社（华为）をご紹介します。").is_none());
    }

    #[test]
    fn single_fullwidth_letters_stand_out() {
        assert!(has_single_fullwidth("\u{FF21}mazon") && has_single_fullwidth("Ama\u{FF5A}on"));
        assert!(!has_single_fullwidth("\u{FF2E}\u{FF34}\u{FF34}docomo") && !has_single_fullwidth("Amazon"));
        assert!(!has_single_fullwidth("\u{FF2E}\u{FF28}\u{FF2B}"));
    }
}
