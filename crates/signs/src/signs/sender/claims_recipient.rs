use crate::{
    Detail, Evidence,
    case::{Case, Exemption},
    named,
    sign::declare_sign,
};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::domains;

declare_sign! {
    /// The sender's name is the recipient's own address or domain.
    ///
    /// # What it looks for
    ///
    /// A display name that shows the address or the domain of a recipient ("example.jp support"), beside a From address
    /// elsewhere.
    ///
    /// # Why it matters
    ///
    /// A machine that writes to thousands puts each one's own address or house into the name, so that it looks like
    /// mail of the own administrator.
    ///
    /// # When it is wrong
    ///
    /// Services that work for the reader's domain and are known, a list's own notices, and mail to oneself from an
    /// address with the same local part are let pass; a small provider that names its notices after the customer's
    /// domain is not.
    id: "sender.claims-recipient",
    evidence: [Name, Address],
    banner: [Sender 86],
    exempt: [Answer, KnownHouse, Inside, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let mailbox = case.facts.identity.author()?;
    let (Some(name), Some(author)) = (&mailbox.name, &mailbox.address) else { return None };
    // A list that wrote itself into From says for whom; in its own notices it names itself.
    let is_rewritten = case.is_rewritten_by_list();
    let before_via = named::before_via(&name.shown).filter(|_| is_rewritten);
    let is_service = || case.is(Exemption::ListItself) || named::is_through_service(&name.shown, author);
    if before_via.is_none() && is_service() {
        return None;
    }
    // As it is written, and as it is meant, without what adorns it.
    let meant = case.folded_name().as_str().trim_matches(|character: char| !character.is_alphanumeric());
    let claimed = before_via.map_or_else(|| vec![name.shown.as_str(), meant], |name| vec![name]);
    let addresses: Vec<Address> = claimed.iter().flat_map(|claimed| named::addresses(claimed)).collect();
    let is_claimed = |recipient: &&Address| {
        let is_shown = addresses.iter().any(|shown| shown.is_same_mailbox(recipient));
        let is_domain_shown = || {
            recipient.domain.as_ref().map(Domain::organisational).is_some_and(|domain| {
                domain.contains('.')
                    && !domains::is_consumer_mail(domain)
                    && claimed.iter().any(|claimed| named::shows_domain(claimed, domain))
            })
        };
        (is_rewritten || !is_of(recipient, author)) && (is_shown || is_domain_shown())
    };
    let found = case.recipients().iter().find(is_claimed);
    found.map(|_| Evidence::of(Detail::Name, &name.shown).and(Detail::Address, &author.shown))
}

/// Whether an author's address is the recipient's in another place, or of the recipient's house.
fn is_of(recipient: &Address, author: &Address) -> bool {
    let is_same_house =
        matches!((&recipient.domain, &author.domain), (Some(own), Some(other)) if own.is_aligned_with(other));
    is_same_house || recipient.local.eq_ignore_ascii_case(&author.local)
}
