//! `sender.self-addressed`

use crate::{Detail, Evidence, Sign, case::Case};

/// The message claims to come from its own recipient.
///
/// # What it looks for
///
/// A From address that is one of the recipient's, on a message that came in from outside and for which the
/// recipient's domain does not vouch.
///
/// # Why it matters
///
/// Nobody gets notices of a company from themselves. Forgers do it because the address passes for a known one, and
/// some programs then show "Me" in place of it.
///
/// # When it is wrong
///
/// A mail to oneself sent through a host that neither logs in nor signs; a scanner or a script at home. A submission
/// that logged in, a signed message, one that never left the house, a list's copy to its author and one where the
/// author stands in Cc are let pass.
pub struct SelfAddressed;

impl Sign for SelfAddressed {
    fn id(&self) -> &'static str {
        "sender.self-addressed"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Address]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(author) = case.facts.identity.author_address() else { return Vec::new() };
        let is_copied = case
            .facts
            .identity
            .cc
            .iter()
            .flat_map(|field| &field.mailboxes)
            .any(|mailbox| mailbox.address.as_ref().is_some_and(|address| address.is_same_mailbox(author)));
        let is_recipient = !is_copied && case.recipients().iter().any(|recipient| recipient.is_same_mailbox(author));
        if !is_recipient || case.is_author_vouched() || case.facts.identity.list.is_some() {
            return Vec::new();
        }
        match case.first_outside() {
            Some(hop) if !hop.is_authenticated => vec![Evidence::of(Detail::Address, &author.shown)],
            _ => Vec::new(),
        }
    }
}
