//! Makes the table of networks that `mekiki_knowledge::networks` embeds, from the packages pinned in `package.json`.
//! The same packages give the same bytes. Every range is looked up in the finished table before it is written.

use anyhow::{Context, Result, anyhow, ensure};
use maxminddb::{Reader, path};
use mekiki_knowledge::networks::{MAGIC, NODE, SECTIONS, Table, is_public};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fs,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    path::{Path, PathBuf},
};

/// Autonomous systems: number and name by range.
const SYSTEMS: &str = "asn";
/// Where addresses are, by range.
const PLACES: &str = "dbip-country";
/// Where autonomous systems are registered, by range.
const REGISTRIES: &str = "iptoasn-country-mmdb";
/// Longest name kept, in characters.
const LONGEST_NAME: usize = 48;

#[derive(clap::Args)]
pub struct Arguments {
    /// The folder with the packages
    #[arg(default_value = "node_modules/@ip-location-db")]
    packages: PathBuf,
    /// The table to write
    #[arg(default_value = "crates/knowledge/data/networks.bin")]
    table: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let [systems, places, registries] = [SYSTEMS, PLACES, REGISTRIES].map(|name| arguments.packages.join(name));
    let (version, places_version, registries_version) = (version(&systems)?, version(&places)?, version(&registries)?);
    let reader = Reader::open_readfile(registries.join("iptoasn-country.mmdb")).context("reading the registries")?;
    let announced = Announced {
        v4: ranges(&systems.join("asn-ipv4.csv"), system)?,
        v6: ranges(&systems.join("asn-ipv6.csv"), system)?,
        countries_v4: ranges(&places.join("dbip-country-ipv4.csv"), place)?,
        countries_v6: ranges(&places.join("dbip-country-ipv6.csv"), place)?,
        registered: &|ip| registered(&reader, ip),
    };
    let source = format!(
        "Route Views, NRO and DB-IP.com (CC BY 4.0) through @ip-location-db/{SYSTEMS} {version}; \
         countries: DB-IP.com (CC BY 4.0) through @ip-location-db/{PLACES} {places_version}; \
         countries of registration: IPtoASN (PDDL 1.0) through @ip-location-db/{REGISTRIES} {registries_version}"
    );
    // What is oldest in it.
    let date = date(&version)?.min(date(&places_version)?);
    let table = encode(&date, &source, &announced)?;
    println!("{} ranges of IPv4, {} of IPv6, {} bytes", announced.v4.len(), announced.v6.len(), table.len());
    let written: &'static [u8] = table.leak();
    check(Table::new(written), &announced)?;
    fs::write(&arguments.table, written).with_context(|| format!("writing {}", arguments.table.display()))
}

/// What the packages say.
struct Announced<'a> {
    v4: Vec<Range<System>>,
    v6: Vec<Range<System>>,
    countries_v4: Vec<Range<String>>,
    countries_v6: Vec<Range<String>>,
    /// Where the system that announces an address is registered.
    registered: &'a dyn Fn(IpAddr) -> Option<String>,
}

/// A run of addresses of which one thing is said.
#[derive(Debug, Clone)]
struct Range<T> {
    first: IpAddr,
    last: IpAddr,
    says: T,
}

/// An autonomous system.
#[derive(Debug, Clone, PartialEq, Eq)]
struct System {
    asn: u32,
    name: String,
}

fn version(package: &Path) -> Result<String> {
    let path = package.join("package.json");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {} (npm ci?)", path.display()))?;
    let package: serde_json::Value = serde_json::from_str(&text)?;
    let version = package.get("version").and_then(|version| version.as_str());
    Ok(version.with_context(|| format!("{} has no version", path.display()))?.to_owned())
}

/// The packages' versions end with the hour the data were taken: `2.3.2026061719`.
fn date(version: &str) -> Result<String> {
    let stamp = version.rsplit('.').next().unwrap_or_default();
    let parts = (stamp.get(..4), stamp.get(4..6), stamp.get(6..8));
    let (Some(year), Some(month), Some(day)) = parts else {
        return Err(anyhow!("no date in version {version}"));
    };
    Ok(format!("{year}-{month}-{day}"))
}

