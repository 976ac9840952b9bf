use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::domains;

declare_sign! {
    /// Somebody vouches for it, but not the domain in the sender's address.
    ///
    /// # What it looks for
    ///
    /// A passing signature or SPF check by the receiving host's word, all for domains that have nothing to do with the
    /// From domain (RFC 7489 §3.1), none of them a known delivery service or the mailing list it came through.
    ///
    /// # Why it matters
    ///
    /// "Passed" sounds good; passed for whom is the question. A forger's own domain passes every check.
    ///
    /// # When it is wrong
    ///
    /// Small shops whose provider signs for them; a person who writes through the account of another house.
    id: "auth.unaligned",
    evidence: [Domain, OtherDomain],
    banner: [Sender 62],
    exempt: [List, AuthorVouched, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let author = case.facts.identity.author_domain()?;
    let list = case.facts.identity.list.as_ref().and_then(|list| list.domain.as_ref());
    let is_explained = case.vouched().iter().any(|domain| {
        domains::delivery_service(domain.as_str()).is_some()
            || list.is_some_and(|list| domain.is_aligned_with(list))
            || case.recipients().iter().any(|to| to.domain.as_ref().is_some_and(|to| to.is_aligned_with(domain)))
    });
    match case.results().vouched_by_word().find(|domain| !domain.is_aligned_with(author)) {
        Some(vouched) if !is_explained => {
            Some(Evidence::of(Detail::Domain, author.as_str()).and(Detail::OtherDomain, vouched.as_str()))
        }
        _ => None,
    }
}
