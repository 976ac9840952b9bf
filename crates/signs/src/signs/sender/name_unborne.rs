use crate::{
    Detail, Evidence,
    case::{Case, is_office},
    sign::declare_sign,
};
use mekiki_facts::Domain;
use mekiki_knowledge::{
    domains,
    fold::words,
    vocabulary::{is_company_text, is_company_word, names_office},
};

declare_sign! {
    /// It calls itself an office or a company, and nothing in its address bears that out.
    ///
    /// # What it looks for
    ///
    /// A display name with a word that stands beside the name of a company ("team", "support", "GmbH"), of whose words
    /// none stands in the address, nor do their first letters. For names of which no directory knows; in letters that
    /// addresses are written in.
    ///
    /// # Why it matters
    ///
    /// "Cloud Storage Team" needs no brand to be believed. Who is an office of somebody's writes from that somebody's
    /// domain.
    ///
    /// # When it is wrong
    ///
    /// A third of small senders write through a domain that has nothing of their name, under a translated or former name
    /// or by a service: so this weighs little. Known brands' domains, delivery services, a list's own notices and
    /// addresses that the recipient knows are let pass.
    id: "sender.name-unborne",
    evidence: [Name, Address],
    banner: [Sender 70],
    exempt: [ListItself, Answer, KnownAddress, KnownHouse, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let mailbox = case.facts.identity.author()?;
    let (name, address) = (mailbox.name.as_ref()?, mailbox.address.as_ref()?);
    let domain = address.domain.as_ref().map(Domain::as_str)?;
    let folded = case.folded_name().as_str();
    // What another sign says already, and what cannot be compared.
    let is_elsewhere = case.claimed().is_some()
        || case.brand_of(domain).is_some()
        || domains::delivery_service(domain).is_some()
        || domains::is_consumer_mail(domain)
        || folded.chars().any(|character| character.is_alphabetic() && !character.is_ascii());
    // "Customer Service" of nobody in particular is what an office's own mailbox calls itself.
    if is_elsewhere || is_company_text(folded) && is_office(address) {
        return None;
    }
    let all: Vec<&str> = words(folded).filter_map(|word| folded.get(word)).collect();
    let names_office = names_office(folded) || all.iter().any(|word| is_company_word(word));
    let plain: String =
        format!("{}{domain}", address.local).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let initials: String = all.iter().filter_map(|word| word.chars().next()).collect();
    let is_borne_out = all.iter().any(|word| word.len() >= SHORTEST && plain.contains(word))
        || initials.len() >= SHORTEST && plain.contains(&initials);
    (names_office && all.len() > 1 && !is_borne_out)
        .then(|| Evidence::of(Detail::Name, &name.shown).and(Detail::Address, &address.shown))
}

/// Letters from which on a word in an address is no accident.
const SHORTEST: usize = 3;
