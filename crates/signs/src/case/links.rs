//! Where the message leads, and whose places those are.

use crate::case::Case;
use mekiki_facts::{Domain, Host, Link, LinkSource, Wrapper};
use mekiki_knowledge::{
    brands::{self, Brand},
    domains::{self, DomainClass},
    networks,
};

impl<'a> Case<'a> {
    /// Links to the web that the reader is meant to use: visible and clickable.
    pub fn web_links(&self) -> impl Iterator<Item = &Link> {
        self.facts.links.iter().filter(|link| link.is_web() && link.is_clickable() && link.is_visible)
    }

    /// Whether a link leads to the brand's own pages.
    pub fn leads_home(&self, brand: &Brand) -> bool {
        self.web_links()
            .filter_map(Link::final_domain)
            .any(|domain| brand.owns(domain.as_str()) && !domains::classes(domain.as_str()).is_anybodys_page())
    }

    /// Whether a link leads to somebody the brand has nothing to do with, see [`Case::is_foreign`].
    pub fn leads_away(&self, brand: &Brand) -> bool {
        self.web_links().any(|link| self.is_foreign(link, brand))
    }

    /// Web links that are to be held against the brand the message speaks for, see [`Case::judged_brand`]: those that
    /// are foreign to it.
    pub fn judged_links(&self) -> impl Iterator<Item = (&'a Brand<'a>, &Link)> {
        self.judged_brand().into_iter().flat_map(move |brand| {
            self.web_links().filter(move |link| self.is_foreign(link, brand)).map(move |link| (brand, link))
        })
    }

    /// Links to the web that lead to somebody who has no part in the message. Where it speaks for a brand that did not
    /// send it: foreign to the brand. Else: neither the sender's, nor a known brand's, nor a delivery service's, nor
    /// short, so that nobody can tell. Who asks spares mail of lists and answers, which quote others' links.
    pub fn stray_links(&self) -> impl Iterator<Item = &Link> {
        let judged = self.judged_brand();
        self.web_links().filter(move |link| {
            !is_sealed(link) && judged.map_or_else(|| self.is_stray(link), |brand| self.is_foreign(link, brand))
        })
    }

    /// Whether a link leads to somebody the brand has nothing to do with: not its own, and no other known brand's (their
    /// icons stand under many mails). A short link, a service that shows pages of anybody, a click counter and a
    /// redirector that keeps its target to itself, and a page that anybody can make under a brand's domain, count as a
    /// stranger's. The counter of the very service that delivered the message, by the receiving host's word, does not: it
    /// stands in every link that goes through that service.
    pub fn is_foreign(&self, link: &Link, brand: &Brand) -> bool {
        match link.final_host() {
            Some(Host::Domain(domain)) => {
                let host = domain.as_str();
                let classes = domains::classes(host);
                let service = domains::delivery_service(host);
                let delivers = || self.vouched().iter().any(|own| domains::delivery_service(own.as_str()) == service);
                let is_relays = classes.contains(DomainClass::AliasRelay) && self.relayed_from().is_some();
                !is_relays
                    && (classes.is_anybodys_page()
                        || link.sealed == Some(Wrapper::Redirector)
                        || !brand.owns(host)
                            && (classes.contains(DomainClass::Shortener)
                                || classes.contains(DomainClass::SharedPage)
                                || if service.is_some() { !delivers() } else { brands::of_domain(host).is_none() }))
            }
            Some(Host::Ip(_)) => true,
            None => false,
        }
    }

    /// Whether the message shows pictures and next to no text, and wants a click on them.
    pub fn is_clicked_picture(&self) -> bool {
        self.facts.text.is_image_only && self.web_links().any(|link| link.is_picture)
    }

    /// Whether a link leads to somebody who has no part in a message that speaks for no brand.
    fn is_stray(&self, link: &Link) -> bool {
        match link.final_host() {
            Some(Host::Domain(domain)) => {
                let host = domain.as_str();
                !self.is_of_sender(domain)
                    && domains::delivery_service(host).is_none()
                    && !domains::classes(host).contains(DomainClass::Shortener)
                    && (domains::classes(host).is_anybodys_page() || self.brand_of(host).is_none())
            }
            Some(Host::Ip(address)) => networks::is_public(*address),
            None => false,
        }
    }

    /// Whether a domain belongs to whoever sends the message: the author's, one that vouches for it or signed it, the
    /// envelope's, or the one to unsubscribe at.
    fn is_of_sender(&self, domain: &Domain) -> bool {
        let identity = &self.facts.identity;
        let envelope = identity.return_path.as_ref().and_then(|path| path.address.as_ref()?.domain.as_ref());
        let links = self.facts.links.iter();
        let unsubscribe =
            links.filter(|link| link.source == LinkSource::ListUnsubscribe).filter_map(|link| link.final_domain());
        let signatures = self.facts.authentication.signatures.iter().filter_map(|signature| signature.domain.as_ref());
        identity
            .author_domain()
            .into_iter()
            .chain(envelope)
            .chain(self.vouched())
            .chain(signatures)
            .chain(unsubscribe)
            .any(|own| own.is_aligned_with(domain))
    }
}

/// Whether only a mail gateway or a click counter knows where a link leads.
const fn is_sealed(link: &Link) -> bool {
    matches!(link.sealed, Some(Wrapper::Gateway | Wrapper::Tracker))
}
