//! `link.lookalike-domain`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::{
    brands, domains,
    lookalike::{self, LookalikeKind},
};
use std::collections::BTreeSet;

/// A link's domain imitates one that is known.
///
/// # What it looks for
///
/// A host that looks like the domain of a brand, of the reader's own or of a contact: in other letters, by a slip of
/// the finger, with a word beside the name, or as a sub-domain of somebody else's. The same name under another suffix
/// counts where the message speaks for that brand.
///
/// # Why it matters
///
/// Such a name is registered to be misread.
///
/// # When it is wrong
///
/// Clubs, shops and repairers have a brand's name in theirs, and names happen to be alike. A sender whose own domain
/// it is and vouches for the message does not count, unless the message speaks for that brand.
pub struct LookalikeDomain;

impl Sign for LookalikeDomain {
    fn id(&self) -> &'static str {
        "link.lookalike-domain"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Domain, Detail::OtherDomain, Detail::Term]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        if case.is_through_list() || case.is_report() {
            return Vec::new();
        }
        let known = known_domains(case);
        let mut seen = BTreeSet::new();
        case.web_links()
            .filter_map(|link| link.final_domain())
            .filter(|domain| seen.insert(domain.as_str()))
            .filter_map(|domain| {
                let (original, kind) = of_brand(case, domain).or_else(|| of_known(&known, domain))?;
                Some(
                    Evidence::of(Detail::Domain, domain.to_unicode())
                        .and(Detail::OtherDomain, original)
                        .and(Detail::Term, term(kind)),
                )
            })
            .collect()
    }
}

/// The brand's domain that a host imitates.
fn of_brand(case: &Case, domain: &Domain) -> Option<(String, LookalikeKind)> {
    let (brand, found) = lookalike::of_brand(domain.as_str())?;
    let is_claimed = case.claimed().is_some_and(|claimed| brands::same_group(claimed, brand));
    let is_vouched = case.vouched().iter().any(|vouched| vouched.is_aligned_with(domain));
    let counts = is_claimed || !is_vouched && found.kind != LookalikeKind::SuffixSwap;
    let original = brand.domains.first().copied().unwrap_or(brand.name);
    counts.then(|| (original.to_owned(), found.kind))
}

/// The domain of the reader's or of a contact's that a host imitates.
fn of_known(known: &BTreeSet<String>, domain: &Domain) -> Option<(String, LookalikeKind)> {
    let is_known = brands::of_domain(domain.as_str()).is_some()
        || domains::delivery_service(domain.as_str()).is_some()
        || known.contains(domain.organisational());
    known.iter().filter(|_| !is_known).find_map(|own| {
        let found = lookalike::imitates(domain.as_str(), own, &[])?;
        (found.kind != LookalikeKind::SuffixSwap).then(|| (own.clone(), found.kind))
    })
}

/// Organisational domains of the reader's own addresses and of contacts. At a provider's, anybody has a mailbox.
fn known_domains(case: &Case) -> BTreeSet<String> {
    let contacts = case.context.contacts.iter().map(|contact| contact.address.as_str());
    let contacts: Vec<Address> =
        contacts.chain(case.context.correspondents.iter().map(String::as_str)).filter_map(Address::parse).collect();
    case.own_addresses()
        .chain(&contacts)
        .filter_map(|address| address.domain.as_ref())
        .filter(|domain| !domains::is_consumer_mail(domain.as_str()) && brands::of_domain(domain.as_str()).is_none())
        .map(|domain| domain.organisational().to_owned())
        .collect()
}

const fn term(kind: LookalikeKind) -> &'static str {
    match kind {
        LookalikeKind::Confusable => "look-alike letters",
        LookalikeKind::DigitSwap => "digits for letters",
        LookalikeKind::Typo => "misspelling",
        LookalikeKind::BrandPlusWord => "name plus word",
        LookalikeKind::Subdomain => "sub-domain",
        LookalikeKind::SuffixSwap => "other suffix",
    }
}
