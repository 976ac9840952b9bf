//! Hosts that imitate another's domain: in other letters, by a slip of the finger, with a word
//! beside the name, as a sub-domain, under another suffix. Precision goes before recall: short
//! names and ordinary words count only where nothing but bait stands beside them.

mod tokens;

use crate::brands::{self, Brand, is_under, letter_for_digit};
use crate::domains::{BAIT, ORDINARY, delivery_service};
use crate::fold::fold;
use crate::suffix;
use crate::words::apart::is_known_word;
use tokens::Token;

/// From this many letters on a name is known without a hyphen beside it and through a slip of the finger.
const LONG: usize = 6;
/// Groups of letters that look like another letter.
const GROUPS: [(&str, &str); 3] = [("rn", "m"), ("vv", "w"), ("cl", "d")];

/// How a host imitates a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LookalikeKind {
    /// Letters of another script, accents, or letter groups that look like another letter
    /// (`rn` for m), by Unicode TS #39.
    Confusable,
    /// Digits for letters: `paypa1`.
    DigitSwap,
    /// One letter missing, doubled, changed or two exchanged.
    Typo,
    /// The name with a word beside it: `kagoya-support.com`.
    BrandPlusWord,
    /// The name or the whole domain in front of another domain: `kagoya.jp.evil.in`.
    Subdomain,
    /// The very name under another suffix: `kagoya.in`. Weak, since owners register many suffixes
    /// and others may have the same name.
    SuffixSwap,
}

/// What was found to be imitated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookalike {
    /// How.
    pub kind: LookalikeKind,
    /// The name or label that is imitated, in plain letters.
    pub target: String,
    /// The label of the host that imitates it, as written (an A-label where it is one).
    pub label: String,
}

/// The brand that a host (lower-case) imitates, if it is neither a brand's own nor a delivery service's.
pub fn of_brand(host: &str) -> Option<(&'static Brand<'static>, Lookalike)> {
    closest(host, Label::candidates)
}

/// The same, trying the tokens that `candidates` gives for each label in their order.
fn closest<'a>(
    host: &'a str,
    candidates: impl Fn(&Label<'a>) -> Vec<Token>,
) -> Option<(&'static Brand<'static>, Lookalike)> {
    if brands::of_domain(host).is_some() || delivery_service(host).is_some() {
        return None;
    }
    let written = host;
    let host = Host::read(host)?;
    let mut best: Option<(&'static Brand<'static>, Lookalike, usize)> = None;
    for label in &host.labels {
        for token in candidates(label) {
            let (text, weak) = (token.text(), token.is_weak());
            let Some(kind) = label.imitates(text, weak) else { continue };
            let Some(brand) = brands::all().get(token.brand()) else { continue };
            // Others have a short or ordinary name too: it counts with the brand's whole domain alone.
            let bare = matches!(kind, LookalikeKind::Subdomain | LookalikeKind::SuffixSwap);
            if weak && bare && !brand.domains.iter().any(|domain| stands_in_front(written, domain)) {
                continue;
            }
            let better = best
                .as_ref()
                .is_none_or(|(_, known, length)| (kind, usize::MAX - text.len()) < (known.kind, usize::MAX - length));
            if better {
                best = Some((brand, label.found(kind, text), text.len()));
            }
        }
    }
    best.map(|(brand, lookalike, _)| (brand, lookalike))
}

/// Whether a whole domain stands in a host in front of another: `kagoya.jp.evil.in`.
fn stands_in_front(host: &str, domain: &str) -> bool {
    host.match_indices(domain).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|before| host.as_bytes().get(before));
        before.is_none_or(|&byte| byte == b'.') && host.as_bytes().get(at + domain.len()) == Some(&b'.')
    })
}

/// A host to be compared with the user's own domains and those of contacts, read once for all of them.
pub struct Suspect<'a> {
    host: &'a str,
    read: Host<'a>,
}

impl<'a> Suspect<'a> {
    /// Reads a host (lower-case).
    pub fn read(host: &'a str) -> Option<Self> {
        Some(Self { host, read: Host::read(host)? })
    }

    /// How it imitates a given domain, unless it stands under that.
    pub fn imitates(&self, domain: &str) -> Option<Lookalike> {
        let domain = suffix::registrable_domain(domain)?;
        if is_under(self.host, domain) {
            return None;
        }
        let target = plain_letters(domain.split('.').next()?);
        if target.len() < 3 {
            return None;
        }
        let weak = target.len() < 5 || Token::exact(&target).is_some_and(Token::is_weak);
        self.read
            .labels
            .iter()
            .filter_map(|label| label.imitates(&target, weak).map(|kind| label.found(kind, &target)))
            .min_by_key(|found| found.kind)
    }
}

