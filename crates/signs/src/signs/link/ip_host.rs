use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Host;
use std::collections::BTreeSet;

declare_sign! {
    /// A link leads to a bare address in place of a name.
    ///
    /// # What it looks for
    ///
    /// A link whose target is an address literal on the public net, in any notation that browsers take; not one that
    /// people on a mailing list write out.
    ///
    /// # Why it matters
    ///
    /// A name costs a few coins and has an owner; a bare number has none to be asked. No company gives its customers
    /// one.
    ///
    /// # When it is wrong
    ///
    /// Routers, cameras and programs at home write such links: private addresses do not count.
    id: "link.ip-host",
    evidence: [Ip],
    banner: [Leads 85],
    exempt: [ListTalk],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.web_links()
        .filter_map(|link| match link.final_host() {
            Some(Host::Ip(ip)) if mekiki_knowledge::networks::is_public(*ip) => Some(*ip),
            _ => None,
        })
        .filter(|ip| seen.insert(*ip))
        .map(|ip| Evidence::of(Detail::Ip, ip.to_string()))
        .collect()
}
