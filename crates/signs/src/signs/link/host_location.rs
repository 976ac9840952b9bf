use mekiki_knowledge::networks;
use std::collections::BTreeSet;

use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// The link's host stands in a country that does not fit the brand.
    ///
    /// # What it looks for
    ///
    /// The network and country of the addresses that were looked up for a link's host, in a message that speaks for a
    /// brand at home elsewhere. A network that is registered at the brand's home counts as being there.
    ///
    /// # Why it matters
    ///
    /// A look at where the page is really served from is what a careful person would take next.
    ///
    /// # When it is wrong
    ///
    /// Content delivery networks and clouds have addresses everywhere: looked at only for hosts that are not the
    /// brand's own.
    id: "link.host-location",
    evidence: [Domain, Ip, Network, Country],
    banner: [Leads 50],
    exempt: [],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.judged_links()
        .filter_map(|(brand, link)| Some((brand, link.final_domain()?)))
        .filter(|(_, domain)| seen.insert(domain.as_str()))
        .filter_map(|(brand, domain)| {
            let ip = case.answers.addresses.get(domain.as_str())?.first()?;
            let network = networks::look_up(*ip)?;
            let country = network.country_abroad(brand.country)?;
            Some(
                Evidence::of(Detail::Domain, domain.as_str())
                    .and(Detail::Ip, ip.to_string())
                    .and(Detail::Network, network.name)
                    .and(Detail::Country, country),
            )
        })
        .collect()
}
