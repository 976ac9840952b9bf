//! `trust.list`

use crate::{Detail, Evidence, Sign, case::Case};

/// A list or newsletter of a domain that authenticates and links home.
///
/// # What it looks for
///
/// List fields (RFC 2369, RFC 2919), an author's domain that vouches, and a link to that domain; not where the
/// message speaks for a brand that does not vouch for it.
///
/// # Why it matters
///
/// Regular newsletters look like this, and look like phishing in other ways: counters in links, envelope addresses
/// of delivery services.
///
/// # When it is wrong
///
/// A forger can send a list of his own: so it never speaks for a message in a foreign brand's name.
pub struct List;

impl Sign for List {
    fn id(&self) -> &'static str {
        "trust.list"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Domain]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let (Some(_), Some(author)) = (&case.facts.identity.list, case.facts.identity.author_domain()) else {
            return Vec::new();
        };
        let links_home =
            case.web_links().filter_map(|link| link.final_domain()).any(|domain| domain.is_aligned_with(author));
        if links_home && case.is_author_vouched() && case.claimed().is_none_or(|brand| case.is_from(brand)) {
            vec![Evidence::of(Detail::Domain, author.organisational())]
        } else {
            Vec::new()
        }
    }
}
