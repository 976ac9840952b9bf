//! The directory of brands: who they are, what is theirs, and where a text names them.
//! One file each in `data/brands`, compiled in; where its facts come from stands in the file alone. Whether a message speaks for a brand that it
//! names is not decided here.

mod alike;
mod own;

pub use own::Own;

use alike::Look;

use std::{ops::Range, sync::LazyLock};

use crate::endings::Endings;
use crate::fold::{Folded, words};
use crate::phrase::{Row, SPELT, Spelling, Table, begins_name, end_of_name};
use crate::suffix;

include!(concat!(env!("OUT_DIR"), "/brands.rs"));

/// The brands, by id.
static BRANDS: LazyLock<Vec<Brand<'static>>> =
    LazyLock::new(|| (0..).zip(DIRECTORY.split('\n')).map(|(index, line)| Brand::of_line(index, line)).collect());

/// The brands by domain; of several that list it the head of the group first.
static DOMAINS: LazyLock<Endings> = LazyLock::new(|| {
    let (heads, members): (Vec<&Brand<'_>>, Vec<&Brand<'_>>) =
        BRANDS.iter().partition(|brand| brand.head == brand.index);
    Endings::new(
        heads
            .into_iter()
            .chain(members)
            .flat_map(|brand| brand.domains.iter().chain(&brand.freemail).map(|domain| (*domain, brand.index))),
    )
});

/// A brand: a company, an authority or a service that people know and forgers speak for.
#[derive(Debug)]
pub struct Brand<'r> {
    /// Place in [`all`].
    index: u16,
    /// Place of the head of its group; its own where it has no parent.
    head: u16,
    /// Kebab-case ASCII; the stem of its file.
    pub id: &'r str,
    /// How it writes itself.
    pub name: &'r str,
    /// Other names and spellings, in every script.
    pub aliases: Vec<&'r str>,
    /// Whether it makes software, which is named in the mail of everybody who runs it.
    pub is_software: bool,
    /// Home, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Its domains on the web and for mail; sub-domains count.
    pub domains: Vec<&'r str>,
    /// Domains at which the public has mailboxes with it: its pages, but not its mail.
    pub freemail: Vec<&'r str>,
    /// Addresses of its own at these, in lower case.
    pub offices: Vec<&'r str>,
    /// Its own AS numbers.
    pub networks: Vec<u32>,
    /// Whether all its mail carries aligned authentication.
    pub authenticates: bool,
    /// Whether it is software that others run under domains of their own (WordPress, Roundcube),
    /// so that its name says nothing about who sends.
    pub self_hosted: bool,
    /// Id of the group it belongs to.
    pub parent: Option<&'static str>,
}

impl PartialEq for Brand<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Eq for Brand<'_> {}

impl Brand<'static> {
    /// The brand of a line of the directory, as the build script writes it.
    fn of_line(index: u16, line: &'static str) -> Self {
        let mut fields = line.split('\u{1}');
        let mut next = || fields.next().unwrap_or_default();
        let texts = |field: &'static str| field.split('\t').filter(|text| !text.is_empty());
        let (id, name, aliases, country) = (next(), next(), next(), next());
        let (domains, freemail, offices, networks) = (next(), next(), next(), next());
        let (kinds, head, parent) = (next(), next(), next());
        Self {
            index,
            head: head.parse().unwrap_or(index),
            id,
            name,
            aliases: texts(aliases).collect(),
            is_software: kinds.contains('s'),
            country,
            domains: texts(domains).collect(),
            freemail: texts(freemail).collect(),
            offices: texts(offices).collect(),
            networks: texts(networks).filter_map(|asn| asn.parse().ok()).collect(),
            authenticates: kinds.contains('a'),
            self_hosted: kinds.contains('h'),
            parent: Some(parent).filter(|parent| !parent.is_empty()),
        }
    }
}

impl Brand<'_> {
    /// Whether a host belongs to the brand or to its group. Pages that strangers make under such
    /// a domain are told by [`crate::domains::classes`] and [`suffix::hosting_platform`].
    pub fn owns(&self, host: &str) -> bool {
        owners(host).any(|owner| owner.head == self.head)
            || self.is_own() && self.domains.iter().any(|domain| is_under(host, domain))
    }

    /// Whether the user added it, see [`Own`]: the table of domains does not know it.
    fn is_own(&self) -> bool {
        usize::from(self.index) >= BRANDS.len()
    }

    /// Whether mail of the brand itself comes from a domain: it is the brand's or its group's,
    /// and not one at which anybody can have a mailbox.
    pub fn sends_from(&self, domain: &str) -> bool {
        self.owns(domain)
            && !owners(domain).any(|owner| owner.freemail.iter().any(|own| own.eq_ignore_ascii_case(domain)))
    }

    /// Whether a network is one of its own.
    pub fn runs_network(&self, asn: u32) -> bool {
        self.networks.contains(&asn)
    }

    /// Its address for reports of abuse, where it has told one.
    pub fn abuse(&self) -> Option<&'static str> {
        let at = ABUSE.binary_search_by_key(&self.index, |(brand, _)| *brand).ok()?;
        ABUSE.get(at).map(|(_, address)| *address)
    }

    /// Every spelling of its name: as it writes itself first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// Whether two brands belong to one group.
