use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::domains;

declare_sign! {
    /// It came from a country that does not fit the brand.
    ///
    /// # What it looks for
    ///
    /// The country of the address that handed the message to the receiving side, against the home of the brand it
    /// speaks for. A machine abroad in a network that is registered at the brand's home counts as being at home.
    ///
    /// # Why it matters
    ///
    /// A regional bank does not send its notices from another continent.
    ///
    /// # When it is wrong
    ///
    /// International brands and delivery services abroad: a message that its brand vouches for, or that comes through a
    /// delivery service that vouches for it, is let pass. Where an address is used is an estimate.
    id: "path.country-mismatch",
    evidence: [Brand, Country, OtherCountry, Ip],
    banner: [Sender 64],
    exempt: [DeliveryService, BrandItself, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let (Some(brand), Some((ip, network))) = (case.claimed(), case.origin()) else { return None };
    let country = network.country_abroad(brand.country)?;
    // A delivery service takes mail in the name of its customers' own domains alone.
    let is_handed_in_by_service = case.is_address_of(brand)
        && case
            .first_outside()
            .and_then(|hop| hop.reverse_name.as_ref())
            .is_some_and(|name| domains::delivery_service(name.as_str()).is_some());
    if is_handed_in_by_service {
        return None;
    }
    Some(
        Evidence::of(Detail::Brand, brand.name)
            .and(Detail::Country, country)
            .and(Detail::OtherCountry, brand.country)
            .and(Detail::Ip, ip.to_string()),
    )
}
