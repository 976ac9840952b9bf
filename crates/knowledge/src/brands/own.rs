//! Brands that the reader added to the directory: a payroll provider, the own organisation. They are matched as the
//! directory's are. Their names and domains come from the reader, never from a message.

use super::{Brand, BrandKind, Mention, Name, begins_word, find, is_under, match_at};
use crate::fold::{Folded, fold, is_alphanumeric, words};
use crate::vocabulary::is_company_text;
use std::sync::{Mutex, PoisonError};

/// Most different ones that are ever made. Each is made once and lives as long as the program, as the directory's do:
/// whoever judges mail changes them seldom.
const MOST: usize = 10_000;

/// Everything made so far.
static MADE: Mutex<Vec<&'static Made>> = Mutex::new(Vec::new());

/// The reader's own brands, to be looked for beside the directory's.
#[derive(Debug, Default)]
pub struct Own {
    made: Vec<&'static Made>,
}

/// One of them, with its names as they are looked for.
#[derive(Debug)]
struct Made {
    brand: Brand,
    names: Vec<Name>,
}

impl Own {
    /// The brands of these names and domains. What is called by the same name is one brand with the domains of both;
    /// what is called as one of the directory's belongs to its group. Without a name or a domain there is none.
    pub fn new<'a>(given: impl Iterator<Item = (&'a [String], &'a [String])>) -> Self {
        let mut brands: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
        for (names, domains) in given {
            let mut names: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| is_name(name)).collect();
            let mut domains: Vec<String> =
                domains.iter().map(|domain| domain.to_lowercase()).filter(|domain| domain.contains('.')).collect();
            if names.is_empty() || domains.is_empty() {
                continue;
            }
            let is_same = |other: &&str, name: &str| fold(other).as_str() == fold(name).as_str();
            let of_same_name = |(others, _): &(Vec<&str>, Vec<String>)| {
                others.iter().any(|other| names.iter().any(|name| is_same(other, name)))
            };
            match brands.iter().position(of_same_name).and_then(|at| brands.get_mut(at)) {
                Some((others, theirs)) => {
                    others.append(&mut names);
                    theirs.append(&mut domains);
                }
                None => brands.push((names, domains)),
            }
        }
        Self { made: brands.iter().filter_map(|(names, domains)| made(names, domains)).collect() }
    }

    /// The brand to which a host belongs.
    pub fn of_domain(&self, host: &str) -> Option<&'static Brand> {
        self.all().find(|brand| brand.domains.iter().any(|domain| is_under(host, domain)))
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &'static Brand> {
        self.made.iter().map(|made| &made.brand)
    }

    /// Every brand a text names, of the directory and of these, in the order of the text. Where names lie over each
    /// other the longer one counts, and of two alike the reader's own.
    pub fn find(&self, text: &Folded) -> Vec<Mention> {
        let mut mentions = find(text);
        if self.made.is_empty() {
            return mentions;
        }
        for own in self.named(text) {
            let lies_over =
                |other: &Mention| other.folded.start < own.folded.end && own.folded.start < other.folded.end;
            if !mentions.iter().any(|other| lies_over(other) && other.folded.len() > own.folded.len()) {
                mentions.retain(|other| !lies_over(other));
                mentions.push(own);
            }
        }
        mentions.sort_by_key(|mention| mention.folded.start);
        mentions
    }

    /// What of these a text names: at each place the longest.
    fn named(&self, text: &Folded) -> Vec<Mention> {
        let folded = text.as_str();
        let names: Vec<(&'static Brand, &'static Name)> =
            self.made.iter().flat_map(|made| made.names.iter().map(|name| (&made.brand, name))).collect();
        let mut mentions = Vec::new();
        for word in words(folded) {
            let mut previous = None;
            for (offset, character) in folded.get(word.clone()).unwrap_or_default().char_indices() {
                let at = word.start + offset;
                let begins = begins_word(previous, character);
                previous = Some(character);
                let found = names
                    .iter()
                    .filter(|(_, name)| begins && name.text.starts_with(character))
                    .filter_map(|(brand, name)| Some((match_at(folded, at, name)?, *brand, *name)))
                    .max_by_key(|(end, ..)| *end);
                let Some((end, brand, name)) = found else { continue };
                let range = at..end;
                mentions.push(Mention {
                    brand,
                    name: name.text,
                    range: text.original(&range),
                    common: name.common,
                    disguised: text.is_disguised(&range),
                    folded: range,
                });
            }
        }
        mentions
    }
}

/// Whether a text can be looked for as a name: one letter is none.
fn is_name(text: &str) -> bool {
    fold(text).as_str().chars().filter(|character| is_alphanumeric(*character)).count() >= 2
}

