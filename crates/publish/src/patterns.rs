//! Words that are looked for in a text, all at once, and in everything that a text may be an encoding of.

use crate::spelling::{Unit, folded, spelled};
use std::ops::Range;

/// Longest word that is looked for, in letters: of a longer one its beginning is enough.
const LONGEST: usize = 64;

/// Shortest word that is looked for inside other words.
const SHORTEST_INSIDE: usize = 6;

/// Times that an encoded text may be encoded again.
const DEEPEST: usize = 5;

/// Shortest run of letters that may be an encoding.
const SHORTEST_RUN: usize = 6;

/// Where a word counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stands {
    /// Anywhere, inside other words where it is long.
    Anywhere,
    /// As a word of its own.
    Alone,
    /// As a name: with a capital letter in running text, where its script has them.
    AsName,
    /// As a name before a title.
    BeforeTitle,
    /// As the whole of a value.
    Whole,
}

/// A word and where it counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    letters: Vec<char>,
    stands: Stands,
}

/// The words, in order: what begins alike stands together.
#[derive(Debug, Default)]
pub struct Patterns {
    sorted: Vec<Pattern>,
}

/// Titles that follow a name, by their first letters.
const TITLES: [&str; 8] = [
    "\u{69D8}",
    "\u{3055}\u{3093}",
    "\u{6BBF}",
    "\u{6C0F}",
    "\u{5148}\u{751F}",
    "\u{5973}\u{58EB}",
    "\u{5C0F}\u{59D0}",
    "\u{B2D8}",
];

impl Patterns {
    /// Adds a word, its letters turned round and its letters exchanged by ROT13 as well.
    pub fn add(&mut self, letters: &[char], stands: Stands) {
        if letters.is_empty() || letters.len() < 2 && stands != Stands::BeforeTitle {
            return;
        }
        let rotated = |letter: &char| match letter {
            'a'..='m' => char::from_u32(u32::from(*letter) + 13).unwrap_or(*letter),
            'n'..='z' => char::from_u32(u32::from(*letter) - 13).unwrap_or(*letter),
            _ => *letter,
        };
        self.add_as_is(letters.to_vec(), stands);
        if matches!(stands, Stands::Anywhere | Stands::Whole) {
            self.add_as_is(letters.iter().rev().copied().collect(), stands);
            self.add_as_is(letters.iter().map(rotated).collect(), stands);
        }
    }

    fn add_as_is(&mut self, mut letters: Vec<char>, stands: Stands) {
        letters.truncate(LONGEST);
        self.sorted.push(Pattern { letters, stands });
    }

    /// To be called once all are added.
    pub fn ready(mut self) -> Self {
        self.sorted.sort_unstable();
        self.sorted.dedup();
        self
    }

    /// Where in what is spelled the words stand, as numbers of units. `is_cut`: the text goes on beyond its end, and
    /// what could begin a word there counts as one.
    pub fn find(&self, units: &[Unit], is_running: bool, is_cut: bool) -> Vec<Range<usize>> {
        let folded = folded(units);
        let mut found = Vec::new();
        let mut at = 0;
        while at < folded.len() {
            let matched = self.longest(&folded, at, units, is_running, is_cut);
            if let (Some(length), Some((_, first))) = (matched, folded.get(at)) {
                let last = folded.get(at + length - 1).map_or(*first, |(_, last)| *last);
                found.push(*first..last + 1);
                at += length;
            } else {
                at += 1;
            }
        }
        found
    }

    fn holds(&self, text: &str) -> bool {
        let units = spelled(text);
        !self.find(&units, false, false).is_empty()
    }

    /// The length of the longest word that begins at a place.
    fn longest(
        &self,
        folded: &[(char, usize)],
        from: usize,
        units: &[Unit],
        is_running: bool,
        is_cut: bool,
    ) -> Option<usize> {
        let mut range = self.sorted.as_slice();
        let mut best = None;
        let mut length = 0;
        while let Some((letter, _)) = folded.get(from + length) {
            let letter = Some(letter);
            let start = range.partition_point(|pattern| pattern.letters.get(length) < letter);
            range = range.get(start..).unwrap_or_default();
            let end = range.partition_point(|pattern| pattern.letters.get(length) <= letter);
            range = range.get(..end).unwrap_or_default();
            length += 1;
            if range.is_empty() {
                return best;
            }
            let ending = range.iter().take_while(|pattern| pattern.letters.len() == length);
            for pattern in ending {
                if counts(pattern, folded, from, units, is_running) {
                    best = Some(length);
                }
            }
        }
        // The end of the text, in the middle of a word.
        if is_cut && length >= 2 { Some(length) } else { best }
    }

