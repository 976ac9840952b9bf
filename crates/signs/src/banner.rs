//! What a banner says: at most one line of each kind, always in the same order, each of them the most telling that was
//! found. Where the message has links or files, it says where they lead, whether or not that speaks against them.

use crate::{Detail, Evidence, Sign, Weights, case::Case};
use mekiki_facts::Link;
use serde::Serialize;

/// What a line of the banner answers, in the order of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// Who it really is from.
    Sender,
    /// Where its links or files lead.
    Leads,
    /// What it wants of the recipient.
    Wants,
}

impl Slot {
    /// What it answers, for the catalogue.
    pub fn words(self) -> &'static str {
        match self {
            Self::Sender => "who it really is from",
            Self::Leads => "where its links lead",
            Self::Wants => "what it wants",
        }
    }
}

/// One line of a banner.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BannerLine {
    /// What it answers.
    pub slot: Slot,
    /// The sign whose summary it is; nothing where it is a plain fact.
    pub sign: Option<&'static str>,
    /// The key of its text.
    pub text: String,
    /// The values that the text numbers.
    pub evidence: Evidence,
}

/// The place of a sign in the banner, of those that it declares.
pub(crate) const fn place(declared: &[(Slot, u8)]) -> Option<(Slot, u8)> {
    match declared {
        [place, ..] => Some(*place),
        [] => None,
    }
}

/// The lines of the banner, of what was found.
pub(crate) fn lines(case: &Case, found: &[(&'static Sign, Evidence)], weights: &Weights) -> Vec<BannerLine> {
    [Slot::Sender, Slot::Leads, Slot::Wants]
        .into_iter()
        .filter_map(|slot| {
            let telling = |sign: &Sign| sign.banner().filter(|(its, _)| *its == slot).map(|(_, telling)| telling);
            let accusing = found.iter().filter(|(sign, _)| weights.of(sign.id()) > 0.0);
            // The first of those that tell as much: the strongest.
            let best =
                accusing.filter_map(|one| Some((telling(one.0)?, one))).rev().max_by_key(|(telling, _)| *telling);
            let line = |(_, (sign, evidence)): (u8, &(&'static Sign, Evidence))| BannerLine {
                slot,
                sign: Some(sign.id()),
                text: format!("sign_{}_summary", sign.id().replace(['.', '-'], "_")),
                evidence: evidence.clone(),
            };
            best.map(line).or_else(|| plain(case, slot))
        })
        .collect()
}

/// The plain fact that answers where no sign does.
fn plain(case: &Case, slot: Slot) -> Option<BannerLine> {
    let (text, evidence) = match slot {
        Slot::Sender => ("plain_sender", Evidence::of(Detail::Address, &case.facts.identity.author_address()?.shown)),
        Slot::Leads => leads(case)?,
        Slot::Wants => return None,
    };
    Some(BannerLine { slot, sign: None, text: text.to_owned(), evidence })
}

/// Where links or files lead.
fn leads(case: &Case) -> Option<(&'static str, Evidence)> {
    let places = places(case);
    match places.as_slice() {
        [] => files(case),
        [only] => Some(("plain_links", Evidence::of(Detail::Domain, only))),
        [first, second] => {
            Some(("plain_links_two", Evidence::of(Detail::Domain, first).and(Detail::OtherDomain, second)))
        }
        [first, second, rest @ ..] => Some((
            "plain_links_more",
            Evidence::of(Detail::Domain, first)
                .and(Detail::OtherDomain, second)
                .and(Detail::Count, rest.len().to_string()),
        )),
    }
}

/// Hosts that links lead to, one for each domain: those of the brand it speaks for last, else in the order in which they
/// stand. Where nothing leads to the web, what else leads somewhere.
fn places(case: &Case) -> Vec<String> {
    let clickable = || case.facts.links.iter().filter(|link| link.is_clickable());
    let hosts = |links: &mut dyn Iterator<Item = &Link>| -> Vec<String> {
        let mut seen = std::collections::BTreeSet::new();
        let mut hosts: Vec<String> = links
            .filter_map(|link| {
                let domain = link.final_domain().map(|domain| domain.organisational().to_owned());
                let host = || link.final_host().map(ToString::to_string);
                domain.or_else(host).or_else(|| {
                    // A mailbox has no host of its own.
                    let domain = mekiki_facts::Pieces::of(link.shown_target()).domain;
                    (!domain.is_empty()).then(|| domain.to_owned())
                })
            })
            .filter(|place| seen.insert(place.clone()))
            .collect();
        hosts.sort_by_key(|host| case.claimed().is_some_and(|brand| brand.owns(host)));
        hosts
    };
    let web = hosts(&mut clickable().filter(|link| link.is_web()));
    if web.is_empty() { hosts(&mut clickable()) } else { web }
}

/// The files that come with it, by the name of the first.
fn files(case: &Case) -> Option<(&'static str, Evidence)> {
    let mut files = case.facts.attachments.iter().filter(|file| !file.is_inline && file.depth == 0);
    let first = files.next()?;
    let name = first.label();
    let evidence = Evidence::of(Detail::Name, name);
    match files.count() {
        0 => Some(("plain_file", evidence)),
        more => Some(("plain_files", evidence.and(Detail::Count, more.to_string()))),
    }
}
