use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::{domains, vocabulary};

declare_sign! {
    /// An organisation writes from a free mailbox.
    ///
    /// # What it looks for
    ///
    /// A From address at a provider where anybody gets a mailbox, under a name that holds a case number or is a
    /// brand's, holds a company's legal form or the word for an office: support, billing, notification.
    ///
    /// # Why it matters
    ///
    /// Banks, shops and authorities have a domain of their own. A free mailbox costs a forger nothing.
    ///
    /// # When it is wrong
    ///
    /// Clubs, small shops and craftsmen really write so: they are let pass unless the name is that of an office or a
    /// known brand.
    id: "sender.freemail-organisation",
    evidence: [Name, Address],
    banner: [Sender 84],
    exempt: [List, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let mailbox = case.facts.identity.author()?;
    let (Some(name), Some(address)) = (&mailbox.name, &mailbox.address) else { return None };
    let domain = address.domain.as_ref()?;
    if !domains::is_consumer_mail(domain.as_str()) {
        return None;
    }
    let folded = case.folded_name().as_str();
    let is_office = vocabulary::names_office(folded);
    let is_numbered = folded.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 5);
    let is_brand = case.claimed().is_some_and(|brand| !case.is_address_of(brand));
    (is_office || is_numbered || is_brand)
        .then(|| Evidence::of(Detail::Name, &name.shown).and(Detail::Address, &address.shown))
}
