//! One way of reading text for all matching: lower-case, compatibility forms, variants and accents resolved, invisible
//! characters and the signs of trade marks removed, white space collapsed, foreign letters that stand among Latin ones
//! and characters that stand among katakana read as what they imitate, Han characters in their Japanese form. Folded
//! text is for comparing, never for showing.

use crate::kanji;
use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/folding.rs"));

/// Characters by code point, with the text each stands for.
struct Table {
    /// Code points, ascending.
    keys: &'static [u32],
    /// Where the text begins in `texts`, shifted by six bits, and its length in bytes.
    values: &'static [u32],
    texts: &'static str,
}

impl Table {
    fn get(&self, character: char) -> Option<&'static str> {
        let at = self.keys.binary_search(&u32::from(character)).ok()?;
        let value = *self.values.get(at)? as usize;
        self.texts.get(value >> 6..(value >> 6) + (value & 0x3F))
    }
}

/// What folding had to undo: how a text was dressed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Disguise {
    /// A character without shape stood inside a word (zero-width, bidirectional, tag; not the soft
    /// hyphen, which honest newsletters use).
    Invisible,
    /// A letter of another script stood for the Latin one it resembles (Unicode TS #39).
    Confusable,
    /// Mathematical or enclosed letters stood for plain ones.
    Styled,
    /// Fullwidth letters stood for plain ones. Everyday in Japanese mail, so no trick by itself.
    Fullwidth,
}

/// Text as `fold` gives it, with the way back to the original.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    text: String,
    /// Folded and original offset of places from which on both run in step, ascending.
    marks: Vec<(usize, usize)>,
    /// What was undone, at which folded offset, ascending.
    disguises: Vec<(usize, Disguise)>,
}

impl Folded {
    /// The folded text: words separated by single spaces, none at the ends.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte offset in the original of a byte offset in the folded text. Both are character
    /// boundaries where `at` is one.
    pub fn origin(&self, at: usize) -> usize {
        let next = self.marks.partition_point(|&(folded, _)| folded <= at);
        match next.checked_sub(1).and_then(|last| self.marks.get(last)) {
            Some(&(folded, original)) => original + (at - folded),
            None => at,
        }
    }

    /// The byte range in the original of a byte range of the folded text.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.origin(range.start);
        start..self.origin(range.end).max(start)
    }

    /// What was undone within a byte range of the folded text, each kind once.
    pub fn disguises(&self, range: &Range<usize>) -> Vec<Disguise> {
        let first = self.disguises.partition_point(|&(at, _)| at < range.start);
        let mut found: Vec<Disguise> = self
            .disguises
            .iter()
            .skip(first)
            .take_while(|&&(at, _)| at < range.end)
            .filter(|&&(at, disguise)| at > range.start || disguise != Disguise::Invisible)
            .map(|&(_, disguise)| disguise)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether somebody dressed the range up: invisible, confusable or styled characters in it.
    pub fn is_disguised(&self, range: &Range<usize>) -> bool {
        self.disguises(range).iter().any(|&disguise| disguise != Disguise::Fullwidth)
    }
}

/// Folds a text. Linear in its length; offsets of ASCII text cost nothing beyond a copy.
pub fn fold(text: &str) -> Folded {
    let mut folder = Folder {
        folded: Folded { text: String::with_capacity(text.len()), ..Folded::default() },
        lookalikes: Vec::new(),
        foreign: false,
        gap: false,
        previous: ' ',
        in_step: 0,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte < 0x80 {
            let rest = bytes.get(at..).unwrap_or_default();
            let mut previous = b' ';
            let length = rest
                .iter()
                .take_while(|&&byte| {
                    let plain = byte > b' ' && byte < 0x7F || byte == b' ' && previous != b' ';
                    previous = byte;
                    plain
                })
                .count();
            if length == 0 {
                folder.space();
                at += 1;
            } else {
                folder.copy(text.get(at..at + length).unwrap_or_default(), at);
                at += length;
            }
        } else if let Some(rest) = text.get(at..)
            && let Some(character) = rest.chars().next()
        {
            if is_regional(character) {
                at += folder.take_regional(rest, at);
                continue;
            }
            let behind = rest.get(character.len_utf8()..).unwrap_or_default();
            folder.take(character, at, behind);
            folder.previous = character;
            at += character.len_utf8();
        } else {
            break;
        }
    }
    folder.finish()
}

