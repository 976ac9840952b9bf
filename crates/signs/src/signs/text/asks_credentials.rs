//! `text.asks-credentials`

use super::said;
use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::words::Purpose;

/// It asks to log in, confirm or give secrets.
///
/// # What it looks for
///
/// Phrases that ask for an ID, a password, card data or a one-time code, or to log in or confirm an account; not
/// those that warn against giving them.
///
/// # Why it matters
///
/// What the forger is after. Companies that mean well tell their customers to come to the page they know.
///
/// # When it is wrong
///
/// Genuine mails of all kinds have a log-in link, so this weighs little alone.
pub struct AsksCredentials;

impl Sign for AsksCredentials {
    fn id(&self) -> &'static str {
        "text.asks-credentials"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Passage]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        said(case, Purpose::Credentials).map(|passage| Evidence::of(Detail::Passage, passage)).into_iter().collect()
    }
}
