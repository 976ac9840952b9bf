//! What kind of domain a host is: mailboxes for anybody, pages for anybody, shorteners, delivery
//! services, redirectors. Lists in `data/domains`, each with source and date.

use crate::brands::is_under;
use crate::endings::Endings;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/domains.rs"));

static CLASS_DOMAINS: LazyLock<Endings> = LazyLock::new(|| {
    Endings::new(CLASSES.iter().flat_map(|&(classes, domains)| {
        let set = classes.iter().fold(0, |set, class| set | class.bit());
        domains.split(' ').map(move |domain| (domain, set))
    }))
});

static SERVICE_DOMAINS: LazyLock<Endings> = LazyLock::new(|| {
    Endings::new((0..).zip(&SERVICES).flat_map(|(at, service)| service.domains.iter().map(move |domain| (*domain, at))))
});

static REDIRECTOR_HOSTS: LazyLock<Endings> = LazyLock::new(|| {
    Endings::new((0..).zip(&REDIRECTORS).flat_map(|(at, entry)| entry.hosts.iter().map(move |host| (*host, at))))
});

/// What a domain is known as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DomainClass {
    /// Gives mailboxes to anybody: gmail.com, yahoo.co.jp, outlook.com.
    FreeMail,
    /// Gives mailboxes to the customers of a carrier or provider: docomo.ne.jp, ocn.ne.jp, t-online.de.
    ProviderMail,
    /// Gives mailboxes that last minutes.
    DisposableMail,
    /// Gives pages to anybody: github.io, weebly.com, web.app.
    FreeHosting,
    /// Gives names for changing addresses to anybody: duckdns.org.
    DynamicDns,
    /// Makes a machine at home reachable under a name: ngrok.io, trycloudflare.com.
    Tunnel,
    /// Shows files of the IPFS network.
    IpfsGateway,
    /// Shows files that anybody uploads: storage.googleapis.com, blob.core.windows.net.
    Storage,
    /// Makes forms for anybody: forms.gle, jotform.com.
    FormBuilder,
    /// Makes short links for anybody: bit.ly, t.co.
    Shortener,
    /// Shows documents, designs and files of anybody beside what its owner says: canva.com, github.com.
    SharedPage,
    /// Keeps mailing lists, to which people write: lists.debian.org, googlegroups.com.
    ListHost,
    /// Passes mail on to the owner of an alias, under an address of its own: addy.io, duck.com, mozmail.com.
    AliasRelay,
}

impl DomainClass {
    /// Its bit in a set of classes.
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The classes of one host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DomainClasses(u16);

impl DomainClasses {
    /// Whether a class is among them.
    pub fn contains(self, class: DomainClass) -> bool {
        self.0 & class.bit() != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes, in the order of their declaration.
    pub fn iter(self) -> impl Iterator<Item = DomainClass> {
        EVERY_CLASS.into_iter().filter(move |class| self.contains(*class))
    }

    /// Whether strangers put pages or files there or let it lead elsewhere, so that the name says
    /// nothing about who is behind a link.
    pub fn is_anybodys_page(self) -> bool {
        self.iter().any(|class| {
            matches!(
                class,
                DomainClass::FreeHosting
                    | DomainClass::DynamicDns
                    | DomainClass::Tunnel
                    | DomainClass::IpfsGateway
                    | DomainClass::Storage
                    | DomainClass::FormBuilder
            )
        })
    }
}

/// The classes of a host (lower-case). Sub-domains count, except for free and disposable mail:
/// `mail.yahoo.co.jp` is the provider's own.
pub fn classes(host: &str) -> DomainClasses {
    let host = host.strip_suffix('.').unwrap_or(host);
    let exact_only = DomainClass::FreeMail.bit() | DomainClass::DisposableMail.bit();
    DomainClasses(
        CLASS_DOMAINS.of(host).flatten().fold(0, |set, &(domain, found)| {
            set | if domain.len() == host.len() { found } else { found & !exact_only }
        }),
    )
}

/// Whether a domain gives mailboxes to the public: free, of a provider, or disposable.
pub fn is_consumer_mail(domain: &str) -> bool {
    let classes = classes(domain);
    classes.contains(DomainClass::FreeMail)
        || classes.contains(DomainClass::ProviderMail)
        || classes.contains(DomainClass::DisposableMail)
}

/// A service through which others send their mail.
#[derive(Debug, PartialEq, Eq)]
pub struct DeliveryService {
    /// Its name.
    pub name: &'static str,
    /// Its domains for envelopes, signatures and clicks.
    pub domains: &'static [&'static str],
}

/// The delivery service to which a host (lower-case) belongs.
pub fn delivery_service(host: &str) -> Option<&'static DeliveryService> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let (_, service) = SERVICE_DOMAINS.of(host).flatten().last()?;
    SERVICES.get(usize::from(*service))
}