pub fn same_group(first: &Brand<'_>, second: &Brand<'_>) -> bool {
    first.head == second.head
}

/// All brands, by id.
pub fn all() -> &'static [Brand<'static>] {
    &BRANDS
}

/// The brand with an id.
#[cfg(test)]
pub(crate) fn by_id(id: &str) -> Option<&'static Brand<'static>> {
    BRANDS.binary_search_by(|brand| brand.id.cmp(id)).ok().and_then(|at| BRANDS.get(at))
}

/// The brand to which a host (lower-case) belongs; the head of the group where several list it.
pub fn of_domain(host: &str) -> Option<&'static Brand<'static>> {
    owners(host).next()
}

/// The brands that list the longest ending of a host, or else those whose pattern fits it.
pub fn owners(host: &str) -> impl Iterator<Item = &'static Brand<'static>> + '_ {
    let host = host.strip_suffix('.').unwrap_or(host);
    let listed = DOMAINS.of(host).last().unwrap_or_default();
    let is_possible = |end: &str| listed.is_empty() && host.ends_with(end);
    let domain =
        PATTERNS.iter().any(|(_, end, _)| is_possible(end)).then(|| suffix::registrable_domain(host)).flatten();
    let fitting = PATTERNS.iter().filter(move |(start, end, _)| {
        domain.is_some_and(|domain| {
            domain.len() > start.len() + end.len() && domain.starts_with(start) && domain.ends_with(end)
        })
    });
    listed
        .iter()
        .map(|&(_, brand)| brand)
        .chain(fitting.map(|&(_, _, brand)| brand))
        .filter_map(|brand| BRANDS.get(usize::from(brand)))
}

/// Whether a host is a domain or stands under it. Case does not matter.
pub(crate) fn is_under(host: &str, domain: &str) -> bool {
    let Some(start) = host.len().checked_sub(domain.len()) else { return false };
    host.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(domain))
        && (start == 0 || host.as_bytes().get(start - 1) == Some(&b'.'))
}

/// A brand named in a text.
#[derive(Debug, Clone)]
pub struct Mention<'r> {
    /// Who is named.
    pub brand: &'r Brand<'r>,
    /// The spelling, folded.
    pub name: &'r str,
    /// Byte range in the folded text.
    pub folded: Range<usize>,
    /// Byte range in the original text.
    pub range: Range<usize>,
    /// Whether the spelling is an ordinary word or very short, so that it means the brand only
    /// in context.
    pub common: bool,
    /// Whether invisible, confusable or styled characters were put into it, or others that look like its letters.
    pub disguised: bool,
}

/// What the table says of a spelling: how it is looked for, and the place of its brand.
type Name = (Spelling, u16);

/// The spellings of every brand. Of those with the same first letters the longest comes first: the longest match wins.
static TABLE: LazyLock<Table<&'static str, Name>> = LazyLock::new(|| Table::new(names(), longest_first));

/// The same by what they look like.
static ALIKE: LazyLock<Table<String, Name>> = LazyLock::new(|| alike::table(names()));

fn names() -> impl Iterator<Item = (&'static str, Name)> {
    (0..).zip(NAMES.split('\n')).flat_map(|(brand, line)| {
        [false, true].into_iter().zip(line.split('\u{1}')).flat_map(move |(common, texts)| {
            let texts = texts.split('\t').filter(|text| !text.is_empty());
            texts.map(move |text| (text, (Spelling::of(text, common), brand)))
        })
    })
}

fn longest_first(first: &str, second: &str) -> bool {
    (second.len(), first) < (first.len(), second)
}

/// Every brand a text names, in the order of the text. Where one name is part of another, the
/// longer one counts; a name of several brands of a group gives one mention each.
pub fn find(text: &Folded) -> Vec<Mention<'static>> {
    let mut mentions = named(text, &TABLE, &BRANDS);
    alike::add(&mut mentions, text, &Look::of(text.as_str()), &ALIKE, &BRANDS);
    mentions
}

