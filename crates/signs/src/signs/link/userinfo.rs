use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Host;
use mekiki_facts::Link;
use mekiki_knowledge::{
    brands, country,
    domains::{self, DomainClass},
    fold, networks,
};
use std::collections::BTreeSet;

declare_sign! {
    /// A link begins with a name that is not where it leads.
    ///
    /// # What it looks for
    ///
    /// Before the `@` in front of the host, where a user's name has its place: the name of a host or of a brand. And
    /// any such name in front of a short link, which has no users.
    ///
    /// # Why it matters
    ///
    /// `https://www.example.com@evil.example/` leads to evil.example. Everything before the `@` is read by people
    /// alone.
    ///
    /// # When it is wrong
    ///
    /// Code hosts and file servers are used with a user's name or a key before the `@`, and web agencies send the
    /// password of a test page that way. These are no names of hosts.
    id: "link.userinfo",
    evidence: [Name, Domain],
    banner: [Leads 95],
    exempt: [ListTalk],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.web_links()
        .filter_map(|link| Some((link.userinfo.as_deref()?, link.host.as_ref()?, link)))
        .filter(|(name, host, link)| is_short(link) || !is_known(host) && poses(name))
        .map(|(name, host, _)| (name, host.to_string()))
        .filter(|known| seen.insert(known.clone()))
        .map(|(name, host)| Evidence::of(Detail::Name, name).and(Detail::Domain, host))
        .collect()
}

/// Whether a host is at home, or a brand's own: code hosts take a company's name there.
fn is_known(host: &Host) -> bool {
    match host {
        Host::Domain(domain) => {
            brands::of_domain(domain.as_str()).is_some() && !domains::classes(domain.as_str()).is_anybodys_page()
        }
        Host::Ip(address) => !networks::is_public(*address),
    }
}

/// Whether a user's name passes itself off as a host's or names a brand.
fn poses(name: &str) -> bool {
    // A mail address is a user's name at many servers.
    let name = name.split_once('@').map_or(name, |(before, _)| before);
    let name = name.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let is_host = name.starts_with("www.")
        || name.split('.').skip(1).any(|label| {
            let ending = label.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
            matches!(ending, "com" | "net" | "org") || country::of_suffix(ending).is_some() && ending.len() == 2
        });
    is_host || brands::find(&fold::fold(&name)).iter().any(|mention| !mention.common)
}

fn is_short(link: &Link) -> bool {
    link.host.as_ref().is_some_and(|host| domains::classes(&host.to_string()).contains(DomainClass::Shortener))
}
