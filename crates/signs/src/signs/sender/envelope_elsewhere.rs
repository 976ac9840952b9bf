use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Method;
use mekiki_knowledge::domains;

declare_sign! {
    /// Whoever handed it in is not whoever it says it is from.
    ///
    /// # What it looks for
    ///
    /// An envelope sender (Return-Path, RFC 5321 §4.4) of another organisation than the From address, which is no known
    /// delivery service, where the From domain does not vouch for the message. Where the receiving host wrote down no
    /// check at all, a signature of that domain counts for it. A web host's account at the machine that sent it is let pass
    /// where nobody known is named.
    ///
    /// # Why it matters
    ///
    /// The envelope is where errors are sent back to: it tells who really sends. A forger puts the stolen name into the
    /// letter only.
    ///
    /// # When it is wrong
    ///
    /// Agencies and small delivery services that nobody lists; forwarders that write themselves into the envelope.
    id: "sender.envelope-elsewhere",
    evidence: [Address, Domain],
    banner: [Sender 66],
    exempt: [List, Answer, AuthorVouched, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_domain()?;
    let envelope = identity.return_path.as_ref().and_then(|path| path.address.as_ref())?;
    let domain = envelope.domain.as_ref().filter(|domain| domain.as_str().contains('.'))?;
    let is_explained = domain.is_aligned_with(author)
        || case.is_signed_unchecked() && !case.results().has_checked(&Method::Spf)
        || domains::delivery_service(domain.as_str()).is_some()
        || case.recipients().iter().any(|to| to.domain.as_ref().is_some_and(|to| to.is_aligned_with(domain)));
    // A web host writes the account of the site into the envelope, at the machine that sends.
    let is_web_hosts = || {
        let hop = case.first_outside().filter(|hop| !hop.is_unnamed);
        hop.and_then(|hop| hop.reverse_name.as_ref()).is_some_and(|name| name == domain)
            && case.claimed().is_none()
            && domain.as_str() != domain.organisational()
    };
    if is_explained || is_web_hosts() {
        return None;
    }
    Some(Evidence::of(Detail::Address, &envelope.shown).and(Detail::Domain, author.as_str()))
}
