use crate::{
    Detail, Evidence,
    case::{Case, Exemption},
    sign::declare_sign,
};
use mekiki_knowledge::domains::{self, DomainClass};

declare_sign! {
    /// A list or newsletter of somebody known, that authenticates and links home.
    ///
    /// # What it looks for
    ///
    /// List fields (RFC 2369, RFC 2919), an author's domain that vouches, and a link to that domain; the domain is a known
    /// brand's, a host of lists, or that of somebody the recipient knows. Not where the message speaks for a brand that
    /// does not vouch for it.
    ///
    /// # Why it matters
    ///
    /// Regular newsletters look like this, and look like phishing in other ways: counters in links, envelope addresses
    /// of delivery services.
    ///
    /// # When it is wrong
    ///
    /// A forger can send a list of his own: so it never speaks for a message in a foreign brand's name.
    id: "trust.list",
    evidence: [Domain],
    banner: [],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let author = case.facts.identity.author_domain()?;
    case.facts.identity.list.as_ref()?;
    let links_home =
        case.web_links().filter_map(|link| link.final_domain()).any(|domain| domain.is_aligned_with(author));
    let is_known = case.brand_of(author.as_str()).is_some_and(|brand| brand.sends_from(author.as_str()))
        || domains::classes(author.as_str()).contains(DomainClass::ListHost)
        || case.is(Exemption::KnownAddress);
    (links_home && is_known && case.is_author_vouched() && case.claimed().is_none_or(|brand| case.is_from(brand)))
        .then(|| Evidence::of(Detail::Domain, author.organisational()))
}
