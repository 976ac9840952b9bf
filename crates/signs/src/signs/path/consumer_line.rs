use mekiki_facts::{AddressClass, Domain, Greeting, Hop};
use mekiki_knowledge::domains;
use std::net::{IpAddr, Ipv4Addr};

use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// A line at home, a rented machine without a name of its own, or an anonymising exit sent it.
    ///
    /// # What it looks for
    ///
    /// The name of the host that handed the message to the receiving side: one made of its own address, as providers
    /// give to all their lines and rented machines (p1-2-3-4.dynamic.example.net, 192-0-2-1.ip.example.com), or one
    /// with words for such (dsl, dynamic, vps, tor-exit).
    ///
    /// # Why it matters
    ///
    /// Whoever sends mail in earnest gives his server a name. Forgers rent a machine for a day, or use somebody's
    /// infected one, and send with the name it has.
    ///
    /// # When it is wrong
    ///
    /// Small servers at home and on rented machines: a message for which the author's own domain vouches, or whose host
    /// greets by it, is let pass unless it speaks for a brand that does not vouch for it. So are people who hand in
    /// their mail from home with a password, the reader's own relays, delivery services, hosts that greet by a better
    /// name of the same provider, and names with a word for mail in them.
    id: "path.consumer-line",
    evidence: [Domain, Ip],
    banner: [Sender 44],
    exempt: [List, Inside, OwnRelay],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let hop = case.first_outside()?;
    let Some(IpAddr::V4(ip)) = hop.address.filter(|_| hop.address_class == Some(AddressClass::Public)) else {
        return None;
    };
    let name = host_name(hop).filter(|name| is_of_a_line(name.as_str(), ip))?;
    let has_own_name = greeting(hop).is_some_and(|own| own.is_aligned_with(name) && !is_of_a_line(own.as_str(), ip));
    if has_own_name || is_sender_known(case, hop) {
        return None;
    }
    Some(Evidence::of(Detail::Domain, name.as_str()).and(Detail::Ip, ip.to_string()))
}

/// The name of the address, or else the one the host gave itself.
fn host_name(hop: &Hop) -> Option<&Domain> {
    hop.reverse_name.as_ref().or_else(|| greeting(hop))
}

fn greeting(hop: &Hop) -> Option<&Domain> {
    match &hop.greeting {
        Some(Greeting::Name(name)) => Some(name),
        _ => None,
    }
}

/// Whether the author's own domain stands for the host or the message, and no brand is spoken for without its word.
fn is_sender_known(case: &Case, hop: &Hop) -> bool {
    let is_unproven = case.claimed().is_some_and(|brand| !case.is_plausibly_from(brand));
    let greets_as_author = || {
        greeting(hop)
            .zip(case.facts.identity.author_domain())
            .is_some_and(|(name, author)| name.is_aligned_with(author))
    };
    !is_unproven && (case.is_author_vouched() || case.is_author_vouched_unproven() || greets_as_author())
}

/// Parts of host names that stand for lines and rented machines.
const LINES: &[&str] = &[
    "adsl",
    "broadband",
    "cable",
    "cpe",
    "dhcp",
    "dialup",
    "dsl",
    "dyn",
    "dynamic",
    "dynamicip",
    "dynip",
    "fiber",
    "ftth",
    "kvm",
    "pool",
    "ppp",
    "pppoe",
    "res",
    "residential",
    "torexit",
    "vds",
    "vdsl",
    "vps",
    "xdsl",
];

/// Parts of host names that stand for mail.
const MAIL: &[&str] = &["bounce", "mail", "mta", "news", "outbound", "relay", "send", "smtp"];

/// Whether a host's name is that of a line or rented machine.
fn is_of_a_line(name: &str, ip: Ipv4Addr) -> bool {
    let is_for_mail = MAIL.iter().any(|part| name.contains(part)) || name.starts_with("mx");
    if is_for_mail || domains::delivery_service(name).is_some() {
        return false;
    }
    let has_word = name.split('.').any(|label| {
        LINES.contains(&label)
            || label.starts_with("tor-exit")
            || label.split('-').any(|part| LINES.contains(&part.trim_end_matches(|c: char| c.is_ascii_digit())))
    });
    has_word || is_made_of(name, ip)
}

/// Whether an address is written in a name: its four numbers in either order, or its eight hexadecimal digits.
fn is_made_of(name: &str, ip: Ipv4Addr) -> bool {
    let [a, b, c, d] = ip.octets();
    let is_padded = name.contains(&format!("{a:03}{b:03}{c:03}{d:03}"));
    let is_hexadecimal = name.contains(&format!("{a:02x}{b:02x}{c:02x}{d:02x}"));
    let numbers: Vec<u8> = name
        .split(|character: char| !character.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse().unwrap_or_default())
        .collect();
    is_padded || is_hexadecimal || numbers.windows(4).any(|four| four == [a, b, c, d] || four == [d, c, b, a])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_lines_are_told_from_names_of_servers() {
        let ip = Ipv4Addr::new(192, 0, 2, 17);
        for name in [
            "ip192-0-2-17.cloudhost.example",
            "17.2.0.192.static.example.net",
            "line192000002017.example.jp",
            "c0000211.virtua.example.com",
            "p4fd0.dip.dynamic.example.de",
            "vps-56e061e0.vps.example.net",
            "tor-exit.example.org",
        ] {
            assert!(is_of_a_line(name, ip), "{name}");
        }
        for name in [
            "mail.example.jp",
            "mta-192-0-2-17.example.com",
            "o192-0-2-17.outbound.example.com",
            "www17.example.jp",
            "a2-17.example.com",
            "sv2017.example.jp",
            "respond.example.com",
        ] {
            assert!(!is_of_a_line(name, ip), "{name}");
        }
    }
}
