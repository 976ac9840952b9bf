use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// Somebody the reader knows, and the address is genuine.
    ///
    /// # What it looks for
    ///
    /// A From address that is a contact's or one the reader has written to, for whose domain the receiving host found a
    /// passing DKIM signature, SPF or DMARC, and answers that go back to it.
    ///
    /// # Why it matters
    ///
    /// People one writes with send links, bills and hurried words too.
    ///
    /// # When it is wrong
    ///
    /// A correspondent's mailbox that was broken into. It does not outweigh everything, and not a message in the name
    /// of a brand that is not the correspondent's.
    id: "trust.correspondent",
    evidence: [Address],
    banner: [],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_address()?;
    let is_own = case.recipients().iter().any(|recipient| recipient.is_same_mailbox(author));
    let is_known = case.is_known_address(author) && !is_own;
    let mut replies = identity
        .reply_to
        .iter()
        .flat_map(|field| &field.mailboxes)
        .filter_map(|mailbox| mailbox.address.as_ref())
        .filter_map(|address| address.domain.as_ref());
    let is_answered_home =
        replies.all(|reply| author.domain.as_ref().is_some_and(|author| author.is_aligned_with(reply)));
    let is_at_odds = case.judged_brand().is_some();
    (is_known && case.is_author_vouched() && is_answered_home && !is_at_odds && identity.from.len() == 1)
        .then(|| Evidence::of(Detail::Address, &author.shown))
}
