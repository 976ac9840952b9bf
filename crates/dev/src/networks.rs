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
/// Countries of autonomous systems by range.
const COUNTRIES: &str = "iptoasn-country-mmdb";
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
    let systems = arguments.packages.join(SYSTEMS);
    let countries = arguments.packages.join(COUNTRIES);
    let (version, countries_version) = (version(&systems)?, version(&countries)?);
    let v4 = ranges(&systems.join("asn-ipv4.csv"))?;
    let v6 = ranges(&systems.join("asn-ipv6.csv"))?;
    let countries = Reader::open_readfile(countries.join("iptoasn-country.mmdb")).context("reading the countries")?;

    let source = format!(
        "Route Views, NRO and DB-IP.com (CC BY 4.0) through @ip-location-db/{SYSTEMS} {version}; \
         countries: IPtoASN (PDDL 1.0) through @ip-location-db/{COUNTRIES} {countries_version}"
    );
    let table = encode(&date(&version)?, &source, &v4, &v6, &|ip| country(&countries, ip))?;
    println!("{} ranges of IPv4, {} of IPv6, {} bytes", v4.len(), v6.len(), table.len());
    let written: &'static [u8] = table.leak();
    check(Table::new(written), v4.iter().chain(&v6))?;
    fs::write(&arguments.table, written).with_context(|| format!("writing {}", arguments.table.display()))
}

