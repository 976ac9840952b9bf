use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Domain, Host, Link, Wrapper};
use mekiki_knowledge::{
    brands,
    domains::{self, DomainClass},
};
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
    /// Short links in newsletters and social networks. So this weighs little alone. The author's own redirector in mail
    /// that the author's domain vouches for does not count.
    id: "link.redirector",
    evidence: [Domain, Url],
    banner: [Leads 60],
    exempt: [ListTalk, Answer],
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
            is_short || wrappers.any(|wrapper| wrapper == Wrapper::Redirector) && !is_authors_own(case, link)
        })
        .filter_map(|link| Some((link.host.as_ref()?.to_string(), link)))
        .filter(|(host, _)| seen.insert(host.clone()))
        .map(|(host, link)| Evidence::of(Detail::Domain, host).and(Detail::Url, link.shown_target()))
        .collect()
}

/// Whether the redirector belongs to the author, whose domain vouches for the message.
fn is_authors_own(case: &Case, link: &Link) -> bool {
    let brand_of = |domain: &Domain| case.brand_of(domain.as_str());
    let Some(Host::Domain(host)) = link.contacted_host() else { return false };
    let author = case.facts.identity.author_domain().filter(|_| case.is_author_vouched());
    matches!((brand_of(host), author.and_then(brand_of)), (Some(one), Some(other)) if brands::same_group(one, other))
}