/// Whether a character has no shape of its own, so that a reader cannot know it is there.
pub fn is_invisible(character: char) -> bool {
    !character.is_ascii()
        && matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is a mark of another script (vowel points, accents of chant) that no language writes over Latin
/// letters: strewn over them it only keeps machines from reading what people read.
fn is_stranger_mark(character: char) -> bool {
    let Ok(mark) = u16::try_from(u32::from(character)) else { return false };
    let row = STRANGER_MARKS.partition_point(|(first, _)| *first <= mark);
    row.checked_sub(1).and_then(|row| STRANGER_MARKS.get(row)).is_some_and(|(_, last)| mark <= *last)
}

/// The sign of a trade mark, a service mark or a right, which is no part of the name it stands beside.
const fn is_trade_mark(character: char) -> bool {
    matches!(character, '\u{A9}' | '\u{AE}' | '\u{2117}' | '\u{2120}' | '\u{2122}' | '\u{1F16A}'..='\u{1F16C}')
}

/// What a sign of that kind is read as where it stands within a word: a mark that joins, as others that are put into
/// names.
const JOINING: char = '\u{AE}';

/// A letter of phonetic alphabets that no language is written with (those of Azerbaijani, Hausa, Ewe and their like are).
const fn is_phonetic(character: char) -> bool {
    matches!(character, '\u{250}'..='\u{2AF}' | '\u{1D6B}'..='\u{1D9A}')
        && !matches!(
            character,
            '\u{253}'
                | '\u{254}'
                | '\u{256}'
                | '\u{257}'
                | '\u{259}'
                | '\u{25B}'
                | '\u{260}'
                | '\u{263}'
                | '\u{268}'
                | '\u{269}'
                | '\u{272}'
                | '\u{275}'
                | '\u{289}'
                | '\u{28A}'
                | '\u{28B}'
                | '\u{292}'
        )
}

/// Letters of which two make a flag.
const fn is_regional(character: char) -> bool {
    matches!(character, '\u{1F1E6}'..='\u{1F1FF}')
}

/// From so many of them on they are letters: as many flags in a row say nothing.
const LETTERS_OF_FLAGS: usize = 6;

/// The katakana that a character imitates where it stands between katakana: lines for the mark of length, and Han
/// characters and hiragana drawn alike. There is hardly any other way to write them by mistake: ア力ウント, カ一ド.
const fn katakana_alike(character: char) -> Option<char> {
    Some(match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' | '\u{4E00}' => '\u{30FC}',
        '\u{529B}' => '\u{30AB}',
        '\u{5915}' => '\u{30BF}',
        '\u{535C}' => '\u{30C8}',
        '\u{53E3}' => '\u{30ED}',
        '\u{4E8C}' => '\u{30CB}',
        '\u{516B}' => '\u{30CF}',
        '\u{5DE5}' => '\u{30A8}',
        '\u{624D}' => '\u{30AA}',
        '\u{5343}' => '\u{30C1}',
        '\u{3078}' => '\u{30D8}',
        '\u{3079}' => '\u{30D9}',
        '\u{307A}' => '\u{30DA}',
        _ => return None,
    })
}

/// 卜, which hardly any text has but as a katakana: it need not stand before another.
const DIVINATION: char = '\u{535C}';

/// Katakana, but for the small ones with which things are counted (一ヶ月).
const fn is_katakana(character: char) -> bool {
    matches!(character, '\u{30A1}'..='\u{30F4}' | '\u{30FC}' | '\u{FF66}'..='\u{FF9F}')
}

