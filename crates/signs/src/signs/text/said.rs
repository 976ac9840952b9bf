//! What a message says, by the telling phrases in it.

use super::passage::passage;
use crate::case::Case;
use mekiki_knowledge::{
    fold::Folded,
    vocabulary::{FRAUD, QUOTATION_MARKS},
    words::Purpose,
};
use std::ops::Range;

/// The passage of subject or text, in that order, that says such a thing without warning against it.
pub(super) fn said<'c>(case: &'c Case, purpose: Purpose) -> Option<&'c str> {
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
        let folded = [&case.folded_subject, &case.folded_text].map(Folded::as_str);
        FRAUD.iter().any(|word| folded.iter().any(|text| text.contains(word)))
    }
}
