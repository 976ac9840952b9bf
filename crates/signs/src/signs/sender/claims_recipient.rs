//! `sender.claims-recipient`

use super::named;
use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::domains;

/// The sender's name is the recipient's own address or domain.
///
/// # What it looks for
///
/// A display name that shows the address or the domain of a recipient ("example.jp support"), beside a From address
/// elsewhere.
///
/// # Why it matters
///
/// A machine that writes to thousands puts each one's own address or house into the name, so that it looks like mail
/// of the own administrator.
///
/// # When it is wrong
///
/// Services that work for the reader's domain and are known, lists, and mail to oneself from an address with the same
/// local part are let pass; a small provider that names its notices after the customer's domain is not.
pub struct ClaimsRecipient;

impl Sign for ClaimsRecipient {
    fn id(&self) -> &'static str {
        "sender.claims-recipient"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Name, Detail::Address]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(mailbox) = case.facts.identity.author() else { return Vec::new() };
        let (Some(name), Some(author)) = (&mailbox.name, &mailbox.address) else { return Vec::new() };
        let is_sent_from_inside = case.first_outside().is_none_or(|hop| hop.is_authenticated);
        let is_explained = case.facts.identity.list.as_ref().is_some_and(|list| list.has_post || list.id.is_some())
            || named::is_through_service(&name.shown, author)
            || case.is_from_known_house()
            || case.is_report()
            || is_sent_from_inside;
        if is_explained {
            return Vec::new();
        }
        let addresses = named::addresses(&name.shown);
        let is_claimed = |recipient: &&Address| {
            let is_shown = addresses.iter().any(|shown| shown.is_same_mailbox(recipient));
            let is_domain_shown = || {
                recipient.domain.as_ref().map(Domain::organisational).is_some_and(|domain| {
                    domain.contains('.')
                        && !domains::is_consumer_mail(domain)
                        && named::shows_domain(&name.shown, domain)
                })
            };
            !is_of(recipient, author) && (is_shown || is_domain_shown())
        };
        let found = case.recipients().iter().find(is_claimed);
        found.map(|_| Evidence::of(Detail::Name, &name.shown).and(Detail::Address, &author.shown)).into_iter().collect()
    }
}

/// Whether an author's address is the recipient's in another place, or of the recipient's house.
fn is_of(recipient: &Address, author: &Address) -> bool {
    let is_same_house =
        matches!((&recipient.domain, &author.domain), (Some(own), Some(other)) if own.is_aligned_with(other));
    is_same_house || recipient.local.eq_ignore_ascii_case(&author.local)
}