/// The Latin letter that a letter of another alphabet resembles, though its shape is another (Unicode TS #39 does not
/// know it): read so within Latin words only.
const fn resembles_weakly(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{3B1}' | '\u{434}' => "a",
        '\u{3B2}' | '\u{432}' | '\u{44C}' => "b",
        '\u{3B4}' => "d",
        '\u{3B5}' | '\u{3BE}' | '\u{44D}' | '\u{454}' | '\u{437}' => "e",
        '\u{493}' => "f",
        '\u{43D}' | '\u{570}' | '\u{452}' | '\u{45B}' => "h",
        '\u{3BA}' | '\u{43A}' => "k",
        '\u{43C}' => "m",
        '\u{3B7}' | '\u{3C0}' | '\u{43F}' | '\u{43B}' | '\u{578}' => "n",
        '\u{3B8}' | '\u{3C3}' | '\u{3C6}' => "o",
        '\u{433}' | '\u{44F}' => "r",
        '\u{3C4}' | '\u{442}' => "t",
        '\u{3BC}' | '\u{438}' | '\u{446}' | '\u{57D}' => "u",
        '\u{3C9}' | '\u{448}' | '\u{449}' => "w",
        '\u{3C7}' => "x",
        '\u{447}' => "y",
        _ => return None,
    })
}

