//! The hops that the Received fields tell of (RFC 5321 §4.4), latest first as in the message.

mod received;

use crate::{
    Address, Domain, Timestamp,
    header::{RawHeader, text},
};
use mekiki_knowledge::{hosts, networks, suffix};
use serde::Serialize;
use std::{fmt, net::IpAddr};

/// All hops and what can be believed of them.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Trail {
    /// The hops, latest first.
    pub hops: Vec<Hop>,
    /// Index in `hops` of the first outside hop: the one in which the receiving side wrote down whom it took
    /// the message from. Hops after it (earlier in time) a sender could have invented.
    pub first_outside: Option<usize>,
    /// Names of the hosts that received it on the recipient's side: the `by` of the trusted hops, latest first.
    pub receivers: Vec<Domain>,
}

impl Trail {
    /// The hop in which the receiving side took the message from outside.
    pub fn first_outside_hop(&self) -> Option<&Hop> {
        self.first_outside.and_then(|at| self.hops.get(at))
    }

    /// The earliest hop whose line the receiving side wrote for certain.
    pub fn last_own_hop(&self) -> Option<&Hop> {
        self.hops.iter().rev().find(|hop| hop.is_trusted)
    }
}

/// One Received field.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// What the connecting host called itself (HELO/EHLO).
    pub greeting: Option<Greeting>,
    /// The name the receiving host found for the connecting address, absent where it found none.
    pub reverse_name: Option<Domain>,
    /// Whether the receiving host says that the address has no name: `unknown`, `may be forged`.
    pub is_unnamed: bool,
    /// The connecting address, as the receiving host saw it.
    pub address: Option<IpAddr>,
    /// What kind of address that is.
    pub address_class: Option<AddressClass>,
    /// The receiving host.
    pub by: Option<String>,
    /// The protocol, upper-case: ESMTPS, HTTP, LMTP …
    pub with: Option<String>,
    /// Whether the connection was encrypted, so far as the field says.
    pub is_encrypted: bool,
    /// Whether the sender logged in (ESMTPA, "Authenticated sender").
    pub is_authenticated: bool,
    /// The `id`.
    pub id: Option<String>,
    /// The `for` address.
    pub for_address: Option<String>,
    /// When.
    pub time: Option<Timestamp>,
    /// Seconds since the hop before it in time; negative where the clock ran backwards.
    pub delay: Option<i64>,
    /// Whether the recipient's side wrote it.
    pub is_trusted: bool,
    /// Byte offset of the field in the message.
    pub offset: usize,
    /// The field's value as written, unfolded.
    pub raw: String,
}

/// What a host called itself in HELO or EHLO.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "camelCase")]
pub enum Greeting {
    /// A host name.
    Name(Domain),
    /// An address, bracketed or bare.
    Address(IpAddr),
    /// Something that is neither.
    Other(String),
}

impl Greeting {
    /// Whether it means no more than "this very machine".
    pub fn is_own_machine(&self) -> bool {
        match self {
            Self::Address(address) => address.is_loopback(),
            Self::Name(name) => name.as_str() == "localhost",
            Self::Other(_) => false,
        }
    }
}

/// Address kinds that tell apart the outside from the inside (RFC 6890 registries).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressClass {
    /// Reachable from anywhere.
    Public,
    /// RFC 1918, RFC 4193.
    Private,
    /// 127.0.0.0/8, `::1`.
    Loopback,
    /// 169.254.0.0/16, fe80::/10.
    LinkLocal,
    /// 100.64.0.0/10 (RFC 6598).
    Shared,
    /// Documentation, benchmarking, multicast, reserved.
    Reserved,
}

impl fmt::Display for Greeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => name.fmt(f),
            Self::Address(address) => address.fmt(f),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl AddressClass {
    /// The class of an address: what is not public (see [`networks::is_public`]), by its kind. An IPv4-mapped address
    /// counts as the IPv4 address in it.
    pub fn of(address: IpAddr) -> Self {
        let address = address.to_canonical();
        if networks::is_public(address) {
            return Self::Public;
        }
        let (is_private, is_link_local, is_shared) = match address {
            IpAddr::V4(v4) => {
                let [first, second, ..] = v4.octets();
                (v4.is_private(), v4.is_link_local(), first == 100 && (64..128).contains(&second))
            }
            IpAddr::V6(v6) => (v6.is_unique_local(), v6.is_unicast_link_local(), false),
        };
        match (address.is_loopback(), is_private, is_link_local, is_shared) {
            (true, ..) => Self::Loopback,
            (_, true, ..) => Self::Private,
            (_, _, true, _) => Self::LinkLocal,
            (.., true) => Self::Shared,
            _ => Self::Reserved,
        }
    }
}

/// Most hops that are read.
const MOST: usize = 200;

