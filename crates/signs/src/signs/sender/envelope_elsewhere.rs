//! `sender.envelope-elsewhere`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::domains;

/// Whoever handed it in is not whoever it says it is from.
///
/// # What it looks for
///
/// An envelope sender (Return-Path, RFC 5321 §4.4) of another organisation than the From address, which is no known
/// delivery service, and no signature of the From domain that would explain it.
///
/// # Why it matters
///
/// The envelope is where errors are sent back to: it tells who really sends. A forger puts the stolen name into the
/// letter only.
///
/// # When it is wrong
///
/// Agencies and small delivery services that nobody lists; forwarders that write themselves into the envelope.
pub struct EnvelopeElsewhere;

impl Sign for EnvelopeElsewhere {
    fn id(&self) -> &'static str {
        "sender.envelope-elsewhere"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Address, Detail::Domain]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let identity = &case.facts.identity;
        let Some(author) = identity.author_domain() else { return Vec::new() };
        if case.is_through_list() || case.is_report() {
            return Vec::new();
        }
        let Some(envelope) = identity.return_path.as_ref().and_then(|path| path.address.as_ref()) else {
            return Vec::new();
        };
        let Some(domain) = envelope.domain.as_ref().filter(|domain| domain.as_str().contains('.')) else {
            return Vec::new();
        };
        let is_explained = domain.is_aligned_with(author)
            || case.is_signed_by_author()
            || case.is_author_vouched()
            || domains::delivery_service(domain.as_str()).is_some()
            || case.recipients().iter().any(|to| to.domain.as_ref().is_some_and(|to| to.is_aligned_with(domain)));
        if is_explained {
            return Vec::new();
        }
        vec![Evidence::of(Detail::Address, &envelope.shown).and(Detail::Domain, author.as_str())]
    }
}
