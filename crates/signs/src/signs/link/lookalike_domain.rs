use crate::{
    Detail, Evidence, Trick,
    case::Case,
    imitation::{is_plain_to_see, of_known},
    sign::declare_sign,
};
use mekiki_facts::Domain;
use mekiki_knowledge::{
    brands::{self, Brand},
    domains,
    lookalike::{self, LookalikeKind},
    suffix,
};
use std::collections::BTreeSet;

declare_sign! {
    /// A link's domain imitates one that is known.
    ///
    /// # What it looks for
    ///
    /// A host that looks like the domain of a brand, the reader's own or a contact's: in other letters, by a slip of
    /// the finger, with a word beside the name, as a sub-domain of somebody else's, or under another suffix. Where the
    /// message does not speak for that brand, only what cannot be chance: other letters, digits for letters, the
    /// brand's whole domain in front of another.
    ///
    /// # Why it matters
    ///
    /// Such a name is registered to be misread.
    ///
    /// # When it is wrong
    ///
    /// Clubs, shops and repairers have a brand's name in theirs, brands have domains that the directory does not know,
    /// and names happen to be alike: none of this counts where the message does not speak for the brand.
    id: "link.lookalike-domain",
    evidence: [Domain, OtherDomain, Trick],
    banner: [Leads 94],
    exempt: [List, Answer],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.web_links()
        .filter_map(|link| link.final_domain())
        .filter(|domain| is_registrable(domain) && seen.insert(domain.as_str()))
        .filter_map(|domain| {
            let (original, kind) = of_brand(case, domain).or_else(|| of_known(case, domain))?;
            Some(
                Evidence::of(Detail::Domain, domain.to_unicode())
                    .and(Detail::OtherDomain, original)
                    .and(Detail::Trick, Trick::from(kind)),
            )
        })
        .collect()
}

/// Whether anybody can have such a name. What is left of broken quoted-printable (`example.com=`) is none.
fn is_registrable(domain: &Domain) -> bool {
    domain.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// The brand's domain that a host imitates.
fn of_brand(case: &Case, domain: &Domain) -> Option<(String, LookalikeKind)> {
    let (brand, found) = lookalike::of_brand(domain.as_str())?;
    let is_same = |other: &Brand| brands::same_group(other, brand);
    let is_vouched = || case.vouched().iter().any(|vouched| vouched.is_aligned_with(domain));
    let counts = if case.claimed().is_some_and(is_same) {
        case.judged_brand().is_some_and(is_same)
    } else {
        !is_vouched() && is_plain_to_see(brand, domain, &found)
    };
    let original = brand.domains.first().copied().unwrap_or(brand.name);
    (counts && !is_platform(domain.as_str(), &found.label)).then(|| (original.to_owned(), found.kind))
}

/// Whether a label is that of a platform, not of somebody who publishes there.
fn is_platform(host: &str, label: &str) -> bool {
    let is_known = suffix::hosting_platform(host).is_some() || !domains::classes(host).is_empty();
    let site = suffix::hosting_platform(host).or_else(|| suffix::registrable_domain(host));
    is_known && site.is_some_and(|site| site.split('.').any(|part| part == label))
}
