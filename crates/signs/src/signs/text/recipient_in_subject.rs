//! `text.recipient-in-subject`

use super::contains_word;
use crate::{Detail, Evidence, Sign, case::Case};

/// The recipient's mail address stands in the subject.
///
/// # What it looks for
///
/// A whole address of the recipient in the subject.
///
/// # Why it matters
///
/// A company that knows its customers calls them by name. A forger knows the address alone.
///
/// # When it is wrong
///
/// Bounces and reports about an address name it in the subject: these are let pass, and so are replies.
pub struct RecipientInSubject;

impl Sign for RecipientInSubject {
    fn id(&self) -> &'static str {
        "text.recipient-in-subject"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Address, Detail::Passage]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let subject = case.facts.identity.subject_text().to_lowercase();
        if !subject.contains('@') || case.is_report() {
            return Vec::new();
        }
        case.recipients()
            .iter()
            .find(|recipient| contains_word(&subject, &recipient.shown.to_lowercase()))
            .map(|recipient| {
                Evidence::of(Detail::Address, &recipient.shown).and(Detail::Passage, case.facts.identity.subject_text())
            })
            .into_iter()
            .collect()
    }
}
