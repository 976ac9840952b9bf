//! The report: the verdict, how it came about, and what a person needs to check it.

use crate::{
    Aim, BannerLine, Evidence, Pieces, Question, ResultsPlace, Standing, aim, case::Case, evidence::presentable,
    results::receiving_host, weigh::Weighed,
};
use mekiki_facts::{AddressField, AttachedPage, Domain, Field, Form, Greeting, Inside, Outcome, Place};
use mekiki_knowledge::{brands, country, domains, networks};
use mekiki_proven::{Proof, Signature};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    iter,
    net::IpAddr,
};

/// Everything Mekiki has to say about one message.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The verdict.
    pub level: Level,
    /// Sum of the weights after capping: natural logarithm of the odds that it is impersonation.
    pub score: f64,
    /// What was found, weightiest first; reassuring ones carry negative weight.
    pub signs: Vec<Finding>,
    /// The sign that speaks against anybody's word that it is genuine, where one does.
    pub contradiction: Option<&'static str>,
    /// What a banner says of it, line by line.
    pub banner: Vec<BannerLine>,
    /// What it is after, of a message that may be an impersonation.
    pub aims: Vec<Aim>,
    /// Name of the brand the message speaks for.
    pub claim: Option<String>,
    /// Where that brand takes reports of mail in its name: a mail address it made public.
    pub abuse: Option<&'static str>,
    /// What a look-up could still tell.
    pub wanted: Vec<Question>,
    /// The author, as a mail client shows it.
    pub from: Option<From>,
    /// Every author, sender and reply address the header names, as field name and address.
    pub addresses: Vec<AddressView>,
    /// Whose mail it is: the reader's own addresses and everybody it is said to go to, as far as the header tells. To be
    /// masked wherever the dissection is shown to others.
    pub recipients: Vec<String>,
    /// The subject as shown.
    pub subject: String,
    /// The text as shown, for quoting; whoever shows it makes it safe to show.
    #[serde(skip)]
    pub text: String,
    /// The Date field: RFC 3339, in the writer's own zone.
    pub date: Option<String>,
    /// The way it came, latest hop first.
    pub trail: Vec<HopView>,
    /// The day of the table that names the networks in `trail`: `YYYY-MM-DD`.
    pub networks_date: &'static str,
    /// What the domain's own authentication says, and what is believed of it.
    pub authentication: Vec<Authenticated>,
    /// What Mekiki proved itself; nothing where nothing was looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// The host that received it, where its name is one.
    pub receiver: Option<ReceivingHost>,
    /// Where it leads, clickable ones first.
    pub links: Vec<LinkView>,
    /// Attached files.
    pub attachments: Vec<mekiki_facts::Attachment>,
    /// What was odd in the way the message is built.
    pub anomalies: Vec<mekiki_facts::Anomaly>,
    /// What was not read.
    pub unread: Vec<mekiki_facts::Unread>,
    /// The header as written, with what each line is.
    pub header: Vec<HeaderLine>,
}

/// The host that took the message for the recipient's side.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivingHost {
    /// Its organisational domain.
    pub host: String,
    /// Its name, by its Received field (RFC 5321 §4.4).
    pub name: String,
    /// Where the message has results that are its own, or could be; nothing where that teaches nothing of its habits:
    /// they bear a name foreign to it, or contradict each other.
    pub place: Option<ResultsPlace>,
    /// The authserv-id of those results, empty where they bear none.
    pub id: String,
}

/// One line of the header.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeaderLine {
    /// The field, as written.
    #[serde(flatten)]
    pub field: Field,
    /// What it is.
    pub role: LineRole,
}

/// What a line of the header is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineRole {
    /// The hop in which the recipient's side took the message from outside.
    OutsideHop,
    /// A hop inside the recipient's side.
    OwnHop,
    /// A hop that whoever handed the message in may have made up.
    UnprovenHop,
    /// The receiving host's own results of authentication.
    OwnResults,
    /// Results that could be the receiving host's, but that its others contradict.
    ContradictedResults,
    /// Results that anybody could have written.
    UnprovenResults,
    /// From.
    Author,
    /// Sender.
    Sender,
    /// Reply-To.
    ReplyTo,
    /// Return-Path.
    Envelope,
    /// Message-ID.
    MessageId,
    /// DKIM-Signature.
    Signature,
    /// Any other.
    Other,
}

/// The verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing worth mentioning was found. This is not "safe".
    None,
    /// Something to look at; marks the button only.
    Notice,
    /// Signs of impersonation: the banner is shown.
    Suspicious,
    /// Hardly anything but impersonation.
    Dangerous,
}

