//! `link.throwaway-host`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::{
    domains::{self, DomainClass},
    suffix,
};
use std::collections::BTreeSet;

/// A link leads to a place that anybody gets for nothing.
///
/// # What it looks for
///
/// A link to free hosting, a name for changing addresses, a tunnel, a store of uploaded files or an IPFS gateway,
/// in a message from somebody whose domain that is not, and not through a mailing list.
///
/// # Why it matters
///
/// Such places ask no name and cost nothing. No company keeps the page there where its customers log in.
///
/// # When it is wrong
///
/// People do publish there: a friend's or a club's page, a shared file. So this weighs little alone.
pub struct ThrowawayHost;

impl Sign for ThrowawayHost {
    fn id(&self) -> &'static str {
        "link.throwaway-host"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Domain]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        if case.is_through_list() || case.is_report() {
            return Vec::new();
        }
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
