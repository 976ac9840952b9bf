//! `sender.own-domain`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::Domain;

/// The message claims to come from the reader's own house, and came from outside.
///
/// # What it looks for
///
/// A From address in the domain of one of the reader's own addresses, on a message that the receiving side took from
/// outside without a log-in and for which that domain does not vouch: by the checks that the receiving host wrote
/// down, or, where it wrote none, because nobody signed and the machine that sent it has no name.
///
/// # Why it matters
///
/// Colleagues and the own administrator are believed. Their mail does not come in from a stranger's machine.
///
/// # When it is wrong
///
/// Forms on a website elsewhere, scanners, and services that write in the house's name and were never entered in its
/// SPF record. Lists and bounces are let pass; where the very address is the reader's, that is a sign of its own.
pub struct OwnDomain;

impl Sign for OwnDomain {
    fn id(&self) -> &'static str {
        "sender.own-domain"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Address, Detail::Domain]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let identity = &case.facts.identity;
        let Some(author) = identity.author_address() else { return Vec::new() };
        let Some(domain) = author.domain.as_ref().map(Domain::organisational) else { return Vec::new() };
        let is_own = case.own_domains().any(|own| own == domain);
        let is_self = case.recipients().iter().any(|recipient| recipient.is_same_mailbox(author));
        let is_explained = is_self || case.is_author_vouched() || identity.list.is_some() || case.is_report();
        if !is_own || is_explained {
            return Vec::new();
        }
        let Some(hop) = case.first_outside().filter(|hop| !hop.is_authenticated) else { return Vec::new() };
        let is_checked = case.received_results().next().is_some();
        if is_checked || hop.is_unnamed && !case.is_signed_by_author() {
            vec![Evidence::of(Detail::Address, &author.shown).and(Detail::Domain, domain)]
        } else {
            Vec::new()
        }
    }
}
