//! Whose network an address belongs to, by the autonomous system that announces it, and in which country it is.
//!
//! The table is embedded and read in place: nothing is parsed at start, a look-up follows at most one node an octet in
//! each of two trees.
//! `cargo run -p mekiki-dev -- networks` makes it; where its facts come from stands in `docs/data-sources.md`.
//!
//! # Format
//! All numbers are little-endian. Four bytes of magic, then the ends of the nine sections that follow the header, as
//! `u32` offsets from the beginning of the file:
//!
//! 1. date of the data, `YYYY-MM-DD`; 2. its source and licence, one line; 3. country codes, two letters each, the first
//!    of which is the placeholder for "not known";
//! 4. systems, 8 bytes each: number `u32`, place of the name `u24`, index of the country `u8` it is registered in;
//! 5. names, each a length `u8` and that many bytes of UTF-8;
//! 6. the systems of IPv4 addresses, 7. of IPv6 addresses: trees with numbers of systems counted from 1, 0 for nobody's;
//! 8. the countries of IPv4 addresses, 9. of IPv6 addresses: trees with indices of countries. Of addresses that nobody
//!    announces they may say anything.
//!
//! A tree begins with the `u32` place of its root. A node decides one octet: number of entries less one `u8`, bytes a
//! value `u8` (1 to 3), then the octets from which each entry holds (ascending, the first 0), then their values: what
//! the tree tells, or, with the top bit of three bytes set, the place of the node for the next octet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

static EMBEDDED: &[u8] = include_bytes!("../data/networks.bin");

/// The first bytes of a table: changes with the format.
pub const MAGIC: &[u8; 4] = b"MkN2";
/// Marks, in a value of three bytes, the place of a further node.
pub const NODE: u32 = 0x80_0000;

const DATE: usize = 0;
const SOURCE: usize = 1;
const COUNTRIES: usize = 2;
const SYSTEMS: usize = 3;
const NAMES: usize = 4;
/// Systems, then countries, of IPv4 addresses.
const V4: (usize, usize) = (5, 7);
/// The same of IPv6 addresses.
const V6: (usize, usize) = (6, 8);
/// How many sections follow the header.
pub const SECTIONS: usize = 9;

/// The network that announces an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Autonomous system number.
    pub asn: u32,
    /// Name of the organisation that runs it, without its legal form, at most 48 characters: `Microsoft`.
    pub name: &'static str,
    /// In which country the address is used, so far as can be told from outside (ISO 3166-1 alpha-2): a cloud's
    /// servers in Osaka are in Japan.
    pub country: Option<&'static str>,
    /// In which country the autonomous system is registered: the cloud's own.
    pub registered: Option<&'static str>,
}

impl Network {
    /// The country the address is in, where that is neither `home` nor the country of whoever runs the network: a home
    /// company's machine abroad is no stranger's, nor is a foreign company's machine at home.
    pub fn country_abroad(&self, home: &str) -> Option<&'static str> {
        self.country.filter(|country| *country != home && self.registered != Some(home))
    }
}

/// The network of `ip`, or `None` for an address that nobody announces or that is not public. An IPv4 address written
/// as IPv6 (`::ffff:192.0.2.1`) is looked up as IPv4.
pub fn look_up(ip: IpAddr) -> Option<Network> {
    Table::EMBEDDED.look_up(ip)
}

/// The day the table's data are from, `YYYY-MM-DD`.
pub fn date() -> &'static str {
    Table::EMBEDDED.date()
}

/// Whether `ip` is of the public Internet: not private, local, reserved, for documentation or multicast (the IANA
/// special-purpose address registries; of IPv6, only `2000::/3` is given out).
pub fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    let reserved = match first {
        0 | 240.. => true,
        100 => second & 0xC0 == 64,
        192 => second == 0 && third == 0,
        198 => second & 0xFE == 18,
        _ => false,
    };
    !(reserved
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let documentation = (first == 0x2001 && second == 0xDB8) || (first == 0x3FFF && second < 0x1000);
    first & 0xE000 == 0x2000 && !documentation
}

/// A table in the format above. Damaged bytes give `None`, never a panic.
#[derive(Debug, Clone, Copy)]
pub struct Table(&'static [u8]);

impl Table {
    const EMBEDDED: Self = Self(EMBEDDED);

    /// Reads `bytes` as a table; nothing is checked before it is needed.
    pub const fn new(bytes: &'static [u8]) -> Self {
        Self(bytes)
    }

    /// As [`look_up`], in this table.
    pub fn look_up(self, ip: IpAddr) -> Option<Network> {
        let ip = ip.to_canonical();
        if !is_public(ip) {
            return None;
        }
        match ip {
            IpAddr::V4(ip) => self.network(V4, &ip.octets()),
            IpAddr::V6(ip) => self.network(V6, &ip.octets()),
        }
    }

    /// As [`date`], of this table; empty if it is damaged.
    pub fn date(self) -> &'static str {
        self.text(DATE)
    }

    /// Where its data come from, with versions and licences, in one line; empty if it is damaged.
    pub fn source(self) -> &'static str {
        self.text(SOURCE)
    }

    fn text(self, section: usize) -> &'static str {
        self.section(section).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    fn section(self, number: usize) -> Option<&'static [u8]> {
        let header = MAGIC.len() + 4 * SECTIONS;
        if !self.0.starts_with(MAGIC) {
            return None;
        }
        let end = |number: usize| Some(number_at::<4>(self.0, MAGIC.len() + 4 * number)? as usize);
        let from = match number.checked_sub(1) {
            Some(before) => end(before)?,
            None => header,
        };
        self.0.get(from..end(number)?)
    }

    fn network(self, (systems, countries): (usize, usize), octets: &[u8]) -> Option<Network> {
        let system = find(self.section(systems)?, octets)? as usize;
        let at = system.checked_sub(1)?.checked_mul(8)?;
        let row = self.section(SYSTEMS)?.get(at..)?.first_chunk::<8>()?;
        let name = self.section(NAMES)?.get(number_at::<3>(row, 4)? as usize..)?;
        let (length, name) = name.split_first()?;
        Some(Network {
            asn: number_at::<4>(row, 0)?,
            name: std::str::from_utf8(name.get(..usize::from(*length))?).ok()?,
            country: self.country(find(self.section(countries)?, octets)?),
            registered: self.country(u32::from(*row.last()?)),
        })
    }

    fn country(self, index: u32) -> Option<&'static str> {
        let at = (index as usize).checked_mul(2).filter(|at| *at > 0)?;
        std::str::from_utf8(self.section(COUNTRIES)?.get(at..at + 2)?).ok()
    }
}

