//! One message on the table: its facts, the context, and what several signs ask of them, worked out once.

use crate::{
    Answers, Context, Question, Receiver,
    claim::{self, Claim, Named},
    subject,
};
use mekiki_facts::{
    Address, AddressClass, AuthenticationResults, Domain, Facts, Hop, Host, Link, Method, MethodResult, Outcome,
    Witness,
};
use mekiki_knowledge::{
    brands::{self, Brand, Own},
    domains::{self, DomainClass},
    fold::{self, Folded},
    networks::{self, Network},
    suffix,
    vocabulary::OFFICE_MAILBOX,
    words::{self, Purpose, WordHit},
};
use std::collections::BTreeSet;

/// What a sign looks at.
pub struct Case<'a> {
    /// The message.
    pub facts: &'a Facts,
    /// The reader's side.
    pub context: &'a Context,
    /// What was looked up.
    pub answers: &'a Answers,
    /// The brand the message speaks for, where it speaks for one.
    pub claim: Option<Claim<'a>>,
    /// The brand the message is about, whether or not it speaks for it.
    pub topic: Option<&'a Brand<'a>>,
    /// The shown text, folded for matching.
    pub folded_text: Folded,
    /// Telling phrases of the shown text.
    pub words: Vec<WordHit>,
    /// The subject, folded for matching.
    pub folded_subject: Folded,
    /// Telling phrases of the subject.
    pub subject_words: Vec<WordHit>,
    own_brands: &'a Own<'a>,
    recipients: Vec<Address>,
    results: Vec<&'a AuthenticationResults>,
    vouched: Vec<Domain>,
    is_report: bool,
}

impl<'a> Case<'a> {
    /// Lays the message on the table.
    pub fn new(facts: &'a Facts, context: &'a Context, answers: &'a Answers, own_brands: &'a Own<'a>) -> Self {
        let own = context.own_addresses.iter().filter_map(|text| Address::parse(text));
        let mut recipients: Vec<Address> = own.chain(facts.identity.recipients().cloned()).collect();
        let mut seen = BTreeSet::new();
        recipients.retain(|address| seen.insert(address.shown.to_lowercase()));
        let folded_text = fold::fold(facts.text.shown_text());
        let folded_subject = fold::fold(facts.identity.subject_text());
        let is_brief = facts.text.shown_text().chars().take(BRIEF).count() < BRIEF;
        let named = named(facts, own_brands, is_brief);
        let mut case = Self {
            facts,
            context,
            answers,
            claim: claim::from_mentions(&named),
            topic: claim::topic(&named, is_brief),
            words: words::find(&folded_text),
            subject_words: words::find(&folded_subject),
            folded_text,
            folded_subject,
            own_brands,
            recipients,
            results: believed(facts, &context.receivers),
            vouched: Vec::new(),
            is_report: false,
        };
        case.vouched = case.passed_domains();
        case.is_report = case.answers_another();
        case
    }

    /// The brand the message speaks for, where it speaks for one: by what it says, or else by its author's address
    /// where the receiving host could not confirm that.
    pub fn claimed(&self) -> Option<&'a Brand<'a>> {
        let by_address = || {
            let author = self.facts.identity.author_domain()?;
            let is_unconfirmed =
                self.received_results().next().is_some() && !self.is_author_vouched() && !self.is_through_list();
            self.brand_of(author.as_str()).filter(|brand| is_unconfirmed && brand.sends_from(author.as_str()))
        };
        self.claim.as_ref().map(|claim| claim.brand).or_else(by_address)
    }

    /// Addresses of the reader and of everybody it is said to go to.
    pub fn recipients(&self) -> &[Address] {
        &self.recipients
    }

    /// Addresses that are the reader's own for certain: of the reader's accounts, and those it was delivered to.
    pub fn own_addresses(&self) -> impl Iterator<Item = &Address> {
        let delivered = &self.facts.identity.delivered_to;
        let own = &self.context.own_addresses;
        self.recipients.iter().filter(|address| {
            delivered.contains(address) || own.iter().any(|text| text.eq_ignore_ascii_case(&address.shown))
        })
    }

    /// Organisational domains of the reader's own addresses and organisation, without those at which the public has
    /// mailboxes.
    pub fn own_domains(&self) -> impl Iterator<Item = &str> {
        let named = self.context.own_domains.iter().filter_map(|domain| suffix::registrable_domain(domain));
        self.own_addresses()
            .filter_map(|address| address.domain.as_ref())
            .map(Domain::organisational)
            .chain(named)
            .filter(|domain| domain.contains('.') && !domains::is_consumer_mail(domain))
    }