/// The brand of these names and domains, made at the first call. Nothing past [`MOST`].
fn made(names: &[&str], domains: &[String]) -> Option<&'static Made> {
    let mut all = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let known = all.iter().find(|made| made.brand.names().eq(names.iter().copied()) && made.brand.domains == domains);
    if let Some(known) = known {
        return Some(known);
    }
    // Behind the directory's, which are fewer by far.
    let index = u16::MAX - u16::try_from(all.len()).ok().filter(|_| all.len() < MOST)?;
    let (name, aliases) = names.split_first()?;
    let name: &'static str = kept(name);
    let new: &'static Made = Box::leak(Box::new(Made {
        brand: Brand {
            index,
            head: names.iter().find_map(|name| of_directory(name)).map_or(index, |brand| brand.head),
            id: name,
            name,
            aliases: Vec::leak(aliases.iter().map(|alias| kept(alias)).collect()),
            kind: BrandKind::Other,
            country: "",
            domains: Vec::leak(domains.iter().map(|domain| kept(domain)).collect()),
            freemail: &[],
            patterns: &[],
            networks: &[],
            authenticates: false,
            self_hosted: false,
            parent: None,
        },
        names: names.iter().map(|name| look_for(name)).collect(),
    }));
    all.push(new);
    Some(new)
}

fn kept(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

/// The brand of the directory that a name is the whole name of.
fn of_directory(name: &str) -> Option<&'static Brand> {
    let folded = fold(name);
    find(&folded).into_iter().find(|mention| mention.folded == (0..folded.as_str().len())).map(|mention| mention.brand)
}

/// A name as it is looked for. Short names and words that any company puts beside its own ("Support", "HR") mean it in
/// context only.
fn look_for(name: &str) -> Name {
    let folded = fold(name);
    let text = kept(folded.as_str().trim_matches(|character| !is_alphanumeric(character)));
    let letters = text.chars().filter(|character| is_alphanumeric(*character)).count();
    let common = letters < 4 && text.is_ascii() || is_company_text(text);
    Name { text, hash: 0, compact: u8::try_from(letters).unwrap_or(u8::MAX), brand: u16::MAX, common }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]
    use super::*;
    use crate::brands::same_group;

    fn own(given: &[(&[&str], &[&str])]) -> Own {
        let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let given: Vec<_> = given.iter().map(|(names, domains)| (strings(names), strings(domains))).collect();
        Own::new(given.iter().map(|(names, domains)| (names.as_slice(), domains.as_slice())))
    }

    fn named(own: &Own, text: &str) -> Vec<&'static str> {
        own.find(&fold(text)).iter().map(|mention| mention.brand.name).collect()
    }

    #[test]
    fn own_names_are_found_beside_the_directorys() {
        let own =
            own(&[(&["Loremipsum Payroll", "\u{30ED}\u{30EC}\u{30E0}\u{7D66}\u{4E0E}"], &["loremipsum.example"])]);
        for text in ["Loremipsum Payroll", "LOREMIPSUM  PAYROLL", "L\u{43E}remipsum Payroll", "Loremipsum-Payroll team"]
        {
            assert_eq!(named(&own, text), ["Loremipsum Payroll"], "{text}");
        }
        assert_eq!(named(&own, "\u{3010}\u{30ED}\u{30EC}\u{30E0}\u{7D66}\u{4E0E}\u{3011} x"), ["Loremipsum Payroll"]);
        assert_eq!(named(&own, "PayPal and Loremipsum Payroll"), ["PayPal", "Loremipsum Payroll"]);
        assert_eq!(named(&own, "loremipsum payrolls"), [""; 0]);
    }

    #[test]
    fn domains_belong_to_their_brand() {
        let own = own(&[(&["Loremipsum"], &["Loremipsum.example", "pay.test"])]);
        let brand = own.of_domain("mail.loremipsum.example").unwrap();
        assert!(brand.owns("pay.test") && brand.sends_from("a.pay.test") && !brand.owns("notpay.test"));
        assert!(own.of_domain("example").is_none());
    }

    #[test]
    fn a_name_of_the_directory_joins_its_group() {
        let own = own(&[(&["PayPal"], &["pay.example"])]);
        let mention = own.find(&fold("PayPal")).pop().unwrap();
        assert!(mention.brand.owns("pay.example") && mention.brand.owns("paypal.com"));
        assert!(same_group(mention.brand, crate::brands::by_id("paypal").unwrap()));
    }

    #[test]
    fn the_same_name_twice_is_one_brand() {
        let own = own(&[(&["Loremipsum"], &["a.example"]), (&["LOREMIPSUM", "Dolor Sit"], &["b.example"])]);
        let brand = own.of_domain("a.example").unwrap();
        assert!(brand.owns("b.example"));
        assert_eq!(named(&own, "Dolor Sit"), [brand.name]);
    }

    #[test]
    fn what_has_no_name_or_no_domain_is_none() {
        assert_eq!(own(&[(&["x", " "], &["a.example"]), (&["Loremipsum"], &["com"]), (&[], &[])]).all().count(), 0);
    }

    #[test]
    fn ordinary_words_are_common() {
        let common = |name: &str| own(&[(&[name], &["a.example"])]).find(&fold(name)).pop().unwrap().common;
        assert!(common("HR") && common("Support Team") && !common("Loremipsum"));
    }

    #[test]
    fn the_same_is_made_once() {
        let first = own(&[(&["Consectetur"], &["a.example"])]).of_domain("a.example").unwrap();
        let second = own(&[(&["Consectetur"], &["a.example"])]).of_domain("a.example").unwrap();
        assert!(std::ptr::eq(first, second));
    }
}
