//! One way of reading text for all matching: lower-case, compatibility forms and accents resolved,
//! invisible characters removed, white space collapsed, foreign letters that stand among Latin
//! ones read as what they imitate. Folded text is for comparing, never for showing.

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
        } else if let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
            folder.take(character, at);
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
    matches!(character,
        '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C5}'
        | '\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E4}' | '\u{6E7}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{711}' | '\u{730}'..='\u{74A}'
        | '\u{7A6}'..='\u{7B0}' | '\u{7EB}'..='\u{7F3}' | '\u{816}'..='\u{819}' | '\u{81B}'..='\u{82D}'
        | '\u{859}'..='\u{85B}' | '\u{8D3}'..='\u{902}' | '\u{93C}' | '\u{941}'..='\u{948}' | '\u{94D}'
        | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20DF}')
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
    }

    fn take(&mut self, character: char, original: usize) {
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
        self.reach(original);
        let start = self.folded.text.len();
        match character {
            '\u{3041}'..='\u{3096}'
            | '\u{309B}'..='\u{309E}'
            | '\u{30A1}'..='\u{30FE}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7FF}' => {
                self.folded.text.push(character);
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
            | '\u{24B6}'..='\u{24E9}'
            | '\u{249C}'..='\u{24B5}' => {
                self.folded.disguises.push((start, Disguise::Styled));
            }
            _ => {}
        }
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