/// Reads the trail.
///
/// Each host writes its line above those it found, so the recipient's side can be followed from the top: hops by
/// hosts that took the message from one of their own. The first that took it from an address out on the net is the
/// first outside hop; what stands below it could have been invented by whoever connected there.
pub(crate) fn read(header: &RawHeader) -> Trail {
    let mut hops: Vec<Hop> = header
        .all("Received")
        .take(MOST)
        .map(|field| Hop { offset: field.offset, ..received::read(&text(&field.value)) })
        .collect();
    let times: Vec<Option<i64>> = hops.iter().map(|hop| hop.time.map(|time| time.seconds)).collect();
    for (at, hop) in hops.iter_mut().enumerate() {
        let before = times.iter().skip(at + 1).find_map(|time| *time);
        hop.delay = hop.time.zip(before).map(|(time, before)| time.seconds - before);
    }
    let first_outside = (0..hops.len()).find(|at| {
        hops.split_at_checked(*at).is_some_and(|(later, rest)| {
            rest.split_first().is_some_and(|(hop, earlier)| is_handover(hop, later, earlier.first()))
        })
    });
    let trusted = first_outside.map_or(hops.len(), |at| at + 1);
    for hop in hops.iter_mut().take(trusted) {
        hop.is_trusted = true;
    }
    let receivers = hops.iter().take(trusted).filter_map(|hop| hop.by.as_deref().and_then(Domain::parse)).collect();
    Trail { hops, first_outside, receivers }
}

/// Whether the hop took the message from a host out on the net that is not of its own side. `later` are the hops of
/// that side above it, `earlier` is the line below it.
fn is_handover(hop: &Hop, later: &[Hop], earlier: Option<&Hop>) -> bool {
    // Addresses that are kept for examples stand for those out on the net: no network uses them inside.
    if !matches!(hop.address_class, Some(AddressClass::Public | AddressClass::Reserved)) {
        return hop.address.is_none() && is_named_stranger(hop)
            || earlier.is_some_and(|earlier| !is_of_side(earlier, hop, later));
    }
    is_front_door(hop) || !is_own_relay(hop) && !is_next_to_own_relay(hop, later)
}

/// Whether a line that stands below `hop`, which took the message from a private address or did not say from where, can
/// be of the same side: its host is of an organisation that is seen above it, or is the very one that connected, by the
/// name its address has. A host behind a translated address sees private addresses of strangers too: their lines are
/// written by somebody else. A name that nobody can register tells nothing of whose it is; then the greeting is taken.
fn is_of_side(earlier: &Hop, hop: &Hop, later: &[Hop]) -> bool {
    let Some(host) = registrable(earlier) else { return true };
    let is_aligned = |name: &Domain| name.is_aligned_with(&host);
    if hop.reverse_name.as_ref().is_some_and(|name| !hop.is_unnamed && is_aligned(name)) {
        return true;
    }
    // A host that takes mail from itself does so from its loopback address, or from a filter that greets in its name.
    if hop.by == earlier.by && hop.address_class != Some(AddressClass::Loopback) {
        return match &hop.greeting {
            Some(Greeting::Name(greeting)) => {
                is_aligned(greeting) || suffix::registrable_domain(greeting.as_str()).is_none()
            }
            _ => true,
        };
    }
    let mut side = later.iter().chain(std::iter::once(hop)).filter_map(registrable).peekable();
    if side.peek().is_none() {
        return matches!(&hop.greeting, Some(Greeting::Name(greeting)) if is_aligned(greeting))
            || hop.greeting.is_none();
    }
    side.any(|own| is_aligned(&own))
}

/// The name of a hop's host, where it is one that can be registered.
fn registrable(hop: &Hop) -> Option<Domain> {
    let name = hop.by.as_deref().and_then(Domain::parse)?;
    let is_private = PRIVATE_SUFFIXES.iter().any(|suffix| name.as_str().ends_with(suffix));
    (!is_private && suffix::registrable_domain(name.as_str()).is_some()).then_some(name)
}

/// Ends of names inside a network (RFC 6761, RFC 6762, RFC 8375, ICANN's `.internal`, and what is written otherwise).
const PRIVATE_SUFFIXES: &[&str] = &[
    ".internal",
    ".local",
    ".localdomain",
    ".localhost",
    ".lan",
    ".corp",
    ".home",
    ".home.arpa",
    ".intranet",
    ".private",
];

/// Whether a hop is the way in of a host so large that mail comes to it from its own customers.
fn is_front_door(hop: &Hop) -> bool {
    let Some(by) = hop.by.as_deref().and_then(Domain::parse) else { return false };
    let Some(Greeting::Name(greeting)) = &hop.greeting else { return false };
    hosts::is_front_door(by.as_str(), greeting.as_str())
}

