//! The directory of brands: who they are, what is theirs, and where a text names them.
//! One file each in `data/brands`, compiled in; where its facts come from stands in the file alone. Whether a message speaks for a brand that it
//! names is not decided here.

mod own;

pub use own::Own;

use std::{ops::Range, sync::LazyLock};

use crate::endings::Endings;
use crate::fold::{Folded, is_alphanumeric, is_inside_word, words};
use crate::hash;
use crate::index::Index;
use crate::script::is_unspaced;
use crate::suffix;
use crate::vocabulary::AFTER_KATAKANA;

include!(concat!(env!("OUT_DIR"), "/brands.rs"));

/// The brands by domain; of several that list it the head of the group first.
static DOMAINS: LazyLock<Endings> = LazyLock::new(|| {
    let (heads, members): (Vec<&Brand>, Vec<&Brand>) = BRANDS.iter().partition(|brand| brand.head == brand.index);
    Endings::new(
        heads
            .into_iter()
            .chain(members)
            .flat_map(|brand| brand.domains.iter().chain(brand.freemail).map(|domain| (*domain, brand.index))),
    )
});

/// A brand: a company, an authority or a service that people know and forgers speak for.
#[derive(Debug)]
pub struct Brand {
    /// Place in [`all`].
    index: u16,
    /// Place of the head of its group; its own where it has no parent.
    head: u16,
    /// Kebab-case ASCII; the stem of its file.
    pub id: &'static str,
    /// How it writes itself.
    pub name: &'static str,
    /// Other names and spellings, in every script.
    pub aliases: &'static [&'static str],
    /// What it does.
    pub kind: BrandKind,
    /// Home, ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// Its domains on the web and for mail; sub-domains count.
    pub domains: &'static [&'static str],
    /// Domains at which the public has mailboxes with it: its pages, but not its mail.
    pub freemail: &'static [&'static str],
    /// Registrable domains with one star: `sparkasse-*.de`.
    pub patterns: &'static [&'static str],
    /// Its own AS numbers.
    pub networks: &'static [u32],
    /// Whether all its mail carries aligned authentication.
    pub authenticates: bool,
    /// Whether it is software that others run under domains of their own (WordPress, Roundcube),
    /// so that its name says nothing about who sends.
    pub self_hosted: bool,
    /// Id of the group it belongs to.
    pub parent: Option<&'static str>,
}

/// What a brand does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say all there is")]
pub enum BrandKind {
    Bank,
    Card,
    Securities,
    Insurance,
    Payment,
    Crypto,
    Shop,
    Marketplace,
    Carrier,
    Isp,
    Hosting,
    Mail,
    Software,
    Cloud,
    Social,
    Messenger,
    Streaming,
    Game,
    Delivery,
    Travel,
    Transport,
    Utility,
    Tax,
    Government,
    Health,
    Education,
    TelecomDevice,
    Media,
    Employment,
    Food,
    Other,
}

impl PartialEq for Brand {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl Eq for Brand {}

impl Brand {
    /// Whether a host belongs to the brand or to its group. Pages that strangers make under such
    /// a domain are told by [`crate::domains::classes`] and [`suffix::hosting_platform`].
    pub fn owns(&self, host: &str) -> bool {
        owners(host).any(|owner| owner.head == self.head)
            || self.is_readers() && self.domains.iter().any(|domain| is_under(host, domain))
    }

    /// Whether the reader added it, see [`Own`]: the table of domains does not know it.
    fn is_readers(&self) -> bool {
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
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// Whether two brands belong to one group.
pub fn same_group(first: &Brand, second: &Brand) -> bool {
    first.head == second.head
}

/// All brands, by id.
pub fn all() -> &'static [Brand] {
    &BRANDS
}

/// The brand with an id.
pub fn by_id(id: &str) -> Option<&'static Brand> {
    BRANDS.binary_search_by(|brand| brand.id.cmp(id)).ok().and_then(|at| BRANDS.get(at))
}

/// The brand to which a host (lower-case) belongs; the head of the group where several list it.
pub fn of_domain(host: &str) -> Option<&'static Brand> {
    owners(host).next()
}

