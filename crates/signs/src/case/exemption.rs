//! The kinds of mail that signs are not held against. Each is decided here and nowhere else; which sign spares which
//! kind stands in the sign's declaration.

use crate::{case::Case, named};
use mekiki_facts::{Domain, Greeting, Link, LinkSource, Method, Outcome};
use mekiki_knowledge::{
    brands,
    domains::{self, DomainClass},
};
use std::cell::OnceCell;

macro_rules! exemptions {
    ($($(#[doc = $doc:literal])+ $variant:ident = $words:literal: $holds:path,)+) => {
        /// A kind of mail that a sign can spare.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Exemption { $($(#[doc = $doc])+ $variant,)+ }

        impl Exemption {
            /// Every kind there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// What the catalogue calls it.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)+ }
            }

            fn holds(self, case: &Case) -> bool {
                match self { $(Self::$variant => $holds(case),)+ }
            }
        }
    };
}

exemptions! {
    /// It came through a list, which changes what it passes on.
    List = "mail through a list that is known, or proven and in nobody else's name": is_through_list,
    /// The same, from the list's own address, whether it writes itself or for somebody who wrote to it.
    ListItself = "mail from the own address of such a list": is_from_list,
    /// The same, and its links are written out, as those are that people talk about.
    ListTalk = "mail through such a list whose links are written out": is_list_talk,
    /// The brand that it speaks for wrote to a list that put itself into From.
    BrandThroughList = "mail into whose From such a list wrote itself, and that leads to the brand it names":
        is_brand_through_list,
    /// Somebody the reader has written to sent it, or a mail server of the reader's own side.
    Answer = "mail of those the recipient has written to, and of the recipient's own mail server": answers_another,
    /// A mail server reports on the delivery of another message.
    DeliveryReport = "reports on the delivery of other mail": is_delivery_report,
    /// A mail server writes under its own name.
    MailServer = "what a mail server writes itself": is_by_mail_server,
    /// The receiving host confirmed the chain of forwarders it came through (ARC, RFC 8617).
    Forwarded = "mail whose chain of forwarders is confirmed": is_forwarded,
    /// The author's domain vouches for it.
    AuthorVouched = "mail for which the author's domain vouches": Case::is_author_vouched,
    /// A relay of aliases passed it on, for the sender it names.
    Relayed = "mail that a relay of the recipient's aliases passed on": is_relayed,
    /// A delivery service vouches for it.
    DeliveryService = "mail for which a known delivery service vouches": Case::is_delivered_by_service,
    /// A brand or delivery service that also writes in its users' names vouches for it.
    KnownHouse = "mail of a known brand or delivery service that vouches for it": Case::is_from_known_house,
    /// The reader knows the author's address.
    KnownAddress = "mail from an address that the recipient knows": is_from_known_address,
    /// It never left the house, or was handed in with a log-in.
    Inside = "mail from inside, or handed in with a log-in": is_from_inside,
    /// A relay of the reader's own, elsewhere, handed it on.
    OwnRelay = "mail through the recipient's own relay": is_through_own_relay,
    /// The brand that it speaks for vouches for it.
    BrandItself = "mail for which the brand it names vouches": is_from_brand,
    /// What it asks for is asked in the author's own name, and nobody else would get it.
    OwnName = "mail in nobody's name but its sender's that leads nowhere else, if nothing else accuses it": is_in_own_name,
    /// The brand that it speaks for may well have sent it.
    PlausibleBrand = "mail that the brand it names may well have sent": is_plausibly_from_brand,
}

/// What was decided of a message so far, in the order of [`Exemption::ALL`].
#[derive(Default)]
pub(super) struct Decided([OnceCell<bool>; Exemption::ALL.len()]);

impl Case<'_> {
    /// Whether the message is of a kind that signs can spare.
    pub fn is(&self, exemption: Exemption) -> bool {
        let Decided(decided) = &self.decided;
        match decided.get(exemption as usize) {
            Some(cell) => *cell.get_or_init(|| exemption.holds(self)),
            None => exemption.holds(self),
        }
    }

    /// Whether a list wrote itself into From ("Taro via list"), as it does for authors whose domain would refuse the changed
    /// message.
    pub fn is_rewritten_by_list(&self) -> bool {
        let name = self.facts.identity.author().and_then(|author| author.name.as_ref());
        name.is_some_and(|name| named::before_via(&name.shown).is_some()) && self.is(Exemption::ListItself)
    }
}

