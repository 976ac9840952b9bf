//! `text.deadline`

use super::said;
use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::words::Purpose;

/// It threatens or hurries.
///
/// # What it looks for
///
/// Phrases that announce a suspension, an expiry, a last notice or hours left, in the subject or the text; not
/// those that warn against such mails.
///
/// # Why it matters
///
/// Whoever is in a hurry does not look closely. Forgers know it.
///
/// # When it is wrong
///
/// Honest reminders and sales that end tonight hurry too, so this weighs little alone.
pub struct Deadline;

impl Sign for Deadline {
    fn id(&self) -> &'static str {
        "text.deadline"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Passage]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        said(case, Purpose::Deadline).map(|passage| Evidence::of(Detail::Passage, passage)).into_iter().collect()
    }
}