    /// Whether the reader knows an address: an own one, a contact's, or one the reader has written to.
    pub fn is_known_address(&self, address: &Address) -> bool {
        let contacts = self.context.contacts.iter().map(|contact| contact.address.as_str());
        let known = self.context.own_addresses.iter().chain(&self.context.correspondents).map(String::as_str);
        contacts.chain(known).filter_map(Address::parse).any(|known| known.is_same_mailbox(address))
    }

    /// Whether the author's domain vouches for the message and belongs to a known house (a brand, a delivery service)
    /// that also writes in the name of those who use it.
    pub fn is_from_known_house(&self) -> bool {
        self.facts.identity.author_domain().map(Domain::as_str).is_some_and(|author| {
            let is_known = self.brand_of(author).is_some_and(|brand| brand.sends_from(author))
                || domains::delivery_service(author).is_some();
            is_known && self.is_author_vouched()
        })
    }

    /// Whether a signature of the author's own domain stands in the header, checked or not.
    pub fn is_signed_by_author(&self) -> bool {
        let Some(author) = self.facts.identity.author_domain() else { return false };
        let signatures = &self.facts.authentication.signatures;
        signatures.iter().filter_map(|signature| signature.domain.as_ref()).any(|domain| domain.is_aligned_with(author))
    }

    /// Fields of results that the receiving host wrote, so far as can be told.
    pub fn results(&self) -> &[&'a AuthenticationResults] {
        &self.results
    }

    /// Results that the receiving host wrote.
    pub fn received_results(&self) -> impl Iterator<Item = &MethodResult> {
        self.results.iter().flat_map(|results| &results.methods)
    }

    /// The brand to which a host belongs: one of the reader's own, or of the directory.
    pub fn brand_of(&self, host: &str) -> Option<&'a Brand<'a>> {
        self.own_brands.of_domain(host).or_else(|| brands::of_domain(host))
    }

    /// The reader's own brands.
    pub fn own_brands(&self) -> &'a Own<'a> {
        self.own_brands
    }

    /// Domains that vouch for the message by the receiving host's word: a passing DKIM signature, SPF or DMARC.
    pub fn vouched(&self) -> &[Domain] {
        &self.vouched
    }

    /// Whether the author's own organisational domain vouches for the message.
    pub fn is_author_vouched(&self) -> bool {
        self.facts
            .identity
            .author_domain()
            .is_some_and(|author| self.vouched.iter().any(|domain| domain.is_aligned_with(author)))
    }

    /// Whether the author's address is one that the brand itself writes from: at a domain of its own, or, where anybody
    /// can have a mailbox at it, in an office's name (support@fastmail.com).
    pub fn is_address_of(&self, brand: &Brand) -> bool {
        let Some(author) = self.facts.identity.author_address() else { return false };
        let Some(domain) = author.domain.as_ref().map(Domain::as_str) else { return false };
        brand.sends_from(domain) || brand.owns(domain) && is_office(author)
    }

    /// Whether the brand itself sent the message: from an address of its own, for which its domain vouches.
    pub fn is_from(&self, brand: &Brand) -> bool {
        self.is_author_vouched() && self.is_address_of(brand)
    }

    /// Whether nothing speaks against the brand itself having sent the message: an address of its own, a signature of
    /// that domain, and no result that failed. Not proven, since the receiving host wrote down no check of it.
    pub fn is_plausibly_from(&self, brand: &Brand) -> bool {
        let has_failed =
            self.received_results().any(|result| matches!(result.outcome, Outcome::Fail | Outcome::Softfail));
        self.is_from(brand) || self.is_address_of(brand) && self.is_signed_by_author() && !has_failed
    }

    /// Whether links are to be held against the brand the message speaks for: it did not send it, so far as can be
    /// told, and where the address is its own at least, no link leads home.
    pub fn judged_brand(&self) -> Option<&'a Brand<'a>> {
        let brand = self.claimed().filter(|brand| !self.is_plausibly_from(brand))?;
        (!self.is_address_of(brand) || !self.leads_home(brand)).then_some(brand)
    }

    /// Whether a link leads to the brand's own pages.
    pub fn leads_home(&self, brand: &Brand) -> bool {
        self.web_links()
            .filter_map(Link::final_domain)
            .any(|domain| brand.owns(domain.as_str()) && !domains::classes(domain.as_str()).is_anybodys_page())
    }