/// A host that wrote down no address, but a name of somebody else's.
fn is_named_stranger(hop: &Hop) -> bool {
    let (Some(Greeting::Name(from)), Some(by)) = (&hop.greeting, hop.by.as_deref().and_then(Domain::parse)) else {
        return false;
    };
    suffix::registrable_domain(from.as_str()).is_some() && !from.is_aligned_with(&by)
}

/// Whether the host that connected is of the same side as the one that received: by the name its address has, or by
/// its greeting where the address is in that side's own network.
fn is_own_relay(hop: &Hop) -> bool {
    let Some(by) = hop.by.as_deref().and_then(Domain::parse) else { return false };
    let side = by.organisational();
    if let Some(name) = &hop.reverse_name {
        return !hop.is_unnamed && name.organisational() == side;
    }
    let Some(Greeting::Name(greeting)) = &hop.greeting else { return false };
    let Some(own) = hosts::relaying_network(side, greeting.organisational()) else { return false };
    // Much of that network's inside is announced to nobody: an address there cannot be a stranger's.
    hop.address.and_then(networks::look_up).is_none_or(|network| network.asn == own)
}

/// Whether a filter of the side took the message from a host of its own, without writing down the name its address has
/// (Xserver's virus gateway): a host that greets in the side's name, next door to an address proven to be the side's.
fn is_next_to_own_relay(hop: &Hop, later: &[Hop]) -> bool {
    let (Some(Greeting::Name(greeting)), Some(by)) = (&hop.greeting, hop.by.as_deref().and_then(Domain::parse)) else {
        return false;
    };
    hop.reverse_name.is_none()
        && !hop.is_unnamed
        && greeting.is_aligned_with(&by)
        && later.iter().any(|proven| {
            is_own_relay(proven)
                && proven.reverse_name.as_ref().is_some_and(|name| name.is_aligned_with(&by))
                && proven.address.zip(hop.address).is_some_and(|(one, other)| are_neighbours(one, other))
        })
}

/// Whether two addresses are in one /24, or one /64.
fn are_neighbours(one: IpAddr, other: IpAddr) -> bool {
    match (one, other) {
        (IpAddr::V4(one), IpAddr::V4(other)) => one.octets().iter().take(3).eq(other.octets().iter().take(3)),
        (IpAddr::V6(one), IpAddr::V6(other)) => one.octets().iter().take(8).eq(other.octets().iter().take(8)),
        _ => false,
    }
}

