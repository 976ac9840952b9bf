//! `sender.first-contact`

use crate::{Detail, Evidence, Sign, case::Case};

/// Nobody has heard of this address before.
///
/// # What it looks for
///
/// A From address from which no earlier mail lies in the reader's folders, and which is neither a contact's nor one
/// the reader has written to. Without that knowledge it says nothing.
///
/// # Why it matters
///
/// A bank or shop whose customer the reader is has written before. A forger's address is new.
///
/// # When it is wrong
///
/// Every honest sender writes for the first time once: so it only adds a little to what else is seen.
pub struct FirstContact;

impl Sign for FirstContact {
    fn id(&self) -> &'static str {
        "sender.first-contact"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Address]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let is_new = case.context.is_known_author == Some(false);
        let Some(author) = case.facts.identity.author_address().filter(|_| is_new) else { return Vec::new() };
        if case.is_known_address(author) || case.is_through_list() {
            return Vec::new();
        }
        vec![Evidence::of(Detail::Address, &author.shown)]
    }
}
