//! `auth.spf-fail`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::{Method, Outcome};

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
pub struct SpfFail;

impl Sign for SpfFail {
    fn id(&self) -> &'static str {
        "auth.spf-fail"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Domain, Detail::Term]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(author) = case.facts.identity.author_domain() else { return Vec::new() };
        if case.is_author_vouched() || case.is_through_list() {
            return Vec::new();
        }
        case.received_results()
            .find(|result| result.method == Method::Spf && matches!(result.outcome, Outcome::Fail | Outcome::Softfail))
            .map(|result| {
                let domain = result.domain.as_ref().unwrap_or(author);
                let word = if result.outcome == Outcome::Fail { "fail" } else { "softfail" };
                Evidence::of(Detail::Domain, domain.as_str()).and(Detail::Term, word)
            })
            .into_iter()
            .collect()
    }
}
