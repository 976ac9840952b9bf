//! Words that people read and machines do not: letter by letter ("V e r i f y", a letter to each cell of a table), with
//! dots or thin spaces in them, split in the wrong place ("L etzte B enachrichtigung"), with letters that look alike
//! exchanged ("Iogin", "lnvoice", "acc0unt"). They are read here a second time, as they are meant. Where that
//! is a guess, the word must be one that is known.

use super::PHRASES;
use crate::{
    brands::{self, Brand},
    fold::fold,
    vocabulary::COMPANY,
};
use std::sync::LazyLock;

/// From so many letters on, each by itself, they are a word or several.
const LEAST: usize = 4;
/// Most letters of a text that stand by themselves and are put together.
const MOST: usize = 100_000;
/// Shortest name of a brand that is looked for in a row of letters.
const SHORTEST_NAME: usize = 5;
/// What a letter that belongs to no known word costs; a word costs one.
const STRAY: u32 = 3;

/// The words of all phrases, and the brands' names of one word, in order.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let phrases = PHRASES.iter().flat_map(|(_, _, texts)| texts.split(['\n', ' ', '_']).map(str::to_owned));
    let names = brands::all().iter().flat_map(Brand::names).map(str::to_lowercase);
    let names = names.filter(|name| name.len() >= SHORTEST_NAME && name.chars().all(char::is_alphanumeric));
    let offices = COMPANY.iter().map(|word| (*word).to_owned());
    let mut words: Vec<String> =
        phrases.chain(names).chain(offices).filter(|word| word.chars().any(is_spaced_letter)).collect();
    words.sort_unstable();
    words.dedup();
    words
});

/// A letter of those that are written in words with spaces between.
fn is_spaced_letter(character: char) -> bool {
    character.is_alphabetic() && character < '\u{2E80}'
}

/// A mark that is narrow enough to stand in a word and not to part it.
fn is_thin(character: char) -> bool {
    matches!(
        character,
        '\u{B7}' | '\u{2000}'
            ..='\u{200A}'
                | '\u{2010}'
                | '\u{2011}'
                | '\u{2027}'
                | '\u{202F}'
                | '\u{205F}'
                | '\u{2022}'
                | '\u{2219}'
                | '\u{22C5}'
                | '\u{A78F}'
    )
}

/// The lines of a text in which letters stand apart, put together; nothing where there are none.
pub fn together(text: &str) -> Option<String> {
    let mut reader = Reader { text: String::new(), row: Vec::new(), left: MOST, is_changed: false };
    let mut found = String::new();
    let mut take = |reader: &mut Reader| {
        if reader.is_changed {
            found.push_str(reader.text.trim());
            found.push('\n');
        }
        reader.text.clear();
        reader.is_changed = false;
    };
    for line in text.lines() {
        // Letters on lines of their own are a row as well.
        let is_short = line.chars().nth(2).is_none();
        if !is_short {
            reader.flush();
            take(&mut reader);
        }
        let has_row = has_row(line);
        let mended = if is_short || has_row { None } else { mended(line) };
        let is_any = !line.is_ascii() || is_short || mended.is_some() || has_row;
        if is_any {
            reader.is_changed |= mended.is_some();
            for word in mended.as_deref().unwrap_or(line).split(BLANKS) {
                reader.word(word);
            }
            if !is_short {
                reader.flush();
                take(&mut reader);
            }
        }
    }
    reader.flush();
    take(&mut reader);
    (!found.is_empty()).then_some(found)
}

/// A name with thin marks between its letters, without them; nothing where there are few, which may part words.
pub fn closed_up(name: &str) -> Option<String> {
    let (closed, thin) = without_thin_marks(name, char::is_alphabetic);
    (thin >= LEAST).then_some(closed)
}

/// A text without thin marks between letters of a kind, and how many they are.
fn without_thin_marks(text: &str, is_letter: impl Fn(char) -> bool) -> (String, usize) {
    let mut closed = String::with_capacity(text.len());
    let mut thin = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_within = is_thin(character)
            && closed.chars().next_back().is_some_and(&is_letter)
            && characters.peek().copied().is_some_and(&is_letter);
        if is_within {
            thin += 1;
        } else {
            closed.push(character);
        }
    }
    (closed, thin)
}

