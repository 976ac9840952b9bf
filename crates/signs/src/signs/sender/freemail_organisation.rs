//! `sender.freemail-organisation`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::{domains, fold, vocabulary};

/// An organisation writes from a free mailbox.
///
/// # What it looks for
///
/// A From address at a provider where anybody gets a mailbox, under a name that holds a case number or is a brand's, holds a company's
/// legal form or the word for an office: support, billing, notification.
///
/// # Why it matters
///
/// Banks, shops and authorities have a domain of their own. A free mailbox costs a forger nothing.
///
/// # When it is wrong
///
/// Clubs, small shops and craftsmen really write so: they are let pass unless the name is that of an office or a
/// known brand.
pub struct FreemailOrganisation;

impl Sign for FreemailOrganisation {
    fn id(&self) -> &'static str {
        "sender.freemail-organisation"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Name, Detail::Address]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(mailbox) = case.facts.identity.author() else { return Vec::new() };
        let (Some(name), Some(address)) = (&mailbox.name, &mailbox.address) else { return Vec::new() };
        let Some(domain) = &address.domain else { return Vec::new() };
        if !domains::is_consumer_mail(domain.as_str()) || case.is_through_list() {
            return Vec::new();
        }
        let folded = fold::fold(&name.full);
        let is_office = vocabulary::names_office(folded.as_str());
        let is_numbered = name.shown.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 5);
        let is_brand = case.claimed().is_some_and(|brand| !case.is_address_of(brand));
        if is_office || is_numbered || is_brand {
            vec![Evidence::of(Detail::Name, &name.shown).and(Detail::Address, &address.shown)]
        } else {
            Vec::new()
        }
    }
}
