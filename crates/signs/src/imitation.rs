//! Which look-alikes of a domain are held against a message. What looks like what is told by
//! `mekiki_knowledge::lookalike`; here stands what honest houses do likewise, so that it does not count.

use crate::case::Case;
use mekiki_facts::Domain;
use mekiki_knowledge::{
    brands::{self, Brand},
    domains,
    lookalike::{Lookalike, LookalikeKind, Suspect},
    suffix,
};

/// The one of the known domains that another imitates. Houses have further domains with their name and a word (a
/// holding, a shop) or a number, and their name stands before that of every service they hire.
pub(crate) fn of_known(case: &Case, domain: &Domain) -> Option<(String, LookalikeKind)> {
    let host = domain.as_str();
    let known = case.known_domains();
    let is_known = brands::of_domain(host).is_some()
        || domains::delivery_service(host).is_some()
        || known.contains(domain.organisational());
    if is_known {
        return None;
    }
    let suspect = Suspect::read(host)?;
    known.iter().find_map(|own| {
        let found = suspect.imitates(own)?;
        let counts = match found.kind {
            LookalikeKind::Confusable | LookalikeKind::DigitSwap => true,
            LookalikeKind::Typo => has_same_suffix(host, own) && !is_numbered_sister(&found.label, own),
            LookalikeKind::Subdomain => has_in_front(host, own),
            LookalikeKind::BrandPlusWord => case.asks_secrets() && !case.is_author_vouched(),
            LookalikeKind::SuffixSwap => false,
        };
        counts.then(|| (own.clone(), found.kind))
    })
}

/// Whether a domain imitates a brand that the message does not speak for so that it cannot be chance.
pub(crate) fn is_plain_to_see(brand: &Brand, domain: &Domain, found: &Lookalike) -> bool {
    match found.kind {
        // Beside a name in plain letters, others are another word's: apple-zubehör.
        LookalikeKind::Confusable => !domain.to_unicode().contains(&found.target),
        LookalikeKind::DigitSwap => true,
        LookalikeKind::Subdomain => brand.domains.iter().any(|own| has_in_front(domain.as_str(), own)),
        LookalikeKind::Typo | LookalikeKind::BrandPlusWord | LookalikeKind::SuffixSwap => false,
    }
}

/// Whether a whole domain stands in front of another: `kagoya.jp.evil.in`.
fn has_in_front(host: &str, domain: &str) -> bool {
    host.match_indices(domain).any(|(at, _)| {
        let (before, rest) = host.split_at(at);
        (before.is_empty() || before.ends_with(['.', '-']))
            && rest.get(domain.len()..).is_some_and(|rest| rest.starts_with('.'))
    })
}

/// Whether a label is that of a domain but for a number behind it.
fn is_numbered_sister(label: &str, domain: &str) -> bool {
    let plain = |label: &str| label.trim_end_matches(|character: char| character.is_ascii_digit()).to_owned();
    domain.split('.').next().is_some_and(|known| plain(known) == plain(label))
}

fn has_same_suffix(one: &str, other: &str) -> bool {
    match (suffix::public_suffix(one), suffix::public_suffix(other)) {
        (Some(one), Some(other)) => one.text == other.text,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_domain_in_front_is_told_from_a_part() {
        assert!(has_in_front("kagoya.jp.evil.in", "kagoya.jp") && has_in_front("my-kagoya.jp.evil.in", "kagoya.jp"));
        assert!(!has_in_front("mykagoya.jp.evil.in", "kagoya.jp") && !has_in_front("www.kagoya.jp", "kagoya.jp"));
    }

    #[test]
    fn houses_number_their_domains() {
        assert!(is_numbered_sister("example2", "example.com") && is_numbered_sister("example", "example1.com"));
        assert!(!is_numbered_sister("examp1e", "example.com"));
    }
}
