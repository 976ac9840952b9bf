//! Brands that the user added to the directory: a payroll provider, the own organisation. They are matched as the
//! directory's are. Their names and domains come from the user, never from a message.

use super::{
    Brand, Mention, Name,
    alike::{self, Look},
    find, is_under, longest_first, named,
};
use crate::fold::{Folded, fold, is_alphanumeric};
use crate::phrase::{Spelling, Table};
use crate::vocabulary::is_company_text;

/// Most of them that are looked for.
const MOST: usize = 10_000;

/// The user's own brands, to be looked for beside the directory's.
#[derive(Debug)]
pub struct Own<'r> {
    brands: Vec<Brand<'r>>,
    table: Table<String, Name>,
    /// The same by what they look like.
    alike: Table<String, Name>,
}

impl Default for Own<'_> {
    fn default() -> Self {
        Self::new(std::iter::empty())
    }
}

impl<'r> Own<'r> {
    /// The brands of these names and domains. What is called by the same name is one brand with the domains of both;
    /// what is called as one of the directory's belongs to its group. Without a name or a domain there is none.
    pub fn new(given: impl Iterator<Item = (&'r [String], &'r [String])>) -> Self {
        let mut merged: Vec<Made<'r>> = Vec::new();
        for (names, domains) in given {
            let mut names: Vec<(&str, String)> = names.iter().filter_map(|name| as_looked_for(name.trim())).collect();
            let mut domains: Vec<&str> =
                domains.iter().map(String::as_str).filter(|domain| domain.contains('.')).collect();
            if names.is_empty() || domains.is_empty() {
                continue;
            }
            let is_called_so =
                |made: &Made| made.names.iter().any(|(_, other)| names.iter().any(|(_, name)| other == name));
            match merged.iter().position(is_called_so).and_then(|at| merged.get_mut(at)) {
                Some(made) => {
                    made.names.append(&mut names);
                    made.domains.append(&mut domains);
                }
                None => merged.push(Made { names, domains }),
            }
        }
        merged.truncate(MOST);
        let names = (0..).zip(&merged).flat_map(|(brand, made)| {
            made.names.iter().map(move |(_, folded)| (folded.clone(), (spelling(folded), brand)))
        });
        let alike = alike::table(names.clone());
        let table = Table::new(names, longest_first);
        // Behind the directory's, which are fewer by far.
        let places = (0..=u16::MAX).rev();
        let brands = places.zip(merged).filter_map(|(index, made)| made.brand(index)).collect();
        Self { brands, table, alike }
    }

    /// The brand to which a host belongs.
    pub fn of_domain(&self, host: &str) -> Option<&Brand<'r>> {
        self.all().find(|brand| brand.domains.iter().any(|domain| is_under(host, domain)))
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Brand<'r>> {
        self.brands.iter()
    }

    /// Every brand a text names, of the directory and of these, in the order of the text. Where names lie over each
    /// other the longer one counts, and of two alike the user's own.
    pub fn find(&self, text: &Folded) -> Vec<Mention<'_>> {
        let mut mentions: Vec<Mention<'_>> = find(text);
        if self.brands.is_empty() {
            return mentions;
        }
        let mut added = named(text, &self.table, &self.brands);
        alike::add(&mut added, text, &Look::of(text.as_str()), &self.alike, &self.brands);
        for own in added {
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
}

/// One of them as it is put together.
struct Made<'r> {
    /// Each as written and as it is looked for.
    names: Vec<(&'r str, String)>,
    domains: Vec<&'r str>,
}

impl<'r> Made<'r> {
    fn brand(self, index: u16) -> Option<Brand<'r>> {
        let head = self.names.iter().find_map(|(_, name)| of_directory(name)).map_or(index, |brand| brand.head);
        let (&(name, _), aliases) = self.names.split_first()?;
        Some(Brand {
            index,
            head,
            id: name,
            name,
            aliases: aliases.iter().map(|(alias, _)| *alias).collect(),
            is_software: false,
            country: "",
            domains: self.domains,
            freemail: Vec::new(),
            offices: Vec::new(),
            networks: Vec::new(),
            authenticates: false,
            self_hosted: false,
            parent: None,
        })
    }
}

