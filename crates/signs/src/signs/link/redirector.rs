use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Wrapper;
use mekiki_knowledge::domains::{self, DomainClass};
use std::collections::BTreeSet;

declare_sign! {
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
    id: "link.redirector",
    evidence: [Domain, Url],
    exempt: [List, Answer],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.web_links()
        .filter(|link| {
            let is_short = link
                .final_domain()
                .is_some_and(|domain| domains::classes(domain.as_str()).contains(DomainClass::Shortener));
            let mut wrappers = link.unwrapped.iter().map(|inner| inner.wrapper).chain(link.sealed);
            is_short || wrappers.any(|wrapper| wrapper == Wrapper::Redirector)
        })
        .filter_map(|link| Some((link.host.as_ref()?.to_string(), link)))
        .filter(|(host, _)| seen.insert(host.clone()))
        .map(|(host, link)| Evidence::of(Detail::Domain, host).and(Detail::Url, link.shown_target()))
        .collect()
}
