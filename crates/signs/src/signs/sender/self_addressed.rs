use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// The message claims to come from its own recipient.
    ///
    /// # What it looks for
    ///
    /// A From address that is one of the recipient's, on a message that came in from outside and for which the
    /// recipient's domain does not vouch.
    ///
    /// # Why it matters
    ///
    /// Nobody gets notices of a company from themselves. Forgers do it because the address passes for a known one, and
    /// some programs then show "Me" in place of it.
    ///
    /// # When it is wrong
    ///
    /// A mail to oneself sent through a host that neither logs in nor signs; a scanner or a script at home. A
    /// submission that logged in, a signed message, one that never left the house, a list's copy to its author and one
    /// where the author stands in Cc are let pass.
    id: "sender.self-addressed",
    evidence: [Address],
    exempt: [List, AuthorVouched, Inside],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let author = case.facts.identity.author_address()?;
    let is_copied = case
        .facts
        .identity
        .cc
        .iter()
        .flat_map(|field| &field.mailboxes)
        .any(|mailbox| mailbox.address.as_ref().is_some_and(|address| address.is_same_mailbox(author)));
    let is_recipient = !is_copied && case.recipients().iter().any(|recipient| recipient.is_same_mailbox(author));
    is_recipient.then(|| Evidence::of(Detail::Address, &author.shown))
}
