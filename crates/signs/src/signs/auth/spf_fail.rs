use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Method, Outcome};

declare_sign! {
    /// The machine that sent it may not send for the domain it named.
    ///
    /// # What it looks for
    ///
    /// An SPF result (RFC 7208) of the receiving host that says "fail" or "softfail", where nothing else vouches for
    /// the sender's domain.
    ///
    /// # Why it matters
    ///
    /// The owner of the domain has published which machines send its mail, and this was none of them.
    ///
    /// # When it is wrong
    ///
    /// Plain forwarding breaks SPF; a signature that holds, or a mailing list, lets the message pass.
    id: "auth.spf-fail",
    evidence: [Domain, Term],
    banner: [Sender 57],
    exempt: [List, AuthorVouched],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let author = case.facts.identity.author_domain()?;
    case.received_results()
        .find(|result| result.method == Method::Spf && matches!(result.outcome, Outcome::Fail | Outcome::Softfail))
        .map(|result| {
            let domain = result.domain.as_ref().unwrap_or(author);
            let word = if result.outcome == Outcome::Fail { "fail" } else { "softfail" };
            Evidence::of(Detail::Domain, domain.as_str()).and(Detail::Term, word)
        })
}
