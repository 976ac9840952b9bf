//! Finding where a text holds what a table has: names of brands, telling phrases. A table finds its rows by the first
//! letters and digits, whatever stands between them; whether a row really stands there is for [`end_of_phrase`] and
//! [`end_of_name`] to say.

use crate::{
    fold::{is_alphanumeric, is_inside_word},
    hash,
    index::Index,
    script::{is_joined, is_unspaced},
    vocabulary::AFTER_KATAKANA,
};

/// Stands in a phrase for up to [`GAP`] characters of the same sentence.
const ANYTHING: char = '_';
/// How many characters that may be.
pub(crate) const GAP: usize = 32;
/// How many characters that are no letters may stand between two letters: "U.S. Government" has two; more are another
/// sentence.
const BETWEEN: usize = 2;

/// A row of a table: what is looked for, folded, and what it stands for.
#[derive(Debug, Clone)]
pub(crate) struct Row<S, T> {
    pub text: S,
    /// The lowest byte of the hash of its first letters.
    hash: u8,
    pub says: T,
}

/// Rows by the hash of their first letters.
#[derive(Debug)]
pub(crate) struct Table<S, T> {
    rows: Index<Row<S, T>>,
    begun: Begun,
}

impl<S: AsRef<str> + Clone, T: Clone> Table<S, T> {
    /// The table of these rows. Those with the same first letters are put in order; where neither of two comes `before`
    /// the other, they stay as given.
    pub fn new(given: impl Iterator<Item = (S, T)>, before: impl Fn(&str, &str) -> bool) -> Self {
        let given: Vec<(S, T)> = given.collect();
        let mut begun = Begun::of(given.len());
        let rows = given.into_iter().map(|(text, says)| {
            let start = text.as_ref().split(ANYTHING).next().unwrap_or_default();
            // A line may stand for the mark of length.
            let letters = first_letters(start).enumerate();
            let sure = letters.take_while(|(taken, (_, letter))| *taken < LEAST || *letter != LENGTH);
            let hash = sure.fold(hash::START, |hash, (_, (_, letter))| {
                let hash = hash::add(hash, letter);
                begun.add(hash);
                hash
            });
            (hash, Row { text, hash: hash.to_le_bytes()[0], says })
        });
        let rows: Vec<_> = rows.collect();
        Self { rows: Index::new(&rows, |first, second| before(first.text.as_ref(), second.text.as_ref())), begun }
    }

    /// Calls back with every row that may stand at an offset of a folded text.
    pub fn each_at<'s>(&'s self, text: &str, at: usize, mut found: impl FnMut(&'s Row<S, T>)) {
        let Some(rest) = text.get(at..) else { return };
        let window = rest.as_bytes().get(..rest.len().min(WINDOW)).unwrap_or_default();
        if window.is_ascii() {
            self.each_in(window, found);
            return;
        }
        let mut hash = hash::START;
        let mut letters = first_letters(rest).enumerate().peekable();
        while let Some((taken, (offset, letter))) = letters.next() {
            hash = hash::add(hash, letter);
            if !self.begun.has(hash) {
                return;
            }
            // Under fewer letters than the most stand those only that end there, or have a gap there.
            if taken + 1 < LEAST || letters.peek().is_some() && is_inside_word(rest.as_bytes(), offset) {
                continue;
            }
            self.each_of(hash, &mut found);
        }
    }

    /// The same where a text goes on in ASCII: what most texts are, letter by letter and without a look into Unicode.
    fn each_in<'s>(&'s self, text: &[u8], mut found: impl FnMut(&'s Row<S, T>)) {
        let mut hash = hash::START;
        let (mut taken, mut between) = (0, 0);
        for (at, byte) in text.iter().enumerate() {
            if !byte.is_ascii_alphanumeric() {
                between += 1;
                if between > BETWEEN {
                    return;
                }
                continue;
            }
            between = 0;
            taken += 1;
            hash = hash::add_byte(hash, *byte);
            if !self.begun.has(hash) {
                return;
            }
            if taken >= LEAST && (taken == MOST || !is_inside_word(text, at)) {
                self.each_of(hash, &mut found);
            }
            if taken == MOST {
                return;
            }
        }
    }

