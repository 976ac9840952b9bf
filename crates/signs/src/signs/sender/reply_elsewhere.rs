use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::{brands, domains};

declare_sign! {
    /// Answers would go to somebody else.
    ///
    /// # What it looks for
    ///
    /// A Reply-To address (RFC 5322 §3.6.2) of another organisation than the From address, at a provider where anybody
    /// gets a mailbox, while the sender writes from a domain of its own.
    ///
    /// # Why it matters
    ///
    /// A forger who borrows an address cannot read what is sent there. The answer has to reach him elsewhere.
    ///
    /// # When it is wrong
    ///
    /// Clubs and small shops that write through a service and read at a free provider; forms on websites. So this
    /// weighs little alone.
    id: "sender.reply-elsewhere",
    evidence: [Address, OtherAddress],
    banner: [Sender 55],
    exempt: [List, Answer, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_domain()?;
    let from = identity.author_address()?;
    if domains::is_consumer_mail(author.as_str()) {
        return None;
    }
    identity
        .reply_to
        .iter()
        .flat_map(|field| &field.mailboxes)
        .filter_map(|mailbox| mailbox.address.as_ref())
        .filter(|reply| {
            reply.domain.as_ref().is_some_and(|domain| {
                !domain.is_aligned_with(author)
                    && domains::is_consumer_mail(domain.as_str())
                    && brands::of_domain(domain.as_str()).is_none_or(|brand| !brand.owns(author.as_str()))
            })
        })
        .map(|reply| Evidence::of(Detail::Address, &reply.shown).and(Detail::OtherAddress, &from.shown))
        .next()
}
