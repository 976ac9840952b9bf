//! What a forged host would carry: labels of brands' domains and names that fit in a label, in order of length and then
//! of letters. The build script makes the table; what one slip of the finger leads to is found without trying them all.

use std::{ops::Range, sync::LazyLock};

include!(concat!(env!("OUT_DIR"), "/tokens.rs"));

/// The places of the tokens of each length, by their letters from the end.
static BY_END: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut places: Vec<u16> = (0..).zip(&BRANDS).map(|(place, _)| place).collect();
    places.sort_unstable_by(|&first, &second| {
        let [first, second] = [Token(first).text(), Token(second).text()];
        first.len().cmp(&second.len()).then_with(|| first.bytes().rev().cmp(second.bytes().rev()))
    });
    places
});

/// In the table, with the brand: short, an ordinary word, or a common name.
const WEAK: u16 = 0x8000;

/// One of them. Their order is the table's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Token(u16);

impl Token {
    /// Every one.
    #[cfg(test)]
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).zip(&BRANDS).map(|(index, _)| Self(index))
    }

    /// The one that a text is.
    pub fn exact(text: &str) -> Option<Self> {
        let tokens = of_length(text.len())?;
        let at = first(&tokens, |token| token.text() < text);
        Some(Self(at)).filter(|token| tokens.contains(&at) && token.text() == text)
    }

    /// Those from which one letter too many, too few or changed, or two neighbours exchanged, can lead to `word`, and a
    /// few more. A slip leaves whole either what stands before the middle letter or what stands behind it.
    pub fn near(word: &str) -> impl Iterator<Item = Self> {
        let lengths = word.len().saturating_sub(1)..=word.len() + 1;
        lengths.filter_map(|length| Some((length, of_length(length)?))).flat_map(|(length, tokens)| {
            let middle = (length - 1) / 2;
            let start = word.as_bytes().get(..middle).unwrap_or_default();
            let end = word.as_bytes().get((word.len() + middle + 1).saturating_sub(length)..).unwrap_or_default();
            let from = first(&tokens, |token| token.start(middle) < start);
            let to = first(&tokens, |token| token.start(middle) <= start);
            let backwards = |token: Self| token.end(middle).iter().rev();
            let from_end = first(&tokens, |at| backwards(at.by_end()).lt(end.iter().rev()));
            let to_end = first(&tokens, |at| backwards(at.by_end()).le(end.iter().rev()));
            (from..to).map(Self).chain((from_end..to_end).map(|at| Self(at).by_end()))
        })
    }

    /// Its letters and digits.
    pub fn text(self) -> &'static str {
        let length = LENGTHS.partition_point(|first| *first <= self.0).saturating_sub(1);
        let before = LENGTHS.get(length).copied().unwrap_or_default();
        let start =
            TEXT_STARTS.get(length).map_or(0, |start| usize::from(*start)) + usize::from(self.0 - before) * length;
        TEXTS.get(start..start + length).unwrap_or_default()
    }

    /// Index of the brand that owns it.
    pub fn brand(self) -> usize {
        usize::from(self.entry() & !WEAK)
    }

    /// Whether it is short, an ordinary word, or a common name.
    pub fn is_weak(self) -> bool {
        self.entry() & WEAK != 0
    }

    fn entry(self) -> u16 {
        BRANDS.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// What stands before its middle letter.
    fn start(self, middle: usize) -> &'static [u8] {
        self.text().as_bytes().get(..middle).unwrap_or_default()
    }

    /// What stands behind its middle letter.
    fn end(self, middle: usize) -> &'static [u8] {
        self.text().as_bytes().get(middle + 1..).unwrap_or_default()
    }

    /// The one at this place where those of a length are ordered by their letters from the end.
    fn by_end(self) -> Self {
        Self(BY_END.get(usize::from(self.0)).copied().unwrap_or_default())
    }
}

/// The tokens of a length in bytes, if there are any so long.
fn of_length(length: usize) -> Option<Range<u16>> {
    Some(*LENGTHS.get(length)?..*LENGTHS.get(length + 1)?)
}

/// The first of a range for which a condition no longer holds.
fn first(tokens: &Range<u16>, holds: impl Fn(Token) -> bool) -> u16 {
    let Range { start: mut low, end: mut high } = *tokens;
    while low < high {
        let middle = low.midpoint(high);
        if holds(Token(middle)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
