use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{AlternativeKind, Host, Link, LinkSource};
use mekiki_knowledge::domains;
use std::collections::BTreeSet;

declare_sign! {
    /// The plain text and the HTML of the message lead to different places.
    ///
    /// # What it looks for
    ///
    /// A message in both forms, with links in both, of which no two lead to one organisation, though the HTML leads
    /// neither to the author's own domain nor through a delivery service's click counter.
    ///
    /// # Why it matters
    ///
    /// Both forms are to say the same. Where a filter reads the one and the reader sees the other, the harmless one was
    /// put there for the filter, or the template was taken from somebody else.
    ///
    /// # When it is wrong
    ///
    /// Newsletters whose HTML alone goes through a click counter that nobody lists: where their own domain vouches and
    /// they are a list or link home in the text, they are let pass.
    id: "mime.alternatives-differ",
    evidence: [Domain, OtherDomain],
    banner: [Leads 86],
    exempt: [List, Answer],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let facts = case.facts;
    let has = |kind| facts.text.alternatives.iter().any(|alternative| alternative.kind == kind);
    if !has(AlternativeKind::Plain) || !has(AlternativeKind::Html) {
        return None;
    }
    let links = || facts.links.iter().filter(|link| link.is_web());
    let plain: BTreeSet<String> =
        links().filter(|link| link.source == LinkSource::PlainText).filter_map(place).collect();
    let html: Vec<&Link> =
        links().filter(|link| link.source != LinkSource::PlainText && link.is_clickable() && link.is_visible).collect();
    let author = facts.identity.author_domain().map(mekiki_facts::Domain::organisational);
    let is_at_home = |place: &String| Some(place.as_str()) == author;
    let is_vouched_newsletter =
        case.is_author_vouched() && (facts.identity.list.is_some() || plain.iter().any(is_at_home));
    let html_places: BTreeSet<String> = html.iter().filter_map(|link| place(link)).collect();
    let is_explained = is_vouched_newsletter
        || html.iter().any(|link| is_counted(link))
        || html_places.iter().any(is_at_home)
        || !plain.is_disjoint(&html_places);
    match (plain.first(), html_places.first()) {
        (Some(plain), Some(html)) if !is_explained => {
            Some(Evidence::of(Detail::Domain, plain).and(Detail::OtherDomain, html))
        }
        _ => None,
    }
}

/// Where a link ends up: an organisational domain or an address.
fn place(link: &Link) -> Option<String> {
    match link.final_host()? {
        Host::Domain(domain) => Some(domain.organisational().to_owned()),
        Host::Ip(ip) => Some(ip.to_string()),
    }
}

/// Whether a link goes through a delivery service's click counter.
fn is_counted(link: &Link) -> bool {
    matches!(&link.host, Some(Host::Domain(domain)) if domains::delivery_service(domain.as_str()).is_some())
}
