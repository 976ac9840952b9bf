use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::{
    domains::{self, DomainClass},
    suffix,
};
use std::collections::BTreeSet;

declare_sign! {
    /// A link leads to a place that anybody gets for nothing.
    ///
    /// # What it looks for
    ///
    /// A link to free hosting, a name for changing addresses, a tunnel, a store of uploaded files or an IPFS gateway,
    /// in a message from somebody whose domain that is not, and not one that people on a mailing list
    /// write out.
    ///
    /// # Why it matters
    ///
    /// Such places ask no name and cost nothing. No company keeps the page there where its customers log in.
    ///
    /// # When it is wrong
    ///
    /// People do publish there: a friend's or a club's page, a shared file. So this weighs little alone.
    id: "link.throwaway-host",
    evidence: [Domain],
    banner: [Leads 80],
    exempt: [ListTalk, Answer],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let author = case.facts.identity.author_domain();
    let mut seen = BTreeSet::new();
    case.web_links()
        .filter_map(|link| link.final_domain())
        .filter(|domain| author.is_none_or(|author| !author.is_aligned_with(domain)))
        .filter(|domain| {
            suffix::hosting_platform(domain.as_str()).is_some()
                || domains::classes(domain.as_str()).iter().any(is_throwaway)
        })
        .filter(|domain| seen.insert(domain.as_str()))
        .map(|domain| Evidence::of(Detail::Domain, domain.as_str()))
        .collect()
}

fn is_throwaway(class: DomainClass) -> bool {
    matches!(
        class,
        DomainClass::FreeHosting
            | DomainClass::DynamicDns
            | DomainClass::Tunnel
            | DomainClass::IpfsGateway
            | DomainClass::Storage
    )
}