    /// Where in what is spelled something is encoded that spells one of the words.
    pub fn find_encoded(&self, units: &[Unit]) -> Vec<Range<usize>> {
        self.encoded(units, 0)
    }

    fn encoded(&self, units: &[Unit], depth: usize) -> Vec<Range<usize>> {
        let mut found = self.numbered(units);
        if self.sorted.is_empty() {
            return found;
        }
        for run in runs(units, |letter| letter.is_ascii_alphanumeric() || "+/_-".contains(letter)) {
            let letters: Vec<char> =
                units.get(run.clone()).unwrap_or_default().iter().map(|unit| unit.letter).collect();
            // By the parts of a path, so that the others stay; then the whole, as base64 has slashes as well.
            let mut from = 0;
            let mut is_found = false;
            for part in letters.split(|letter| *letter == '/') {
                if self.is_encoding(part, depth) {
                    found.push(run.start + from..run.start + from + part.len());
                    is_found = true;
                }
                from += part.len() + 1;
            }
            if !is_found && letters.contains(&'/') && self.is_encoding(&letters, depth) {
                found.push(run);
            }
        }
        found
    }

    /// Whether a run of letters encodes something that spells one of the words: hexadecimal, base32, base64, once or
    /// several times over, forwards or backwards.
    fn is_encoding(&self, run: &[char], depth: usize) -> bool {
        if run.len() < SHORTEST_RUN || depth >= DEEPEST {
            return false;
        }
        let decoded = |run: &[char]| {
            let base64 = run.iter().filter_map(|letter| six_bits(*letter)).collect::<Vec<_>>();
            let mut all: Vec<Vec<u8>> = (0..4).filter_map(|start| Some(packed(base64.get(start..)?, 6))).collect();
            if run.iter().all(char::is_ascii_hexdigit) {
                let digits: Vec<u32> = run.iter().filter_map(|digit| digit.to_digit(16)).collect();
                all.extend((0..2).filter_map(|start| Some(packed(digits.get(start..)?, 4))));
            } else if let Some(digits) = run.strip_prefix(&['0', 'x']) {
                all.push(packed(&digits.iter().filter_map(|digit| digit.to_digit(16)).collect::<Vec<_>>(), 4));
            }
            let base32: Option<Vec<u32>> = run.iter().map(|letter| five_bits(*letter)).collect();
            if let Some(base32) = base32 {
                all.extend((0..8).filter_map(|start| Some(packed(base32.get(start..)?, 5))));
            }
            all
        };
        let backwards: Vec<char> = run.iter().rev().copied().collect();
        decoded(run).into_iter().chain(decoded(&backwards)).any(|bytes| self.in_bytes(&bytes, depth))
    }

