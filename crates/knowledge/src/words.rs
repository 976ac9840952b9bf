//! What words a mail uses, by purpose and language: to get at secrets, to get at money, to hurry. The phrases stand in
//! `data/words/<language>.toml`; the build script makes one table of them, which is put in order at the first look-up.
//!
//! A `_` in a phrase stands for up to [`GAP`] characters of the same sentence ("your _ account has been limited"). In
//! scripts written without spaces, spaces do not count; in the others a phrase never begins or ends inside a word.

use crate::{
    fold::{Folded, is_inside_word},
    hash::{self, add},
    index::Index,
    script::is_joined,
};
use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// What a phrase is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Asks to log in, to confirm an account, or for an ID, password, card, PIN or one-time code.
    Credentials,
    /// Payments, changed bank details, gift cards, crypto, refunds, fees for parcels, extortion.
    Money,
    /// Gives away what nobody asked for: prizes, coins, donations, inheritances, compensation, loans.
    Windfall,
    /// Threatens with the law: a court, a fine, seizure.
    Summons,
    /// Threatens or hurries: suspension, expiry, last notice, hours left.
    Deadline,
    /// Greets nobody in particular.
    ImpersonalGreeting,
    /// Something is wrong with the reader's account: unusual sign-in, locked, update needed, mailbox full.
    AccountProblem,
    /// Claims what only a mail program could know: the sender is trusted, the message was checked.
    FakeBanner,
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordHit {
    /// What it is for.
    pub purpose: Purpose,
    /// Language of the phrase (ISO 639-1), `und` for those of no language.
    pub language: &'static str,
    /// Byte range in the folded text.
    pub range: Range<usize>,
    /// Whether its sentence warns against it: "we never ask for your password".
    pub negated: bool,
}

/// How many characters a `_` may stand for.
pub const GAP: usize = 32;
/// How far, in bytes of folded text, a warning reaches within its sentence.
const REACH: usize = 120;

/// What the table has a phrase for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Hit(Purpose),
    /// A warning that turns what follows it.
    GuardBefore,
    /// A warning that turns what stands before it, as in Japanese and Korean.
    GuardAfter,
}

#[derive(Clone, Copy)]
struct Phrase {
    text: &'static str,
    /// The lowest byte of the hash of its first characters.
    hash: u8,
    kind: Kind,
    language: &'static str,
}

/// The phrases by the hash of their first characters.
static INDEX: LazyLock<Index<Phrase>> = LazyLock::new(|| {
    let phrases = PHRASES.iter().flat_map(|&(kind, language, texts)| {
        texts.split('\n').map(move |text| {
            let hash = key(text);
            (hash, Phrase { text, hash: hash.to_le_bytes()[0], kind, language })
        })
    });
    Index::new(&phrases.collect::<Vec<_>>(), |first, second| first.text < second.text)
});

/// The hash of a phrase's first characters: two of unspaced scripts, else up to four, up to the first gap or change to
/// such a script. [`each_at`] takes the same from the text.
fn key(phrase: &str) -> u32 {
    let unspaced = phrase.chars().next().is_some_and(is_joined);
    let length = if unspaced { 2 } else { 4 };
    let mut hash = hash::START;
    for (taken, character) in phrase.chars().take_while(|character| *character != '_').take(length).enumerate() {
        if taken >= 2 && !unspaced && is_joined(character) {
            break;
        }
        hash = add(hash, character);
    }
    hash
}

