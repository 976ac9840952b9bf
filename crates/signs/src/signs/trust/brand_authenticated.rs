//! `trust.brand-authenticated`

use crate::{Detail, Evidence, Sign, case::Case};

/// The brand itself vouches for the message.
///
/// # What it looks for
///
/// The receiving host found a passing DKIM signature, SPF or DMARC for the author's domain, and that domain belongs
/// to the brand the message speaks for; where it speaks for none, to a known brand to which its links lead.
///
/// # Why it matters
///
/// Only the brand can make that pass.
///
/// # When it is wrong
///
/// A brand's mail account that was broken into; a receiving host that checks carelessly.
pub struct BrandAuthenticated;

impl Sign for BrandAuthenticated {
    fn id(&self) -> &'static str {
        "trust.brand-authenticated"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Brand, Detail::Domain]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(domain) = case.facts.identity.author_domain() else { return Vec::new() };
        // A mailbox of the brand's that was broken into speaks for others, and leads to them.
        let of_links = || case.brand_of(domain.as_str()).filter(|brand| case.leads_home(brand));
        let Some(brand) = case.claimed().or_else(of_links) else { return Vec::new() };
        if case.is_from(brand) {
            vec![Evidence::of(Detail::Brand, brand.name).and(Detail::Domain, domain.organisational())]
        } else {
            Vec::new()
        }
    }
}
