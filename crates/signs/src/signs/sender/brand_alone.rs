//! `sender.brand-alone`

use crate::claim::Place;
use crate::{Detail, Evidence, Sign, case::Case};

/// The sender calls itself by a brand's name and nothing else, at an address that is not the brand's.
///
/// # What it looks for
///
/// Beside `sender.brand-name`: a display name in which nothing stands but the brand and words of any company (PayPal
/// Service, カゴヤ サポートセンター).
///
/// # Why it matters
///
/// Dealers, agencies and fans name themselves beside the brand they write about. Who names the brand alone wants to be
/// taken for it, and most mail programs show nothing but that name.
///
/// # When it is wrong
///
/// A brand's delivery service that the directory does not know yet. So it only strengthens what it stands beside.
pub struct BrandAlone;

impl Sign for BrandAlone {
    fn id(&self) -> &'static str {
        "sender.brand-alone"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Name, Detail::Brand]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(claim) = case.claim.as_ref().filter(|claim| claim.fills_name) else { return Vec::new() };
        let name = case.facts.identity.author().and_then(|author| author.name.as_ref());
        let is_foreign = !super::brand_name::BrandName.look(case).is_empty();
        match name.filter(|_| is_foreign && claim.places.contains(&Place::DisplayName)) {
            Some(name) => vec![Evidence::of(Detail::Name, &name.full).and(Detail::Brand, claim.brand.name)],
            None => Vec::new(),
        }
    }
}
