//! `link.risky-suffix`

use mekiki_knowledge::{brands::Brand, country, domains};
use std::collections::BTreeSet;

use crate::{Detail, Evidence, Sign, case::Case};

/// A link's domain ends where none would expect it.
///
/// # What it looks for
///
/// The top-level domain of a link: a country's that has nothing to do with brand, sender or recipient, or one known
/// for abuse, in a message that speaks for a brand which does not vouch for it.
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
pub struct RiskySuffix;

impl Sign for RiskySuffix {
    fn id(&self) -> &'static str {
        "link.risky-suffix"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Domain, Detail::Term]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(brand) = case.judged_brand() else { return Vec::new() };
        let mut seen = BTreeSet::new();
        case.foreign_links(brand)
            .filter_map(|link| link.final_domain())
            .filter(|domain| seen.insert(domain.organisational()))
            .filter_map(|domain| {
                let suffix = domain.as_str().rsplit('.').next()?;
                let is_foreign =
                    country::of_suffix(suffix).is_some_and(|country| !is_expected(case, brand, suffix, country));
                (is_foreign || domains::risky_suffix(domain.as_str()).is_some()).then(|| {
                    Evidence::of(Detail::Domain, domain.organisational()).and(Detail::Term, format!(".{suffix}"))
                })
            })
            .collect()
    }
}

/// Whether a country's suffix fits: the brand's home, or the suffix of the sender's, recipient's or brand's domains.
fn is_expected(case: &Case, brand: &Brand, suffix: &str, country: [u8; 2]) -> bool {
    let has_suffix = |domain: &str| domain.rsplit('.').next() == Some(suffix);
    country == brand.country.as_bytes()
        || brand.domains.iter().any(|domain| has_suffix(domain))
        || case.facts.identity.author_domain().is_some_and(|domain| has_suffix(domain.as_str()))
        || case.recipients().iter().filter_map(|to| to.domain.as_ref()).any(|domain| has_suffix(domain.as_str()))
}
