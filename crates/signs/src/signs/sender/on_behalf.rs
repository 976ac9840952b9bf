use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::{brands, domains};

declare_sign! {
    /// Somebody unrelated sent it in the author's name.
    ///
    /// # What it looks for
    ///
    /// A Sender field (RFC 5322 §3.6.2) of another organisation than the From address, for which the author's domain
    /// does not vouch.
    ///
    /// # Why it matters
    ///
    /// Sender names the agent who really wrote. Few programs show it, so a forger can put there whatever passes a
    /// check.
    ///
    /// # When it is wrong
    ///
    /// Lists, calendars, delivery services and big providers write so for those who use them, and are let pass, as is
    /// an address for errors that holds the author's own; a secretary with an address in another house is not.
    id: "sender.on-behalf",
    evidence: [Address, OtherAddress],
    banner: [Sender 65],
    exempt: [List, Answer, AuthorVouched],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_address()?;
    let senders = identity.sender.iter().flat_map(|field| &field.mailboxes);
    senders
        .filter_map(|mailbox| mailbox.address.as_ref())
        .find(|sender| is_unrelated(sender, author) && !is_explained(case, sender, author))
        .map(|sender| Evidence::of(Detail::Address, &sender.shown).and(Detail::OtherAddress, &author.shown))
}

fn is_unrelated(sender: &Address, author: &Address) -> bool {
    matches!((&sender.domain, &author.domain), (Some(sender), Some(author))
        if sender.as_str().contains('.') && !sender.is_aligned_with(author))
}

/// Whether the sender is one that writes for others: a list's or a machine's address for errors, or a known house that
/// vouches for the message, so far as anything was checked.
fn is_explained(case: &Case, sender: &Address, author: &Address) -> bool {
    let Some(domain) = sender.domain.as_ref().map(Domain::as_str) else { return true };
    let local = sender.local.to_lowercase();
    let holds_author = author.domain.as_ref().is_some_and(|author| local.contains(author.organisational()));
    let is_for_errors =
        holds_author || ["owner", "bounce", "request", "return", "errors"].iter().any(|word| local.contains(word));
    let is_known = domains::delivery_service(domain).is_some()
        || domains::is_consumer_mail(domain)
        || brands::of_domain(domain).is_some();
    let is_unchecked = !case.results().has_any();
    let vouches =
        || case.vouched().iter().any(|vouched| sender.domain.as_ref().is_some_and(|own| own.is_aligned_with(vouched)));
    is_for_errors || is_known && (is_unchecked || vouches())
}