/// What parts words.
const BLANKS: [char; 4] = [' ', '\t', '\u{A0}', '\u{3000}'];
/// Most pieces of a word that is split.
const PIECES: usize = 4;
/// Fewest letters of a word that is put together of pieces, and of one whose ending may differ from the known word's.
const SHORTEST: usize = 4;
const INFLECTED: usize = 5;

/// A line with words as they are meant that were split, or spelt with letters that look alike; nothing where there are
/// none. Only words that are known come out of it. A row of letters is not for it.
fn mended(line: &str) -> Option<String> {
    if !is_odd(line) {
        return None;
    }
    let words: Vec<&str> = line.split(BLANKS).collect();
    let mut found = String::with_capacity(line.len());
    let mut is_changed = false;
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if at > 0 {
            found.push(' ');
        }
        let (meant, taken) = match joined(words.get(at..).unwrap_or_default()) {
            Some((meant, taken)) => (Some(meant), taken),
            None => (respelt(word), 1),
        };
        is_changed |= meant.is_some();
        found.push_str(meant.as_deref().unwrap_or(word));
        at += taken;
    }
    is_changed.then_some(found)
}

/// Whether anything in a line may be odd: a letter that stands alone and is no word, a capital I behind a small letter or
/// before a vowel, an l before a consonant, a digit or a sign between letters. A look that costs next to nothing.
fn is_odd(line: &str) -> bool {
    let is_end = |byte: u8| byte == b' ' || byte == 0;
    let (mut before, mut last) = (0, 0);
    line.bytes().chain([0]).any(|byte| {
        let is_odd = is_end(before) && is_lone_letter(last) && is_end(byte)
            || last.is_ascii_lowercase() && byte == b'I'
            || !before.is_ascii_alphanumeric()
                && (last == b'l' && is_consonant(byte) || last == b'I' && is_vowel(byte))
            || before.is_ascii_alphabetic() && letter_alike(last, b'l').is_some() && byte.is_ascii_alphabetic();
        (before, last) = (last, byte);
        is_odd
    })
}

/// A letter that is no word by itself in any of the languages known.
fn is_lone_letter(letter: u8) -> bool {
    letter.is_ascii_alphabetic() && !b"aeiouy".contains(&letter.to_ascii_lowercase())
}

/// A consonant that no word has behind an l with which it begins.
fn is_consonant(letter: u8) -> bool {
    letter.is_ascii_lowercase() && !b"aeiouyl".contains(&letter)
}

fn is_vowel(letter: u8) -> bool {
    b"aeiouy".contains(&letter)
}

/// The letter for which a digit or a sign is written; a one can stand for two.
fn letter_alike(byte: u8, one: u8) -> Option<u8> {
    Some(match byte {
        b'1' | b'|' | b'!' => one,
        b'0' => b'o',
        b'3' => b'e',
        b'4' | b'@' => b'a',
        b'5' | b'$' => b's',
        b'7' => b't',
        _ => return None,
    })
}

/// The known word that pieces at the beginning of `words` make, and how many they are. At least one is a single letter
/// that is no word.
fn joined(words: &[&str]) -> Option<(String, usize)> {
    let is_piece = |word: &&&str| !word.is_empty() && word.chars().all(is_spaced_letter);
    let whole = words.iter().take(PIECES - 1).take_while(is_piece).count();
    (2..=PIECES.min(whole + 1)).rev().find_map(|taken| {
        let pieces = words.get(..taken)?;
        let is_lone = |word: &&str| word.len() == 1 && word.bytes().all(is_lone_letter);
        let is_split =
            pieces.iter().any(is_lone) && pieces.iter().skip(1).all(|word| !word.starts_with(char::is_uppercase));
        let word = pieces.concat();
        let last = pieces.last().map_or(0, |piece| piece.len());
        (is_split && is_known(&word, last)).then_some((word, taken))
    })
}

