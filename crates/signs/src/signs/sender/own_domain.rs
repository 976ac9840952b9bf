use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Domain;

declare_sign! {
    /// The message claims to come from the reader's own house, and came from outside.
    ///
    /// # What it looks for
    ///
    /// A From address in the domain of one of the reader's own addresses, on a message that the receiving side took
    /// from outside without a log-in and for which that domain does not vouch: by the checks that the receiving host
    /// wrote down, or, where it wrote none, because the machine that sent it has no name.
    ///
    /// # Why it matters
    ///
    /// Colleagues and the own administrator are believed. Their mail does not come in from a stranger's machine.
    ///
    /// # When it is wrong
    ///
    /// Forms on a website elsewhere, scanners, and services that write in the house's name and were never entered in
    /// its SPF record. Lists and bounces are let pass; where the very address is the reader's, that is a sign of its
    /// own.
    id: "sender.own-domain",
    evidence: [Address, Domain],
    banner: [Sender 90],
    exempt: [List, Answer, AuthorVouched, Inside],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_address()?;
    let domain = author.domain.as_ref().map(Domain::organisational)?;
    let is_own = case.own_domains().any(|own| own == domain);
    let is_self = case.recipients().iter().any(|recipient| recipient.is_same_mailbox(author));
    if !is_own || is_self {
        return None;
    }
    let hop = case.first_outside()?;
    let is_checked = case.results().has_any();
    (is_checked || hop.is_unnamed).then(|| Evidence::of(Detail::Address, &author.shown).and(Detail::Domain, domain))
}
