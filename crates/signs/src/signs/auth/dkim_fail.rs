use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Method, Outcome};

declare_sign! {
    /// The signature in the sender's name does not hold.
    ///
    /// # What it looks for
    ///
    /// A DKIM result (RFC 6376) of the receiving host that says "fail" for the author's own domain, where nothing else
    /// vouches for that domain.
    ///
    /// # Why it matters
    ///
    /// Either the message was changed after it was signed, or the signature was copied from another.
    ///
    /// # When it is wrong
    ///
    /// Forwarders, virus scanners and lists that add a line break signatures of honest mail every day: so it weighs
    /// little, and a list or a confirmed chain of forwarders (ARC, RFC 8617) is let pass.
    id: "auth.dkim-fail",
    evidence: [Domain],
    banner: [Sender 38],
    exempt: [List, AuthorVouched, Forwarded],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let author = case.facts.identity.author_domain()?;
    case.received_results()
        .filter(|result| result.method == Method::Dkim && result.outcome == Outcome::Fail)
        .filter_map(|result| result.domain.as_ref())
        .find(|domain| domain.is_aligned_with(author))
        .map(|domain| Evidence::of(Detail::Domain, domain.as_str()))
}