/// What `tree` tells of `octets`.
fn find(tree: &[u8], octets: &[u8]) -> Option<u32> {
    let mut at = number_at::<4>(tree, 0)? as usize;
    for octet in octets {
        let [last, width] = *tree.get(at..)?.first_chunk::<2>()?;
        let keys = at + 2;
        let values = keys + usize::from(last) + 1;
        let entry = tree.get(keys..values)?.partition_point(|key| key <= octet).checked_sub(1)?;
        let value = match width {
            1 => u32::from(*tree.get(values + entry)?),
            2 => number_at::<2>(tree, values + 2 * entry)?,
            _ => number_at::<3>(tree, values + 3 * entry)?,
        };
        if value & NODE == 0 {
            return Some(value);
        }
        at = (value & !NODE) as usize;
    }
    None
}

/// The little-endian number of `N` bytes (at most four) at `at`.
fn number_at<const N: usize>(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk::<N>()?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may stop at once")]

    use super::*;

    fn network(ip: &str) -> Option<Network> {
        look_up(ip.parse().expect("an address"))
    }

    #[test]
    fn names_the_network_of_well_known_addresses() {
        for (ip, asn, name, country, registered) in [
            // A cloud's region in Osaka.
            ("20.210.172.29", 8075, "Microsoft", "JP", "US"),
            ("103.251.94.111", 133_296, "Web Werks", "IN", "IN"),
            ("8.8.8.8", 15169, "Google", "US", "US"),
            ("133.242.0.3", 7684, "SAKURA", "JP", "JP"),
            ("2406:da14::1", 16509, "Amazon", "JP", "US"),
            ("2001:200:dff:fff1:216:3eff:feb1:44d7", 2500, "WIDE", "JP", "JP"),
        ] {
            let found = network(ip).expect(ip);
            assert_eq!(found.asn, asn, "{ip}");
            assert!(found.name.contains(name), "{ip}: {}", found.name);
            assert_eq!((found.country, found.registered), (Some(country), Some(registered)), "{ip}");
        }
    }

    #[test]
    fn abroad_is_neither_the_address_nor_the_company_at_home() {
        let osaka = network("20.210.172.29").expect("announced");
        assert_eq!(osaka.country_abroad("JP"), None);
        assert_eq!(osaka.country_abroad("US"), None);
        assert_eq!(osaka.country_abroad("DE"), Some("JP"));
    }

    #[test]
    fn says_nothing_of_addresses_that_are_not_public() {
        for ip in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.1.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.0.1",
            "198.19.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "3fff:fff::1",
        ] {
            assert_eq!(network(ip), None, "{ip}");
        }
        for ip in ["100.128.0.1", "172.32.0.1", "192.0.1.1", "198.20.0.1", "11.0.0.1", "2001:db9::", "3fff:1000::"] {
            assert!(is_public(ip.parse().expect("an address")), "{ip}");
        }
    }

    #[test]
    fn reads_an_ipv4_address_in_ipv6_clothes_as_ipv4() {
        assert_eq!(network("::ffff:20.210.172.29"), network("20.210.172.29"));
        assert!(network("::ffff:20.210.172.29").is_some());
    }

    #[test]
    fn tells_neighbours_apart_at_the_border() {
        // Cloudflare announces 1.0.0.0/24 and 1.1.1.0/24; what lies just before and after is not its own.
        assert_eq!(network("1.0.0.0").map(|network| network.asn), Some(13335));
        assert_eq!(network("1.0.0.255").map(|network| network.asn), Some(13335));
        assert_ne!(network("1.0.1.0").map(|network| network.asn), Some(13335));
        assert_eq!(network("1.1.1.0").map(|network| network.asn), Some(13335));
        assert_ne!(network("1.1.2.0").map(|network| network.asn), Some(13335));
    }

    #[test]
    fn knows_its_date_and_source() {
        assert!(date().len() == 10 && date().starts_with("20"), "{}", date());
        let source = Table::EMBEDDED.source();
        assert!(source.contains("CC BY 4.0") && source.contains("PDDL"), "{source}");
    }

    #[test]
    fn a_table_cut_short_anywhere_says_nothing_and_survives() {
        let ip = "20.210.172.29".parse().expect("an address");
        let whole = Table::EMBEDDED.look_up(ip);
        let header = (0..64).chain((0..200).map(|part| EMBEDDED.len() / 200 * part));
        for length in header {
            let cut = Table::new(EMBEDDED.get(..length).expect("shorter"));
            let found = cut.look_up(ip);
            assert!(found.is_none() || found == whole, "{length} bytes");
            assert!(cut.date().is_empty() || cut.date() == date());
        }
        assert_eq!(Table::new(b"").look_up(ip), None);
        assert_eq!(Table::new(b"MkN2").source(), "");
    }
}
