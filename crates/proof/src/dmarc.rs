//! What the author's domain asks for (RFC 7489), and whether the message meets it.

use crate::{
    dns::{Asker, Found, RecordType},
    signature::is_registered,
    tags::Tags,
};
use mekiki_knowledge::suffix;
use mekiki_proven::{Dmarc, Outcome, Policy, Signature, Spf};

/// A DMARC record.
struct Record {
    policy: Policy,
    subdomains: Option<Policy>,
    is_dkim_strict: bool,
    is_spf_strict: bool,
    /// `psd=y`: it speaks for whatever is registered below a public suffix.
    is_of_suffix: bool,
}

/// Which domain's record applies, and that record.
enum Discovered {
    Record(String, Record),
    Nothing,
    Failed,
    Pending,
}

/// Judges what was proven for the author's domain by what that domain asks for.
pub(crate) fn check(author: &str, signatures: &[Signature], spf: Option<&Spf>, asker: &Asker) -> Dmarc {
    let domain = author.to_ascii_lowercase();
    let mut told = Dmarc { domain: domain.clone(), ..Dmarc::default() };
    let record = match discover(&domain, asker) {
        Discovered::Record(at, record) => {
            told.policy = Some(if at == domain { record.policy } else { record.subdomains.unwrap_or(record.policy) });
            told.is_dkim_strict = record.is_dkim_strict;
            told.is_spf_strict = record.is_spf_strict;
            told.record_domain = Some(at);
            Ok(())
        }
        Discovered::Nothing => Err(Outcome::None),
        Discovered::Failed => Err(Outcome::Temperror),
        Discovered::Pending => Err(Outcome::Pending),
    };
    let stands_for = |other: &str, is_strict: bool| is_aligned(&domain, other, is_strict);
    told.aligned_signatures = signatures
        .iter()
        .filter(|signature| signature.vouches() && stands_for(&signature.domain, told.is_dkim_strict))
        .map(|signature| signature.domain.clone())
        .collect();
    told.aligned_signatures.dedup();
    let spf = spf.filter(|spf| stands_for(&spf.domain, told.is_spf_strict));
    told.is_spf_aligned = spf.is_some_and(|spf| spf.outcome == Outcome::Pass);
    told.outcome = match record {
        Err(outcome) => outcome,
        Ok(()) if told.is_spf_aligned || !told.aligned_signatures.is_empty() => Outcome::Pass,
        Ok(()) => {
            let aligned = signatures.iter().filter(|signature| stands_for(&signature.domain, told.is_dkim_strict));
            let outcomes = || aligned.clone().map(|signature| signature.outcome).chain(spf.map(|spf| spf.outcome));
            if outcomes().any(|outcome| outcome == Outcome::Pending) {
                Outcome::Pending
            } else if outcomes().any(|outcome| outcome == Outcome::Temperror) {
                Outcome::Temperror
            } else {
                Outcome::Fail
            }
        }
    };
    told
}

/// Whether one domain stands for another (RFC 7489 §3.1). A public suffix stands for nobody.
fn is_aligned(author: &str, other: &str, is_strict: bool) -> bool {
    if !is_registered(other) {
        return false;
    }
    if is_strict { author == other } else { suffix::registrable_domain(author) == suffix::registrable_domain(other) }
}

/// Most names above a domain that are asked for a record, as its successor bounds its walk up the tree.
const MOST_ABOVE: usize = 8;

/// Finds the record (RFC 7489 §6.6.3): of the domain, or else of its organisational domain. Where neither has one, the
/// names between and above are asked, as the successor of that RFC does.
fn discover(domain: &str, asker: &Asker) -> Discovered {
    let organisational = suffix::registrable_domain(domain).filter(|organisational| *organisational != domain);
    let own = record_at(domain, asker);
    // Both are asked for in one round.
    let above = organisational.map(|organisational| record_at(organisational, asker));
    match (own, above) {
        (Discovered::Nothing, None | Some(Discovered::Nothing)) => walk(domain, organisational, asker),
        (Discovered::Nothing, Some(above)) => above,
        (own, _) => own,
    }
}

/// Of the names above a domain, the topmost below its public suffix that has a record, or else a public suffix that
/// says itself that it speaks for what is registered below it.
fn walk(domain: &str, organisational: Option<&str>, asker: &Asker) -> Discovered {
    let mut above: Vec<&str> = std::iter::successors(parent(domain), |name| parent(name)).collect();
    above.reverse();
    above.truncate(MOST_ABOVE);
    let (below_suffix, suffixes): (Vec<&str>, Vec<&str>) =
        above.into_iter().filter(|name| Some(*name) != organisational).partition(|name| is_registered(name));
    // All of them are asked for in one round.
    let below_suffix: Vec<Discovered> = below_suffix.into_iter().map(|name| record_at(name, asker)).collect();
    let suffixes = suffixes.into_iter().rev().map(|name| match record_at(name, asker) {
        Discovered::Record(_, record) if !record.is_of_suffix => Discovered::Nothing,
        found => found,
    });
    let suffixes: Vec<Discovered> = suffixes.collect();
    let mut found = below_suffix.into_iter().chain(suffixes);
    found.find(|found| !matches!(found, Discovered::Nothing)).unwrap_or(Discovered::Nothing)
}

fn parent(name: &str) -> Option<&str> {
    name.split_once('.').map(|(_, parent)| parent)
}

fn record_at(domain: &str, asker: &Asker) -> Discovered {
    match asker.ask(&format!("_dmarc.{domain}"), RecordType::Txt) {
        Found::Records(records) => {
            let mut records = records.iter().filter_map(|record| parse(record));
            match (records.next(), records.next()) {
                (Some(record), None) => Discovered::Record(domain.to_owned(), record),
                // Of several none counts.
                _ => Discovered::Nothing,
            }
        }
        Found::Nothing => Discovered::Nothing,
        Found::Failed => Discovered::Failed,
        Found::Pending => Discovered::Pending,
    }
}

fn parse(text: &str) -> Option<Record> {
    let tags = Tags::parse(text.trim())?;
    if tags.first().is_none_or(|tag| tag.name != "v" || tag.value != "DMARC1") {
        return None;
    }
    let policy = |name: &str| tags.get(name).map(policy);
    let is_strict = |name: &str| tags.get(name).is_some_and(|mode| mode.eq_ignore_ascii_case("s"));
    let (own, subdomains) = (policy("p"), policy("sp"));
    // RFC 7489 §6.6.3: a record whose policy cannot be read asks for nothing, if it asks for reports.
    let is_readable = matches!(own, Some(Some(_))) && !matches!(subdomains, Some(None));
    if !is_readable && tags.get("rua").is_none() {
        return None;
    }
    let policy = if is_readable { own.flatten().unwrap_or(Policy::None) } else { Policy::None };
    Some(Record {
        policy,
        subdomains: subdomains.flatten().filter(|_| is_readable),
        is_dkim_strict: is_strict("adkim"),
        is_spf_strict: is_strict("aspf"),
        is_of_suffix: tags.get("psd").is_some_and(|suffix| suffix.eq_ignore_ascii_case("y")),
    })
}

fn policy(word: &str) -> Option<Policy> {
    match word.to_ascii_lowercase().as_str() {
        "none" => Some(Policy::None),
        "quarantine" => Some(Policy::Quarantine),
        "reject" => Some(Policy::Reject),
        _ => None,
    }
}