impl Trail {
    /// Whether a `for` address or a receiving host belongs to the organisational domain of `address`.
    pub fn serves(&self, address: &Address) -> bool {
        let Some(domain) = &address.domain else { return false };
        self.receivers.iter().any(|receiver| receiver.is_aligned_with(domain))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn trail(fields: &[&str]) -> Trail {
        let raw: String = fields.iter().map(|field| format!("Received: {field}\r\n")).collect();
        read(&crate::header::read(format!("{raw}\r\n").as_bytes()))
    }

    #[test]
    fn special_addresses_are_those_of_the_table_of_networks() {
        for (address, class) in [
            ("127.0.0.1", AddressClass::Loopback),
            ("10.0.0.1", AddressClass::Private),
            ("::ffff:10.0.0.1", AddressClass::Private),
            ("fd00::1", AddressClass::Private),
            ("169.254.0.1", AddressClass::LinkLocal),
            ("fe80::1", AddressClass::LinkLocal),
            ("100.64.0.1", AddressClass::Shared),
            ("192.0.0.1", AddressClass::Reserved),
            ("192.0.2.1", AddressClass::Reserved),
            ("224.0.0.1", AddressClass::Reserved),
            ("2001:db8::1", AddressClass::Reserved),
            ("3fff:fff::1", AddressClass::Reserved),
            ("192.0.1.1", AddressClass::Public),
            ("3fff:1000::1", AddressClass::Public),
        ] {
            assert_eq!(AddressClass::of(address.parse().unwrap()), class, "{address}");
        }
    }

    #[test]
    fn the_first_outside_hop_is_found_behind_the_receivers_own() {
        let trail = trail(&[
            "from mx1.example.jp (localhost [127.0.0.1]) by mail.example.jp (Postfix) with ESMTP id 2; Sun, 11 Jun 2023 14:32:09 +0900",
            "from [127.0.0.1] (unknown [20.210.172.29]) by mx1.example.jp (Postfix) with ESMTP id 1; Sun, 11 Jun 2023 14:32:08 +0900",
            "from invented.example.com (invented.example.com [8.8.8.8]) by other.example.com with ESMTP; Sun, 11 Jun 2023 14:32:07 +0900",
        ]);
        assert_eq!(trail.first_outside, Some(1));
        assert_eq!(trail.hops.iter().map(|hop| hop.is_trusted).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!(trail.hops.first().unwrap().delay, Some(1));
        assert_eq!(trail.hops.last().unwrap().delay, None);
    }

    #[test]
    fn relays_inside_a_large_host_are_its_own() {
        let trail = trail(&[
            "from AM0PR01.eurprd01.prod.outlook.com (2603:10a6:208::1) by DB7PR01.eurprd01.prod.outlook.com with HTTPS; Tue, 3 Sep 2024 01:15:03 +0000",
            "from VE1EUR01FT033.eop-EUR01.prod.protection.outlook.com (2603:10a6:800:5:cafe::d2) by AM0PR01.outlook.office365.com (2603:10a6:208::1) with Microsoft SMTP Server; Tue, 3 Sep 2024 01:15:02 +0000",
            "from mail.example.net (133.242.0.3) by VE1EUR01FT033.mail.protection.outlook.com (10.152.2.84) with Microsoft SMTP Server; Tue, 3 Sep 2024 01:15:01 +0000",
        ]);
        assert_eq!(
            trail.first_outside_hop().and_then(|hop| hop.address).map(|ip| ip.to_string()),
            Some("133.242.0.3".to_owned())
        );
    }

    #[test]
    fn a_filter_next_door_is_the_receivers_own() {
        let own = "from virusgw7004.xserver.jp (virusgw7004.xserver.jp [183.90.241.243]) by sv7634.xserver.jp (Postfix) with ESMTP id 2; Tue, 3 Sep 2024 10:15:02 +0900";
        let near = "from sv7634.xserver.jp (183.90.241.155) by virusgw7004.xserver.jp (F-Secure/fsigk_smtp/521/virusgw7004.xserver.jp); Tue, 3 Sep 2024 10:15:01 +0900";
        let far = near.replace("183.90.241.155", "133.242.0.9");
        let outside = "from mail.example.net (mail.example.net [133.242.0.3]) by sv7634.xserver.jp (Postfix) with ESMTPS id 1; Tue, 3 Sep 2024 10:15:00 +0900";
        assert_eq!(trail(&[own, near, outside]).first_outside, Some(2));
        assert_eq!(trail(&[own, &far, outside]).first_outside, Some(1));
        assert_eq!(trail(&[near, outside]).first_outside, Some(0));
    }

    #[test]
    fn a_private_peer_is_a_stranger_where_the_lines_below_are_not_of_the_side() {
        let behind_translation = "from mail.example.net (unknown [172.22.1.1]) by mx.example.jp (Postfix) with ESMTPS id 2; Tue, 3 Sep 2024 10:15:02 +0900";
        let foreign = "from mx.example.com (mx.example.com [133.242.0.3]) by relay.example.net with ESMTPS id 1; Tue, 3 Sep 2024 10:15:01 +0900";
        assert_eq!(trail(&[behind_translation, foreign]).first_outside, Some(0));
        // One machine of the own side behind another; nothing else below; a filter that greets by its registered name.
        let own = foreign.replace("relay.example.net", "gate.example.jp");
        assert_eq!(trail(&[behind_translation, &own]).first_outside, Some(1));
        assert_eq!(trail(&[behind_translation]).first_outside, None);
        let inside = "from relay.example.net (10.1.2.9) by EXCH01.corp.local (10.1.2.3) with Microsoft SMTP Server; Tue, 3 Sep 2024 10:15:02 +0900";
        assert_eq!(trail(&[inside, foreign]).first_outside, Some(1));
    }

    #[test]
    fn customers_of_the_receivers_own_host_come_from_outside() {
        for (own, outside) in [
            (
                "from VE1EUR01FT021.eop-EUR01.prod.protection.outlook.com (2603:10a6:910:46:cafe::7e) by ZR2P278CA0025.outlook.office365.com (2603:10a6:910:46::15) with Microsoft SMTP Server",
                "from EUR02-DB5-obe.outbound.protection.outlook.com (40.92.50.86) by VE1EUR01FT021.mail.protection.outlook.com (10.152.2.223) with Microsoft SMTP Server",
            ),
            (
                "by 10.152.28.6 with SMTP id x6csp3014333lag; Wed, 10 Jun 2015 19:05:37 -0700 (PDT)",
                "from mail-sor-f69.google.com (mail-sor-f69.google.com. [209.85.220.69]) by mx.google.com with SMTPS id s18",
            ),
        ] {
            assert_eq!(trail(&[own, outside]).first_outside, Some(1), "{outside}");
        }
    }

    #[test]
    fn a_greeting_in_the_receivers_name_is_not_believed() {
        let trail = trail(&[
            "from mail.protection.outlook.com (133.242.0.3) by VE1EUR01FT033.mail.protection.outlook.com (10.152.2.84) with Microsoft SMTP Server; Tue, 3 Sep 2024 01:15:01 +0000",
        ]);
        assert_eq!(trail.first_outside, Some(0));
    }
}
