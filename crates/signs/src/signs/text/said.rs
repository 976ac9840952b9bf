//! What a message says, by the telling phrases in it.

use super::passage::passage;
use crate::case::Case;
use mekiki_knowledge::{
    fold::Folded,
    vocabulary::{FRAUD, QUOTATION_MARKS},
    words::{Purpose, WordHit},
};
use std::{cell::LazyCell, ops::Range};

/// How far a line is followed to either side to find the quotation marks around a passage, in bytes.
const LONGEST_QUOTE: usize = 1_000;

/// The passage of subject, text or what else they may be read as, in that order, that says such a thing without warning
/// against it.
pub(super) fn said<'c>(case: &'c Case, purpose: Purpose) -> Option<&'c str> {
    let warns = LazyCell::new(|| is_about_fraud(case) && !is_mostly_quoted(case.facts.text.shown_text()));
    passage_where(case, |text, folded, hits| {
        let hits = hits.iter().filter(|hit| hit.purpose == purpose && !hit.negated);
        let is_warned_of = |place: &Range<usize>| is_quoted(text, place) && *warns;
        hits.map(|hit| folded.original(&hit.range)).find(|place| !is_warned_of(place))
    })
}

/// The passage around the first place that is found in subject, text or what else they may be read as, in that order.
/// What finds it is given a text, the same folded, and its telling phrases.
pub(in crate::signs) fn passage_where<'c>(
    case: &'c Case,
    find: impl Fn(&str, &Folded, &[WordHit]) -> Option<Range<usize>>,
) -> Option<&'c str> {
    let facts = case.facts;
    [
        (facts.identity.subject_text(), &case.folded_subject, &case.subject_words),
        (facts.text.shown_text(), &case.folded_text, &case.words),
    ]
    .into_iter()
    .chain(case.further.iter().map(|reading| (reading.text.as_str(), &reading.folded, &reading.words)))
    .find_map(|(text, folded, hits)| Some(passage(text, &find(text, folded, hits)?)))
}

/// Whether a message tells about fraud. What such a message quotes, in quotation marks on one line, it warns against: "it
/// says 'verify your account'". What the message itself asks for stands in none.
fn is_about_fraud(case: &Case) -> bool {
    let folded = [&case.folded_subject, &case.folded_text].map(Folded::as_str);
    FRAUD.iter().any(|word| folded.iter().any(|text| text.contains(word)))
}

/// Whether more than half of a text stands in quotation marks: it then quotes nothing, it is written so.
fn is_mostly_quoted(text: &str) -> bool {
    let (mut quoted, mut all) = (0, 0);
    for line in text.lines() {
        let mut close = None;
        for character in line.chars() {
            match close {
                Some(end) if character == end => close = None,
                Some(_) => quoted += 1,
                None => close = QUOTATION_MARKS.iter().find(|(open, _)| *open == character).map(|(_, end)| *end),
            }
            all += 1;
        }
    }
    quoted * 2 > all
}

/// Whether a passage stands in quotation marks on one line. In a line longer than any quotation nothing does.
fn is_quoted(text: &str, place: &Range<usize>) -> bool {
    let from = text.floor_char_boundary(place.start.saturating_sub(LONGEST_QUOTE));
    let before = text.get(from..place.start).unwrap_or_default();
    let line = match before.rsplit_once('\n') {
        Some((_, line)) => line,
        None if from == 0 => before,
        None => return false,
    };
    let to = text.ceil_char_boundary(place.start.saturating_add(LONGEST_QUOTE));
    let rest = text.get(place.start..to).unwrap_or_default().split('\n').next().unwrap_or_default();
    QUOTATION_MARKS.iter().any(|(open, close)| {
        let opened = if open == close {
            line.matches(*open).count() % 2 == 1
        } else {
            line.rfind(*open).is_some_and(|at| line.rfind(*close).is_none_or(|closed| closed < at))
        };
        opened && rest.contains(*close)
    })
}