/// The brands that list the longest ending of a host, or else those whose pattern fits it.
pub fn owners(host: &str) -> impl Iterator<Item = &'static Brand> + '_ {
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
pub struct Mention {
    /// Who is named.
    pub brand: &'static Brand,
    /// The spelling, folded.
    pub name: &'static str,
    /// Byte range in the folded text.
    pub folded: Range<usize>,
    /// Byte range in the original text.
    pub range: Range<usize>,
    /// Whether the spelling is an ordinary word or very short, so that it means the brand only
    /// in context.
    pub common: bool,
    /// Whether invisible, confusable or styled characters were put into it, or digits for letters.
    pub disguised: bool,
}

/// A spelling of a brand's name in the table.
#[derive(Debug, Clone, Copy)]
struct Name {
    /// Folded.
    text: &'static str,
    /// The lowest byte of the hash of its first characters.
    hash: u8,
    /// Letters and digits in it.
    compact: u8,
    brand: u16,
    common: bool,
}

/// The names by the hash of their first characters. In a bucket the longest comes first: the longest match wins.
static INDEX: LazyLock<Index<Name>> = LazyLock::new(|| {
    let mut names = Vec::new();
    for (brand, line) in (0..).zip(NAMES.split('\n')) {
        for (common, texts) in [false, true].into_iter().zip(line.split('\u{1}')) {
            names.extend(texts.split('\t').filter(|text| !text.is_empty()).map(|text| {
                let hash = key(text);
                let compact = text.chars().filter(|character| is_alphanumeric(*character)).count();
                let compact = u8::try_from(compact).unwrap_or(u8::MAX);
                (hash, Name { text, hash: hash.to_le_bytes()[0], compact, brand, common })
            }));
        }
    }
    Index::new(&names, |first, second| (second.text.len(), first.text) < (first.text.len(), second.text))
});

/// The hash of a name's first characters that count: two where it begins in a script without spaces, else up to four.
/// [`longest`] takes the same from the text.
fn key(name: &str) -> u32 {
    let length = if name.chars().next().is_some_and(|first| first >= '\u{2E80}') { 2 } else { 4 };
    name.chars().filter(|character| is_alphanumeric(*character)).take(length).fold(hash::START, hash::add)
}

/// From this many letters on a name is long enough to be known through inserted punctuation.
const LONG: u8 = 6;

/// Every brand a text names, in the order of the text. Where one name is part of another, the
/// longer one counts; a name of several brands of a group gives one mention each.
pub fn find(text: &Folded) -> Vec<Mention> {
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
            let begins = begins_word(previous, character);
            previous = Some(character);
            if at < done || !begins {
                continue;
            }
            if let Some((end, names)) = longest(folded, at) {
                done = end;
                let range = at..end;
                for name in names {
                    if let Some(brand) = BRANDS.get(usize::from(name.brand)) {
                        mentions.push(Mention {
                            brand,
                            name: name.text,
                            folded: range.clone(),
                            range: text.original(&range),
                            common: name.common,
                            disguised: text.is_disguised(&range),
                        });
                    }
                }
            } else if let Some((end, name)) = digit_disguise(folded, at, word.end)
                && let Some(brand) = BRANDS.get(usize::from(name.brand))
            {
                done = end;
                mentions.push(Mention {
                    brand,
                    name: name.text,
                    folded: at..end,
                    range: text.original(&(at..end)),
                    common: false,
                    disguised: true,
                });
            }
        }
    }
    mentions
}

/// The longest name at an offset, with all the brands that bear it.
fn longest(text: &str, at: usize) -> Option<(usize, Vec<&'static Name>)> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    let most = if is_unspaced(first) { 2 } else { 4 };
    let mut hash = hash::START;
    let mut taken = 0;
    let mut skipped = 0;
    let mut best: Option<(usize, Vec<&'static Name>)> = None;
    for (offset, character) in rest.char_indices() {
        if !is_alphanumeric(character) {
            // "U.S. Government" has two between its words; more are another sentence.
            if skipped == 2 {
                break;
            }
            skipped += 1;
            continue;
        }
        skipped = 0;
        hash = hash::add(hash, character);
        taken += 1;
        // Under fewer letters than the most stand short names alone, which do not end inside a word.
        if taken == most || taken >= 2 && !is_inside_word(rest.as_bytes(), offset) {
            for name in bucket(hash) {
                let Some(end) = match_at(text, at, name) else { continue };
                match &mut best {
                    Some((longest, _)) if end < *longest => {}
                    Some((longest, names)) if end == *longest => {
                        match names.iter_mut().find(|known| known.brand == name.brand) {
                            // Of two spellings of one brand the telling one counts.
                            Some(known) if known.common => *known = name,
                            Some(_) => {}
                            None => names.push(name),
                        }
                    }
                    _ => best = Some((end, vec![name])),
                }
            }
        }
        if taken == most {
            break;
        }
    }
    best
}

/// The names whose first characters have a hash.
fn bucket(hash: u32) -> impl Iterator<Item = &'static Name> {
    INDEX.bucket(hash).iter().filter(move |name| name.hash == hash.to_le_bytes()[0])
}

