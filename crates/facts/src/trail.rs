//! The hops that the Received fields tell of (RFC 5321 §4.4), latest first as in the message.

use crate::{Domain, Timestamp};
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
    /// The class of an address (IANA special-purpose registries, RFC 6890). An IPv4-mapped address counts as the
    /// IPv4 address in it.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => {
                let [a, b, ..] = v4.octets();
                if v4.is_loopback() {
                    Self::Loopback
                } else if v4.is_private() {
                    Self::Private
                } else if v4.is_link_local() {
                    Self::LinkLocal
                } else if a == 100 && (64..128).contains(&b) {
                    Self::Shared
                } else if a == 0 || a >= 224 || v4.is_documentation() || (a == 198 && matches!(b, 18 | 19)) {
                    Self::Reserved
                } else {
                    Self::Public
                }
            }
            IpAddr::V6(v6) => {
                let [first, second, ..] = v6.segments();
                if v6.is_loopback() {
                    Self::Loopback
                } else if v6.is_unique_local() {
                    Self::Private
                } else if v6.is_unicast_link_local() {
                    Self::LinkLocal
                } else if first & 0xE000 != 0x2000 || (first == 0x2001 && second == 0xDB8) {
                    Self::Reserved
                } else {
                    Self::Public
                }
            }
        }
    }
}