    fn in_bytes(&self, bytes: &[u8], depth: usize) -> bool {
        // Of UTF-16 the letters are left.
        let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let readable = bytes.iter().filter(|byte| byte.is_ascii_graphic() || **byte == b' ').count();
        if readable * 4 < bytes.len() {
            // Other scripts in UTF-8 aside, nothing is written there.
            if std::str::from_utf8(&bytes).is_err()
                && std::str::from_utf8(bytes.get(..bytes.len().saturating_sub(3)).unwrap_or_default()).is_err()
            {
                return false;
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        self.holds(&text)
            || readable * 5 >= bytes.len() * 4
                && bytes.len() >= SHORTEST_RUN
                && !self.encoded(&spelled(&text), depth + 1).is_empty()
    }

    /// Letters written as numbers: `116-97-114-111`, `74 61 72 6f`.
    fn numbered(&self, units: &[Unit]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut list: Vec<Range<usize>> = Vec::new();
        let mut separator = None;
        let mut weigh = |list: &mut Vec<Range<usize>>| {
            if let (Some(first), Some(last)) = (list.first(), list.last())
                && list.len() >= 3
                && self.is_numbered(units, list)
            {
                found.push(first.start..last.end);
            }
            list.clear();
        };
        for token in runs(units, |letter| letter.is_ascii_alphanumeric()) {
            let gap = list.last().and_then(|last| {
                (last.end + 1 == token.start).then(|| units.get(last.end).map(|unit| unit.letter)).flatten()
            });
            let goes_on = token.len() <= 3 && gap.is_some() && (list.len() < 2 || gap == separator);
            if !goes_on {
                // What ends one list may begin the next: `e=74 61 72`.
                let begun = list.last().cloned().filter(|_| gap.is_some() && token.len() <= 3);
                weigh(&mut list);
                list.extend(begun);
            }
            if token.len() <= 3 {
                separator = gap;
                list.push(token);
            }
        }
        weigh(&mut list);
        found
    }

    fn is_numbered(&self, units: &[Unit], list: &[Range<usize>]) -> bool {
        let read = |radix: u32| -> Option<String> {
            list.iter()
                .map(|token| {
                    let digits = units.get(token.clone())?.iter().map(|unit| unit.letter.to_digit(radix));
                    char::from_u32(digits.sum_digits(radix)?)
                })
                .collect()
        };
        [16, 10, 8].into_iter().filter_map(read).any(|text| self.holds(&text))
    }
}

/// The number that digits make.
trait Digits {
    fn sum_digits(self, radix: u32) -> Option<u32>;
}

impl<T: Iterator<Item = Option<u32>>> Digits for T {
    fn sum_digits(mut self, radix: u32) -> Option<u32> {
        self.try_fold(0_u32, |number, digit| Some(number * radix + digit?))
    }
}

/// Whether a word that begins at a place counts there, by what stands around it.
fn counts(pattern: &Pattern, folded: &[(char, usize)], from: usize, units: &[Unit], is_running: bool) -> bool {
    let length = pattern.letters.len();
    let (Some((_, first)), Some((_, last))) = (folded.get(from), folded.get(from + length - 1)) else { return false };
    let letter = |at: Option<usize>| at.and_then(|at| units.get(at)).map(|unit| unit.letter);
    let (before, begin) = (letter(first.checked_sub(1)), letter(Some(*first)));
    let (end, after) = (letter(Some(*last)), letter(Some(last + 1)));
    match pattern.stands {
        Stands::Anywhere if length >= SHORTEST_INSIDE => true,
        Stands::Anywhere | Stands::Alone => is_edge(before, begin) && is_edge(end, after),
        Stands::AsName => {
            let is_capital = !is_running || begin.is_some_and(|letter| !letter.is_lowercase());
            is_capital && is_edge(before, begin) && is_edge(end, after)
        }
        Stands::BeforeTitle => {
            let rest: String =
                units.get(last + 1..).unwrap_or_default().iter().take(4).map(|unit| unit.letter).collect();
            TITLES.iter().any(|title| rest.trim_start().starts_with(title))
        }
        Stands::Whole => {
            let ends = |letter: Option<char>| letter.is_none_or(|letter| "/?#&;:=@,|<>\" ".contains(letter));
            !is_running && ends(before) && ends(after)
        }
    }
}

/// Whether a word ends between two letters. Only Latin letters and digits set words apart, and a capital after a small one.
fn is_edge(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return true };
    let both = |is: fn(&char) -> bool| is(&left) && is(&right);
    !(both(char::is_ascii_alphabetic) && !(left.is_ascii_lowercase() && right.is_ascii_uppercase())
        || both(char::is_ascii_digit))
}

/// Runs of letters of a kind.
pub fn runs(units: &[Unit], is_in: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = None;
    for (at, unit) in units.iter().enumerate() {
        match (is_in(unit.letter), from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                found.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    found.extend(from.map(|start| start..units.len()));
    found
}

/// Bytes from digits of so many bits each.
fn packed(digits: &[u32], bits: u32) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digits.len());
    let (mut held, mut count) = (0_u32, 0);
    for digit in digits {
        held = (held << bits | digit) & 0xFFFF;
        count += bits;
        if count >= 8 {
            count -= 8;
            bytes.push((held >> count & 0xFF) as u8);
        }
    }
    bytes
}

/// A digit of base64, of either alphabet (RFC 4648 §4, §5).
fn six_bits(letter: char) -> Option<u32> {
    let from = |base: char| u32::from(letter) - u32::from(base);
    match letter {
        'A'..='Z' => Some(from('A')),
        'a'..='z' => Some(from('a') + 26),
        '0'..='9' => Some(from('0') + 52),
        '+' | '-' => Some(62),
        '/' | '_' => Some(63),
        _ => None,
    }
}

/// A digit of base32 (RFC 4648 §6), in either case.
fn five_bits(letter: char) -> Option<u32> {
    match letter.to_ascii_uppercase() {
        letter @ 'A'..='Z' => Some(u32::from(letter) - u32::from('A')),
        letter @ '2'..='7' => Some(u32::from(letter) - u32::from('2') + 26),
        _ => None,
    }
}