/// Every phrase in `text`, in order. Where phrases of one purpose overlap, the one that begins first counts, and of
/// those that begin together the longest.
pub fn find(text: &Folded) -> Vec<WordHit> {
    let text = text.as_str();
    let mut hits: Vec<WordHit> = Vec::new();
    let mut last: BTreeMap<Purpose, usize> = BTreeMap::new();
    let mut guards: Vec<(Range<usize>, &'static Phrase)> = Vec::new();
    let mut previous = None;
    for (at, character) in text.char_indices() {
        let begins = begins(previous, character);
        previous = Some(character);
        if !begins {
            continue;
        }
        each_at(text, at, |end, phrase| {
            let range = at..end;
            let Kind::Hit(purpose) = phrase.kind else {
                guards.push((range, phrase));
                return;
            };
            let hit = WordHit { purpose, language: phrase.language, range, negated: false };
            // Hits come in order, so only the last of a purpose can overlap.
            match last.get(&purpose).and_then(|place| hits.get_mut(*place)) {
                Some(last) if last.range.start == at => {
                    if last.range.end < end {
                        *last = hit;
                    }
                }
                Some(last) if last.range.end > at => {}
                _ => {
                    last.insert(purpose, hits.len());
                    hits.push(hit);
                }
            }
        });
    }
    // Guards and hits are both in order: each guard is held against the hits within its reach alone.
    for (range, guard) in guards {
        if guard.kind == Kind::GuardBefore {
            let first = hits.partition_point(|hit| hit.range.start < range.start);
            let reached = hits.get_mut(first..).unwrap_or_default().iter_mut();
            for hit in reached.take_while(|hit| hit.range.start <= range.end + REACH) {
                let between = text.get(range.end.min(hit.range.start)..hit.range.start);
                hit.negated |= between.is_some_and(is_one_sentence);
            }
        } else {
            let first = hits.partition_point(|hit| hit.range.start + REACH < range.start);
            let reached = hits.get_mut(first..).unwrap_or_default().iter_mut();
            for hit in reached.take_while(|hit| hit.range.start <= range.start) {
                let between = text.get(hit.range.end.min(range.start)..range.start);
                hit.negated |= between.is_some_and(is_one_sentence);
            }
        }
    }
    hits
}

/// Calls back with the end of every phrase that stands at an offset.
fn each_at(text: &str, at: usize, mut found: impl FnMut(usize, &'static Phrase)) {
    let Some(rest) = text.get(at..) else { return };
    let unspaced = rest.chars().next().is_some_and(is_joined);
    let most = if unspaced { 2 } else { 4 };
    let mut hash = hash::START;
    let characters = rest.char_indices().filter(|(_, character)| !unspaced || *character != ' ');
    for (taken, (offset, character)) in characters.take(most).enumerate() {
        hash = add(hash, plain(character));
        // Under fewer characters than the most stand those alone that end there, or have a gap there.
        if taken == 0 || taken + 1 < most && is_inside_word(rest.as_bytes(), offset) {
            continue;
        }
        for phrase in bucket(hash) {
            if let Some(end) = end_of(text, at, phrase.text) {
                found(end, phrase);
            }
        }
    }
}

fn bucket(hash: u32) -> impl Iterator<Item = &'static Phrase> {
    INDEX.bucket(hash).iter().filter(move |phrase| phrase.hash == hash.to_le_bytes()[0])
}

/// The offset behind a phrase that begins at an offset. Phrases have at most two gaps.
fn end_of(text: &str, at: usize, phrase: &str) -> Option<usize> {
    // Most phrases are given up at a plain letter that is another.
    let mut pairs = text.as_bytes().get(at..)?.iter().zip(phrase.as_bytes());
    let is_other = |(found, wanted): (&u8, &u8)| found.is_ascii_lowercase() && wanted.is_ascii_lowercase();
    if pairs.find(|(found, wanted)| found != wanted).is_some_and(is_other) {
        return None;
    }
    match phrase.split_once('_') {
        None => literal(text, at, phrase),
        Some((first, rest)) => {
            let end = literal(text, at, first)?;
            let mut previous = text.get(..end)?.chars().next_back();
            for (offset, character) in text.get(end..)?.char_indices().take(GAP) {
                if begins(previous, character)
                    && let Some(end) = end_of(text, end + offset, rest)
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
    }
}

fn literal(text: &str, at: usize, phrase: &str) -> Option<usize> {
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
        if plain(found) != wanted {
            return None;
        }
        last = Some(found);
        end = at + offset + found.len_utf8();
    }
    let next = rest.next().map(|(_, next)| next);
    let inside = |character: char| !is_joined(character) && character.is_alphanumeric();
    (!(last.is_some_and(inside) && next.is_some_and(inside))).then_some(end)
}

/// The typewriter's form of marks that are written in several ways.
fn plain(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{2BC}' | '\u{B4}' | '`' => '\'',
        '\u{2010}'..='\u{2014}' => '-',
        other => other,
    }
}

/// Whether a phrase can begin at a character that follows `previous`.
fn begins(previous: Option<char>, character: char) -> bool {
    let inside = |character: char| !is_joined(character) && character.is_alphanumeric();
    character != ' ' && !(previous.is_some_and(inside) && inside(character))
}

/// Whether no sentence ends in `text`.
fn is_one_sentence(text: &str) -> bool {
    !text.contains(['!', '?', '。']) && !text.contains(". ")
}

#[cfg(test)]
mod tests;