    /// Calls back with the rows of a hash.
    fn each_of<'s>(&'s self, hash: u32, found: &mut impl FnMut(&'s Row<S, T>)) {
        for row in self.rows.bucket(hash).iter().filter(|row| row.hash == hash.to_le_bytes()[0]) {
            found(row);
        }
    }
}

/// The hashes of all beginnings of a table's rows, a bit each: most words of a text are given up after a few letters.
#[derive(Debug)]
struct Begun {
    words: Vec<u64>,
    bits: u32,
}

impl Begun {
    /// Room for the beginnings of so many rows.
    fn of(rows: usize) -> Self {
        let bits = (usize::BITS - rows.leading_zeros() + 5).max(u64::BITS.ilog2());
        Self { words: vec![0; 1 << (bits - u64::BITS.ilog2())], bits }
    }

    /// In which word the bit of a hash stands, and the bit.
    fn place(&self, hash: u32) -> (usize, u64) {
        let bit = hash::bucket(hash, self.bits);
        (bit / u64::BITS as usize, 1 << (bit % u64::BITS as usize))
    }

    fn add(&mut self, hash: u32) {
        let (word, bit) = self.place(hash);
        if let Some(word) = self.words.get_mut(word) {
            *word |= bit;
        }
    }

    fn has(&self, hash: u32) -> bool {
        let (word, bit) = self.place(hash);
        self.words.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// Fewest letters by which a table finds a row.
const LEAST: usize = 2;
/// Most letters by which a table finds a row, in scripts without spaces and in others. Many phrases begin with the same
/// two words.
const MOST_JOINED: usize = 6;
const MOST: usize = 14;

/// Bytes within which those letters stand, with what may stand between them and one letter more.
const WINDOW: usize = (MOST + 1) * (BETWEEN + 1);

/// The letters and digits by which a table finds its rows, with their offsets.
fn first_letters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut most = None;
    let mut taken = 0;
    let mut between = 0;
    text.char_indices()
        .map_while(move |(offset, character)| {
            let letter = plain(character);
            if !is_alphanumeric(letter) {
                between += 1;
                return (between <= BETWEEN && most != Some(taken)).then_some(None);
            }
            between = 0;
            taken += 1;
            let most = *most.get_or_insert(if is_joined(letter) { MOST_JOINED } else { MOST });
            (taken <= most).then_some(Some((offset, letter)))
        })
        .flatten()
}

/// The offset behind a phrase that stands at an offset. Phrases have at most two gaps. In scripts written without
/// spaces, spaces do not count; in the others a phrase never ends inside a word.
pub(crate) fn end_of_phrase(text: &str, at: usize, phrase: &str) -> Option<usize> {
    // Most phrases are given up at a plain letter that is another.
    let mut pairs = text.as_bytes().get(at..)?.iter().zip(phrase.as_bytes());
    let is_other = |(found, wanted): (&u8, &u8)| found.is_ascii_lowercase() && wanted.is_ascii_lowercase();
    if pairs.find(|(found, wanted)| found != wanted).is_some_and(is_other) {
        return None;
    }
    let Some((first, rest)) = phrase.split_once(ANYTHING) else { return end_of_literal(text, at, phrase) };
    let end = end_of_literal(text, at, first)?;
    let mut previous = text.get(..end)?.chars().next_back();
    for (offset, character) in text.get(end..)?.char_indices().take(GAP) {
        if begins_phrase(previous, character)
            && let Some(end) = end_of_phrase(text, end + offset, rest)
        {
            return Some(end);
        }
        if matches!(character, '!' | '?' | '。') || character == ' ' && previous == Some('.') {
            return None;
        }
        previous = Some(character);
    }
    None
}

fn end_of_literal(text: &str, at: usize, phrase: &str) -> Option<usize> {
    let mut rest = text.get(at..)?.char_indices().peekable();
    let mut end = at;
    let mut last = None;
    for wanted in phrase.chars() {
        if let Some(&(offset, ' ')) = rest.peek()
            && wanted != ' '
            && let Some(before) = last
            && (is_joined(before) || is_joined(wanted))
            && offset > 0
        {
            rest.next();
        }
        let (offset, found) = rest.next()?;
        if plain(found) != wanted && !(wanted == LENGTH && is_line(found)) {
            return None;
        }
        last = Some(found);
        end = at + offset + found.len_utf8();
    }
    let next = rest.next().map(|(_, next)| next);
    (!(last.is_some_and(is_inside) && next.is_some_and(is_inside))).then_some(end)
}

/// Whether a phrase can begin at a character that follows `previous`.
pub(crate) fn begins_phrase(previous: Option<char>, character: char) -> bool {
    character != ' ' && !(previous.is_some_and(is_inside) && is_inside(character))
}

/// Whether a character is part of a word that is written in one piece.
fn is_inside(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    !is_joined(character) && character.is_alphanumeric()
}

/// The typewriter's form of marks that are written in several ways.
fn plain(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{B4}' | '`' => '\'',
        '\u{2010}'..='\u{2014}' => '-',
        other => other,
    }
}

/// A name as it is looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spelling {
    /// Letters and digits in it.
    pub letters: u8,
    /// Whether it is an ordinary word or very short.
    pub common: bool,
}

impl Spelling {
    pub fn of(name: &str, common: bool) -> Self {
        let letters = name.chars().filter(|character| is_alphanumeric(*character)).count();
        Self { letters: u8::try_from(letters).unwrap_or(u8::MAX), common }
    }
}

/// From this many letters on a name is long enough to be known through inserted punctuation.
const LONG: u8 = 6;
/// From this many on it is known letter by letter ("D A C"): as a name that means the brand in context only, as long as
/// initials are.
pub(crate) const SPELT: u8 = 3;
/// From this many on, one in a script without spaces is known with spaces in it, and how many they may be: "三井住友
/// カード". A shorter one is a surname and a first name as well (伊藤 忠).
const BLANK: u8 = 4;
const BLANKS: u8 = 2;

/// The gaps within a name that it does not have itself.
#[derive(Default)]
struct Gaps {
    spaces: u8,
    marks: u8,
    /// Whether one of them is wider or another mark than is put into words by habit.
    is_odd: bool,
    /// Whether one stands between letters of scripts that put spaces between words.
    is_between_spaced: bool,
}

impl Gaps {
    /// Reads what stands in front of the next letter, if it is no letter.
    fn take(&mut self, rest: &mut std::iter::Peekable<std::str::CharIndices<'_>>, last: char) {
        let Some((_, gap)) = rest.next_if(|(_, found)| !is_alphanumeric(*found)) else { return };
        if gap == ' ' {
            self.spaces += 1;
        } else {
            self.marks += 1;
            self.is_odd |= !matches!(gap, '-' | '.' | '_' | '\'' | '\u{AE}' | '\u{B7}' | '\u{30FB}' | '*' | '|');
            // "D. A. C."
            self.is_odd |= rest.next_if(|&(_, found)| found == ' ').is_some();
        }
        self.is_between_spaced |= !is_joined(last) && !rest.peek().is_some_and(|&(_, next)| is_joined(next));
    }

    /// Whether a name with these gaps is still itself.
    fn are_let_pass(&self, name: &str, spelling: Spelling) -> bool {
        let gaps = self.spaces + self.marks;
        let is_long = spelling.letters >= LONG;
        let is_unspaced = name.chars().next().is_some_and(is_joined);
        // A space within a word is accepted where the whole word is spaced out: "P a y P a l".
        let is_spaced_out = gaps + 1 >= spelling.letters;
        gaps == 0
            || is_long && self.spaces == 0 && !self.is_odd
            || is_spaced_out && (is_long || is_unspaced || spelling.letters >= SPELT)
            || is_unspaced
                && self.marks == 0
                && !self.is_between_spaced
                && self.spaces <= BLANKS
                && spelling.letters >= BLANK
    }
}

/// The offset behind a name that stands at an offset, if it stands there as a word of its own.
pub(crate) fn end_of_name(text: &str, at: usize, name: &str, spelling: Spelling) -> Option<usize> {
    let mut rest = text.get(at..)?.char_indices().peekable();
    let long = spelling.letters >= LONG;
    let mut end = at;
    let mut last = None;
    let mut gaps = Gaps::default();
    let mut own_gap = false;
    for letter in name.chars() {
        if !is_alphanumeric(letter) {
            own_gap = true;
            if !long && letter != ' ' && rest.next_if(|&(_, found)| found == letter).is_none() {
                return None;
            }
            continue;
        }
        let is_length = letter == LENGTH && rest.peek().is_some_and(|&(_, found)| is_line(found));
        if let Some(last) = last.filter(|_| !is_length) {
            if !own_gap {
                gaps.take(&mut rest, last);
            } else if let Some((_, gap)) = rest.next_if(|(_, found)| !is_alphanumeric(*found)) {
                if gap != ' ' && rest.next_if(|&(_, found)| found == ' ').is_some() {
                    // "KAGOYA, JAPAN" and the like.
                } else if gap == ' ' {
                    rest.next_if(|&(_, found)| !is_alphanumeric(found));
                    rest.next_if(|&(_, found)| found == ' ');
                }
            }
        }
        own_gap = false;
        let (offset, found) = rest.next()?;
        if found != letter && !is_length {
            return None;
        }
        end = at + offset + found.len_utf8();
        last = Some(letter);
    }
    (gaps.are_let_pass(name, spelling) && ends_name(last?, text.get(end..)?)).then_some(end)
}

/// The mark of a long vowel in katakana.
const LENGTH: char = '\u{30FC}';

/// Lines that are written for that mark.
fn is_line(character: char) -> bool {
    matches!(
        character,
        '-' | '~' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{301C}' | '\u{4E00}'
    )
}

fn is_katakana(character: char) -> bool {
    matches!(character, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FE}')
}

/// Whether a name can begin at a letter that follows `previous` without a gap.
pub(crate) fn begins_name(previous: Option<char>, character: char) -> bool {
    let Some(previous) = previous else { return true };
    if is_unspaced(character) {
        // 東京都銀行協会 does not name 京都銀行.
        !(is_katakana(character) && is_katakana(previous)) && (previous, character) != ('東', '京')
    } else {
        is_unspaced(previous)
    }
}

/// Whether a name that ends in `last` is over where `rest` begins.
fn ends_name(last: char, rest: &str) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    if !is_alphanumeric(next) {
        true
    } else if is_katakana(last) {
        !is_katakana(next) || AFTER_KATAKANA.iter().any(|word| rest.starts_with(word))
    } else {
        is_unspaced(last) || is_unspaced(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> String {
        first_letters(text).map(|(_, letter)| letter).collect()
    }

    #[test]
    fn rows_are_found_by_their_first_letters() {
        assert_eq!(letters("your account is"), "youraccountis");
        assert_eq!(letters("your account was limited"), "youraccountwas");
        assert_eq!(letters("if you do"), "ifyoudo");
        assert_eq!(letters("a-b.c"), "abc");
        assert_eq!(letters("ab - c"), "ab");
        assert_eq!(letters("id と パス"), "idとパス");
        assert_eq!(letters("お客様のアカウント"), "お客様のアカ");
        assert_eq!(letters("don\u{2BC}t do"), "dontdo");
    }

    #[test]
    fn tables_give_what_may_stand_at_a_place() {
        let table =
            Table::new([("if you", 1), ("if _ not", 2), ("お客様", 3), ("ifs", 4)].into_iter(), |_, _| false);
        let at = |text: &str| {
            let mut found = Vec::new();
            table.each_at(text, 0, |row| found.push(row.says));
            found
        };
        assert_eq!(at("if you do"), [2, 1]);
        assert_eq!(at("if it is not"), [2]);
        assert_eq!(at("お客 様"), [3]);
        assert_eq!(at("ifs and buts"), [4]);
        assert_eq!(at("iffy"), [0; 0]);
        let table = Table::new([("カード会社", 1), ("サポート", 2)].into_iter(), |_, _| false);
        for (text, row) in [("カード会社", 1), ("サポ―ト", 2), ("サポート", 2)] {
            let mut found = Vec::new();
            table.each_at(text, 0, |row| found.push(row.says));
            assert!(found.contains(&row), "{text}");
        }
    }
}