/// A name as it is looked for, with itself. One letter cannot be.
fn as_looked_for(name: &str) -> Option<(&str, String)> {
    let folded = fold(name);
    let text = folded.as_str().trim_matches(|character| !is_alphanumeric(character));
    (text.chars().filter(|character| is_alphanumeric(*character)).count() >= 2).then(|| (name, text.to_owned()))
}

/// The brand of the directory that a name is the whole name of.
fn of_directory(name: &str) -> Option<&'static Brand<'static>> {
    find(&fold(name)).into_iter().find(|mention| mention.folded == (0..name.len())).map(|mention| mention.brand)
}

/// Short names and words that any company puts beside its own ("Support", "HR") mean the brand in context only.
fn spelling(name: &str) -> Spelling {
    let letters = name.chars().filter(|character| is_alphanumeric(*character)).count();
    Spelling::of(name, letters < 4 && name.is_ascii() || is_company_text(name))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]
    use super::*;
    use crate::brands::same_group;

    type Given = Vec<(Vec<String>, Vec<String>)>;

    fn given(given: &[(&[&str], &[&str])]) -> Given {
        let strings = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        given.iter().map(|(names, domains)| (strings(names), strings(domains))).collect()
    }

    fn own(given: &Given) -> Own<'_> {
        Own::new(given.iter().map(|(names, domains)| (names.as_slice(), domains.as_slice())))
    }

    fn named<'o>(own: &'o Own<'o>, text: &str) -> Vec<&'o str> {
        own.find(&fold(text)).iter().map(|mention| mention.brand.name).collect()
    }

    #[test]
    fn own_names_are_found_beside_the_directorys() {
        let given =
            given(&[(&["Loremipsum Payroll", "\u{30ED}\u{30EC}\u{30E0}\u{7D66}\u{4E0E}"], &["loremipsum.example"])]);
        let own = own(&given);
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
        let given = given(&[(&["Loremipsum"], &["Loremipsum.example", "pay.test"])]);
        let own = own(&given);
        let brand = own.of_domain("mail.loremipsum.example").unwrap();
        assert!(brand.owns("pay.test") && brand.sends_from("a.pay.test") && !brand.owns("notpay.test"));
        assert!(own.of_domain("example").is_none());
    }

    #[test]
    fn a_name_of_the_directory_joins_its_group() {
        let given = given(&[(&["PayPal"], &["pay.example"])]);
        let own = own(&given);
        let mention = own.find(&fold("PayPal")).pop().unwrap();
        assert!(mention.brand.owns("pay.example") && mention.brand.owns("paypal.com"));
        assert!(same_group(mention.brand, crate::brands::by_id("paypal").unwrap()));
    }

    #[test]
    fn the_same_name_twice_is_one_brand() {
        let given = given(&[(&["Loremipsum"], &["a.example"]), (&["LOREMIPSUM", "Dolor Sit"], &["b.example"])]);
        let own = own(&given);
        let brand = own.of_domain("a.example").unwrap();
        assert!(brand.owns("b.example"));
        assert_eq!(named(&own, "Dolor Sit"), [brand.name]);
    }

    #[test]
    fn what_has_no_name_or_no_domain_is_none() {
        let given = given(&[(&["x", " "], &["a.example"]), (&["Loremipsum"], &["com"]), (&[], &[])]);
        assert_eq!(own(&given).all().count(), 0);
    }

    #[test]
    fn ordinary_words_are_common() {
        let common = |name: &str| {
            let given = given(&[(&[name], &["a.example"])]);
            own(&given).find(&fold(name)).pop().unwrap().common
        };
        assert!(common("HR") && common("Support Team") && !common("Loremipsum"));
    }
}
