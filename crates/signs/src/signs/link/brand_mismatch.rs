use std::collections::BTreeSet;

use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
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
    id: "link.brand-mismatch",
    evidence: [Brand, Domain, Url],
    banner: [Leads 90],
    exempt: [],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.judged_links()
        .filter_map(|(brand, link)| Some((brand, link, link.final_host()?.to_string())))
        .filter(|(_, _, host)| seen.insert(host.clone()))
        .map(|(brand, link, host)| {
            Evidence::of(Detail::Brand, brand.name).and(Detail::Domain, host).and(Detail::Url, link.shown_target())
        })
        .collect()
}
