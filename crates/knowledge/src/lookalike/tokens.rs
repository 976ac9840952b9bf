//! What a forged host would carry: labels of brands' domains and names that fit in a label, in order of length and then
//! of letters. The build script makes the table; what one slip of the finger leads to is found without trying them all.

use std::{ops::Range, sync::OnceLock};

include!(concat!(env!("OUT_DIR"), "/tokens.rs"));

/// The places of the tokens of each length, by their letters from the end. Put in order when one of that length is asked
/// for: all of them together take longer than a mail does.
static BY_END: [OnceLock<Vec<u16>>; LENGTHS.len()] = [const { OnceLock::new() }; LENGTHS.len()];

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
        let tokens = OfLength::new(text.len())?;
        let at = tokens.first(|place| tokens.text(place) < text);
        Some(Self(at)).filter(|_| tokens.places.contains(&at) && tokens.text(at) == text)
    }

    /// Those from which one letter too many, too few or changed, or two neighbours exchanged, can lead to `word`, and a
    /// few more. A slip leaves whole either what stands before the middle letter or what stands behind it.
    pub fn near(word: &str) -> impl Iterator<Item = Self> {
        let lengths = word.len().saturating_sub(1)..=word.len() + 1;
        lengths.filter_map(OfLength::new).flat_map(|tokens| {
            let length = tokens.length;
            let middle = (length - 1) / 2;
            let start = word.as_bytes().get(..middle).unwrap_or_default();
            let end = word.as_bytes().get((word.len() + middle + 1).saturating_sub(length)..).unwrap_or_default();
            let before = |place: u16| tokens.text(place).as_bytes().get(..middle).unwrap_or_default();
            let from = tokens.first(|place| before(place) < start);
            let to = tokens.first(|place| before(place) <= start);
            let behind =
                |place: u16| tokens.text(tokens.by_end(place)).as_bytes().get(middle + 1..).unwrap_or_default();
            let from_end = tokens.first(|place| behind(place).iter().rev().lt(end.iter().rev()));
            let to_end = tokens.first(|place| behind(place).iter().rev().le(end.iter().rev()));
            (from..to).chain((from_end..to_end).map(|place| tokens.by_end(place)).collect::<Vec<_>>()).map(Self)
        })
    }

    /// Its letters and digits.
    pub fn text(self) -> &'static str {
        let length = LENGTHS.partition_point(|first| *first <= self.0).saturating_sub(1);
        OfLength::new(length).map_or("", |tokens| tokens.text(self.0))
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
}

/// The tokens of one length.
struct OfLength {
    /// In bytes.
    length: usize,
    /// Their places in the table.
    places: Range<u16>,
    /// Where the text of the first begins.
    start: usize,
}

impl OfLength {
    /// Those of a length, if there are any so long.
    fn new(length: usize) -> Option<Self> {
        let places = *LENGTHS.get(length)?..*LENGTHS.get(length + 1)?;
        let start = usize::try_from(*TEXT_STARTS.get(length)?).ok()?;
        Some(Self { length, places, start })
    }

    /// The text of the token at a place.
    fn text(&self, place: u16) -> &'static str {
        let start = self.start + usize::from(place - self.places.start) * self.length;
        TEXTS.get(start..start + self.length).unwrap_or_default()
    }

    /// The token at a place where they are ordered by their letters from the end.
    fn by_end(&self, place: u16) -> u16 {
        let order = || {
            let mut places: Vec<u16> = self.places.clone().collect();
            places.sort_by_cached_key(|place| self.text(*place).bytes().rev().collect::<Vec<u8>>());
            places
        };
        let ordered = BY_END.get(self.length).map(|known| known.get_or_init(order));
        ordered.and_then(|places| places.get(usize::from(place - self.places.start))).copied().unwrap_or_default()
    }

    /// The first place for which a condition no longer holds.
    fn first(&self, holds: impl Fn(u16) -> bool) -> u16 {
        let Range { start: mut low, end: mut high } = self.places;
        while low < high {
            let middle = low.midpoint(high);
            if holds(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