/// One sign that was found.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The sign's id.
    pub id: &'static str,
    /// The weight it added to the score, after capping: natural logarithm of a likelihood ratio.
    pub weight: f64,
    /// How much it tells by itself, whatever else was found.
    pub strength: Strength,
    /// What was seen.
    pub evidence: Evidence,
}

/// How much a sign tells by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// Hardly ever seen in genuine mail.
    Strong,
    /// Seen there now and then.
    Medium,
    /// Common there too, or for information only.
    Weak,
    /// It speaks for the mail.
    Reassuring,
}

/// Weights from which on a sign is strong, and medium.
const STRONG: f64 = 1.5;
const MEDIUM: f64 = 0.8;

impl Strength {
    /// That of a sign's own weight.
    pub(crate) fn of(weight: f64) -> Self {
        if weight < 0.0 {
            Self::Reassuring
        } else if weight >= STRONG {
            Self::Strong
        } else if weight >= MEDIUM {
            Self::Medium
        } else {
            Self::Weak
        }
    }
}

/// The author.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct From {
    /// Display name as shown, without invisible characters.
    pub name: String,
    /// Address as shown.
    pub address: String,
    /// Organisational domain of the address.
    pub domain: Option<String>,
    /// What the reader's trust in this sender would bind to, an entry for [`crate::Context::trusted_domains`]: that
    /// domain, or the very address where anybody can have a mailbox at it; nothing where it does not vouch for the
    /// message, since then anybody could have written the address.
    pub trust: Option<String>,
}

/// One address of the header.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressView {
    /// Name of the field.
    pub field: &'static str,
    /// Display name as shown.
    pub name: String,
    /// Address as shown.
    pub address: String,
}

/// One hop, as shown to people.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HopView {
    /// What the connecting host called itself.
    pub greeting: Option<String>,
    /// Whether that means no more than "this very machine": 127.0.0.1, localhost.
    pub is_greeting_own_machine: bool,
    /// The name its address has.
    pub reverse_name: Option<String>,
    /// Whether the receiving host says that its address has no name.
    pub is_unnamed: bool,
    /// Its address.
    pub ip: Option<String>,
    /// The network the address belongs to.
    pub network: Option<String>,
    /// The country the address is used in, by estimate, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The host that received it.
    pub by: Option<String>,
    /// RFC 3339.
    pub time: Option<String>,
    /// Seconds since the hop before.
    pub delay: Option<i64>,
    /// Whether the connection was encrypted, so far as the field says.
    pub is_encrypted: bool,
    /// Whether the recipient's side wrote it; what others wrote could be invented.
    pub is_trusted: bool,
    /// Whether this is where the recipient's side took it from outside.
    pub is_first_outside: bool,
    /// Byte offset of its field in the message: the one of a field in [`Report::header`].
    pub offset: usize,
}

/// One authentication result.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Authenticated {
    /// `spf`, `dkim`, `dmarc`, `arc`, `compauth` or another.
    pub method: mekiki_facts::Method,
    /// The outcome.
    pub outcome: Outcome,
    /// The domain it speaks of.
    pub domain: Option<String>,
    /// Whether that domain and the author's stand under one organisational domain.
    pub is_aligned: bool,
    /// Who says so: the name that the receiving host goes by (authserv-id, RFC 8601 §2.2).
    pub by: Option<String>,
    /// What is believed of it.
    pub standing: Standing,
    /// Byte offset of its field in the message: the one of a line in [`Report::header`].
    pub offset: usize,
}

/// The ending of a domain that belongs to a country.
#[derive(Debug, Clone, Serialize)]
pub struct Ending {
    /// With its dot: `.in`.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

impl Ending {
    fn of(domain: &Domain) -> Option<Self> {
        let suffix = domain.as_str().rsplit('.').next()?;
        let country = country::of_suffix(suffix)?.map(char::from).iter().collect();
        Some(Self { name: format!(".{suffix}"), country })
    }
}

/// One link, as shown to people.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    /// What the reader sees.
    pub shown: String,
    /// Where it really goes.
    pub url: String,
    /// The host that a click contacts first.
    pub contacted: Option<String>,
    /// The host it leads to in the end, as far as the link tells.
    pub host: Option<String>,
    /// The organisational domain of that host.
    pub domain: Option<String>,
    /// The ending of the domain, where it belongs to a country.
    pub ending: Option<Ending>,
    /// The targets inside it, outermost first.
    pub chain: Vec<String>,
    /// `url` and each address of `chain`, around the part of the host to look at.
    pub pieces: Vec<Pieces>,
    /// Where the host stands, if its addresses were looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Server>,
    /// The brand whose domain it is.
    pub brand: Option<String>,
    /// Whether the message speaks for a brand, and this is none of its places.
    pub is_foreign: bool,
    /// Whether a click leads there.
    pub is_clickable: bool,
    /// How often it stands there.
    pub count: usize,
}

