//! `auth.dmarc-fail`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::{Method, Outcome};

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
pub struct DmarcFail;

impl Sign for DmarcFail {
    fn id(&self) -> &'static str {
        "auth.dmarc-fail"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Domain]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(author) = case.facts.identity.author_domain() else { return Vec::new() };
        if case.is_author_vouched() || case.is_through_list() {
            return Vec::new();
        }
        let says = |method: &Method, outcome: Outcome| {
            case.received_results().any(|result| result.method == *method && result.outcome == outcome)
        };
        if says(&Method::Dmarc, Outcome::Fail) && !says(&Method::Arc, Outcome::Pass) {
            vec![Evidence::of(Detail::Domain, author.as_str())]
        } else {
            Vec::new()
        }
    }
}