/// Folded range of a foreign letter and the Latin ones it resembles.
type Imitation = (Range<usize>, &'static str);

struct Folder {
    folded: Folded,
    lookalikes: Vec<Imitation>,
    /// Whether a letter of a foreign alphabet resembles nothing Latin: then the text is written
    /// in that alphabet.
    foreign: bool,
    /// Whether white space was read and not yet written.
    gap: bool,
    /// The character of the original that was read last.
    previous: char,
    /// Original minus folded offset as the marks have it at present.
    in_step: usize,
}

impl Folder {
    fn space(&mut self) {
        self.gap = true;
    }

    /// Sets a mark if the offsets no longer run in step, and writes the space that is due.
    fn reach(&mut self, original: usize) {
        if self.gap {
            self.gap = false;
            if !self.folded.text.is_empty() && !self.folded.text.ends_with(' ') {
                // The space stands for the white space before `original`.
                self.folded.text.push(' ');
            }
        }
        let at = self.folded.text.len();
        if original.wrapping_sub(at) != self.in_step {
            self.in_step = original.wrapping_sub(at);
            match self.folded.marks.last_mut() {
                Some(last) if last.0 == at => last.1 = original,
                _ => self.folded.marks.push((at, original)),
            }
        }
    }

    fn copy(&mut self, ascii: &str, original: usize) {
        self.reach(original);
        self.folded.text.push_str(ascii);
        self.previous = ascii.chars().next_back().unwrap_or(' ');
    }

    /// Whether the character read before is a letter or a digit to which the next one is joined.
    fn is_joined(&self) -> bool {
        !self.gap && self.folded.text.chars().next_back().is_some_and(is_alphanumeric)
    }

    /// Flags, or the letters they are made of where they are none: one without its other half, or a long row. Gives the
    /// length of the row.
    fn take_regional(&mut self, text: &str, original: usize) -> usize {
        let row = text.chars().take_while(|character| is_regional(*character));
        let count = row.clone().count();
        let is_letters = count % 2 == 1 || count >= LETTERS_OF_FLAGS;
        let mut at = original;
        for flag in row {
            self.reach(at);
            let letter = u32::from(flag).checked_sub(0x1F1E6).and_then(|place| char::from_u32(u32::from('a') + place));
            match letter.filter(|_| is_letters) {
                Some(letter) => {
                    self.folded.disguises.push((self.folded.text.len(), Disguise::Styled));
                    self.folded.text.push(letter);
                }
                None => self.folded.text.push(flag),
            }
            self.previous = flag;
            at += flag.len_utf8();
        }
        at - original
    }

    /// Whether a character is a letter of a raised sign of a trade mark: `PayPalᵀᴹ`, `PayPalⓇ`.
    fn is_raised_mark(&self, character: char, next: char) -> bool {
        match character {
            '\u{1D40}' | '\u{2E2}' => matches!(next, '\u{1D39}' | '\u{1D50}'),
            '\u{1D39}' | '\u{1D50}' => matches!(self.previous, '\u{1D40}' | '\u{2E2}'),
            // Beside letters of the same kind it is one of them.
            '\u{24C7}' | '\u{24B8}' | '\u{1D3F}' => self.previous.is_ascii_alphanumeric() && !is_alphanumeric(next),
            _ => false,
        }
    }

    /// What is left of the sign of a trade mark.
    fn left_of_mark(&self, character: char, next: char) -> Option<char> {
        match (self.is_joined(), is_alphanumeric(next)) {
            // Raised letters of which another follows.
            (true, true) if !is_trade_mark(character) => None,
            (true, true) => Some(JOINING),
            (true, false) => None,
            // "© 2026 Example", "℗ayPal": what stands before a name is read by those who know what to make of it.
            (false, true) => Some(character),
            (false, false) => Some(character).filter(|_| character == '\u{A9}'),
        }
    }

    fn take(&mut self, character: char, original: usize, behind: &str) {
        let after_latin = || self.folded.text.as_bytes().last().is_some_and(u8::is_ascii_alphabetic);
        if is_invisible(character) || is_stranger_mark(character) && after_latin() {
            let at = self.folded.text.len();
            if character != '\u{AD}' && !self.gap {
                self.folded.disguises.push((at, Disguise::Invisible));
            }
            return;
        }
        if character.is_whitespace() || character.is_control() {
            self.space();
            return;
        }
        let next = behind.chars().next().unwrap_or(' ');
        if is_trade_mark(character) || self.is_raised_mark(character, next) {
            if let Some(left) = self.left_of_mark(character, next) {
                self.reach(original);
                self.folded.text.push(left);
            }
            return;
        }
        if self.is_raised_number(character, behind) {
            self.space();
        }
        self.reach(original);
        let start = self.folded.text.len();
        if let Some(alike) = katakana_alike(character)
            && self.is_among_katakana(character, behind)
        {
            self.folded.text.push(alike);
            return;
        }
        match character {
            '\u{3041}'..='\u{3096}'
            | '\u{309B}'..='\u{309E}'
            | '\u{30A1}'..='\u{30FE}'
            | '\u{3400}'..='\u{4DFF}'
            | '\u{AC00}'..='\u{D7FF}' => {
                self.folded.text.push(character);
                return;
            }
            '\u{4E00}'..='\u{9FFF}' => {
                self.folded.text.push(kanji::standard(character));
                return;
            }
            '\u{3099}' | '\u{FF9E}' => return self.voice(1, original),
            '\u{309A}' | '\u{FF9F}' => return self.voice(2, original),
            _ => {}
        }
        let lookalike = LOOKALIKES.get(character);
        match FOLDS.get(character) {
            Some(folded) => {
                for part in folded.chars() {
                    self.reach(original);
                    self.folded.text.push(part);
                }
                if folded.is_ascii() {
                    self.note_style(character, start);
                }
            }
            None => self.folded.text.push(character),
        }
        let end = self.folded.text.len();
        if let Some(letters) = lookalike {
            self.lookalikes.push((start..end, letters));
        } else if let Some(letters) =
            self.folded.text.get(start..).and_then(|folded| folded.chars().next()).and_then(resembles_weakly)
        {
            self.foreign = true;
            self.lookalikes.push((start..end, letters));
        } else if character < '\u{2E80}'
            && self.folded.text.get(start..).is_some_and(|folded| !folded.is_ascii())
            && character.is_alphabetic()
        {
            self.foreign = true;
        }
    }

    fn note_style(&mut self, character: char, start: usize) {
        match character {
            '\u{FF01}'..='\u{FF5E}' => {
                self.folded.disguises.push((start, Disguise::Fullwidth));
            }
            '\u{1D400}'..='\u{1D7FF}'
            | '\u{1F110}'..='\u{1F189}'
            // Small capitals, but for those with which languages are written.
            | '\u{1D00}'..='\u{1D22}'
            | '\u{262}'
            | '\u{26A}'
            | '\u{274}'
            | '\u{280}'
            | '\u{299}'
            | '\u{29C}'
            | '\u{29F}'
            | '\u{A730}'
            | '\u{A731}'
            | '\u{24B6}'..='\u{24E9}'
            | '\u{249C}'..='\u{24B5}' => {
                self.folded.disguises.push((start, Disguise::Styled));
            }
            _ if is_phonetic(character) => self.folded.disguises.push((start, Disguise::Confusable)),
            _ => {}
        }
    }

    /// Whether a character that looks like a katakana stands where one would: between two, or before the mark of a long
    /// vowel, which follows kana only.
    fn is_among_katakana(&self, character: char, behind: &str) -> bool {
        let follows = !self.gap && self.folded.text.chars().next_back().is_some_and(is_katakana);
        let next = behind.chars().next();
        follows && (character == DIVINATION || next.is_some_and(is_katakana))
            || matches!(next, Some('\u{30FC}' | '\u{FF70}')) && character != '\u{4E00}' && character >= '\u{3000}'
    }

    /// Whether a character is a raised number behind a word, which refers to a note.
    fn is_raised_number(&self, character: char, behind: &str) -> bool {
        matches!(character, '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}' | '\u{2074}'..='\u{2079}')
            && self.previous.is_alphabetic()
            && self.is_joined()
            && !behind.chars().next().is_some_and(is_alphanumeric)
    }

    /// A voicing mark of its own (halfwidth or combining) joins the kana before it: the voiced
    /// kana follow the plain ones in Unicode, by `step`.
    fn voice(&mut self, step: u32, original: usize) {
        let Some(last) = self.folded.text.chars().next_back() else { return };
        let voiced = match (last, step) {
            ('\u{30A6}' | '\u{3046}', 1) => u32::from(last) + 0x4E,
            ('\u{304B}'..='\u{3069}' | '\u{30AB}'..='\u{30C9}', 1)
            | ('\u{306F}'..='\u{307B}' | '\u{30CF}'..='\u{30DB}', _) => u32::from(last) + step,
            _ => return,
        };
        if let Some(voiced) = char::from_u32(voiced) {
            self.folded.text.pop();
            self.folded.text.push(voiced);
            // The mark is behind: what follows is out of step.
            self.in_step = usize::MAX;
            let _ = original;
        }
    }

    fn finish(mut self) -> Folded {
        while self.folded.text.ends_with(' ') {
            self.folded.text.pop();
        }
        self.folded.text.make_ascii_lowercase();
        if self.lookalikes.is_empty() {
            return self.folded;
        }
        let imitating = self.imitating();
        if imitating.is_empty() { self.folded } else { rewritten(&self.folded, imitating) }
    }

    /// The foreign letters that imitate Latin ones: where they stand in a word with Latin letters, or where a whole word
    /// of them stands in a text that is not in their alphabet.
    fn imitating(&self) -> Vec<Imitation> {
        let mut imitating = Vec::new();
        let mut next = self.lookalikes.iter().peekable();
        for word in words(&self.folded.text) {
            let mut foreign = Vec::new();
            while let Some(lookalike) = next.next_if(|(range, _)| range.start < word.end) {
                foreign.push(lookalike.clone());
            }
            if foreign.is_empty() {
                continue;
            }
            let letters = self.folded.text.get(word).unwrap_or_default();
            let ascii = letters.chars().filter(char::is_ascii_alphabetic).count();
            let others = letters
                .chars()
                .filter(|letter| letter.is_alphabetic() && !letter.is_ascii() && *letter < '\u{2E80}')
                .count();
            let covered: usize = foreign
                .iter()
                .filter_map(|(range, _)| self.folded.text.get(range.clone()))
                .map(|folded| folded.chars().count())
                .sum();
            if others <= covered && (ascii > 0 || !self.foreign && foreign.len() >= 3) {
                imitating.append(&mut foreign);
            }
        }
        imitating
    }
}

/// A folded text with letters written as those they imitate, in the order of the text.
fn rewritten(old: &Folded, imitating: Vec<Imitation>) -> Folded {
    let mut new = Folded { text: String::with_capacity(old.text.len()), ..Folded::default() };
    let mut disguises = old.disguises.iter().peekable();
    let mut lookalikes = imitating.into_iter().peekable();
    let mut skip_to = 0;
    for (at, character) in old.text.char_indices() {
        while let Some(&(_, disguise)) = disguises.next_if(|(place, _)| *place <= at) {
            new.disguises.push((new.text.len(), disguise));
        }
        if at < skip_to {
            continue;
        }
        let mark = (new.text.len(), old.origin(at));
        new.marks.push(mark);
        if let Some((range, letters)) = lookalikes.next_if(|(range, _)| range.start == at) {
            new.disguises.push((mark.0, Disguise::Confusable));
            skip_to = range.end;
            for letter in letters.chars() {
                new.text.push(letter);
                new.marks.push((new.text.len(), mark.1));
            }
        } else {
            new.text.push(character);
        }
    }
    new.marks.push((new.text.len(), old.origin(old.text.len())));
    new.marks.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            earlier.1 = later.1;
        }
        same
    });
    new
}

