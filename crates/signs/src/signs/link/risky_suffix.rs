use mekiki_knowledge::{
    brands::{self, Brand},
    country, domains, suffix,
};
use std::collections::BTreeSet;

use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// A link's domain ends where none would expect it.
    ///
    /// # What it looks for
    ///
    /// The top-level domain of a link: one known for abuse; or, in a message that speaks for a brand which does not
    /// vouch for it, a country's that has nothing to do with brand, sender or recipient.
    ///
    /// # Why it matters
    ///
    /// Names under some suffixes cost next to nothing, and the suffix of a far country is seldom where a local company
    /// keeps its pages.
    ///
    /// # When it is wrong
    ///
    /// Country codes that serve as words (.io, .tv, .me) are not counted; international companies do use foreign
    /// suffixes.
    id: "link.risky-suffix",
    evidence: [Domain, Term],
    banner: [Leads 70],
    exempt: [ListTalk],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let judged = case.judged_brand();
    let mut seen = BTreeSet::new();
    case.web_links()
        .filter(|link| judged.is_none_or(|brand| case.is_foreign(link, brand)))
        .filter_map(|link| link.final_domain())
        .filter(|domain| seen.insert(domain.organisational()))
        .filter_map(|domain| {
            let ending = domain.as_str().rsplit('.').next()?;
            let is_foreign = judged.is_some_and(|brand| {
                country::of_suffix(ending).is_some_and(|country| !is_expected(case, brand, ending, country))
            });
            let is_abused = domains::has_risky_suffix(domain.as_str())
                && brands::of_domain(domain.as_str()).is_none()
                && suffix::hosting_platform(domain.as_str()).is_none()
                && !domains::classes(domain.as_str()).is_anybodys_page()
                && domains::delivery_service(domain.as_str()).is_none();
            (is_foreign || is_abused)
                .then(|| Evidence::of(Detail::Domain, domain.organisational()).and(Detail::Term, format!(".{ending}")))
        })
        .collect()
}

/// Whether a country's suffix fits: the brand's home, or the suffix of the sender's, recipient's or brand's domains.
fn is_expected(case: &Case, brand: &Brand, suffix: &str, country: [u8; 2]) -> bool {
    let has_suffix = |domain: &str| domain.rsplit('.').next() == Some(suffix);
    country == brand.country.as_bytes()
        || brand.domains.iter().any(|domain| has_suffix(domain))
        || case.facts.identity.author_domain().is_some_and(|domain| has_suffix(domain.as_str()))
        || case.recipients().iter().filter_map(|to| to.domain.as_ref()).any(|domain| has_suffix(domain.as_str()))
}