/// The brand whose name somebody wrote with one slip: with a letter twice, two exchanged, or a neighbour of one in a long
/// name. `name` is folded and holds nothing besides. What is a word or a name itself is no slip.
pub fn of_misspelt_name(name: &str) -> Option<&'static Brand<'static>> {
    let name = plain_letters(name);
    let is_plain = name.len() >= LONG && name.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain || Token::exact(&name).is_some() || is_everyday(&name) || is_known_word(&name) {
        return None;
    }
    let token = Token::near(&name).find(|token| !token.is_weak() && is_slip_of_pen(&name, token.text()))?;
    brands::all().get(token.brand())
}

/// Whether a letter stands twice, two are exchanged, or in a long name one is a neighbour's; never the first.
fn is_slip_of_pen(word: &str, target: &str) -> bool {
    let same = word.bytes().zip(target.bytes()).take_while(|(a, b)| a == b).count();
    let (word, target) = (word.as_bytes(), target.as_bytes());
    let last = same.checked_sub(1).and_then(|last| word.get(last));
    match (word.get(same..), target.get(same..)) {
        (Some([more, rest @ ..]), Some(wanted)) if word.len() == target.len() + 1 => {
            last == Some(more) && rest == wanted
        }
        (Some([x, rest @ ..]), Some([y, wanted @ ..])) if word.len() == target.len() && last.is_some() => {
            rest == wanted && target.len() > LONG && is_near_letter(*x, *y)
                || matches!((rest, wanted), ([x2, rest @ ..], [y2, wanted @ ..]) if x == y2 && y == x2 && rest == wanted)
        }
        _ => false,
    }
}

fn plain_letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// A host made ready for comparing.
struct Host<'a> {
    labels: Vec<Label<'a>>,
}

struct Label<'a> {
    /// As written.
    written: &'a str,
    /// As it looks: Unicode letters folded to ASCII ones.
    seen: String,
    /// Whether folding changed letters.
    is_disguised: bool,
    /// `seen` without hyphens.
    compact: String,
    /// The words between hyphens.
    words: Vec<(usize, usize)>,
    /// Whether it is the label that its owner registered.
    is_registered: bool,
}

impl<'a> Host<'a> {
    fn read(host: &'a str) -> Option<Self> {
        let host = host.strip_suffix('.').unwrap_or(host);
        let site = suffix::site(host).or_else(|| suffix::registrable_domain(host))?;
        let registered = site.split('.').next()?;
        let before = host.get(..host.len() - site.len())?;
        let mut labels = vec![Label::read(registered, true)];
        labels.extend(
            before.split('.').rev().filter(|label| label.len() >= 3).take(8).map(|label| Label::read(label, false)),
        );
        Some(Self { labels })
    }
}

impl<'a> Label<'a> {
    fn read(written: &'a str, is_registered: bool) -> Self {
        let decoded =
            written.strip_prefix("xn--").filter(|rest| rest.len() < 64).and_then(idna::punycode::decode_to_string);
        let shown = decoded.as_deref().unwrap_or(written);
        let seen = fold(shown).as_str().to_owned();
        let is_disguised = !shown.is_ascii() && seen.is_ascii();
        let compact = plain_letters(&seen);
        let mut words = Vec::new();
        let mut start = 0;
        for part in seen.split(['-', '_']) {
            if !part.is_empty() {
                words.push((start, start + part.len()));
            }
            start += part.len() + 1;
        }
        Self { written, seen, is_disguised, compact, words, is_registered }
    }

    fn found(&self, kind: LookalikeKind, target: &str) -> Lookalike {
        Lookalike { kind, target: target.to_owned(), label: self.written.to_owned() }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().filter_map(|&(start, end)| self.seen.get(start..end))
    }

