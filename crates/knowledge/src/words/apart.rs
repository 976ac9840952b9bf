//! Words written letter by letter: "V e r i f y", a letter to each cell of a table, dots or thin spaces within words.
//! People read them as words, and so they are read here a second time, put together again.

use super::PHRASES;
use crate::brands::{self, Brand};
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
    let mut words: Vec<String> = phrases.chain(names).filter(|word| word.chars().any(is_spaced_letter)).collect();
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
        let is_any = !line.is_ascii() || is_short || has_row(line);
        if is_any {
            for word in line.split([' ', '\t', '\u{A0}', '\u{3000}']) {
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
        let mut joined = String::with_capacity(word.len());
        let mut characters = word.chars().peekable();
        while let Some(character) = characters.next() {
            let is_within = is_thin(character)
                && joined.chars().next_back().is_some_and(is_spaced_letter)
                && characters.peek().copied().is_some_and(is_spaced_letter);
            if is_within {
                self.is_changed = true;
            } else {
                joined.push(character);
            }
        }
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
        ] {
            assert_eq!(together(apart).map(|text| text.trim().to_lowercase()).as_deref(), Some(joined), "{apart:?}");
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
        ] {
            assert_eq!(together(text), None, "{text}");
        }
    }
}
