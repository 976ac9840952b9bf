//! `sender.lookalike-domain`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::{
    brands, domains,
    lookalike::{self, LookalikeKind},
};

/// An address whose domain imitates another.
///
/// # What it looks for
///
/// A From, Reply-To or Return-Path domain that is made to look like a brand's, the reader's own or a contact's: in
/// letters that look alike, with digits for letters, by a slip of one letter, with a word beside the name, or with the
/// whole domain in front of another. The name alone under another suffix counts only where the message speaks for that
/// brand, since names are shared.
///
/// # Why it matters
///
/// A forger cannot have the real domain, so he buys one that passes for it at a glance. All checks pass for it.
///
/// # When it is wrong
///
/// Firms that really have such names; a brand's agency or new domain that the directory does not know yet. Addresses
/// the reader knows, lists and delivery services are let pass.
pub struct LookalikeDomain;

impl Sign for LookalikeDomain {
    fn id(&self) -> &'static str {
        "sender.lookalike-domain"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Address, Detail::OtherDomain, Detail::Field]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let identity = &case.facts.identity;
        if case.is_through_list() {
            return Vec::new();
        }
        let author = identity.author_address().map(|address| ("From", address));
        let replies = identity
            .reply_to
            .iter()
            .flat_map(|field| &field.mailboxes)
            .filter_map(|mailbox| Some(("Reply-To", mailbox.address.as_ref()?)));
        let envelope = identity.return_path.as_ref().and_then(|path| Some(("Return-Path", path.address.as_ref()?)));
        author
            .into_iter()
            .chain(replies)
            .chain(envelope)
            .filter(|(_, address)| !case.is_known_address(address))
            .find_map(|(field, address)| {
                let imitated = imitated(case, address.domain.as_ref()?)?;
                let evidence = Evidence::of(Detail::Address, &address.shown);
                Some(evidence.and(Detail::OtherDomain, imitated).and(Detail::Field, field))
            })
            .into_iter()
            .collect()
    }
}

/// The domain that another imitates: one the reader knows, or a brand's.
fn imitated(case: &Case, domain: &Domain) -> Option<String> {
    let host = domain.as_str();
    let mut known = known_domains(case);
    // A house the reader knows imitates nobody, whatever its name.
    if !host.contains('.') || known.iter().any(|known| known.as_str() == domain.organisational()) {
        return None;
    }
    known.retain(|known| !domains::is_consumer_mail(known));
    let of_known = || {
        known.into_iter().find(|known| {
            lookalike::imitates(host, known, &[]).is_some_and(|found| found.kind != LookalikeKind::SuffixSwap)
        })
    };
    let of_brand = || {
        let (brand, found) = lookalike::of_brand(host)?;
        let is_claimed = case.claim.as_ref().is_some_and(|claim| brands::same_group(claim.brand, brand));
        let counts = found.kind != LookalikeKind::SuffixSwap || is_claimed;
        brand.domains.first().filter(|_| counts).map(|domain| (*domain).to_owned())
    };
    of_known().or_else(of_brand)
}

/// Organisational domains of the reader, the reader's contacts and correspondents.
fn known_domains(case: &Case) -> Vec<String> {
    let context = case.context;
    let contacts = context.contacts.iter().map(|contact| contact.address.as_str());
    let mut known: Vec<String> = contacts
        .chain(context.correspondents.iter().map(String::as_str))
        .filter_map(Address::parse)
        .filter_map(|address| address.domain.map(|domain| domain.organisational().to_owned()))
        .chain(case.own_addresses().filter_map(|own| own.domain.as_ref().map(|own| own.organisational().to_owned())))
        .collect();
    known.sort_unstable();
    known.dedup();
    known
}