    /// The hop in which the receiving side took the message from outside, with the connecting address.
    pub fn first_outside(&self) -> Option<&Hop> {
        self.facts.trail.first_outside_hop()
    }

    /// The network that handed the message to the receiving side.
    pub fn origin(&self) -> Option<(std::net::IpAddr, Network)> {
        let hop = self.first_outside()?;
        let address = hop.address.filter(|_| hop.address_class == Some(AddressClass::Public))?;
        Some((address, networks::look_up(address)?))
    }

    /// Links to the web that the reader is meant to use: visible and clickable.
    pub fn web_links(&self) -> impl Iterator<Item = &Link> {
        self.facts.links.iter().filter(|link| link.is_web() && link.is_clickable() && link.is_visible)
    }

    /// Web links that lead to somebody the brand has nothing to do with: not its own, no other known brand's (their
    /// icons stand under many mails) unless it is a short link, no counter of a delivery service. A page that anybody can make under a brand's
    /// domain counts as a stranger's.
    pub fn foreign_links(&self, brand: &Brand) -> impl Iterator<Item = &Link> {
        self.web_links().filter(|link| is_foreign(link, brand))
    }

    /// Whether a mailing list wrote its own address into From ("Taro via list"), as lists do for authors whose domain
    /// would refuse the changed message.
    pub fn is_rewritten_by_list(&self) -> bool {
        let identity = &self.facts.identity;
        let list = identity.list.as_ref().and_then(|list| list.domain.as_ref());
        let name = identity.author().and_then(|author| author.name.as_ref()).map_or("", |name| &name.shown);
        matches!((list, identity.author_domain()), (Some(list), Some(author)) if list.is_aligned_with(author))
            && name.to_lowercase().contains(" via ")
    }

    /// Whether a delivery service vouches for the message.
    pub fn is_delivered_by_service(&self) -> bool {
        self.vouched.iter().any(|domain| domains::delivery_service(domain.as_str()).is_some())
    }

    /// Whether it came through a list that people write to, which changes what it passes on.
    pub fn is_through_list(&self) -> bool {
        self.facts.identity.list.as_ref().is_some_and(|list| list.has_post) || self.is_rewritten_by_list()
    }

    /// Whether the message asks to log in or to give secrets.
    pub fn asks_secrets(&self) -> bool {
        let mut said = self.words.iter().chain(&self.subject_words);
        said.any(|hit| hit.purpose == Purpose::Credentials && !hit.negated)
    }

    /// Whether its wording is not to be held against it: it came through a list, answers another message, or the brand it
    /// speaks for may well have sent it.
    pub fn is_wording_excused(&self) -> bool {
        self.is_through_list() || self.is_report() || self.claimed().is_some_and(|brand| self.is_plausibly_from(brand))
    }

    /// Whether a mail server reports on the delivery of another message.
    pub fn is_delivery_report(&self) -> bool {
        let author = self.facts.identity.author_address().map_or("", |address| address.local.as_str());
        let kind = self.facts.header.first("Content-Type").map(|field| field.value.to_ascii_lowercase());
        MAIL_SERVERS.iter().any(|known| author.eq_ignore_ascii_case(known))
            && kind.is_some_and(|kind| kind.contains("multipart/report") && kind.contains("delivery-status"))
    }

    /// Whether the message answers or reports on another: a bounce, a delivery report, a reply. An empty envelope sender
    /// or a made-up reference alone does not make one: a forger writes both as he likes.
    pub fn is_report(&self) -> bool {
        self.is_report
    }

    fn answers_another(&self) -> bool {
        let identity = &self.facts.identity;
        let field = |name: &str| self.facts.header.first(name).map(|field| field.value.to_ascii_lowercase());
        let is_report = field("Content-Type")
            .is_some_and(|value| value.contains("multipart/report") && value.contains("report-type"));
        let has_empty_path = identity.return_path.as_ref().is_some_and(|path| path.raw.trim() == "<>");
        let is_by_machine = || {
            let author = identity.author_address().map_or("", |address| address.local.as_str()).to_ascii_lowercase();
            MAIL_SERVERS.contains(&author.as_str()) || field("Auto-Submitted").is_some_and(|value| value.trim() != "no")
        };
        let is_reply = || {
            // A list's or a ticket's tag may stand before the mark.
            let subject = identity.subject_text();
            let is_marked = subject::is_answer(subject) || subject.trim_start().starts_with('[');
            let is_to_reader = |reference: &String| {
                let host = reference.trim_end_matches('>').rsplit('@').next().and_then(Domain::parse);
                let own = self.recipients.iter().filter_map(|to| to.domain.as_ref());
                host.is_some_and(|host| own.into_iter().any(|own| own.is_aligned_with(&host)))
            };
            is_marked && !identity.references.is_empty() || identity.references.iter().any(is_to_reader)
        };
        is_report || has_empty_path && is_by_machine() || is_reply()
    }

