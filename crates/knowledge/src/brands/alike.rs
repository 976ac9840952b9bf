//! Names written with characters that look like theirs: a capital I or a one for an l, a nought for an o, `rn` for an m,
//! signs for letters (`PayPaI`, `WaImart`, `Arnazon`, `PayP@l`, `lnternal Revenue Servlce`). Names and text are both
//! reduced to one of each kind of those that look alike, after the manner of Unicode TS #39, and compared so.

use super::{Mention, Name};
use crate::{
    fold::Folded,
    phrase::{Spelling, Table, end_of_name},
};

/// Fewest letters of a name that is known so.
const LEAST: u8 = 4;
/// Below so many it means the brand in context only.
const TELLING: u8 = 5;

/// Of so many characters one may be a digit or a sign: with more, it is a number.
const MOST_SIGNS: usize = 3;

/// Letters that together look like another.
const GROUPS: [([char; 2], char); 3] = [(['r', 'n'], 'm'), (['v', 'v'], 'w'), (['c', 'l'], 'd')];

/// The table of the names that can be imitated so, by how they look.
pub(super) fn table<S: AsRef<str>>(names: impl Iterator<Item = (S, Name)>) -> Table<String, Name> {
    let rows = names.filter(|(name, (spelling, _))| spelling.letters >= LEAST && name.as_ref().is_ascii()).map(
        |(name, (spelling, brand))| {
            let look = Look::of(name.as_ref()).text;
            let common = spelling.common || spelling.letters < TELLING || look.len() < usize::from(TELLING);
            (look, (Spelling { common, ..spelling }, brand))
        },
    );
    Table::new(rows, super::longest_first)
}

/// A text reduced to what it looks like.
pub(super) struct Look {
    pub text: String,
    /// Where each byte of it comes from, and where the whole ends.
    origins: Vec<u32>,
}

impl Look {
    pub fn of(folded: &str) -> Self {
        let mut look =
            Self { text: String::with_capacity(folded.len()), origins: Vec::with_capacity(folded.len() + 1) };
        let mut letters = folded.char_indices().peekable();
        let mut previous = ' ';
        while let Some((at, character)) = letters.next() {
            let seen = seen_as(character, previous, letters.peek().map_or(' ', |(_, next)| *next));
            if let Some((_, letter)) = GROUPS.iter().find(|(group, _)| *group == [previous, seen]) {
                // The first of them has been written: it is of one byte, and the whole begins where it does.
                look.text.pop();
                look.text.push(*letter);
                previous = *letter;
            } else {
                look.text.push(seen);
                look.origins.resize(look.text.len(), u32::try_from(at).unwrap_or(u32::MAX));
                previous = seen;
            }
        }
        look.origins.push(u32::try_from(folded.len()).unwrap_or(u32::MAX));
        look
    }

    fn origin(&self, at: usize) -> usize {
        self.origins.get(at).map_or(0, |origin| *origin as usize)
    }
}

/// What a character is taken for between two others.
fn seen_as(character: char, previous: char, next: char) -> char {
    let is_letter = |beside: char| beside.is_ascii_alphabetic();
    match character {
        'i' => return 'l',
        _ if character.is_ascii_alphabetic() || character == ' ' => return character,
        // Beside letters only, and marks that end a sentence within or behind a word only.
        '!' | '+' | '\u{2020}' if !is_letter(previous) => return character,
        _ if !is_letter(previous) && !is_letter(next) => return character,
        _ => {}
    }
    match character {
        '0' | '\u{B0}' | '\u{A4}' | '\u{25CB}' | '\u{25CF}' | '\u{25EF}' | '\u{25CE}' | '\u{2B55}' => 'o',
        '1' | '|' | '!' | '\u{A1}' | '\u{A3}' | '\u{2223}' | '\u{23D0}' => 'l',
        '2' => 'z',
        '3' | '\u{20AC}' => 'e',
        '4' | '@' | '\u{2206}' | '\u{2227}' => 'a',
        '5' | '$' | '\u{A7}' => 's',
        '6' | '8' => 'b',
        '7' | '+' | '\u{2020}' => 't',
        '9' => 'g',
        '\u{A2}' | '\u{A9}' => 'c',
        '\u{AE}' => 'r',
        '\u{2117}' => 'p',
        '\u{A5}' => 'y',
        '\u{D7}' => 'x',
        '\u{2202}' => 'd',
        '\u{2229}' => 'n',
        '\u{222A}' => 'u',
        '\u{2228}' => 'v',
        other => other,
    }
}

/// Adds the names that a text imitates to those that it holds.
pub(super) fn add<'r>(
    mentions: &mut Vec<Mention<'r>>,
    text: &Folded,
    look: &Look,
    table: &'r Table<String, Name>,
    brands: &'r [super::Brand<'r>],
) {
    let known = mentions.len();
    // Where each begins, and how far those up to it reach.
    let mut taken: Vec<(usize, usize)> =
        mentions.iter().map(|mention| (mention.folded.start, mention.folded.end)).collect();
    taken.sort_unstable();
    let mut reach = 0;
    for (_, end) in &mut taken {
        reach = reach.max(*end);
        *end = reach;
    }
    let mut last = 0;
    for word in crate::fold::words(&look.text) {
        if !look.text.as_bytes().get(word.start).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let mut best: Option<(usize, &str, Name)> = None;
        table.each_at(&look.text, word.start, |row| {
            let (spelling, _) = row.says;
            if let Some(end) = end_of_name(&look.text, word.start, &row.text, spelling)
                && best.is_none_or(|(longest, ..)| end > longest)
            {
                best = Some((end, &row.text, row.says));
            }
        });
        let Some((end, name, (spelling, brand))) = best else { continue };
        let range = look.origin(word.start)..look.origin(end);
        let before = taken.partition_point(|(start, _)| *start < range.end);
        let is_taken = last > range.start
            || before.checked_sub(1).and_then(|at| taken.get(at)).is_some_and(|(_, end)| *end > range.start);
        let written = text.as_str().get(range.clone()).unwrap_or_default();
        let signs = written.chars().filter(|sign| !sign.is_alphabetic() && *sign != ' ').count();
        if signs * MOST_SIGNS > written.chars().count() || is_taken {
            continue;
        }
        if let Some(brand) = brands.get(usize::from(brand)) {
            let original = text.original(&range);
            last = range.end;
            mentions.push(Mention {
                brand,
                name,
                folded: range,
                range: original,
                common: spelling.common,
                disguised: true,
            });
        }
    }
    if mentions.len() > known {
        mentions.sort_by_key(|mention| mention.folded.start);
    }
}