/// A word as it is meant that is spelt with letters that look alike.
fn respelt(word: &str) -> Option<String> {
    if !is_odd(word) || is_known(word, 0) {
        return None;
    }
    let spelt = |one: u8| -> String {
        let (mut previous, mut is_first) = (0_u8, true);
        let letters = word.bytes().zip(word.bytes().skip(1).chain([0]));
        let spelt = letters.map(|(byte, next)| {
            let meant = match byte {
                b'I' if previous.is_ascii_lowercase() => b'l',
                b'l' if is_first && is_consonant(next) => b'i',
                b'I' if is_first && is_vowel(next) => b'l',
                _ if previous.is_ascii_alphabetic() => letter_alike(byte, one).unwrap_or(byte),
                _ => byte,
            };
            is_first &= !byte.is_ascii_alphanumeric();
            previous = byte;
            meant
        });
        String::from_utf8(spelt.collect()).unwrap_or_default()
    };
    [b'l', b'i'].into_iter().map(spelt).find(|meant| meant != word && is_known(meant, 0))
}

/// Whether a word is known, whatever mark stands behind it, but for an ending, of which its last piece must be more.
fn is_known(word: &str, last: usize) -> bool {
    let folded = fold(word.trim_matches(|mark: char| !mark.is_alphanumeric()));
    let word = folded.as_str();
    let is_one = is_known_word;
    word.len() >= SHORTEST
        && word.is_ascii()
        && (is_one(word)
            || (1..=2.min(last.saturating_sub(1))).any(|ending| {
                word.len()
                    .checked_sub(ending)
                    .filter(|length| *length >= INFLECTED)
                    .and_then(|length| word.get(..length))
                    .is_some_and(is_one)
            }))
}

/// A name with a word put together that is split in two: "Net flix". In a text that would be a guess too many. Behind
/// the gap stands a small letter: people's names are written otherwise (Sam Sung).
pub fn without_splits(name: &str) -> Option<String> {
    let mut joined = String::with_capacity(name.len());
    let mut last = "";
    let mut is_changed = false;
    for word in name.split(BLANKS) {
        let is_piece = |word: &str| word.chars().count() > 1 && word.chars().all(is_spaced_letter);
        let is_word = |word: &str| is_known_word(&word.to_lowercase());
        let is_rest = is_piece(last) && is_piece(word) && word.starts_with(char::is_lowercase);
        if is_rest && is_known(&[last, word].concat(), 0) && !(is_word(last) && is_word(word)) {
            is_changed = true;
        } else if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
        last = word;
    }
    is_changed.then_some(joined)
}

/// Whether a folded word is one of a phrase, or of an office.
pub(crate) fn is_known_word(word: &str) -> bool {
    WORDS.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
}

/// Whether letters stand apart in a plain line: a look that costs next to nothing.
fn has_row(line: &str) -> bool {
    let mut row = 0;
    line.as_bytes().chunks(2).count() >= LEAST
        && line.split(' ').any(|word| {
            row =
                if word.len() > 2 { 0 } else { row + usize::from(word.bytes().any(|byte| byte.is_ascii_alphabetic())) };
            row >= LEAST
        })
}

struct Reader {
    text: String,
    /// Words of one letter that were read last.
    row: Vec<String>,
    left: usize,
    is_changed: bool,
}

impl Reader {
    fn word(&mut self, word: &str) {
        let (joined, thin) = without_thin_marks(word, is_spaced_letter);
        self.is_changed |= thin > 0;
        let mut letters = joined.chars().filter(|character| character.is_alphanumeric());
        let is_one = letters.next().is_none_or(|letter| letter < '\u{2E80}') && letters.next().is_none();
        if !is_one || joined.chars().nth(2).is_some() {
            self.flush();
            self.push(&joined);
        } else if !joined.is_empty() {
            self.row.push(joined);
        }
    }

    fn push(&mut self, word: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
    }

    /// Puts a row of letters together, if it is one.
    fn flush(&mut self) {
        let row = std::mem::take(&mut self.row);
        let letters = row.iter().filter(|word| word.chars().any(is_spaced_letter)).count();
        if letters < LEAST || letters > self.left {
            for word in &row {
                self.push(word);
            }
            return;
        }
        self.left -= letters;
        self.is_changed = true;
        let joined = row.concat();
        for part in joined.split_inclusive(|character: char| !character.is_alphanumeric()) {
            self.push(&words_in(part));
        }
    }
}