/// Where a host stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    /// Its first address.
    pub ip: IpAddr,
    /// The network the address belongs to.
    pub network: Option<String>,
    /// The country the address is used in, by estimate, ISO 3166-1 alpha-2.
    pub country: Option<String>,
}

impl Server {
    fn of(ip: IpAddr) -> Self {
        let network = networks::look_up(ip);
        Self {
            ip,
            network: network.as_ref().map(|network| network.name.to_owned()),
            country: network.and_then(|network| network.country).map(str::to_owned),
        }
    }
}

/// Writes the report of a case from what was weighed.
pub(crate) fn draw_up(case: &Case, weighed: Weighed, banner: Vec<BannerLine>) -> Report {
    let facts = case.facts;
    let identity = &facts.identity;
    let mut links: Vec<_> = facts.links.iter().map(|link| view_link_of(case, link)).collect();
    links.sort_by_key(|link| !link.is_clickable);
    Report {
        banner,
        level: weighed.level,
        score: weighed.score,
        contradiction: weighed.contradiction,
        aims: if weighed.level >= Level::Suspicious { aim::of(case, &weighed.findings) } else { Vec::new() },
        signs: weighed.findings,
        claim: case.claimed().map(|brand| brand.name.to_owned()),
        abuse: case.claimed().and_then(brands::Brand::abuse),
        wanted: case.wanted(),
        from: view_author(case),
        addresses: view_addresses(case),
        recipients: recipients(case),
        subject: presentable(identity.subject_text()),
        text: quotable(facts.text.shown_text()),
        date: identity.date.as_ref().map(mekiki_facts::Timestamp::to_rfc3339),
        trail: view_trail(case),
        networks_date: networks::date(),
        authentication: view_authentication(case),
        proof: view_proof(case),
        receiver: view_receiver(case),
        links,
        attachments: facts.attachments.iter().map(view_attachment).collect(),
        anomalies: facts.anomalies.clone(),
        unread: facts.unread.iter().map(view_unread).collect(),
        header: view_header(case),
    }
}

/// As much of a text as anybody quotes.
fn quotable(text: &str) -> String {
    const MOST: usize = 30_000;
    text.get(..text.floor_char_boundary(MOST)).unwrap_or_default().to_owned()
}

fn view_unread(unread: &mekiki_facts::Unread) -> mekiki_facts::Unread {
    let mut view = unread.clone();
    view.what = presentable(&unread.what);
    view
}

fn view_author(case: &Case) -> Option<From> {
    let identity = &case.facts.identity;
    let author = identity.author()?;
    let address = author.address.as_ref().map(|address| presentable(&address.shown)).unwrap_or_default();
    let domain = identity.author_domain().map(|domain| domain.organisational().to_owned());
    // Of several authors, one domain vouches at most.
    let is_certain = identity.from.len() == 1 && case.is_author_vouched();
    let trust = domain.clone().filter(|_| is_certain);
    Some(From {
        name: author.name.as_ref().map(|name| presentable(&name.shown)).unwrap_or_default(),
        trust: trust.map(|domain| if domains::is_consumer_mail(&domain) { address.to_lowercase() } else { domain }),
        address,
        domain,
    })
}

fn view_addresses(case: &Case) -> Vec<AddressView> {
    let identity = &case.facts.identity;
    let mut views = Vec::new();
    let mut add = |field: &'static str, fields: &[AddressField]| {
        views.extend(fields.iter().flat_map(|list| &list.mailboxes).map(|mailbox| AddressView {
            field,
            name: mailbox.name.as_ref().map(|name| presentable(&name.shown)).unwrap_or_default(),
            address: mailbox.address.as_ref().map(|address| presentable(&address.shown)).unwrap_or_default(),
        }));
    };
    add("From", &identity.from);
    add("Sender", &identity.sender);
    add("Reply-To", &identity.reply_to);
    add("To", &identity.to);
    add("Cc", &identity.cc);
    if let Some(address) = identity.return_path.as_ref().and_then(|path| path.address.as_ref()) {
        views.push(AddressView { field: "Return-Path", name: String::new(), address: presentable(&address.shown) });
    }
    views
}