/// Whether a character is a letter or a digit in any script: [`char::is_alphanumeric`], without its search for those
/// that Japanese, Chinese and Korean texts are made of.
pub(crate) fn is_alphanumeric(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || matches!(character, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
        || character.is_alphanumeric()
}

/// Whether a word goes on in plain letters or digits behind the one at an offset.
pub(crate) fn is_inside_word(text: &[u8], at: usize) -> bool {
    let is_plain = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    is_plain(at) && is_plain(at + 1)
}

/// The ranges of letters and digits in a text, in any script.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let tail = text.get(rest..)?;
        let start = rest + tail.find(is_alphanumeric)?;
        let word = text.get(start..)?;
        let end = start + word.find(|c: char| !is_alphanumeric(c)).unwrap_or(word.len());
        rest = end;
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]
    use super::*;

    fn folded(text: &str) -> String {
        fold(text).as_str().to_owned()
    }

    #[test]
    fn letters_are_those_of_the_standard_library() {
        assert!(('\0'..=char::MAX).all(|character| is_alphanumeric(character) == character.is_alphanumeric()));
    }

    #[test]
    fn case_width_and_accents_are_levelled() {
        assert_eq!(folded("  PayPal \r\n\t Team "), "paypal team");
        assert_eq!(folded("\u{FF30}\u{FF41}\u{FF59}\u{FF30}\u{FF41}\u{FF4C}"), "paypal");
        assert_eq!(folded("\u{FF76}\u{FF7A}\u{FF9E}\u{FF94}"), "カゴヤ");
        assert_eq!(folded("カコ\u{3099}ヤ\u{3000}ジャハ\u{309A}ン"), "カゴヤ ジャパン");
        assert_eq!(folded("Cr\u{E9}dit Agricole \u{D8}rsted Stra\u{DF}e"), "credit agricole orsted strasse");
        assert_eq!(folded("\u{1D5E3}\u{1D5EE}\u{1D606}\u{1D5E3}\u{1D5EE}\u{1D5F9}"), "paypal");
    }

    #[test]
    fn foreign_letters_are_read_as_latin_only_among_latin_ones() {
        assert_eq!(folded("P\u{430}yP\u{430}l"), "paypal");
        assert_eq!(folded("\u{391}m\u{430}z\u{43E}n"), "amazon");
        // A whole word of look-alikes in a text that is otherwise Latin.
        assert_eq!(folded("\u{440}\u{430}\u{443} by card"), "pay by card");
        // Russian stays Russian.
        let russian = "\u{43E}\u{441}\u{43E}\u{440} \u{436}\u{438}\u{437}\u{43D}\u{44C}";
        assert_eq!(folded(russian), russian);
    }

    #[test]
    fn signs_of_trade_marks_are_no_part_of_a_name() {
        for (text, read) in [
            ("Mcafee\u{2122}", "mcafee"),
            ("PayPal\u{AE} Service", "paypal service"),
            ("PayPal \u{2120} Team", "paypal team"),
            ("PayPal\u{1D40}\u{1D39}", "paypal"),
            ("PayPal\u{24C7}", "paypal"),
            ("note\u{B9} below, 5 m\u{B2}", "note 1 below, 5 m 2"),
            // Within a word it joins; what begins a line of rights remains.
            ("Pay\u{2122}Pal", "pay\u{AE}pal"),
            ("\u{A9} 2026 Example", "\u{A9} 2026 example"),
        ] {
            assert_eq!(folded(text), read, "{text}");
        }
    }

    #[test]
    fn letters_in_other_shapes_are_letters() {
        assert_eq!(folded("\u{274}\u{1D0F}\u{280}\u{1D1B}\u{1D0F}\u{274}"), "norton");
        assert_eq!(folded("\u{274}\u{1D07}\u{1D1B}\u{493}\u{29F}\u{26A}x"), "netflix");
        assert_eq!(folded("\u{1F15F}\u{1F150}\u{1F168} \u{1F17F}\u{1F170}\u{1F188} \u{24D0}\u{249C}"), "pay pay aa");
        assert_eq!(folded("A\u{251}maz\u{3C3}\u{43F}"), "aamazon");
        assert_eq!(folded("\u{1F1F5}\u{1F1E6}\u{1F1FE}"), "pay");
        // Flags stay flags, letters of living languages are read and are no disguise.
        assert_eq!(folded("\u{1F1FA}\u{1F1F8}\u{1F1F5}\u{1F1F8}"), "\u{1F1FA}\u{1F1F8}\u{1F1F5}\u{1F1F8}");
        let azerbaijani = fold("\u{18F}li M\u{259}mm\u{259}d");
        assert_eq!(azerbaijani.as_str(), "eli memmed");
        assert!(!azerbaijani.is_disguised(&(0..azerbaijani.as_str().len())));
        let norton = fold("\u{274}\u{1D0F}\u{280}\u{1D1B}\u{1D0F}\u{274}");
        assert!(norton.is_disguised(&(0..6)));
    }

    #[test]
    fn what_stands_among_katakana_is_read_as_katakana() {
        assert_eq!(folded("ア力ウント カ一ド ヤマ卜 力ード"), "アカウント カード ヤマト カード");
        assert_eq!(folded("三井住友银行 樂天"), "三井住友銀行 楽天");
        for text in ["カード力", "努力する", "メール二通", "プラン一覧", "ネット口座", "一ヶ月", "アプリ-カード"]
        {
            assert_eq!(folded(text), text);
        }
    }

    #[test]
    fn marks_of_other_scripts_over_latin_letters_are_a_disguise() {
        let folded = fold("[A\u{73F}le\u{73F}rt] acc\u{301}ent");
        assert_eq!(folded.as_str(), "[alert] accent");
        assert!(folded.is_disguised(&(1..6)));
        assert!(!folded.is_disguised(&(8..14)));
        let arabic = fold("\u{633}\u{64E}");
        assert!(!arabic.is_disguised(&(0..arabic.as_str().len())));
    }

    #[test]
    fn offsets_lead_back_to_the_original() {
        let text = "  x\r\n P\u{200B}\u{430}yP\u{430}l\u{3000}\u{FB01}n";
        let folded = fold(text);
        assert_eq!(folded.as_str(), "x paypal fin");
        let range = 2..8;
        assert_eq!(text.get(folded.original(&range)).unwrap(), "P\u{200B}\u{430}yP\u{430}l");
        assert_eq!(folded.disguises(&range), [Disguise::Invisible, Disguise::Confusable]);
        assert!(folded.is_disguised(&range));
        assert!(!folded.is_disguised(&(0..1)));
        assert!(!fold("\u{FF21}").is_disguised(&(0..1)));
    }

    #[test]
    fn every_offset_is_a_character_boundary() {
        let text =
            "\u{FF76}\u{FF9E}\u{AD}Stra\u{DF}e\u{200D}\u{1F600} \u{3000} \u{430}\u{1D5E3}x\u{3099}\u{FDFA} e\u{301}";
        let folded = fold(text);
        for (at, _) in folded.as_str().char_indices() {
            assert!(text.is_char_boundary(folded.origin(at)), "{at}");
        }
        assert!(folded.origin(folded.as_str().len()) <= text.len());
    }
}
