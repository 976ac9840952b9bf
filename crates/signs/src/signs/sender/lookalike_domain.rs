//! `sender.lookalike-domain`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::{
    brands::{self, Brand},
    domains, fold,
    lookalike::{self, LookalikeKind},
};

/// An address whose domain imitates another.
///
/// # What it looks for
///
/// A From, Reply-To or Return-Path domain that is made to look like a brand's, the reader's own or a contact's: in
/// letters that look alike, with digits for letters, or with the whole domain in front of another. By a slip of one
/// letter or with a word beside the name, where the message names the brand; as a sub-domain or under another suffix,
/// where it speaks for the brand. Of the reader's own and contacts' domains slips count too.
///
/// # Why it matters
///
/// A forger cannot have the real domain, so he buys one that passes for it at a glance. All checks pass for it.
///
/// # When it is wrong
///
/// Firms that really have such names; a brand's agency or new domain that the directory does not know yet. Addresses
/// the reader knows, lists, delivery services, and a brand's own mail with answers to such an address are let pass.
/// Sister firms have a word beside the name: so that is not held against the reader's own domain or a contact's.
pub struct LookalikeDomain;

impl Sign for LookalikeDomain {
    fn id(&self) -> &'static str {
        "sender.lookalike-domain"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Address, Detail::OtherDomain, Detail::Field]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let identity = &case.facts.identity;
        if case.is_through_list() {
            return Vec::new();
        }
        let author = identity.author_address().map(|address| ("From", address));
        let replies = identity
            .reply_to
            .iter()
            .flat_map(|field| &field.mailboxes)
            .filter_map(|mailbox| Some(("Reply-To", mailbox.address.as_ref()?)));
        let envelope = identity.return_path.as_ref().and_then(|path| Some(("Return-Path", path.address.as_ref()?)));
        author
            .into_iter()
            .chain(replies)
            .chain(envelope)
            .filter(|(_, address)| !case.is_known_address(address))
            .find_map(|(field, address)| {
                let imitated = imitated(case, address.domain.as_ref()?)?;
                let evidence = Evidence::of(Detail::Address, &address.shown);
                Some(evidence.and(Detail::OtherDomain, imitated).and(Detail::Field, field))
            })
            .into_iter()
            .collect()
    }
}

/// The domain that another imitates: one the reader knows, or a brand's.
fn imitated(case: &Case, domain: &Domain) -> Option<String> {
    let host = domain.as_str();
    let mut known = known_domains(case);
    // A house the reader knows imitates nobody, whatever its name.
    if !host.contains('.') || known.iter().any(|known| known.as_str() == domain.organisational()) {
        return None;
    }
    known.retain(|known| !domains::is_consumer_mail(known));
    let of_known = || {
        known.into_iter().find(|known| {
            lookalike::imitates(host, known, &[]).is_some_and(|found| match found.kind {
                LookalikeKind::Confusable | LookalikeKind::DigitSwap => true,
                LookalikeKind::Typo => !is_numbered_sister(&found.label, known),
                LookalikeKind::Subdomain => stands_in_front(host, known),
                LookalikeKind::BrandPlusWord | LookalikeKind::SuffixSwap => false,
            })
        })
    };
    let of_brand = || {
        let (brand, found) = lookalike::of_brand(host).filter(|(brand, _)| !case.is_plausibly_from(brand))?;
        let is_claimed = || case.claimed().is_some_and(|claimed| brands::same_group(claimed, brand));
        let counts = match found.kind {
            LookalikeKind::Confusable | LookalikeKind::DigitSwap => true,
            LookalikeKind::Typo | LookalikeKind::BrandPlusWord => is_claimed() || is_named(case, brand),
            LookalikeKind::Subdomain => {
                is_claimed() || brand.domains.iter().any(|domain| stands_in_front(host, domain))
            }
            LookalikeKind::SuffixSwap => is_claimed(),
        };
        brand.domains.first().filter(|_| counts).map(|domain| (*domain).to_owned())
    };
    of_known().or_else(of_brand)
}

/// Whether a label is that of a domain but for a number behind it: houses number their domains.
fn is_numbered_sister(label: &str, domain: &str) -> bool {
    let plain = |label: &str| label.trim_end_matches(|character: char| character.is_ascii_digit()).to_owned();
    domain.split('.').next().is_some_and(|known| plain(known) == plain(label))
}

/// Whether a whole domain stands in a host in front of another: `kagoya.jp.evil.in`.
fn stands_in_front(host: &str, domain: &str) -> bool {
    let dotted = format!(".{host}");
    dotted.contains(&format!(".{domain}."))
}

/// Whether the message names a brand, by a name that is no ordinary word.
fn is_named(case: &Case, brand: &Brand) -> bool {
    let name = case.facts.identity.author().and_then(|author| author.name.as_ref());
    let folded_name = name.map(|name| fold::fold(&name.full));
    [&case.folded_subject, &case.folded_text]
        .into_iter()
        .chain(&folded_name)
        .flat_map(brands::find)
        .any(|mention| !mention.common && brands::same_group(mention.brand, brand))
}

/// Organisational domains of the reader, the reader's contacts and correspondents.
fn known_domains(case: &Case) -> Vec<String> {
    let context = case.context;
    let contacts = context.contacts.iter().map(|contact| contact.address.as_str());
    let mut known: Vec<String> = contacts
        .chain(context.correspondents.iter().map(String::as_str))
        .filter_map(Address::parse)
        .filter_map(|address| address.domain.map(|domain| domain.organisational().to_owned()))
        .chain(case.own_addresses().filter_map(|own| own.domain.as_ref().map(|own| own.organisational().to_owned())))
        .collect();
    known.sort_unstable();
    known.dedup();
    known
}