/// A run of addresses announced by one autonomous system.
#[derive(Debug, Clone)]
struct Range {
    first: IpAddr,
    last: IpAddr,
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

fn country(countries: &Reader<Vec<u8>>, ip: IpAddr) -> Option<String> {
    let code: String = countries.lookup(ip).ok()?.decode_path(&path!["country_code"]).ok()??;
    // EU and AP are registries' regions, not countries.
    let real = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && code != "EU" && code != "AP";
    real.then_some(code)
}

/// Reads `first,last,number,name` rows, the name quoted where it holds a comma. A row that begins inside the one before
/// keeps only what goes beyond it.
fn ranges(path: &Path) -> Result<Vec<Range>> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut ranges: Vec<Range> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut range = range(line).with_context(|| format!("{}:{}: {line}", path.display(), number + 1))?;
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

fn range(line: &str) -> Result<Range> {
    let mut fields = line.splitn(4, ',');
    let mut field = || fields.next().context("too few fields");
    let (first, last, asn, name) = (field()?.parse()?, field()?.parse()?, field()?.parse()?, field()?);
    let name = match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => name.to_owned(),
    };
    Ok(Range { first, last, asn, name })
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

/// What the table says of one autonomous system.
#[derive(Default)]
struct System {
    name: String,
    ranges: usize,
    countries: BTreeMap<String, usize>,
}

fn encode(
    date: &str,
    source: &str,
    v4: &[Range],
    v6: &[Range],
    country: &dyn Fn(IpAddr) -> Option<String>,
) -> Result<Vec<u8>> {
    let mut systems: BTreeMap<u32, System> = BTreeMap::new();
    for range in v4.iter().chain(v6) {
        let system = systems.entry(range.asn).or_default();
        system.name = tidy(&range.name);
        system.ranges += 1;
        if let Some(code) = country(range.first) {
            *system.countries.entry(code).or_default() += 1;
        }
    }
    // The most used first: their numbers fit in two bytes, and low numbers pack better.
    let mut order: Vec<(&u32, &System)> = systems.iter().collect();
    order.sort_by_key(|(asn, system)| (Reverse(system.ranges), **asn));
    let places: BTreeMap<u32, u32> = order.iter().zip(1..).map(|((asn, _), place)| (**asn, place)).collect();

    let home = |system: &System| {
        let most = system.countries.iter().max_by_key(|(code, count)| (**count, Reverse((*code).clone())))?;
        Some(most.0.clone())
    };
    let codes: BTreeSet<String> = systems.values().filter_map(home).collect();
    let codes: Vec<String> = std::iter::once("??".to_owned()).chain(codes).collect();

    let mut rows = Vec::new();
    let mut names = Vec::new();
    let mut known: BTreeMap<&str, u32> = BTreeMap::new();
    for (asn, system) in &order {
        let name = if let Some(place) = known.get(system.name.as_str()) {
            *place
        } else {
            let place = u32::try_from(names.len())?;
            known.insert(&system.name, place);
            names.push(u8::try_from(system.name.len()).context("a name is too long")?);
            names.extend(system.name.bytes());
            place
        };
        let code = home(system).and_then(|home| codes.iter().position(|code| *code == home)).unwrap_or(0);
        rows.extend(asn.to_le_bytes());
        push_number(&mut rows, name, 3)?;
        rows.push(u8::try_from(code).context("too many countries")?);
    }
    let sections: [Vec<u8>; SECTIONS] = [
        date.as_bytes().to_vec(),
        source.as_bytes().to_vec(),
        codes.concat().into_bytes(),
        rows,
        names,
        tree(&borders(v4, &places), 32)?,
        tree(&borders(v6, &places), 128)?,
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

/// Where the owner changes: the first address and from there on the number of the system, 0 for nobody's. Begins at 0.
fn borders(ranges: &[Range], places: &BTreeMap<u32, u32>) -> Vec<(u128, u32)> {
    let mut borders: Vec<(u128, u32)> = vec![(0, 0)];
    let mut add = |at: u128, value: u32| match borders.last_mut() {
        Some(last) if last.0 == at => last.1 = value,
        Some(last) if last.1 == value => {}
        _ => borders.push((at, value)),
    };
    for (range, next) in ranges.iter().zip(ranges.iter().skip(1).map(Some).chain([None])) {
        add(bits(range.first), places.get(&range.asn).copied().unwrap_or(0));
        if let Some(after) = after(range.last)
            && next.is_none_or(|next| next.first != after)
        {
            add(bits(after), 0);
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
    let bytes = if entries.iter().all(|(_, value)| *value <= 0xFFFF) { 2 } else { 3 };
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
fn check<'a>(table: Table, ranges: impl Iterator<Item = &'a Range>) -> Result<()> {
    let mut free: Option<IpAddr> = None;
    for range in ranges {
        let half = bits(range.first) + (bits(range.last) - bits(range.first)) / 2;
        let middle = match range.first {
            IpAddr::V4(_) => Ipv4Addr::from_bits(u32::try_from(half)?).into(),
            IpAddr::V6(_) => Ipv6Addr::from_bits(half).into(),
        };
        for ip in [range.first, middle, range.last] {
            let found = table.look_up(ip).map(|network| (network.asn, network.name.to_owned()));
            // Addresses that are not public are nobody's, whatever the source says; so are IPv4 ones written as IPv6.
            let expected = is_public(ip).then(|| (range.asn, tidy(&range.name)));
            ensure!(found == expected, "{ip} gives {found:?}, should give {expected:?}");
        }
        if let Some(ip) = free.filter(|ip| *ip < range.first && ip.is_ipv4() == range.first.is_ipv4()) {
            ensure!(table.look_up(ip).is_none(), "{ip} should be nobody's");
        }
        free = after(range.last);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at once")]

    use super::*;

    fn range(first: &str, last: &str, asn: u32, name: &str) -> Range {
        Range { first: first.parse().unwrap(), last: last.parse().unwrap(), asn, name: name.to_owned() }
    }

    fn small() -> Vec<u8> {
        let v4 = [
            range("1.0.0.0", "1.0.0.255", 13335, "Cloudflare, Inc."),
            range("1.0.1.0", "1.0.1.6", 64, "Odd End Ltd"),
            range("1.0.1.7", "1.0.3.255", 65, "Odd Start Ltd"),
            range("9.0.0.0", "12.255.255.255", 66, "Broad"),
            range("223.255.255.0", "223.255.255.255", 67, "Last"),
        ];
        let v6 = [
            range("2001:200::", "2001:200:ffff:ffff:ffff:ffff:ffff:ffff", 2500, "WIDE Project"),
            range("2a00::1", "2a00::1", 68, "One Address"),
        ];
        let country = |ip: IpAddr| (ip.is_ipv6()).then(|| "JP".to_owned());
        let table = encode("2026-06-17", "a source", &v4, &v6, &country).unwrap();
        check(Table::new(table.clone().leak()), v4.iter().chain(&v6)).unwrap();
        table
    }

    #[test]
    fn a_table_says_what_its_ranges_say() {
        let table = Table::new(small().leak());
        let at = |ip: &str| table.look_up(ip.parse().unwrap()).map(|network| (network.asn, network.country));
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
    fn a_wrong_table_does_not_pass_the_check() {
        let wrong = [range("1.0.0.0", "1.0.1.0", 13335, "Cloudflare, Inc.")];
        assert!(check(Table::new(small().leak()), wrong.iter()).is_err());
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
        let row = super::range("1.0.0.0,1.0.0.255,13335,\"Cloudflare, \"\"Inc.\"\"\"").unwrap();
        assert_eq!((row.asn, row.name.as_str()), (13335, "Cloudflare, \"Inc.\""));
        assert!(super::range("1.0.0.0,1.0.0.255,13335").is_err());
        assert!(super::range("1.0.0.0,x,13335,Name").is_err());
    }

    #[test]
    fn the_date_stands_in_the_version() {
        assert_eq!(date("2.3.2026061719").unwrap(), "2026-06-17");
        assert!(date("2.3.1").is_err());
    }
}
