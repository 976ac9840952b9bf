//! `link.redirector`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::Wrapper;
use mekiki_knowledge::domains::{self, DomainClass};
use std::collections::BTreeSet;

/// A link hides where it leads.
///
/// # What it looks for
///
/// A short link, or a redirector of a well-known host that leads wherever its address says. Gateways that check
/// links, and the click counters of delivery services, do not count.
///
/// # Why it matters
///
/// The name that is shown is not that of the place one comes to. Forgers borrow good names in this way.
///
/// # When it is wrong
///
/// Short links in newsletters and social networks. So this weighs little alone.
pub struct Redirector;

impl Sign for Redirector {
    fn id(&self) -> &'static str {
        "link.redirector"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Domain, Detail::Url]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        if case.is_through_list() || case.is_report() {
            return Vec::new();
        }
        let mut seen = BTreeSet::new();
        case.web_links()
            .filter(|link| {
                let is_short = link
                    .final_domain()
                    .is_some_and(|domain| domains::classes(domain.as_str()).contains(DomainClass::Shortener));
                is_short || link.unwrapped.iter().any(|inner| inner.wrapper == Wrapper::Redirector)
            })
            .filter_map(|link| Some((link.host.as_ref()?.to_string(), link)))
            .filter(|(host, _)| seen.insert(host.clone()))
            .map(|(host, link)| Evidence::of(Detail::Domain, host).and(Detail::Url, link.shown_target()))
            .collect()
    }
}
