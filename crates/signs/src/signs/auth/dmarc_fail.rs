use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Method, Outcome};

declare_sign! {
    /// The domain in the sender's address does not vouch for the message.
    ///
    /// # What it looks for
    ///
    /// A DMARC result (RFC 7489) of the receiving host that says "fail", for a message that came through no mailing
    /// list and whose chain of forwarders (ARC, RFC 8617) was not confirmed.
    ///
    /// # Why it matters
    ///
    /// The owner of the domain has said how its mail can be told, and this one is not like that.
    ///
    /// # When it is wrong
    ///
    /// Forwarding that changes the message, and lists that do not rewrite From, break the check; companies forget a
    /// delivery service of theirs.
    id: "auth.dmarc-fail",
    evidence: [Domain],
    banner: [Sender 58],
    exempt: [List, AuthorVouched, Forwarded],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let author = case.facts.identity.author_domain()?;
    case.received_results()
        .any(|result| result.method == Method::Dmarc && result.outcome == Outcome::Fail)
        .then(|| Evidence::of(Detail::Domain, author.as_str()))
}