fn registered(registries: &Reader<Vec<u8>>, ip: IpAddr) -> Option<String> {
    let code: String = registries.lookup(ip).ok()?.decode_path(&path!["country_code"]).ok()??;
    is_country(&code).then_some(code)
}

/// EU and AP are registries' regions, not countries, and ZZ is nowhere.
fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && !["EU", "AP", "ZZ"].contains(&code)
}

/// Reads rows of `first,last,` and what is said. A row that begins inside the one before keeps only what goes beyond it.
fn ranges<T>(path: &Path, says: impl Fn(&str) -> Result<Option<T>>) -> Result<Vec<Range<T>>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut ranges: Vec<Range<T>> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let row = range(line, &says).with_context(|| format!("{}:{}: {line}", path.display(), number + 1))?;
        let Some(mut range) = row else { continue };
        if let Some(before) = ranges.last()
            && range.first <= before.last
        {
            range.first = after(before.last).context("nothing follows the last address")?;
        }
        if range.first <= range.last {
            ranges.push(range);
        }
    }
    ensure!(!ranges.is_empty(), "{} is empty", path.display());
    Ok(ranges)
}

fn range<T>(line: &str, says: impl Fn(&str) -> Result<Option<T>>) -> Result<Option<Range<T>>> {
    let mut fields = line.splitn(3, ',');
    let mut field = || fields.next().context("too few fields");
    let (first, last) = (field()?.parse()?, field()?.parse()?);
    Ok(says(field()?)?.map(|says| Range { first, last, says }))
}

/// Reads `number,name`, the name quoted where it holds a comma.
fn system(fields: &str) -> Result<Option<System>> {
    let (asn, name) = fields.split_once(',').context("too few fields")?;
    let name = match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => name.to_owned(),
    };
    Ok(Some(System { asn: asn.parse()?, name }))
}

#[expect(clippy::unnecessary_wraps, reason = "rows of countries are read like rows of systems, which can be wrong")]
fn place(code: &str) -> Result<Option<String>> {
    Ok(is_country(code).then(|| code.to_owned()))
}

fn bits(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => ip.to_bits().into(),
        IpAddr::V6(ip) => ip.to_bits(),
    }
}

fn after(ip: IpAddr) -> Option<IpAddr> {
    Some(match ip {
        IpAddr::V4(ip) => Ipv4Addr::from_bits(ip.to_bits().checked_add(1)?).into(),
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits().checked_add(1)?).into(),
    })
}