/// Every one of these brands that a text names, by a table of their spellings.
fn named<'r, S: AsRef<str> + Clone>(
    text: &Folded,
    table: &'r Table<S, Name>,
    brands: &'r [Brand<'r>],
) -> Vec<Mention<'r>> {
    let folded = text.as_str();
    let mut mentions = Vec::new();
    let mut done = 0;
    for word in words(folded) {
        let letters = folded.get(word.clone()).unwrap_or_default();
        // Inside a word of plain letters no name begins.
        let most = if letters.is_ascii() { 1 } else { letters.len() };
        let mut previous = None;
        for (offset, character) in letters.char_indices().take(most) {
            let at = word.start + offset;
            let begins = begins_name(previous, character);
            previous = Some(character);
            if at < done || !begins {
                continue;
            }
            let Some((end, names)) = longest(table, folded, at) else { continue };
            done = end;
            let range = at..end;
            for Row { text: name, says: (spelling, brand), .. } in names {
                let Some(brand) = brands.get(usize::from(*brand)) else { continue };
                mentions.push(Mention {
                    brand,
                    name: name.as_ref(),
                    folded: range.clone(),
                    range: text.original(&range),
                    // Spelt out, three letters are somebody's initials as well.
                    common: spelling.common || spelling.letters == SPELT && end - at > name.as_ref().len(),
                    disguised: text.is_disguised(&range),
                });
            }
        }
    }
    mentions
}

/// The longest name at an offset, with all the brands that bear it.
fn longest<'s, S: AsRef<str> + Clone>(
    table: &'s Table<S, Name>,
    text: &str,
    at: usize,
) -> Option<(usize, Vec<&'s Row<S, Name>>)> {
    let mut best: Option<(usize, Vec<&'s Row<S, Name>>)> = None;
    table.each_at(text, at, |row| {
        let (spelling, brand) = row.says;
        let Some(end) = end_of_name(text, at, row.text.as_ref(), spelling) else { return };
        match &mut best {
            Some((longest, _)) if end < *longest => {}
            Some((longest, names)) if end == *longest => {
                match names.iter_mut().find(|known| known.says.1 == brand) {
                    // Of two spellings of one brand the telling one counts.
                    Some(known) if known.says.0.common => *known = row,
                    Some(_) => {}
                    None => names.push(row),
                }
            }
            _ => best = Some((end, vec![row])),
        }
    });
    best
}

/// The letter that a digit resembles. A one can stand for two letters: `one` says which.
pub(crate) fn letter_for_digit(character: char, one: char) -> char {
    match character {
        '0' => 'o',
        '1' => one,
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]
    use super::*;
    use crate::fold::fold;

    fn named(text: &str) -> Vec<&'static str> {
        let mut ids: Vec<_> = find(&fold(text)).iter().map(|mention| mention.brand.id).collect();
        ids.dedup();
        ids
    }

    #[test]
    fn every_name_is_found_where_it_stands_alone() {
        for brand in all() {
            for name in brand.names() {
                if fold(name).as_str().chars().filter(|c| c.is_alphanumeric()).count() < 2 {
                    continue;
                }
                let mentions = find(&fold(&format!("- {name}. ")));
                assert!(mentions.iter().any(|mention| mention.brand == brand), "{} is not found as {name}", brand.id);
            }
        }
    }

    #[test]
    fn names_are_known_through_their_disguises() {
        for text in [
            "PayPal",
            "P\u{200B}ay\u{200D}Pal",
            "P\u{430}yP\u{430}l",
            "\u{FF30}ay\u{FF30}al",
            "P a y P a l",
            "Pay-Pal",
            "P.a.y.P.a.l",
            "paypa1 team",
            "Service@PayPal",
        ] {
            assert_eq!(named(text), ["paypal"], "{text}");
        }
        let text = "Dear P\u{430}yPal customer";
        let mention = find(&fold(text)).pop().unwrap();
        assert!(mention.disguised);
        assert_eq!(text.get(mention.range).unwrap(), "P\u{430}yPal");
        assert!(!find(&fold("PayPal")).pop().unwrap().disguised);
    }

    #[test]
    fn a_name_within_another_word_is_none() {
        for text in ["spaypal", "paypals", "カゴヤマ", "オカゴヤ", "kagoyama", "xserverless"] {
            assert_eq!(named(text), [""; 0], "{text}");
        }
        assert_eq!(named("いつもカゴヤをご利用"), ["kagoya"]);
        assert_eq!(named("【KAGOYA】重要"), ["kagoya"]);
        assert_eq!(named("KAGOYAのお客様"), ["kagoya"]);
        assert_eq!(named("カゴヤサポートセンター"), ["kagoya"]);
    }

    #[test]
    fn domains_lead_to_their_brand() {
        let kagoya = by_id("kagoya").unwrap();
        assert_eq!(of_domain("www.kagoya.jp").unwrap(), kagoya);
        assert!(kagoya.owns("kagoya.jp"));
        assert!(!kagoya.owns("kagoya.jp.example.com"));
        assert!(!kagoya.owns("notkagoya.jp"));
        assert!(of_domain("example.com").is_none());
        assert!(of_domain("").is_none());
    }
}
