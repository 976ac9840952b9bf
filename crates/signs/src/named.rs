//! Addresses and domains that a display name shows.

use mekiki_facts::{Address, Domain};
use mekiki_knowledge::suffix;

/// Addresses that stand in a name: `taro@example.jp`, `Taro (taro@example.jp)`.
pub fn addresses(name: &str) -> Vec<Address> {
    // U+FF20: the fullwidth form, which reads the same.
    let plain = name.replace('\u{FF20}', "@");
    let is_around = |character: char| {
        character.is_whitespace()
            || "\"'`<>()[]{},;:|/\u{300C}\u{300D}\u{3010}\u{3011}\u{FF08}\u{FF09}".contains(character)
    };
    plain.split(is_around).filter_map(|word| Address::parse(word.trim_matches('.'))).collect()
}

/// The domain that is all a name says: `example.com`.
pub fn whole_domain(name: &str) -> Option<Domain> {
    let name = name.trim();
    let is_plain = name.contains('.') && !name.contains(char::is_whitespace);
    Domain::parse(name).filter(|domain| is_plain && suffix::registrable_domain(domain.as_str()).is_some())
}

/// Whether a name shows a domain, alone or behind an `@`: `example.jp support`.
pub fn shows_domain(name: &str, domain: &str) -> bool {
    let name = name.to_lowercase();
    name.match_indices(domain).any(|(at, _)| {
        let before = name.get(..at).and_then(|head| head.chars().next_back());
        let mut after = name.get(at + domain.len()..).unwrap_or_default().chars();
        let is_part = |character: char| character.is_ascii_alphanumeric() || character == '-';
        let goes_on = match after.next() {
            Some('.') => after.next().is_some_and(is_part),
            next => next.is_some_and(is_part),
        };
        !before.is_some_and(is_part) && !goes_on
    })
}

/// What stands before " via " in a name: who it says wrote through whom.
pub fn before_via(name: &str) -> Option<&str> {
    let end = name.to_ascii_lowercase().find(" via ")?;
    name.get(..end)
}

/// Whether a name says that somebody wrote through the very service whose address it stands beside:
/// `taro@example.jp via Example Drive`, `(via Example Drive)`.
pub fn is_through_service(name: &str, author: &Address) -> bool {
    let name = name.to_lowercase();
    let address = author.shown.to_lowercase();
    name.split_once(" via ").or_else(|| name.split_once("(via ")).is_some_and(|(_, service)| {
        service
            .split(|character: char| !character.is_alphanumeric())
            .any(|word| word.len() >= 2 && address.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_names() {
        let shown = |name| addresses(name).into_iter().map(|address| address.shown).collect::<Vec<_>>();
        assert_eq!(shown("taro@example.jp"), ["taro@example.jp"]);
        assert_eq!(shown("Taro (taro@example.jp), Tokyo"), ["taro@example.jp"]);
        assert_eq!(shown("Support\u{3010}help\u{FF20}example.com\u{3011}"), ["help@example.com"]);
        assert!(shown("Taro @ Example").is_empty());
    }

    #[test]
    fn domains_are_found_in_names() {
        assert!(shows_domain("Example.jp support", "example.jp"));
        assert!(shows_domain("mail.example.jp.", "example.jp"));
        for other in ["myexample.jp", "example.jp.net", "example.jpeg", "my-example.jp", "Example support"] {
            assert!(!shows_domain(other, "example.jp"), "{other}");
        }
        assert_eq!(whole_domain("Example.com").as_ref().map(Domain::as_str), Some("example.com"));
        assert!(whole_domain("Dr. Taro").is_none() && whole_domain("Example").is_none());
    }

    #[test]
    fn services_name_those_who_use_them() {
        let service = Address::parse("share@drive.example.com");
        let is_through = |name| service.as_ref().is_some_and(|service| is_through_service(name, service));
        assert!(is_through("taro@example.jp (via Example Drive)"));
        assert!(!is_through("taro@example.jp via PayPal"));
    }
}