/// The name as people write it: one line, no repetition, no legal form at the end, not too long.
fn tidy(name: &str) -> String {
    let name: String = name.chars().filter(|letter| !matches!(letter, '"' | '\u{AD}' | '\u{BF}')).collect();
    let mut words: Vec<&str> = name.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
    words.retain(|word| !word.is_empty());
    let half = words.len() / 2;
    let (front, back) = words.split_at(half);
    if half > 0 && (back == front || matches!(back, [dash, again @ ..] if *dash == "-" && again == front)) {
        words.truncate(half);
    }
    while words.len() > 1 && words.last().is_some_and(|word| is_legal_form(word)) {
        words.pop();
    }
    let name: String = words.join(" ").chars().take(LONGEST_NAME).collect();
    let name = name.trim_end_matches([' ', ',', '-', '(', '&', ';']);
    // `Example,Inc.`, written without a space.
    match name.rsplit_once(',') {
        Some((before, form)) if is_legal_form(form) => before.trim_end().to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether `word` says what kind of company it is, or is the `de` left over from `SA de CV`.
fn is_legal_form(word: &str) -> bool {
    const FORMS: &str = "ab ag aps as bhd bv ca co coltd company corp corporation cv de doo eireli eirl eood epp gmbh \
        inc incorporated jsc kft kg kk lda limitada limited llc llp ltd ltda ltdame me nv oo ooo ou oy \
        oyj pjsc plc private pt pte pty pvt pvtltd sa sac sapi sarl sas sasu sdn sirketi sl spa srl sro";
    let bare: String = word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    FORMS.split(' ').any(|form| form == bare)
}

/// What is known of one autonomous system.
#[derive(Default)]
struct Known {
    name: String,
    ranges: usize,
    /// Where its ranges are said to be registered.
    registered: BTreeMap<String, usize>,
}

impl Known {
    fn home(&self) -> Option<&String> {
        self.registered.iter().max_by_key(|(code, count)| (**count, Reverse((*code).clone()))).map(|(code, _)| code)
    }
}

fn encode(date: &str, source: &str, announced: &Announced) -> Result<Vec<u8>> {
    let mut systems: BTreeMap<u32, Known> = BTreeMap::new();
    for range in announced.v4.iter().chain(&announced.v6) {
        let known = systems.entry(range.says.asn).or_default();
        known.name = tidy(&range.says.name);
        known.ranges += 1;
        if let Some(code) = (announced.registered)(range.first) {
            *known.registered.entry(code).or_default() += 1;
        }
    }
    // The most used first: their numbers fit in fewer bytes, and low numbers pack better.
    let mut order: Vec<(&u32, &Known)> = systems.iter().collect();
    order.sort_by_key(|(asn, known)| (Reverse(known.ranges), **asn));
    let numbers: BTreeMap<u32, u32> = order.iter().zip(1..).map(|((asn, _), number)| (**asn, number)).collect();

    let located = announced.countries_v4.iter().chain(&announced.countries_v6).map(|range| &range.says);
    let codes: BTreeSet<&String> = systems.values().filter_map(Known::home).chain(located).collect();
    let indices: BTreeMap<&str, u32> = codes.iter().map(|code| code.as_str()).zip(1..).collect();
    let index = |code: Option<&String>| code.and_then(|code| indices.get(code.as_str())).copied().unwrap_or(0);

    let mut rows = Vec::new();
    let mut names = Vec::new();
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    for (asn, known) in &order {
        let name = if let Some(place) = places.get(known.name.as_str()) {
            *place
        } else {
            let place = u32::try_from(names.len())?;
            places.insert(&known.name, place);
            names.push(u8::try_from(known.name.len()).context("a name is too long")?);
            names.extend(known.name.bytes());
            place
        };
        rows.extend(asn.to_le_bytes());
        push_number(&mut rows, name, 3)?;
        rows.push(u8::try_from(index(known.home())).context("too many countries")?);
    }
    let system = |system: &System| numbers.get(&system.asn).copied().unwrap_or(0);
    let country = |country: Option<&String>| index(country);
    let sections: [Vec<u8>; SECTIONS] = [
        date.as_bytes().to_vec(),
        source.as_bytes().to_vec(),
        std::iter::once("??").chain(codes.iter().map(|code| code.as_str())).collect::<String>().into_bytes(),
        rows,
        names,
        tree(&borders(&announced.v4, system), 32)?,
        tree(&borders(&announced.v6, system), 128)?,
        tree(&borders_within(&announced.v4, &announced.countries_v4, country), 32)?,
        tree(&borders_within(&announced.v6, &announced.countries_v6, country), 128)?,
    ];
    let mut table = MAGIC.to_vec();
    let mut end = MAGIC.len() + 4 * SECTIONS;
    for section in &sections {
        end += section.len();
        table.extend(u32::try_from(end)?.to_le_bytes());
    }
    table.extend(sections.concat());
    Ok(table)
}

/// Notes that `value` holds from `at` on.
fn add_border(borders: &mut Vec<(u128, u32)>, at: u128, value: u32) {
    match borders.last_mut() {
        Some(last) if last.0 == at => last.1 = value,
        Some(last) if last.1 == value => {}
        _ => borders.push((at, value)),
    }
}

/// Where what is said changes: the first address and from there on its number, 0 for nothing. Begins at 0.
fn borders<T>(ranges: &[Range<T>], number: impl Fn(&T) -> u32) -> Vec<(u128, u32)> {
    let mut borders = vec![(0, 0)];
    for (range, next) in ranges.iter().zip(ranges.iter().skip(1).map(Some).chain([None])) {
        add_border(&mut borders, bits(range.first), number(&range.says));
        if let Some(after) = after(range.last)
            && next.is_none_or(|next| next.first != after)
        {
            add_border(&mut borders, bits(after), 0);
        }
    }
    borders
}

/// The same, but only what lies within the ranges of `outer` has to be right: fewer borders.
fn borders_within<T, U>(
    outer: &[Range<U>],
    ranges: &[Range<T>],
    number: impl Fn(Option<&T>) -> u32,
) -> Vec<(u128, u32)> {
    let mut borders = vec![(0, 0)];
    let mut ranges = ranges;
    for within in outer {
        let (mut at, last) = (bits(within.first), bits(within.last));
        ranges = ranges.get(ranges.partition_point(|range| range.last < within.first)..).unwrap_or_default();
        for range in ranges.iter().take_while(|range| bits(range.first) <= last) {
            if at < bits(range.first) {
                add_border(&mut borders, at, number(None));
            }
            at = at.max(bits(range.first));
            add_border(&mut borders, at, number(Some(&range.says)));
            at = bits(range.last).saturating_add(1);
        }
        if at <= last {
            add_border(&mut borders, at, number(None));
        }
    }
    borders
}

fn tree(borders: &[(u128, u32)], width: u32) -> Result<Vec<u8>> {
    let mut out = vec![0; 4];
    let (first, inner) = borders.split_first().context("no addresses")?;
    let root = node(&mut out, 0, width, first.1, inner)?;
    for (byte, place) in out.iter_mut().zip(root.to_le_bytes()) {
        *byte = place;
    }
    Ok(out)
}

/// Writes the node for the `width` bits of addresses from `from` on, its children before it, and gives its place.
/// `value` holds at `from`, `inner` are the borders behind it.
fn node(out: &mut Vec<u8>, from: u128, width: u32, mut value: u32, mut inner: &[(u128, u32)]) -> Result<u32> {
    let step = 1_u128 << (width - 8);
    let mut entries: Vec<(u8, u32)> = Vec::new();
    let mut octet: u128 = 0;
    while let Ok(key) = u8::try_from(octet) {
        let start = from + octet * step;
        while let Some((&(at, next), rest)) = inner.split_first()
            && at <= start
        {
            (value, inner) = (next, rest);
        }
        let (inside, rest) = inner.split_at(inner.partition_point(|(at, _)| at - start < step));
        if inside.is_empty() {
            entries.push((key, value));
            octet = rest.first().map_or(256, |(at, _)| (at - from) / step);
        } else {
            entries.push((key, NODE | node(out, start, width - 8, value, inside)?));
            value = inside.last().map_or(value, |(_, last)| *last);
            inner = rest;
            octet += 1;
        }
    }
    let place = u32::try_from(out.len())?;
    ensure!(place < NODE, "the tree is too big for its places");
    let bytes = match entries.iter().map(|(_, value)| *value).max() {
        Some(..=0xFF) => 1,
        Some(..=0xFFFF) => 2,
        _ => 3,
    };
    out.push(u8::try_from(entries.len() - 1)?);
    out.push(bytes);
    out.extend(entries.iter().map(|(key, _)| *key));
    for (_, value) in entries {
        push_number(out, value, bytes.into())?;
    }
    Ok(place)
}

fn push_number(out: &mut Vec<u8>, number: u32, bytes: usize) -> Result<()> {
    let number = number.to_le_bytes();
    let (kept, cut) = number.split_at(bytes);
    ensure!(cut.iter().all(|byte| *byte == 0), "{number:?} does not fit in {bytes} bytes");
    out.extend(kept);
    Ok(())
}

/// Looks up both ends and the middle of every range, and the addresses that lie between two ranges.
fn check(table: Table, announced: &Announced) -> Result<()> {
    let mut free: Option<IpAddr> = None;
    for range in announced.v4.iter().chain(&announced.v6) {
        for ip in samples(range)? {
            let found = table.look_up(ip).map(|network| (network.asn, network.name.to_owned()));
            // Addresses that are not public are nobody's, whatever the source says; so are IPv4 ones written as IPv6.
            let expected = is_public(ip).then(|| (range.says.asn, tidy(&range.says.name)));
            ensure!(found == expected, "{ip} gives {found:?}, should give {expected:?}");
        }
        if let Some(ip) = free.filter(|ip| *ip < range.first && ip.is_ipv4() == range.first.is_ipv4()) {
            ensure!(table.look_up(ip).is_none(), "{ip} should be nobody's");
        }
        free = after(range.last);
    }
    for range in announced.countries_v4.iter().chain(&announced.countries_v6) {
        for ip in samples(range)? {
            let found = table.look_up(ip).map(|network| network.country);
            ensure!(
                found.is_none_or(|country| country == Some(range.says.as_str())),
                "{ip} gives {found:?}, should give {}",
                range.says
            );
        }
    }
    Ok(())
}

/// Both ends of a range and its middle.
fn samples<T>(range: &Range<T>) -> Result<[IpAddr; 3]> {
    let half = bits(range.first) + (bits(range.last) - bits(range.first)) / 2;
    let middle = match range.first {
        IpAddr::V4(_) => Ipv4Addr::from_bits(u32::try_from(half)?).into(),
        IpAddr::V6(_) => Ipv6Addr::from_bits(half).into(),
    };
    Ok([range.first, middle, range.last])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]

    use super::*;

    fn range(first: &str, last: &str, asn: u32, name: &str) -> Range<System> {
        Range {
            first: first.parse().unwrap(),
            last: last.parse().unwrap(),
            says: System { asn, name: name.to_owned() },
        }
    }

    fn located(first: &str, last: &str, country: &str) -> Range<String> {
        Range { first: first.parse().unwrap(), last: last.parse().unwrap(), says: country.to_owned() }
    }

    fn few() -> Announced<'static> {
        Announced {
            v4: vec![
                range("1.0.0.0", "1.0.0.255", 13335, "Cloudflare, Inc."),
                range("1.0.1.0", "1.0.1.6", 64, "Odd End Ltd"),
                range("1.0.1.7", "1.0.3.255", 65, "Odd Start Ltd"),
                range("9.0.0.0", "12.255.255.255", 66, "Broad"),
                range("223.255.255.0", "223.255.255.255", 67, "Last"),
            ],
            v6: vec![
                range("2001:200::", "2001:200:ffff:ffff:ffff:ffff:ffff:ffff", 2500, "WIDE Project"),
                range("2a00::1", "2a00::1", 68, "One Address"),
            ],
            countries_v4: vec![
                located("1.0.0.128", "1.0.1.3", "DE"),
                located("1.0.1.4", "1.0.1.9", "JP"),
                located("1.0.3.0", "9.0.0.0", "IN"),
                located("9.0.0.2", "223.255.255.255", "US"),
            ],
            countries_v6: vec![located("2001::", "2001:200:0:5::", "JP")],
            registered: &|ip| ip.is_ipv6().then(|| "JP".to_owned()),
        }
    }

    fn small() -> Vec<u8> {
        let table = encode("2026-06-17", "a source", &few()).unwrap();
        check(Table::new(table.clone().leak()), &few()).unwrap();
        table
    }

    #[test]
    fn a_table_says_what_its_ranges_say() {
        let table = Table::new(small().leak());
        let at = |ip: &str| table.look_up(ip.parse().unwrap()).map(|network| (network.asn, network.registered));
        assert_eq!(at("1.0.1.6"), Some((64, None)));
        assert_eq!(at("1.0.1.7"), Some((65, None)));
        assert_eq!(at("1.0.4.0"), None);
        assert_eq!(at("8.255.255.255"), None);
        assert_eq!(at("13.0.0.0"), None);
        assert_eq!(at("10.0.0.1"), None, "private, whatever the range says");
        assert_eq!(at("2001:200::5"), Some((2500, Some("JP"))));
        assert_eq!(at("2a00::"), None);
        assert_eq!(at("2a00::1"), Some((68, Some("JP"))));
        assert_eq!(at("2a00::2"), None);
        assert_eq!((table.date(), table.source()), ("2026-06-17", "a source"));
    }

    #[test]
    fn a_country_is_the_addresss_own() {
        let table = Table::new(small().leak());
        let at = |ip: &str| table.look_up(ip.parse().unwrap()).and_then(|network| network.country);
        for (ip, country) in [
            ("1.0.0.127", None),
            ("1.0.0.128", Some("DE")),
            ("1.0.1.3", Some("DE")),
            ("1.0.1.4", Some("JP")),
            ("1.0.1.9", Some("JP")),
            ("1.0.1.10", None),
            ("1.0.2.255", None),
            ("1.0.3.0", Some("IN")),
            ("9.0.0.0", Some("IN")),
            ("9.0.0.1", None),
            ("9.0.0.2", Some("US")),
            ("223.255.255.255", Some("US")),
            ("2001:200::", Some("JP")),
            ("2001:200:0:5::", Some("JP")),
            ("2001:200:0:5::1", None),
            ("2a00::1", None),
        ] {
            assert_eq!(at(ip), country, "{ip}");
        }
    }

    #[test]
    fn a_wrong_table_does_not_pass_the_check() {
        let table = Table::new(small().leak());
        assert!(check(table, &few()).is_ok());
        let system = Announced { v4: vec![range("1.0.0.0", "1.0.1.0", 13335, "Cloudflare, Inc.")], ..few() };
        assert!(check(table, &system).is_err());
        let country = Announced { countries_v4: vec![located("1.0.1.4", "1.0.1.9", "FR")], ..few() };
        assert!(check(table, &country).is_err());
    }

    #[test]
    fn any_damaged_byte_is_survived() {
        let table = small();
        let ips = ["1.0.1.7", "11.0.0.1", "223.255.255.9", "2001:200::5", "2a00::1", "4.4.4.4"];
        for at in 0..table.len() {
            for value in [0, 1, 2, 3, 0x7F, 0x80, 0xFF, table[at] ^ 1] {
                let mut damaged = table.clone();
                damaged[at] = value;
                let damaged = Table::new(damaged.leak());
                for ip in ips {
                    // Whatever it says, it comes back.
                    let found = damaged.look_up(ip.parse().unwrap());
                    assert!(found.is_none_or(|network| network.name.len() <= 255));
                }
                assert!(damaged.source().len() <= table.len() && damaged.date().len() <= table.len());
            }
        }
    }

    #[test]
    fn names_are_tidied() {
        for (written, tidied) in [
            ("Microsoft Corporation", "Microsoft"),
            ("Web Werks India Pvt. Ltd.", "Web Werks India"),
            ("Cloudflare, Inc.", "Cloudflare"),
            ("Enecom,Inc.", "Enecom"),
            ("GMO GlobalSign Holdings K.K.", "GMO GlobalSign Holdings"),
            ("  OVH   SAS ", "OVH"),
            ("LLC \"Example Network\"", "LLC Example Network"),
            ("Example Net - Example Net", "Example Net"),
            ("ITZBund ITZBund", "ITZBund"),
            ("DANIEL SILVA \u{AD} ME", "DANIEL SILVA"),
            ("Limited", "Limited"),
            ("University of Tokyo", "University of Tokyo"),
        ] {
            assert_eq!(tidy(written), tidied);
        }
        assert!(tidy(&"long ".repeat(40)).chars().count() <= LONGEST_NAME);
    }

    #[test]
    fn rows_are_read_with_their_quotes() {
        let row = super::range("1.0.0.0,1.0.0.255,13335,\"Cloudflare, \"\"Inc.\"\"\"", system).unwrap().unwrap();
        assert_eq!((row.says.asn, row.says.name.as_str()), (13335, "Cloudflare, \"Inc.\""));
        assert!(super::range("1.0.0.0,1.0.0.255,13335", system).is_err());
        assert!(super::range("1.0.0.0,x,13335,Name", system).is_err());
        let row = super::range("1.0.0.0,1.0.0.255,AU", place).unwrap().unwrap();
        assert_eq!(row.says, "AU");
        assert!(super::range("1.0.0.0,1.0.0.255,EU", place).unwrap().is_none());
    }

    #[test]
    fn the_date_stands_in_the_version() {
        assert_eq!(date("2.3.2026061719").unwrap(), "2026-06-17");
        assert!(date("2.3.1").is_err());
    }
}