    /// The tokens that the label can imitate, in their order, and a few that it does not.
    fn candidates(&self) -> Vec<Token> {
        let mut found: Vec<Token> = self.words().filter_map(Token::exact).collect();
        // With bait in front of it or behind it.
        let lengths = LONG..=self.compact.len();
        found.extend(lengths.clone().filter_map(|length| Token::exact(self.compact.get(..length)?)));
        found.extend(lengths.filter_map(|length| Token::exact(self.compact.get(self.compact.len() - length..)?)));
        found.extend(Token::exact(&self.compact));
        for word in self.words().chain([self.compact.as_str()]) {
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                let plain = |one| word.chars().map(|c| letter_for_digit(c, one)).collect::<String>();
                found.extend(['l', 'i'].into_iter().filter_map(|one| Token::exact(&plain(one))));
            }
            let groups = GROUPS.iter().filter(|(group, _)| word.contains(group));
            found.extend(groups.filter_map(|(group, letter)| Token::exact(&word.replace(group, letter))));
            if word.len() >= LONG {
                found.extend(Token::near(word));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn imitates(&self, target: &str, weak: bool) -> Option<LookalikeKind> {
        if self.compact == target {
            return Some(if self.is_disguised {
                LookalikeKind::Confusable
            } else if self.is_registered {
                LookalikeKind::SuffixSwap
            } else {
                LookalikeKind::Subdomain
            });
        }
        if self.holds(target, weak) {
            return Some(if self.is_disguised { LookalikeKind::Confusable } else { LookalikeKind::BrandPlusWord });
        }
        if weak {
            return None;
        }
        self.words().chain([self.compact.as_str()]).find_map(|word| misspells(word, target))
    }

    /// Whether the name stands in the label with something beside it.
    fn holds(&self, target: &str, weak: bool) -> bool {
        let whole_word = self.words().any(|word| word == target);
        if whole_word {
            return !weak || self.words().all(|word| word == target || is_bait(word)) && self.words.len() > 1;
        }
        if weak || target.len() < LONG {
            return false;
        }
        // Without a hyphen: only beside bait.
        self.compact.strip_prefix(target).or_else(|| self.compact.strip_suffix(target)).is_some_and(is_bait)
    }
}

/// Whether a rest is made of words that forgers put beside a name, or of digits.
fn is_bait(rest: &str) -> bool {
    let rest = rest.trim_matches(|character: char| character.is_ascii_digit());
    if rest.is_empty() || BAIT.binary_search(&rest).is_ok() {
        return true;
    }
    (2..rest.len().saturating_sub(1)).any(|middle| {
        matches!((rest.get(..middle), rest.get(middle..)), (Some(first), Some(second))
            if BAIT.binary_search(&first).is_ok() && BAIT.binary_search(&second).is_ok())
    })
}

/// Whether a word is a name with digits for letters, look-alike groups of letters, or one slip.
fn misspells(word: &str, target: &str) -> Option<LookalikeKind> {
    if word == target || word.len() + 1 < target.len() || word.len() > target.len() + 2 {
        return None;
    }
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        let plain = |one| word.chars().map(|c| letter_for_digit(c, one)).eq(target.chars());
        if plain('l') || plain('i') {
            return Some(LookalikeKind::DigitSwap);
        }
    }
    for (group, letter) in GROUPS {
        if word.contains(group) && word.replace(group, letter) == target {
            return Some(LookalikeKind::Confusable);
        }
    }
    let is_slip = word.len().min(target.len()) >= LONG && is_one_slip(word.as_bytes(), target.as_bytes());
    (is_slip && !is_everyday(word)).then_some(LookalikeKind::Typo)
}

/// Whether a word means something itself: `cloud` is no slip for iCloud, Natori none for Nitori.
fn is_everyday(word: &str) -> bool {
    ORDINARY.binary_search(&word).is_ok() || BAIT.binary_search(&word).is_ok()
}

/// Whether one letter too many, too few or changed, or two neighbours exchanged, makes one of the
/// other.
fn is_one_slip(word: &[u8], target: &[u8]) -> bool {
    let same = word.iter().zip(target).take_while(|(a, b)| a == b).count();
    let (a, b) = (word.get(same..).unwrap_or_default(), target.get(same..).unwrap_or_default());
    match (a, b) {
        ([x, rest_a @ ..], [y, rest_b @ ..]) if a.len() == b.len() => {
            // In a short word one letter makes another word, unless it is a neighbour or looks alike.
            rest_a == rest_b && same > 0 && (target.len() > 7 || is_near_letter(*x, *y))
                || matches!((rest_a, rest_b), ([x2, tail_a @ ..], [y2, tail_b @ ..])
                    if x == y2 && y == x2 && tail_a == tail_b)
        }
        ([_, rest @ ..], _) if a.len() == b.len() + 1 => rest == b,
        (_, [_, rest @ ..]) if b.len() == a.len() + 1 => rest == a,
        _ => false,
    }
}

/// Whether two letters are neighbours on a keyboard or look alike.
fn is_near_letter(a: u8, b: u8) -> bool {
    const NEAR: [&str; 14] =
        ["qwertyuiop", "asdfghjkl", "zxcvbnm", "vy", "uv", "lij", "nm", "ce", "aoc", "ec", "gqp", "hn", "sz", "ck"];
    NEAR.iter().any(|row| row.as_bytes().windows(2).any(|pair| pair == [a, b] || pair == [b, a]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(host: &str) -> Option<(&'static str, LookalikeKind)> {
        of_brand(host).map(|(brand, found)| (brand.id, found.kind))
    }

    #[test]
    fn imitations_are_known() {
        for (host, expected) in [
            ("kagoya-support.com", LookalikeKind::BrandPlusWord),
            ("kagoya.jp.evil.in", LookalikeKind::Subdomain),
            ("kagoya.in", LookalikeKind::SuffixSwap),
            ("kagova.jp", LookalikeKind::Typo),
            ("kaogya.jp", LookalikeKind::Typo),
            ("kag0ya.jp", LookalikeKind::DigitSwap),
            ("xn--kgoya-4ve.jp", LookalikeKind::Confusable),
        ] {
            let (brand, found) = kind(host).unzip();
            assert_eq!(brand, Some("kagoya"), "{host}");
            assert_eq!(found, Some(expected), "{host}");
        }
        assert_eq!(kind("amazon.co.jp.inssacoupt.shop"), Some(("amazon", LookalikeKind::Subdomain)));
        let whole = kind("apple.com.account.example.in").map(|(brand, _)| brand);
        assert_eq!(whole, Some("apple"));
        assert_eq!(kind("securepaypal.com"), Some(("paypal", LookalikeKind::BrandPlusWord)));
    }

    /// Hosts made of every token by every trick, of which the tokens beside it make many more.
    fn forged() -> impl Iterator<Item = String> {
        let letters = "qe".chars();
        Token::all().step_by(7).flat_map(move |token| {
            let text = token.text();
            let middle = text.len() / 2;
            let slips = (0..text.len()).flat_map(move |at| {
                let (before, rest) = text.split_at(at);
                let (letter, after) = rest.split_at(1);
                let exchanged = after.get(..1).map(|next| format!("{before}{next}{letter}{}", &after[1..]));
                [format!("{before}{after}"), format!("{before}{letter}{letter}{after}"), format!("{before}x{after}")]
                    .into_iter()
                    .chain(exchanged)
            });
            let digits: String = text
                .chars()
                .map(|c| match c {
                    'o' => '0',
                    'l' | 'i' => '1',
                    'e' => '3',
                    'a' => '4',
                    other => other,
                })
                .collect();
            let more = [
                text.to_owned(),
                digits,
                text.replace('m', "rn"),
                text.replace('d', "cl"),
                format!("{text}support"),
                format!("secure24{text}"),
                format!("{text}-login"),
                format!("my-{text}"),
                format!("{}-{}", &text[..middle], &text[middle..]),
                format!("{text}.account"),
            ];
            let letters = letters.clone();
            slips.chain(more).chain(letters.map(move |letter| format!("{letter}{text}")))
        })
    }

    #[test]
    fn no_imitation_is_missed_that_trying_every_token_finds() {
        let mut found = 0;
        for label in forged().step_by(11) {
            let host = format!("{label}.example.com").replace("..", ".");
            let quick = of_brand(&host);
            let slow = closest(&host, |_| Token::all().collect());
            assert_eq!(quick, slow, "{host}");
            found += usize::from(quick.is_some());
        }
        assert!(found > 500, "{found}");
    }

    #[test]
    fn own_and_unrelated_domains_are_none() {
        for host in [
            "www.kagoya.jp",
            "pineapple.com",
            "visakhapatnam.com",
            "applewood.org",
            "sagami.co.jp",
            "cloud.example.com",
            "email-server.info",
            "tokyo-tiger.com",
            "home.nl",
            "outlook.4team.biz",
            "srv0.ems.ed.ac.uk",
            "manage.kmail-lists.com",
            "www.lindows.com",
            "policy.example",
            "fanox.com",
            "natori.co.jp",
            "kanazawa-shop.example.com",
            "example.com",
            "192.0.2.1",
            "localhost",
            "",
        ] {
            assert_eq!(kind(host), None, "{host}");
        }
    }

    #[test]
    fn names_are_known_through_a_slip() {
        let brand = |name: &str| of_misspelt_name(name).map(|brand| brand.id);
        for name in ["paypall", "payapl", "netfflix", "amazzon", "wallmart"] {
            assert!(brand(name).is_some(), "{name}");
        }
        for name in ["rossman", "barclay", "natori", "paypal", "cloud", "payroll", "anna schmidt", "aypal", "christine"]
        {
            assert_eq!(brand(name), None, "{name}");
        }
    }

    #[test]
    fn any_domain_can_be_a_target() {
        let kind = |host: &str, domain: &str| Suspect::read(host)?.imitates(domain).map(|found| found.kind);
        assert_eq!(kind("examp1e.jp", "example.jp"), Some(LookalikeKind::DigitSwap));
        assert_eq!(kind("mail.example.jp", "www.example.jp"), None);
        assert_eq!(kind("other.jp", "example.jp"), None);
    }
}