/// See [`Report::recipients`]. Each once, in lower case.
fn recipients(case: &Case) -> Vec<String> {
    let named = case.recipients().iter().map(|address| address.shown.as_str());
    let received_for = case.facts.trail.hops.iter().filter_map(|hop| hop.for_address.as_deref());
    let all: BTreeSet<String> = named
        .chain(received_for)
        .map(|address| address.trim_matches(['<', '>', ' ']).to_lowercase())
        .filter(|address| address.contains('@'))
        .collect();
    all.into_iter().collect()
}

fn view_trail(case: &Case) -> Vec<HopView> {
    let trail = &case.facts.trail;
    trail
        .hops
        .iter()
        .enumerate()
        .map(|(at, hop)| {
            let network = hop.address.and_then(networks::look_up);
            HopView {
                greeting: hop.greeting.as_ref().map(|greeting| presentable(&greeting.to_string())),
                is_greeting_own_machine: hop.greeting.as_ref().is_some_and(Greeting::is_own_machine),
                reverse_name: hop.reverse_name.as_ref().map(|name| presentable(&name.to_string())),
                ip: hop.address.map(|address| address.to_string()),
                network: network.as_ref().map(|network| network.name.to_owned()),
                country: network.as_ref().and_then(|network| network.country.map(str::to_owned)),
                is_unnamed: hop.is_unnamed,
                by: hop.by.as_deref().map(presentable),
                time: hop.time.as_ref().map(mekiki_facts::Timestamp::to_rfc3339),
                delay: hop.delay,
                is_encrypted: hop.is_encrypted,
                is_trusted: hop.is_trusted,
                is_first_outside: trail.first_outside == Some(at),
                offset: hop.offset,
            }
        })
        .collect()
}

fn view_authentication(case: &Case) -> Vec<Authenticated> {
    let author = case.facts.identity.author_domain();
    case.results()
        .told()
        .iter()
        .map(|told| Authenticated {
            method: told.result.method.clone(),
            outcome: told.result.outcome,
            domain: told.result.domain.as_ref().map(ToString::to_string),
            is_aligned: matches!((&told.result.domain, author), (Some(domain), Some(author)) if domain.is_aligned_with(author)),
            by: told.field.authserv_id.as_deref().map(presentable),
            standing: told.standing,
            offset: told.field.offset,
        })
        .collect()
}

/// What was proven. Names of domains and what these say of themselves are the sender's.
fn view_proof(case: &Case) -> Option<Proof> {
    let text = |text: &mut String| *text = presentable(text);
    let optional = |optional: &mut Option<String>| {
        if let Some(value) = optional {
            *value = presentable(value);
        }
    };
    let signature = |signature: &mut Signature| {
        text(&mut signature.domain);
        text(&mut signature.selector);
        text(&mut signature.algorithm);
        optional(&mut signature.identity);
        signature.signed_fields.iter_mut().for_each(text);
    };
    let mut proof = case.answers.proof.clone()?;
    proof.signatures.iter_mut().for_each(signature);
    if let Some(spf) = &mut proof.spf {
        text(&mut spf.domain);
        optional(&mut spf.mechanism);
        optional(&mut spf.explanation);
    }
    for set in proof.arc.iter_mut().flat_map(|chain| &mut chain.sets) {
        signature(&mut set.seal);
        signature(&mut set.message);
    }
    Some(proof)
}

/// Most links, codes and names of a file that are shown.
const MOST_INSIDE: usize = 20;

/// The sender chose its names and its type, and all that is in it.
fn view_attachment(attachment: &mekiki_facts::Attachment) -> mekiki_facts::Attachment {
    let all = |texts: &[String]| texts.iter().take(MOST_INSIDE).map(|text| presentable(text)).collect();
    mekiki_facts::Attachment {
        page: attachment.page.as_ref().map(|page| AttachedPage {
            title: page.title.as_deref().map(presentable),
            form: page
                .form
                .as_ref()
                .map(|form| Form { action: form.action.as_deref().map(presentable), ..form.clone() }),
            addresses: all(&page.addresses),
            ..page.clone()
        }),
        inside: attachment.inside.as_ref().map(|inside| Inside {
            links: all(&inside.links),
            codes: all(&inside.codes),
            names: all(&inside.names),
            ..inside.clone()
        }),
        name: attachment.name.as_deref().map(presentable),
        other_name: attachment.other_name.as_deref().map(presentable),
        declared_type: presentable(&attachment.declared_type),
        ..attachment.clone()
    }
}