/// The offset behind a name that stands at an offset, if it stands there as a word of its own.
fn match_at(text: &str, at: usize, name: &Name) -> Option<usize> {
    let mut rest = text.get(at..)?.char_indices().peekable();
    let wanted = name.text;
    let long = name.compact >= LONG;
    let unspaced = wanted.chars().next().is_some_and(is_unspaced);
    let mut end = at;
    let mut last = '\0';
    let mut matched = 0_u8;
    // Gaps the name itself does not have, by kind of character.
    let (mut spaces, mut marks) = (0_u8, 0_u8);
    let mut own_gap = false;
    for letter in wanted.chars() {
        if !is_alphanumeric(letter) {
            own_gap = true;
            if !long && letter != ' ' && rest.next_if(|&(_, found)| found == letter).is_none() {
                return None;
            }
            continue;
        }
        if matched > 0
            && let Some((_, gap)) = rest.next_if(|(_, found)| !is_alphanumeric(*found))
        {
            if !own_gap {
                if gap == ' ' {
                    spaces += 1;
                } else if matches!(gap, '-' | '.' | '_' | '\'' | '\u{B7}' | '\u{30FB}' | '*' | '|') {
                    marks += 1;
                } else {
                    return None;
                }
            } else if gap != ' ' && rest.next_if(|&(_, found)| found == ' ').is_some() {
                // "KAGOYA, JAPAN" and the like.
            } else if gap == ' ' {
                rest.next_if(|&(_, found)| !is_alphanumeric(found));
                rest.next_if(|&(_, found)| found == ' ');
            }
        }
        own_gap = false;
        let (offset, found) = rest.next()?;
        if found != letter {
            return None;
        }
        end = at + offset + found.len_utf8();
        last = found;
        matched += 1;
    }
    let gaps = spaces + marks;
    // A space within a word is accepted where the whole word is spaced out: "P a y P a l".
    let spaced_out = gaps + 1 >= name.compact;
    // Four letters, each on its own, are still a name that nobody writes so by chance: "A D A C".
    let is_spelt = spaced_out && name.compact >= 4 && !name.common;
    if gaps > 0 && !(long && (spaces == 0 || spaced_out) || unspaced && spaced_out || is_spelt) {
        return None;
    }
    ends_word(last, text.get(end..)?).then_some(end)
}

/// Digits put for the letters they resemble: `paypa1`, `micr0soft`. Whole words alone.
fn digit_disguise(text: &str, at: usize, end: usize) -> Option<(usize, &'static Name)> {
    // The length first: where words are not spaced, what follows may be the whole text.
    let word = text.get(at..end).filter(|word| (5..=24).contains(&word.len()))?;
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if !word.is_ascii() || digits == 0 || digits * 2 > word.len() {
        return None;
    }
    ['l', 'i'].into_iter().find_map(|one| {
        let plain: String = word.chars().map(|c| letter_for_digit(c, one)).collect();
        let (length, names) = longest(&plain, 0)?;
        let name = *names.first()?;
        (length == plain.len() && !name.common && name.compact >= 5).then_some((end, name))
    })
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

fn is_katakana(character: char) -> bool {
    matches!(character, '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FE}')
}

/// Whether a name can begin at a character that follows `previous` without a gap.
fn begins_word(previous: Option<char>, character: char) -> bool {
    let Some(previous) = previous else { return true };
    if is_unspaced(character) {
        // 東京都銀行協会 does not name 京都銀行.
        !(is_katakana(character) && is_katakana(previous)) && (previous, character) != ('東', '京')
    } else {
        is_unspaced(previous)
    }
}

/// Whether a name that ends in `last` is over where `rest` begins.
fn ends_word(last: char, rest: &str) -> bool {
    let Some(next) = rest.chars().next() else { return true };
    if !is_alphanumeric(next) {
        true
    } else if is_katakana(last) {
        !is_katakana(next) || AFTER_KATAKANA.iter().any(|word| rest.starts_with(word))
    } else {
        is_unspaced(last) || is_unspaced(next)
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
