//! Where it wants the reader to go.

pub mod brand_in_url;
pub mod brand_mismatch;
pub mod download;
pub mod false_https;
pub mod form_in_mail;
pub mod host_location;
pub mod ip_host;
pub mod lookalike_domain;
pub mod obfuscated;
pub mod odd_port;
pub mod recipient_in_url;
pub mod redirector;
pub mod risky_suffix;
pub mod script_scheme;
pub mod second_brand;
pub mod text_mismatch;
pub mod throwaway_host;
pub mod userinfo;

use crate::case::{Case, is_foreign};
use mekiki_facts::{Domain, Host, Link, LinkSource};
use mekiki_knowledge::{
    brands::Mention,
    domains::{self, DomainClass, RedirectorKind},
    fold, networks,
};

/// The brands that a link's host labels, path or query name.
fn named_in<'a>(case: &Case<'a>, link: &Link) -> impl Iterator<Item = Mention<'a>> + use<'a> {
    let host = match link.final_host() {
        Some(Host::Domain(domain)) => domain.as_str(),
        _ => "",
    };
    let words = format!("{host} {}", link.path).replace(['/', '-', '_', '.', '?', '&', '=', '+'], " ");
    case.own_brands().find(&fold::fold(&words)).into_iter()
}

/// Links to the web that lead to somebody who has no part in the message. Where it speaks for a brand that did not send
/// it: foreign to the brand. Else: neither the sender's, nor a known brand's, nor a delivery service's, nor short, so that
/// nobody can tell. In mail through a list that people write to, and in answers, which quote others' links, there are
/// none.
fn stray_links<'a>(case: &'a Case<'a>) -> impl Iterator<Item = &'a Link> {
    let is_others = case.is_through_list() || case.is_report();
    let judged = case.judged_brand();
    case.web_links().filter(move |link| {
        !is_others && !is_sealed(link) && judged.map_or_else(|| is_stray(case, link), |brand| is_foreign(link, brand))
    })
}

/// Whether a link leads to somebody who has no part in a message that speaks for no brand, see [`stray_links`].
fn is_stray(case: &Case, link: &Link) -> bool {
    match link.final_host() {
        Some(Host::Domain(domain)) => {
            let host = domain.as_str();
            !is_of_sender(case, domain)
                && domains::delivery_service(host).is_none()
                && !domains::classes(host).contains(DomainClass::Shortener)
                && (domains::classes(host).is_anybodys_page() || case.brand_of(host).is_none())
        }
        Some(Host::Ip(address)) => networks::is_public(*address),
        None => false,
    }
}

/// Whether only a mail gateway or a click counter knows where a link leads.
fn is_sealed(link: &Link) -> bool {
    let Some(Host::Domain(domain)) = link.host.as_ref().filter(|_| link.unwrapped.is_empty()) else { return false };
    domains::redirector(domain.as_str(), &link.path)
        .is_some_and(|known| matches!(known.kind, RedirectorKind::Gateway | RedirectorKind::Tracker))
}

/// Whether a domain belongs to whoever sends the message: the author's, one that vouches for it or signed it, the
/// envelope's, or the one to unsubscribe at.
fn is_of_sender(case: &Case, domain: &Domain) -> bool {
    let identity = &case.facts.identity;
    let envelope = identity.return_path.as_ref().and_then(|path| path.address.as_ref()?.domain.as_ref());
    let unsubscribe = case
        .facts
        .links
        .iter()
        .filter(|link| link.source == LinkSource::ListUnsubscribe)
        .filter_map(|link| link.final_domain());
    let signatures = case.facts.authentication.signatures.iter().filter_map(|signature| signature.domain.as_ref());
    identity
        .author_domain()
        .into_iter()
        .chain(envelope)
        .chain(case.vouched())
        .chain(signatures)
        .chain(unsubscribe)
        .any(|own| own.is_aligned_with(domain))
}
