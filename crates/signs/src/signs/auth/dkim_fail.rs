//! `auth.dkim-fail`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::{Method, Outcome};

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
pub struct DkimFail;

impl Sign for DkimFail {
    fn id(&self) -> &'static str {
        "auth.dkim-fail"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Domain]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(author) = case.facts.identity.author_domain() else { return Vec::new() };
        let is_forwarded =
            case.received_results().any(|result| result.method == Method::Arc && result.outcome == Outcome::Pass);
        if case.is_author_vouched() || case.is_through_list() || is_forwarded {
            return Vec::new();
        }
        case.received_results()
            .filter(|result| result.method == Method::Dkim && result.outcome == Outcome::Fail)
            .filter_map(|result| result.domain.as_ref())
            .find(|domain| domain.is_aligned_with(author))
            .map(|domain| Evidence::of(Detail::Domain, domain.as_str()))
            .into_iter()
            .collect()
    }
}