    /// What a look-up could still tell: the addresses of the hosts that the links lead to.
    pub fn wanted(&self) -> Vec<Question> {
        let hosts: BTreeSet<&str> = self
            .web_links()
            .filter_map(|link| match link.final_host() {
                Some(Host::Domain(domain)) => Some(domain.as_str()),
                _ => None,
            })
            .filter(|host| !self.answers.addresses.contains_key(*host))
            .collect();
        hosts.into_iter().take(20).map(|host| Question::Addresses { host: host.to_owned() }).collect()
    }

    fn passed_domains(&self) -> Vec<Domain> {
        let mut domains = Vec::new();
        for result in self.received_results() {
            let vouches =
                matches!(result.method, Method::Dkim | Method::Spf | Method::Dmarc) && result.outcome == Outcome::Pass;
            if let Some(domain) = result.domain.as_ref().filter(|_| vouches)
                && !domains.contains(domain)
            {
                domains.push(domain.clone());
            }
        }
        domains
    }
}

/// Whether an address is an office's by its local part, not a person's.
pub fn is_office(address: &Address) -> bool {
    let local = address.local.to_ascii_lowercase();
    OFFICE_MAILBOX.iter().any(|office| local.starts_with(office))
}

/// Whether a link leads to somebody a brand has nothing to do with, see [`Case::foreign_links`].
pub fn is_foreign(link: &Link, brand: &Brand) -> bool {
    match link.final_host() {
        Some(Host::Domain(domain)) => {
            let host = domain.as_str();
            let classes = domains::classes(host);
            classes.is_anybodys_page()
                || !brand.owns(host) && classes.contains(DomainClass::Shortener)
                || !brand.owns(host) && brands::of_domain(host).is_none() && domains::delivery_service(host).is_none()
        }
        Some(Host::Ip(_)) => true,
        None => false,
    }
}

/// Characters from which on a text is not brief.
const BRIEF: usize = 150;

/// Local parts under which mail servers themselves write.
const MAIL_SERVERS: &[&str] = &["mailer-daemon", "postmaster", "mdaemon"];

/// The fields of results that stand for the receiving host's word. What stands above the line of the hand-over nobody
/// else could have written. Below it, or where no hand-over is to be seen, a host is believed by its name: unless earlier
/// mail has shown that it writes under other names, or nothing at all.
fn believed<'a>(facts: &'a Facts, receivers: &[Receiver]) -> Vec<&'a AuthenticationResults> {
    let trail = &facts.trail;
    let handover = trail.first_outside_hop();
    let host = handover.or(trail.hops.first()).and_then(|hop| hop.by.as_deref().and_then(Domain::parse));
    let known = host.and_then(|host| receivers.iter().find(|known| known.host == host.organisational()));
    let fields = facts.header.all("Authentication-Results");
    fields
        .zip(&facts.authentication.results)
        .filter(|(field, results)| {
            let id = results.authserv_id.as_deref().unwrap_or_default();
            let is_above = handover.is_some_and(|hop| field.offset < hop.offset);
            results.witness == Witness::Receiver
                && (is_above || known.is_none_or(|known| known.ids.iter().any(|own| own.eq_ignore_ascii_case(id))))
        })
        .map(|(_, results)| results)
        .collect()
}

/// The brands that the message names, with places.
fn named<'b>(facts: &Facts, own: &'b Own, is_brief: bool) -> Vec<Named<'b>> {
    let identity = &facts.identity;
    let text = &facts.text;
    let texts = claim::Texts {
        display_name: identity.author().and_then(|author| author.name.as_ref()).map_or("", |name| &name.full),
        subject: identity.subject.first().map_or("", |subject| &subject.full),
        letterhead: text.letterhead.iter().map(String::as_str).collect(),
        signature: text.signature.iter().map(String::as_str).collect(),
        body: text.shown_text(),
        image_alts: text.image_alts.iter().map(String::as_str).collect(),
        link_labels: facts.links.iter().filter(|link| link.is_clickable()).map(|link| link.label.as_str()).collect(),
    };
    claim::mentions(&texts, own, is_brief)
}
