//! What it says.

pub mod account_problem;
pub mod asks_credentials;
pub mod asks_money;
pub mod brand_bait;
pub mod deadline;
pub mod fake_banner;
pub mod faked_thread;
pub mod foreign_letters;
pub mod hidden;
pub mod image_only;
pub mod impersonal;
pub mod random_token;
pub mod recipient_in_subject;
pub mod short_notice;
pub mod subject_mismatch;
pub mod summons;
pub mod windfall;
pub mod wrong_weekday;

use crate::case::Case;
use mekiki_knowledge::{
    vocabulary::{FRAUD, QUOTATION_MARKS},
    words::Purpose,
};
use std::ops::Range;

/// The passage of subject or text, in that order, that says such a thing without warning against it.
fn said<'c>(case: &'c Case, purpose: Purpose) -> Option<&'c str> {
    let facts = case.facts;
    [
        (facts.identity.subject_text(), &case.folded_subject, &case.subject_words),
        (facts.text.shown_text(), &case.folded_text, &case.words),
    ]
    .into_iter()
    .find_map(|(text, folded, hits)| {
        let hits = hits.iter().filter(|hit| hit.purpose == purpose && !hit.negated);
        let mut places =
            hits.map(|hit| folded.original(&hit.range)).filter(|place| !is_quoted_warning(case, text, place));
        Some(passage(text, &places.next()?))
    })
}

/// Whether a passage is quoted by a message that warns of fraud, in quotation marks on one line: "it says 'verify your
/// account'". What the message itself asks for stands in none.
fn is_quoted_warning(case: &Case, text: &str, place: &Range<usize>) -> bool {
    let line = text.get(..place.start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let rest = text.get(place.start..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let is_quoted = QUOTATION_MARKS.iter().any(|(open, close)| {
        let opened = if open == close {
            line.matches(*open).count() % 2 == 1
        } else {
            line.rfind(*open).is_some_and(|at| line.rfind(*close).is_none_or(|closed| closed < at))
        };
        opened && rest.contains(*close)
    });
    is_quoted && {
        let folded = [&case.folded_subject, &case.folded_text].map(mekiki_knowledge::fold::Folded::as_str);
        FRAUD.iter().any(|word| folded.iter().any(|text| text.contains(word)))
    }
}

/// What stands at a range, which may end inside a letter that was folded into a shorter one.
fn written<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let end = text.ceil_char_boundary(range.end);
    text.get(range.start..end).unwrap_or_default()
}

/// The sentence or line around a hit, at most 60 characters to either side.
fn passage<'t>(text: &'t str, hit: &Range<usize>) -> &'t str {
    let stops = ['\n', '。', '!', '?', '！', '？'];
    let hit = hit.start..text.ceil_char_boundary(hit.end);
    let before = text.get(..hit.start).unwrap_or_default();
    let after = text.get(hit.end..).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .take(60)
        .take_while(|(_, character)| !stops.contains(character))
        .last()
        .map_or(hit.start, |(at, _)| at);
    let end = after
        .char_indices()
        .take(60)
        .take_while(|(_, character)| !stops.contains(character))
        .last()
        .map_or(hit.end, |(at, character)| hit.end + at + character.len_utf8());
    text.get(start..end).unwrap_or_default().trim()
}

/// Whether a line of `text` begins at an offset, but for marks and spaces.
fn begins_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    !line.contains(char::is_alphanumeric)
}

/// Whether `word` stands in `text` and not inside a longer word.
fn contains_word(text: &str, word: &str) -> bool {
    let is_part =
        |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|rest| rest.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|rest| rest.chars().next());
            !is_part(before) && !is_part(after)
        })
}
