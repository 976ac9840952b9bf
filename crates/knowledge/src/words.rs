//! What words a mail uses, by purpose and language: to get at secrets, to get at money, to hurry. The phrases stand in
//! `data/words/<language>.toml`; the build script makes one table of them, which is put in order at the first look-up.
//!
//! A `_` in a phrase stands for up to 32 characters of the same sentence ("your _ account has been limited"). In
//! scripts written without spaces, spaces do not count; in the others a phrase never begins or ends inside a word.

pub mod apart;

use crate::{
    fold::Folded,
    phrase::{Table, begins_phrase, end_of_phrase},
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
    /// Wants gift cards, or money on cards, to be got.
    CardsToGet,
    /// Wants codes or photographs of cards.
    CodesToSend,
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
    /// Names a mailbox, or what lies or waits in it.
    Mailbox,
    /// What may be wrong with one. Says nothing where it does not stand beside the mailbox.
    MailboxTrouble,
    /// Says that a password runs out.
    PasswordExpiry,
    /// Wants a call. Says nothing where no number stands behind it.
    Call,
    /// Says that something was renewed or charged.
    Charge,
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

/// A phrase's kind and language.
type Phrase = (Kind, &'static str);

static TABLE: LazyLock<Table<&'static str, Phrase>> = LazyLock::new(|| {
    let phrases =
        PHRASES.iter().flat_map(|&(kind, language, texts)| texts.split('\n').map(move |text| (text, (kind, language))));
    Table::new(phrases, |first, second| first < second)
});

/// Every phrase in `text`, in order. Where phrases of one purpose overlap, the one that begins first counts, and of
/// those that begin together the longest.
pub fn find(text: &Folded) -> Vec<WordHit> {
    let text = text.as_str();
    let mut hits: Vec<WordHit> = Vec::new();
    let mut last: BTreeMap<Purpose, usize> = BTreeMap::new();
    let mut guards: Vec<(Range<usize>, Kind)> = Vec::new();
    let mut previous = None;
    for (at, character) in text.char_indices() {
        let begins = begins_phrase(previous, character);
        previous = Some(character);
        if !begins {
            continue;
        }
        TABLE.each_at(text, at, |phrase| {
            let Some(end) = end_of_phrase(text, at, phrase.text) else { return };
            let range = at..end;
            let (kind, language) = phrase.says;
            let Kind::Hit(purpose) = kind else {
                guards.push((range, kind));
                return;
            };
            let hit = WordHit { purpose, language, range, negated: false };
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
        if guard == Kind::GuardBefore {
            let first = hits.partition_point(|hit| hit.range.start < range.start);
            let reached = hits.get_mut(first..).unwrap_or_default().iter_mut();
            for hit in reached.take_while(|hit| hit.range.start <= range.end + REACH) {
                let between = text.get(range.end.min(hit.range.start)..hit.range.start);
                hit.negated |= between.is_some_and(is_one_clause);
            }
        } else {
            let first = hits.partition_point(|hit| hit.range.start + REACH < range.start);
            let reached = hits.get_mut(first..).unwrap_or_default().iter_mut();
            for hit in reached.take_while(|hit| hit.range.start <= range.start) {
                let between = text.get(hit.range.end.min(range.start)..range.start);
                hit.negated |= between.is_some_and(is_one_clause);
            }
        }
    }
    hits
}

/// Where a phrase of a purpose and one of several others stand beside each other in a sentence, in either order, from the
/// beginning of the first to the end of the second.
pub fn beside(text: &Folded, hits: &[WordHit], one: Purpose, others: &[Purpose]) -> Option<Range<usize>> {
    let mut last: Option<&WordHit> = None;
    for hit in hits.iter().filter(|hit| !hit.negated && (hit.purpose == one || others.contains(&hit.purpose))) {
        let is_near = |last: &&WordHit| {
            let between = text.as_str().get(last.range.end.min(hit.range.start)..hit.range.start);
            (last.purpose == one) != (hit.purpose == one)
                && hit.range.start <= last.range.end + BESIDE
                && between.is_some_and(|between| !between.contains(['!', '?', '。']) && !between.contains(". "))
        };
        if let Some(last) = last.filter(is_near) {
            return Some(last.range.start..hit.range.end.max(last.range.end));
        }
        last = Some(hit);
    }
    None
}

/// Most bytes of folded text between phrases that stand beside each other.
const BESIDE: usize = 80;

/// Whether no sentence or clause ends in `text`: "there is no need to worry: confirm your account" denies nothing.
fn is_one_clause(text: &str) -> bool {
    !text.contains(['!', '?', '。', '、', ';', '\u{2014}'])
        && ![". ", ": ", ":\n", ", ", ",\n", " - "].iter().any(|end| text.contains(end))
}

#[cfg(test)]
mod tests;