/// Whether the message came through a list, by more than its own word. A list that nobody knows, whose domain vouches for
/// the message or hands it over, is one of the sender's, for all anybody can tell: it spares nothing that is said in the
/// name of a brand, of the reader's own side or of somebody the reader knows.
fn is_through_list(case: &Case) -> bool {
    let identity = &case.facts.identity;
    let Some(list) = list_domain(case) else { return false };
    if !speaks_for_itself(case, list) {
        return false;
    }
    if domains::classes(list.as_str()).contains(DomainClass::ListHost)
        || case.own_domains().any(|own| own == list.organisational())
    {
        return true;
    }
    let author = identity.author_domain();
    let is_anybodys = author.is_none_or(|author| {
        let is_brand = case.brand_of(author.as_str()).is_some_and(|brand| brand.sends_from(author.as_str()));
        !author.is_aligned_with(list) && !is_brand && !case.known_domains().contains(author.organisational())
    });
    is_anybodys && case.claim.is_none()
}

/// Who wants a click hides the target behind words or a picture.
fn is_list_talk(case: &Case) -> bool {
    case.is(Exemption::List)
        && case.stray_links().all(|link| {
            matches!(link.source, LinkSource::PlainText | LinkSource::HtmlText)
                || link.shown_host.is_some() && link.shown_host.as_ref() == link.final_host()
        })
}

fn is_from_list(case: &Case) -> bool {
    list_domain(case)
        .zip(case.facts.identity.author_domain())
        .is_some_and(|(list, author)| list.is_aligned_with(author))
        && case.is(Exemption::List)
}

/// Groups put themselves into the From of what their shops and services send them.
fn is_brand_through_list(case: &Case) -> bool {
    case.is_rewritten_by_list() && case.claimed().is_none_or(|brand| case.leads_home(brand) || !case.leads_away(brand))
}

/// The domain of the list that the message says it came through.
fn list_domain<'c>(case: &'c Case) -> Option<&'c Domain> {
    case.facts.identity.list.as_ref()?.domain.as_ref()
}

/// Whether a list's domain vouches for the message, hands it over or is on its confirmed way.
fn speaks_for_itself(case: &Case, list: &Domain) -> bool {
    let handover = case.first_outside().and_then(|hop| hop.reverse_name.as_ref().filter(|_| !hop.is_unnamed));
    let is_sealed = || {
        let sealers = case.facts.authentication.arc.iter().filter_map(|set| set.sealed_by.as_ref());
        is_chain_confirmed(case) && sealers.into_iter().any(|sealer| sealer.is_aligned_with(list))
    };
    // Google hands over what its groups send; its other customers cannot send under the groups' envelope.
    let is_of_house = || {
        let envelope = case.facts.identity.return_path.as_ref().and_then(|path| path.address.as_ref()?.domain.as_ref());
        let house = brands::of_domain(list.as_str());
        envelope.is_some_and(|envelope| envelope.is_aligned_with(list))
            && house.zip(handover).is_some_and(|(house, handover)| house.owns(handover.as_str()))
    };
    case.vouched().iter().chain(handover).any(|domain| domain.is_aligned_with(list)) || is_of_house() || is_sealed()
}

/// Everybody can refer to a message that never was, and send under an empty envelope: an answer is what comes from an address
/// the reader has written to and whose domain vouches for it, a report what a mail server of the reader's own side wrote.
fn answers_another(case: &Case) -> bool {
    case.is(Exemption::KnownAddress) && case.is_author_vouched()
        || case.is(Exemption::MailServer) && is_from_inside(case)
}

/// What such a report quotes leads elsewhere at most as text: one that wants a click was written by somebody else.
fn is_by_mail_server(case: &Case) -> bool {
    let is_elsewhere = |domain: &Domain| {
        brands::of_domain(domain.as_str()).is_none()
            && case.facts.identity.author_domain().is_none_or(|author| !author.is_aligned_with(domain))
            && !case.own_domains().any(|own| own == domain.organisational())
    };
    MAIL_SERVERS.contains(&author_local(case).as_str())
        && (is_from_inside(case) || !case.web_links().filter_map(Link::final_domain).any(is_elsewhere))
}

fn is_delivery_report(case: &Case) -> bool {
    let is_report = || {
        field(case, "Content-Type")
            .is_some_and(|kind| kind.contains("multipart/report") && kind.contains("delivery-status"))
    };
    case.is(Exemption::MailServer) && (is_from_inside(case) || is_report())
}

/// A chain can be sealed by anybody, around what another host once sealed: all that sealed it must be known.
fn is_forwarded(case: &Case) -> bool {
    let author = case.facts.identity.author_domain();
    let is_known = |host: &str| {
        case.brand_of(host).is_some()
            || domains::delivery_service(host).is_some()
            || domains::classes(host).contains(DomainClass::ListHost)
    };
    let chain = &case.facts.authentication.arc;
    is_chain_confirmed(case)
        && chain.iter().all(|set| set.sealed_by.as_ref().is_some_and(|sealer| is_known(sealer.as_str())))
        && chain.iter().filter_map(|set| set.results.as_ref()).flat_map(|field| &field.methods).any(|result| {
            result.outcome == Outcome::Pass
                && result.domain.as_ref().zip(author).is_some_and(|(domain, author)| domain.is_aligned_with(author))
        })
}

