//! `link.brand-mismatch`

use std::collections::BTreeSet;

use crate::{Detail, Evidence, Sign, case::Case};

/// The message speaks for a brand, and its links lead elsewhere.
///
/// # What it looks for
///
/// Links the reader is asked to use, in a message that speaks for a brand which does not vouch for it, whose domain
/// belongs to neither the brand nor any other known brand.
///
/// # Why it matters
///
/// The link is where the damage is done. A brand asks its customers to come to its own address.
///
/// # When it is wrong
///
/// A brand's agency, survey or event host that the directory does not know; a message about a brand written by
/// somebody else in its name.
pub struct BrandMismatch;

impl Sign for BrandMismatch {
    fn id(&self) -> &'static str {
        "link.brand-mismatch"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Brand, Detail::Domain, Detail::Url]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(brand) = case.judged_brand() else { return Vec::new() };
        let mut seen = BTreeSet::new();
        case.foreign_links(brand)
            .filter_map(|link| Some((link, link.final_host()?.to_string())))
            .filter(|(_, host)| seen.insert(host.clone()))
            .map(|(link, host)| {
                Evidence::of(Detail::Brand, brand.name).and(Detail::Domain, host).and(Detail::Url, link.shown_target())
            })
            .collect()
    }
}