/// A host that leads on to a target written in the link.
#[derive(Debug, PartialEq, Eq)]
pub struct Redirector {
    /// Whose it is.
    pub name: &'static str,
    /// What it is for.
    pub kind: RedirectorKind,
    /// Its hosts; sub-domains count.
    pub hosts: &'static [&'static str],
    /// What the path begins with.
    pub path: &'static str,
    /// Where the target stands.
    pub target: Target,
}

/// What a redirector is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RedirectorKind {
    /// A mail gateway that checks links when they are clicked. Not suspicious in itself.
    Gateway,
    /// A well-known host's page that leads wherever its address says.
    OpenRedirect,
    /// Shows another page in translation.
    Translator,
    /// Shows another page from a cache.
    Cache,
    /// A delivery service's click counter.
    Tracker,
}

/// Where in a link the inner target stands. Its scheme may be missing everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// In one of these query fields, percent-encoded and written so.
    Query(&'static [&'static str], TargetCoding),
    /// Behind the redirector's path, with at most one word before it.
    Path,
    /// In the host, with hyphens for dots: `www-example-com.translate.goog`.
    Host,
    /// Check Point: in the path between `___` and `___`.
    CheckPoint,
    /// URL Defense v3: between `__` and `__;`, with `*` for characters that follow in base64.
    UrlDefenseV3,
    /// Known to the redirector only.
    Hidden,
}

/// How a query field carries the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetCoding {
    /// As it is.
    Plain,
    /// In base64, of either alphabet.
    Base64,
    /// `a1`, and base64 behind it.
    Bing,
    /// URL Defense v2: `-` for `%` and `_` for `/`.
    UrlDefenseV2,
}

/// The redirector that a host (lower-case) and path (decoded) belong to; the one with the longest path first.
pub fn redirector(host: &str, path: &str) -> Option<&'static Redirector> {
    let host = host.strip_suffix('.').unwrap_or(host);
    REDIRECTOR_HOSTS
        .of(host)
        .filter_map(|rows| {
            rows.iter()
                .filter_map(|&(_, index)| REDIRECTORS.get(usize::from(index)))
                .filter(|redirector| path.starts_with(redirector.path))
                .max_by_key(|redirector| redirector.path.len())
        })
        .last()
}

/// Whether a host (lower-case) stands under a suffix known for abuse.
pub fn has_risky_suffix(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    RISKY.iter().any(|suffix| host.len() > suffix.len() && is_under(host, suffix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_the_classes_of_their_domains() {
        assert!(classes("gmail.com").contains(DomainClass::FreeMail));
        assert!(is_consumer_mail("docomo.ne.jp"));
        assert!(!is_consumer_mail("mail.yahoo.co.jp"));
        assert!(is_consumer_mail("abc.ocn.ne.jp"));
        assert!(classes("evil.duckdns.org").contains(DomainClass::DynamicDns));
        assert!(classes("evil.github.io").is_anybodys_page());
        assert!(classes("bit.ly").contains(DomainClass::Shortener));
        assert!(classes("notbit.ly").is_empty());
        assert!(classes("example.com").is_empty());
    }

    #[test]
    fn delivery_services_are_known_by_any_host() {
        assert_eq!(delivery_service("u123.ct.sendgrid.net").map(|s| s.name), Some("SendGrid"));
        assert_eq!(delivery_service("bounce.amazonses.com").map(|s| s.name), Some("Amazon SES"));
        assert!(delivery_service("sendgrid.net.example.com").is_none());
    }

    #[test]
    fn redirectors_say_where_the_target_stands() {
        let safe = redirector("eur02.safelinks.protection.outlook.com", "/");
        assert_eq!(
            safe.map(|r| (r.kind, r.target)),
            Some((RedirectorKind::Gateway, Target::Query(&["url"], TargetCoding::Plain)))
        );
        let v3 = redirector("urldefense.com", "/v3/__https://example.com/__;!!x");
        assert_eq!(v3.map(|r| r.target), Some(Target::UrlDefenseV3));
        assert!(redirector("www.google.com", "/search").is_none());
        assert!(redirector("www.google.com", "/url").is_some());
    }
}