fn is_chain_confirmed(case: &Case) -> bool {
    case.received_results().any(|result| result.method == Method::Arc && result.outcome == Outcome::Pass)
}

fn is_from_known_address(case: &Case) -> bool {
    case.facts.identity.author_address().is_some_and(|author| case.is_known_address(author))
}

fn is_from_inside(case: &Case) -> bool {
    case.first_outside().is_none_or(|hop| hop.is_authenticated)
}

/// Whether the host greets by a name of the side that received from it.
fn is_through_own_relay(case: &Case) -> bool {
    match case.first_outside().and_then(|hop| hop.greeting.as_ref()) {
        Some(Greeting::Name(name)) => case.facts.trail.receivers.iter().any(|own| own.is_aligned_with(name)),
        _ => false,
    }
}

fn is_relayed(case: &Case) -> bool {
    case.relayed_from().is_some()
}

/// Who wants something for himself has it come to himself: by a link that leads to him, or by an answer. Where every link
/// leads to the author's own domain, which is not one at which anybody can have an address, and nobody else is named, the
/// words are those of somebody's own business. Without a word of the receiving host one link at least must lead there.
fn is_in_own_name(case: &Case) -> bool {
    let identity = &case.facts.identity;
    let Some(author) = identity.author_domain() else { return false };
    let is_own = |domain: &Domain| domain.is_aligned_with(author);
    let is_anybodys =
        domains::is_consumer_mail(author.as_str()) || domains::classes(author.as_str()).is_anybodys_page();
    let names_another = case.claimed().is_some_and(|brand| !case.is_address_of(brand));
    let replies = identity.reply_to.iter().flat_map(|field| &field.mailboxes);
    let answers = replies.filter_map(|mailbox| mailbox.address.as_ref()?.domain.as_ref());
    // What a mail server reports on was asked by somebody else.
    if !names_another && case.is(Exemption::MailServer) {
        return true;
    }
    if is_anybodys || names_another || !answers.into_iter().all(is_own) {
        return false;
    }
    let mut links = case.web_links().filter(|link| !is_neutral(case, link)).peekable();
    let is_led_home = links.peek().is_some();
    if !links.all(|link| link.final_domain().is_some_and(is_own)) {
        return false;
    }
    let is_own_side = || case.own_domains().any(|own| own == author.organisational());
    let is_from_own_machine = || {
        let hop = case.first_outside().filter(|hop| !hop.is_unnamed);
        hop.and_then(|hop| hop.reverse_name.as_ref()).is_some_and(is_own)
    };
    case.is_author_vouched()
        || is_led_home && !case.has_failed() && (is_from_inside(case) || is_from_own_machine() || !is_own_side())
}

/// Whether a link is a known brand's own page, where nobody gets what another asked for, or the click counter of the service
/// that delivered the message.
fn is_neutral(case: &Case, link: &Link) -> bool {
    let Some(host) = link.final_domain().map(Domain::as_str) else { return false };
    let service = domains::delivery_service(host);
    let identity = &case.facts.identity;
    let envelope = identity.return_path.as_ref().and_then(|path| path.address.as_ref()?.domain.as_ref());
    let signatures = case.facts.authentication.signatures.iter().filter_map(|signature| signature.domain.as_ref());
    let mut houses = case.vouched().iter().chain(envelope).chain(signatures);
    let mut delivers = || houses.any(|own| domains::delivery_service(own.as_str()) == service);
    let is_brand =
        !domains::classes(host).is_anybodys_page() && link.sealed.is_none() && brands::of_domain(host).is_some();
    // A service that the author is a customer of gives the author's name to a host: shop.chargebee.com.
    let is_customers = || {
        let author = case.facts.identity.author_domain().and_then(|author| author.organisational().split('.').next());
        host.split('.').next().zip(author).is_some_and(|(first, author)| first == author)
    };
    is_brand || service.is_some() && (delivers() || is_customers())
}

fn is_from_brand(case: &Case) -> bool {
    case.claimed().is_some_and(|brand| case.is_from(brand))
}

fn is_plausibly_from_brand(case: &Case) -> bool {
    case.claimed().is_some_and(|brand| case.is_plausibly_from(brand))
}

/// Local parts under which mail servers themselves write; the long one is that of every Exchange.
const MAIL_SERVERS: &[&str] =
    &["mailer-daemon", "postmaster", "mdaemon", "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e"];

/// The local part of the author's address, in lower case.
fn author_local(case: &Case) -> String {
    case.facts.identity.author_address().map_or("", |address| address.local.as_str()).to_ascii_lowercase()
}

/// The first field of a name, in lower case.
fn field(case: &Case, name: &str) -> Option<String> {
    case.facts.header.first(name).map(|field| field.value.to_ascii_lowercase())
}
