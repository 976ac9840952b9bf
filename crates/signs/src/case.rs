//! One message on the table: its facts, the context, and what several signs ask of them, worked out once. Where it
//! leads stands in `links`, what kinds of mail signs spare in `exemption`.

mod exemption;
mod links;
mod relay;

pub use exemption::Exemption;

use crate::{
    Answers, Context, Question,
    claim::{self, Claim, Named},
    envelope,
    reading::Reading,
    results::Results,
};
use mekiki_facts::{
    Address, AddressClass, Attachment, Domain, Facts, FileKind, Hop, Host, LinkSource, Method, MethodResult, Outcome,
    Place, ReceivedSpf,
};
use mekiki_knowledge::{
    brands::{self, Brand, Own},
    domains,
    fold::{self, Folded},
    networks::{self, Network},
    suffix,
    vocabulary::OFFICE_MAILBOX,
    words::{self, Purpose, WordHit, apart},
};
use std::{cell::OnceCell, collections::BTreeSet};

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
    /// Other ways in which the texts may be read.
    pub further: Vec<Reading>,
    own_brands: &'a Own<'a>,
    recipients: Vec<Address>,
    results: Results<'a>,
    is_author_vouched: bool,
    folded_name: OnceCell<Folded>,
    claimed: OnceCell<Option<&'a Brand<'a>>>,
    judged_brand: OnceCell<Option<&'a Brand<'a>>>,
    acquaintances: OnceCell<Vec<Address>>,
    known_domains: OnceCell<BTreeSet<String>>,
    relayed: OnceCell<Option<Address>>,
    decided: exemption::Decided,
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
        let is_brief = facts.text.above_gap().chars().take(BRIEF).count() < BRIEF;
        let further = Reading::further(&facts.identity, &facts.text);
        let shown = named(facts, &[], own_brands, is_brief);
        let (mut claim, mut topic) = (claim::from_mentions(&shown), claim::topic(&shown, is_brief));
        // Where what is shown speaks for nobody, all that may be seen is asked. It takes away no claim: whoever hid
        // other names would be rid of it.
        if claim.is_none() && !further.is_empty() {
            let all = named(facts, &further, own_brands, is_brief);
            claim = claim::from_mentions(&all);
            topic = topic.or_else(|| claim::topic(&all, is_brief));
        }
        let mut case = Self {
            facts,
            context,
            answers,
            claim,
            topic,
            words: words::find(&folded_text),
            subject_words: words::find(&folded_subject),
            folded_text,
            folded_subject,
            further,
            own_brands,
            recipients,
            results: Results::of(facts, context, answers.proof.as_ref()),
            is_author_vouched: false,
            folded_name: OnceCell::new(),
            claimed: OnceCell::new(),
            judged_brand: OnceCell::new(),
            acquaintances: OnceCell::new(),
            known_domains: OnceCell::new(),
            relayed: OnceCell::new(),
            decided: exemption::Decided::default(),
        };
        case.is_author_vouched = facts
            .identity
            .author_domain()
            .is_some_and(|author| case.vouched().iter().any(|domain| domain.is_aligned_with(author)));
        case
    }

    /// The brand the message speaks for, where it speaks for one: by what it says, or else by its author's address
    /// where the receiving host could not confirm that.
    pub fn claimed(&self) -> Option<&'a Brand<'a>> {
        let by_address = || {
            let author = self.facts.identity.author_domain()?;
            let is_unconfirmed = self.results.has_any() && !self.is_author_vouched() && !self.is(Exemption::List);
            self.brand_of(author.as_str()).filter(|brand| is_unconfirmed && brand.sends_from(author.as_str()))
        };
        *self.claimed.get_or_init(|| self.claim.as_ref().map(|claim| claim.brand).or_else(by_address))
    }

    /// The author's display name as it is meant, folded for matching: letters that stand apart are put together. Empty
    /// where there is none.
    pub fn folded_name(&self) -> &Folded {
        self.folded_name.get_or_init(|| {
            let name = self.facts.identity.author().and_then(|author| author.name.as_ref());
            let name = name.map_or("", |name| &name.full);
            let closed_up = claim::closed_up(name);
            let name = closed_up.as_deref().unwrap_or(name);
            fold::fold(apart::together(name).as_deref().map_or(name, str::trim))
        })
    }

    /// Addresses of the reader and of everybody it is said to go to.
    pub fn recipients(&self) -> &[Address] {
        &self.recipients
    }

    /// The files that come with the message itself, not within an attached one.
    pub fn own_files(&self) -> impl Iterator<Item = &'a Attachment> {
        self.facts.attachments.iter().filter(|file| file.depth == 0)
    }

    /// Addresses that are the reader's own for certain: of the reader's accounts, and those it was delivered to, or that
    /// the receiving side wrote down to have taken it for.
    pub fn own_addresses(&self) -> impl Iterator<Item = &Address> {
        let delivered = &self.facts.identity.delivered_to;
        let taken_for = self.facts.trail.hops.iter().filter(|hop| hop.is_trusted);
        let taken_for: Vec<&str> = taken_for.filter_map(|hop| hop.for_address.as_deref()).collect();
        let own = &self.context.own_addresses;
        self.recipients.iter().filter(move |address| {
            let is_same = |text: &str| text.eq_ignore_ascii_case(&address.shown);
            delivered.contains(address)
                || own.iter().any(|text| is_same(text))
                || taken_for.iter().any(|text| is_same(text))
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
        let is_same = |known: &Address| known.is_same_mailbox(address);
        self.acquaintances().iter().any(is_same)
            || self.context.own_addresses.iter().filter_map(|own| Address::parse(own)).any(|own| is_same(&own))
    }

    /// Addresses of contacts, and those that the reader has written to.
    fn acquaintances(&self) -> &[Address] {
        self.acquaintances.get_or_init(|| {
            let contacts = self.context.contacts.iter().map(|contact| contact.address.as_str());
            contacts.chain(self.context.correspondents.iter().map(String::as_str)).filter_map(Address::parse).collect()
        })
    }

    /// Organisational domains of the reader's own addresses and organisation, of the brands that the reader added, of
    /// contacts and correspondents. At a provider's, anybody has a mailbox, and brands are looked up by themselves.
    pub fn known_domains(&self) -> &BTreeSet<String> {
        self.known_domains.get_or_init(|| {
            let added = self.own_brands.all().flat_map(|brand| brand.domains.iter());
            self.own_addresses()
                .chain(self.acquaintances())
                .filter_map(|address| address.domain.as_ref())
                .filter(|domain| !domains::is_consumer_mail(domain.as_str()))
                .map(Domain::organisational)
                .chain(self.own_domains())
                .chain(added.filter_map(|host| suffix::registrable_domain(host)))
                .filter(|domain| brands::of_domain(domain).is_none())
                .map(str::to_owned)
                .collect()
        })
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

    /// What the results of authentication say, and what is believed of them.
    pub fn results(&self) -> &Results<'a> {
        &self.results
    }

    /// Results that the receiving host wrote, and those of Mekiki's own proof.
    pub fn received_results(&self) -> impl Iterator<Item = &MethodResult> {
        self.results.believed()
    }

    /// The brand to which a host belongs: one of the reader's own, or of the directory.
    pub fn brand_of(&self, host: &str) -> Option<&'a Brand<'a>> {
        self.own_brands.of_domain(host).or_else(|| brands::of_domain(host))
    }

    /// The reader's own brands.
    pub fn own_brands(&self) -> &'a Own<'a> {
        self.own_brands
    }

    /// Whether anything that was checked failed.
    pub fn has_failed(&self) -> bool {
        self.received_results().any(|result| matches!(result.outcome, Outcome::Fail | Outcome::Softfail))
    }

    /// Domains that vouch for the message, by the receiving host's word (a passing DKIM signature, SPF or DMARC) or by
    /// Mekiki's own proof.
    pub fn vouched(&self) -> &[Domain] {
        self.results.vouched()
    }

    /// Whether the author's own organisational domain vouches for the message.
    pub fn is_author_vouched(&self) -> bool {
        self.is_author_vouched
    }

    /// Whether results that say so stand where the receiving host's could, though a sender can write there too. Proves
    /// nothing: it excuses nobody who speaks for a brand.
    pub fn is_author_vouched_unproven(&self) -> bool {
        self.facts
            .identity
            .author_domain()
            .is_some_and(|author| self.results.unproven().any(|domain| domain.is_aligned_with(author)))
    }

    /// Whether the author's address is one that the brand itself writes from: at a domain of its own, or, where anybody
    /// can have a mailbox at it, an address that the directory knows, or that no provider gives away.
    pub fn is_address_of(&self, brand: &Brand) -> bool {
        let Some(author) = self.relayed_from().or(self.facts.identity.author_address()) else { return false };
        let Some(domain) = author.domain.as_ref().map(Domain::as_str) else { return false };
        let local = author.local.to_ascii_lowercase();
        let is_reserved = || RESERVED_MAILBOXES.contains(&local.as_str()) && brand.owns(domain);
        brand.sends_from(domain) || brand.offices.contains(&format!("{local}@{domain}").as_str()) || is_reserved()
    }

    /// Whether the brand itself sent the message: from an address of its own, for which its domain vouches.
    pub fn is_from(&self, brand: &Brand) -> bool {
        self.is_author_vouched() && self.relayed_from().is_none() && self.is_address_of(brand)
    }

    /// Whether the brand may well have sent the message, though the receiving host wrote down no proof of it: an address
    /// of its own, no result that failed, and something that a stranger cannot write. A signature that nobody checked is
    /// nothing of that kind: with it, the message must come from a delivery service, which signs for its customers
    /// only, or lead nowhere but to the brand's own pages. The same goes for results that a sender could have written.
    pub fn is_plausibly_from(&self, brand: &Brand) -> bool {
        if self.is_from(brand) {
            return true;
        }
        if self.relayed_from().is_some() {
            return self.is_address_of(brand) && !self.leads_away(brand);
        }
        if self.has_failed() || !self.is_address_of(brand) {
            return false;
        }
        let handover = self.first_outside().and_then(|hop| hop.reverse_name.as_ref().filter(|_| !hop.is_unnamed));
        let is_handed_in_by = |is_one: &dyn Fn(&str) -> bool| handover.is_some_and(|name| is_one(name.as_str()));
        is_handed_in_by(&|host| brand.owns(host) && !domains::classes(host).is_anybodys_page())
            || self.has_received_spf()
            || self.is_signed_unchecked()
                && (is_handed_in_by(&|host| domains::delivery_service(host).is_some())
                    || self.is_delivered_by_service()
                    || self.leads_home(brand) && !self.leads_away(brand))
            || self.is_author_vouched_unproven() && !self.leads_away(brand)
    }

    /// Whether the author's domain signed the message, and nobody whose word counts checked the signature to its end.
    pub fn is_signed_unchecked(&self) -> bool {
        let Some(author) = self.facts.identity.author_domain() else { return false };
        let signatures = &self.facts.authentication.signatures;
        !self.results.is_author_disproved()
            && !self.results.has_checked(&Method::Dkim)
            && !self.results.has_checked(&Method::Dmarc)
            && signatures
                .iter()
                .filter_map(|signature| signature.domain.as_ref())
                .any(|domain| domain.is_aligned_with(author))
    }

    /// Whether the receiving side wrote down in a Received-SPF field (RFC 7208 §9.1), above the line of the hand-over, that
    /// the author's domain names the connecting host as its own.
    fn has_received_spf(&self) -> bool {
        let Some(author) = self.facts.identity.author_domain() else { return false };
        let is_own = |spf: &&ReceivedSpf| {
            spf.place == Place::Above && spf.domain.as_ref().is_some_and(|domain| domain.is_aligned_with(author))
        };
        let mut own = self.facts.authentication.received_spf.iter().filter(is_own).peekable();
        own.peek().is_some() && own.all(|spf| spf.outcome == Outcome::Pass)
    }

    /// Whether links are to be held against the brand the message speaks for: it did not send it, so far as can be
    /// told, and where the address is its own at least, no link leads home.
    pub fn judged_brand(&self) -> Option<&'a Brand<'a>> {
        *self.judged_brand.get_or_init(|| {
            let brand = self.claimed().filter(|brand| !self.is_plausibly_from(brand))?;
            (!self.is_address_of(brand) || !self.leads_home(brand)).then_some(brand)
        })
    }

    /// The brand the message speaks for and the author's address, which is not the brand's. In mail from outside the name
    /// stands for an address that is none.
    pub fn misnamed(&self) -> Option<(&'a Brand<'a>, &str)> {
        let brand = self.claimed().filter(|brand| !self.is_address_of(brand))?;
        let identity = &self.facts.identity;
        let name = || identity.author()?.name.as_ref().filter(|_| self.first_outside().is_some());
        let address = identity.author_address().map(|address| address.shown.as_str());
        Some((brand, address.or_else(|| Some(name()?.shown.as_str()))?))
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

    /// Whether a delivery service vouches for the message.
    pub fn is_delivered_by_service(&self) -> bool {
        self.vouched().iter().any(|domain| domains::delivery_service(domain.as_str()).is_some())
    }

    /// Whether the message asks to log in or to give secrets.
    pub fn asks_secrets(&self) -> bool {
        let mut said = self.words.iter().chain(&self.subject_words);
        said.any(|hit| hit.purpose == Purpose::Credentials && !hit.negated)
    }

    /// What could still be found out: what is inside the files, what can be proven, and the addresses of the hosts that the
    /// links lead to.
    pub fn wanted(&self) -> Vec<Question> {
        let hosts: BTreeSet<&str> = self
            .web_links()
            .filter_map(|link| match link.final_host() {
                Some(Host::Domain(domain)) => Some(domain.as_str()),
                _ => None,
            })
            .filter(|host| !self.answers.addresses.contains_key(*host))
            .collect();
        let inside = (self.answers.inside.is_none() && self.holds_more()).then_some(Question::Inside);
        let addresses = hosts.into_iter().take(20).map(|host| Question::Addresses { host: host.to_owned() });
        let proof = self.answers.proof.is_none().then(|| Question::Proof { envelope: envelope(self.facts) });
        inside.into_iter().chain(proof).chain(addresses).collect()
    }

    /// Whether something may be found by looking into files, pictures, or what is drawn in the text.
    fn holds_more(&self) -> bool {
        let Facts { attachments, links, text, .. } = self.facts;
        attachments.iter().any(|file| file.kind.is_some_and(FileKind::holds_more))
            || links.iter().any(|link| link.source == LinkSource::Image && link.scheme.as_deref() == Some("data"))
            || text.cells >= LEAST_MODULES
            || text.shown_text().contains(BLOCKS)
    }
}

/// Whether an address is an office's by its local part, not a person's.
pub fn is_office(address: &Address) -> bool {
    let local = address.local.to_ascii_lowercase();
    OFFICE_MAILBOX.iter().any(|office| local.starts_with(office))
}

/// Mailboxes that are the provider's own at every provider (RFC 2142 §4 and §5; RFC 5321 §4.5.1).
const RESERVED_MAILBOXES: &[&str] = &["abuse", "hostmaster", "mailer-daemon", "postmaster"];

/// Modules of the smallest QR code (ISO/IEC 18004 §5.3.1), and the blocks it can be drawn with in a text.
const LEAST_MODULES: usize = 21 * 21;
const BLOCKS: [char; 2] = ['\u{2580}', '\u{2588}'];

/// Characters from which on a text is not brief.
const BRIEF: usize = 150;

/// The brands that the message names, with places.
fn named<'b>(facts: &Facts, further: &[Reading], own: &'b Own, is_brief: bool) -> Vec<Named<'b>> {
    let identity = &facts.identity;
    let text = &facts.text;
    let texts = claim::Texts {
        display_name: identity.author().and_then(|author| author.name.as_ref()).map_or("", |name| &name.full),
        other_names: identity
            .other_authors()
            .filter_map(|mailbox| Some(mailbox.name.as_ref()?.full.as_str()))
            .collect(),
        subject: identity.subject.first().map_or("", |subject| &subject.full),
        other_subjects: identity.subject.iter().skip(1).map(|subject| subject.full.as_str()).collect(),
        letterhead: text
            .letterhead
            .iter()
            .map(String::as_str)
            .chain(further.iter().flat_map(Reading::letterhead))
            .collect(),
        signature: text
            .signature
            .iter()
            .map(String::as_str)
            .chain(further.iter().flat_map(Reading::signature))
            .collect(),
        body: text.shown_text(),
        image_alts: text.image_alts.iter().map(String::as_str).collect(),
        link_labels: facts.links.iter().filter(|link| link.is_clickable()).map(|link| link.label.as_str()).collect(),
    };
    claim::mentions(&texts, own, is_brief)
}
