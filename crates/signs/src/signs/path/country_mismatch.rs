//! `path.country-mismatch`

use crate::{Detail, Evidence, Sign, case::Case};

/// It came from a country that does not fit the brand.
///
/// # What it looks for
///
/// The country of the address that handed the message to the receiving side, against the home of the brand it speaks
/// for. A machine abroad in a network that is registered at the brand's home counts as being at home.
///
/// # Why it matters
///
/// A regional bank does not send its notices from another continent.
///
/// # When it is wrong
///
/// International brands and delivery services abroad: a message that its brand vouches for, or that comes through a
/// delivery service that vouches for it, is let pass. Where an address is used is an estimate.
pub struct CountryMismatch;

impl Sign for CountryMismatch {
    fn id(&self) -> &'static str {
        "path.country-mismatch"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Brand, Detail::Country, Detail::OtherCountry, Detail::Ip]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let (Some(brand), Some((ip, network))) = (case.claimed(), case.origin()) else { return Vec::new() };
        let Some(country) = network.country_abroad(brand.country) else { return Vec::new() };
        if case.is_from(brand) || case.is_delivered_by_service() {
            return Vec::new();
        }
        vec![
            Evidence::of(Detail::Brand, brand.name)
                .and(Detail::Country, country)
                .and(Detail::OtherCountry, brand.country)
                .and(Detail::Ip, ip.to_string()),
        ]
    }
}
