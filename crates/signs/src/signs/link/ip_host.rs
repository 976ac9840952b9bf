//! `link.ip-host`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::Host;
use std::collections::BTreeSet;

/// A link leads to a bare address in place of a name.
///
/// # What it looks for
///
/// A link whose target is an address literal on the public net, in any notation that browsers take; not in mail
/// through a list that people write to.
///
/// # Why it matters
///
/// A name costs a few coins and has an owner; a bare number has none to be asked. No company gives its customers
/// one.
///
/// # When it is wrong
///
/// Routers, cameras and programs at home write such links: private addresses do not count.
pub struct IpHost;

impl Sign for IpHost {
    fn id(&self) -> &'static str {
        "link.ip-host"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Ip]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        if case.is_through_list() {
            return Vec::new();
        }
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
}