fn view_receiver(case: &Case) -> Option<ReceivingHost> {
    let name = receiving_host(case.facts).filter(|name| name.organisational().contains('.'))?;
    let standing = |offset| case.results().standing_at(offset);
    let results = &case.facts.authentication.results;
    let found =
        [Place::Above, Place::Below].into_iter().find_map(|place| results.iter().find(|field| field.place == place));
    let id = found.and_then(|field| field.authserv_id.clone()).unwrap_or_default();
    let is_foreign = Domain::parse(&id).is_some_and(|id| {
        !id.is_aligned_with(&name) && !case.facts.trail.receivers.iter().any(|receiver| receiver.is_aligned_with(&id))
    });
    let is_contradicted = results
        .iter()
        .any(|field| matches!(standing(field.offset), Some(Standing::Contradicted | Standing::Disproved)));
    let place = match found.map(|field| field.place) {
        Some(Place::Above) => ResultsPlace::Above,
        Some(Place::Below) => ResultsPlace::Below,
        Some(Place::Elsewhere) | None => ResultsPlace::None,
    };
    Some(ReceivingHost {
        host: name.organisational().to_owned(),
        name: name.to_string(),
        place: (!is_foreign && !is_contradicted).then_some(place),
        id: presentable(&id),
    })
}

fn view_header(case: &Case) -> Vec<HeaderLine> {
    let trail = &case.facts.trail;
    let hops: BTreeMap<usize, LineRole> = trail
        .hops
        .iter()
        .enumerate()
        .map(|(at, hop)| {
            let role = if trail.first_outside == Some(at) {
                LineRole::OutsideHop
            } else if hop.is_trusted {
                LineRole::OwnHop
            } else {
                LineRole::UnprovenHop
            };
            (hop.offset, role)
        })
        .collect();
    let role = |field: &Field| match field.name.to_ascii_lowercase().as_str() {
        "received" => hops.get(&field.offset).copied().unwrap_or(LineRole::UnprovenHop),
        "authentication-results" => match case.results().standing_at(field.offset) {
            Some(Standing::Believed) => LineRole::OwnResults,
            Some(Standing::Contradicted | Standing::Disproved) => LineRole::ContradictedResults,
            Some(Standing::Unproven | Standing::Foreign) | None => LineRole::UnprovenResults,
        },
        "from" => LineRole::Author,
        "sender" => LineRole::Sender,
        "reply-to" => LineRole::ReplyTo,
        "return-path" => LineRole::Envelope,
        "message-id" => LineRole::MessageId,
        "dkim-signature" => LineRole::Signature,
        _ => LineRole::Other,
    };
    case.facts.header.fields.iter().map(|field| HeaderLine { role: role(field), field: field.clone() }).collect()
}

/// A link of a message, as shown to people.
fn view_link_of(case: &Case, link: &mekiki_facts::Link) -> LinkView {
    let is_foreign = |brand: &brands::Brand| link.final_host().is_some_and(|host| !brand.owns(&host.to_string()));
    let addresses = link.final_host().and_then(|host| case.answers.addresses.get(&host.to_string()));
    LinkView {
        is_foreign: case.claimed().is_some_and(is_foreign),
        server: addresses.and_then(|addresses| addresses.first()).map(|ip| Server::of(*ip)),
        ..view_link(link)
    }
}

/// A link as shown to people.
pub(crate) fn view_link(link: &mekiki_facts::Link) -> LinkView {
    let url = link.url.as_deref().unwrap_or(&link.written);
    let chain = link.unwrapped.iter().map(|inner| inner.url.as_str());
    LinkView {
        shown: presentable(&link.label),
        url: presentable(url),
        contacted: link.host.as_ref().map(ToString::to_string),
        host: link.final_host().map(ToString::to_string),
        domain: link.final_domain().map(|domain| domain.organisational().to_owned()),
        ending: link.final_domain().and_then(Ending::of),
        brand: link
            .final_domain()
            .and_then(|domain| brands::of_domain(domain.as_str()))
            .map(|brand| brand.name.to_owned()),
        chain: chain.clone().map(presentable).collect(),
        pieces: iter::once(url).chain(chain).map(Pieces::of_url).collect(),
        server: None,
        is_foreign: false,
        is_clickable: link.is_clickable(),
        count: link.count,
    }
}