/// A row of letters with spaces between the words that are known.
fn words_in(row: &str) -> String {
    let letters: Vec<char> = row.chars().collect();
    // For each place the least cost to come there, and from where.
    let mut best: Vec<(u32, usize)> = vec![(u32::MAX, 0); letters.len() + 1];
    if let Some(first) = best.first_mut() {
        first.0 = 0;
    }
    let mut word = String::new();
    for at in 0..letters.len() {
        let Some(&(cost, _)) = best.get(at) else { break };
        let mut offer = |to: usize, cost: u32| {
            if let Some(place) = best.get_mut(to).filter(|place| place.0 > cost) {
                *place = (cost, at);
            }
        };
        offer(at + 1, cost.saturating_add(STRAY));
        word.clear();
        let (mut from, mut to) = (0, WORDS.len());
        for (end, letter) in letters.iter().enumerate().skip(at) {
            word.extend(letter.to_lowercase());
            let range = WORDS.get(from..to).unwrap_or_default();
            let start = range.partition_point(|known| known.as_str() < word.as_str());
            let behind = range.partition_point(|known| known.as_str() < word.as_str() || known.starts_with(&word));
            (from, to) = (from + start, from + behind);
            if from >= to {
                break;
            }
            if WORDS.get(from).is_some_and(|known| *known == word) {
                offer(end + 1, cost.saturating_add(1));
            }
        }
    }
    let mut ends = Vec::new();
    let mut at = letters.len();
    while at > 0 {
        let Some(&(_, from)) = best.get(at) else { break };
        ends.push((from, at));
        at = from;
    }
    let mut text = String::with_capacity(row.len() * 2);
    let mut was_stray = false;
    for (from, to) in ends.into_iter().rev() {
        // Letters of no known word stay together.
        let is_stray = to - from == 1;
        if !(text.is_empty() || is_stray && was_stray) {
            text.push(' ');
        }
        was_stray = is_stray;
        text.extend(letters.get(from..to).unwrap_or_default());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart_are_put_together() {
        for (apart, joined) in [
            ("V e r i f y y o u r a c c o u n t n o w", "verify your account now"),
            ("V\ne\nr\ni\nf\ny", "verify"),
            ("P a y P a l", "paypal"),
            ("Please veri\u{B7}fy your acc\u{2011}ount", "please verify your account"),
            ("Ple\u{200A}ase con\u{200A}firm", "please confirm"),
            ("L etzte B enachrichtigung: Ihr P a ket", "letzte benachrichtigung: ihr paket"),
            ("your a ccount p assword", "your a ccount password"),
            ("an overdue lnvoice, Iast notice, confIrm", "an overdue invoice, last notice, confirm"),
            ("suspicious Iogin: your emaiI", "suspicious login: your email"),
            ("your acc0unt passw0rd, ver1fy", "your account password, verify"),
        ] {
            assert_eq!(together(apart).map(|text| text.trim().to_lowercase()).as_deref(), Some(joined), "{apart:?}");
        }
    }

    #[test]
    fn names_split_in_two_are_put_together() {
        assert_eq!(without_splits("Net flix Support").as_deref(), Some("Netflix Support"));
        for name in ["Sam Sung", "Anna von Example", "Log in", "Net Flix", "Plan b"] {
            assert_eq!(without_splits(name), None, "{name}");
        }
    }

    #[test]
    fn ordinary_text_is_left_as_it_is() {
        for text in [
            "Dear Taro, this is a letter.",
            "I am a U.S. citizen",
            "A B C",
            "\u{5C71}\u{7530} \u{592A}\u{90CE} \u{69D8}",
            "\u{5C71} \u{7530} \u{592A} \u{90CE} \u{69D8} \u{3054}\u{5229}\u{7528}",
            "1 2 3 4 5 6",
            "2 \u{B7} 3",
            "Plan B is ready, I am in. Vitamin C and a letter",
            "McIntosh, MacIntyre and DeIuliis at WiFi lndia GmbH",
            "l'article, l'invoice; llama, Lloyd; lx 4",
            "order A1B2C3, ref 7f3a0c9e, mp3, b2b, H2O, R2D2",
            "LinkedIn sends this to Ian in Iowa",
            "x y z coordinates of a plane",
            "Taro T. Yamada, Anna K Schmidt",
        ] {
            assert_eq!(together(text), None, "{text}");
        }
    }
}
