//! Whether a domain lets an address send mail in its name (RFC 7208): `check_host`, with every question that it needs
//! asked through the [`Asker`].

mod macros;
mod record;

use crate::dns::{Asker, Found, RecordType};
use macros::{Letter, Template, Use, dotted, reverse_name, shortened, version};
use mekiki_proven::{Envelope, Outcome, Spf};
use record::{Directive, Lengths, Mechanism, Qualifier, Record, is_spf};
use std::net::IpAddr;

/// Most terms that ask something (§4.6.4).
const MOST_LOOKUPS: usize = 10;
/// Most questions without an answer (§4.6.4).
const MOST_VOID: usize = 2;
/// Most mail exchangers of one name, and most names of one address, that are looked at (§4.6.4).
const MOST_HOSTS: usize = 10;
/// Deepest nesting of records. The bound on look-ups holds it too.
const DEEPEST: usize = MOST_LOOKUPS + 1;
/// Longest record that is read, in bytes: what fits one message of DNS.
const LONGEST_RECORD: usize = 65_535;
/// Longest explanation that is kept, in characters.
const LONGEST_EXPLANATION: usize = 500;
/// Longest term that is kept to be shown, in characters.
const LONGEST_TERM: usize = 256;

/// Checks the envelope sender, or where there is none the greeting (§2.4). Nothing where the connecting address or
/// both names are not known.
pub(crate) fn check(envelope: &Envelope, now: i64, asker: &Asker) -> Option<Spf> {
    let client = envelope.client?;
    let mail_from = envelope.mail_from.as_deref().unwrap_or_default();
    let helo = envelope.helo.as_deref().unwrap_or_default();
    let is_helo = mail_from.is_empty();
    if is_helo && helo.is_empty() {
        return None;
    }
    let (local, domain) = if is_helo { ("", helo) } else { mail_from.rsplit_once('@').unwrap_or(("", mail_from)) };
    let local = if local.is_empty() { "postmaster" } else { local };
    let address = match client {
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or(client, IpAddr::V4),
        IpAddr::V4(_) => client,
    };
    let mut check = Check { asker, address, helo, local, sender_domain: domain, now, lookups: 0, void: 0 };
    let mut told = Spf { domain: domain.to_ascii_lowercase(), is_helo, client: Some(client), ..Spf::default() };
    match check.host(domain, 0) {
        Ok(decision) => {
            told.outcome = decision.outcome;
            told.mechanism = decision.term.map(|term| term.chars().take(LONGEST_TERM).collect());
            if let (Outcome::Fail, Some((template, domain))) = (decision.outcome, decision.explanation) {
                match check.explanation(&template, &domain) {
                    Ok(text) => told.explanation = text,
                    Err(Stop::Pending) => told.outcome = Outcome::Pending,
                    Err(Stop::Decided(_)) => {}
                }
            }
        }
        Err(Stop::Decided(outcome)) => told.outcome = outcome,
        Err(Stop::Pending) => told.outcome = Outcome::Pending,
    }
    Some(told)
}

/// Why evaluation ends early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// With an outcome.
    Decided(Outcome),
    /// A question is open.
    Pending,
}

const PERMERROR: Stop = Stop::Decided(Outcome::Permerror);
const TEMPERROR: Stop = Stop::Decided(Outcome::Temperror);

/// What a record decides.
struct Decision {
    outcome: Outcome,
    /// The term that matched.
    term: Option<String>,
    /// Where the explanation stands, and the domain whose record names it.
    explanation: Option<(Template, String)>,
}

impl Decision {
    fn of(outcome: Outcome) -> Self {
        Self { outcome, term: None, explanation: None }
    }
}

struct Check<'a> {
    asker: &'a Asker<'a>,
    address: IpAddr,
    helo: &'a str,
    local: &'a str,
    sender_domain: &'a str,
    now: i64,
    lookups: usize,
    void: usize,
}

impl<'a> Check<'a> {
    /// `check_host()` (§4).
    fn host(&mut self, domain: &str, depth: usize) -> Result<Decision, Stop> {
        if depth > DEEPEST {
            return Err(PERMERROR);
        }
        if !is_domain(domain) {
            return Ok(Decision::of(Outcome::None));
        }
        let records = match self.asker.ask(domain, RecordType::Txt) {
            Found::Records(records) => records,
            Found::Nothing if depth == 0 => return Ok(Decision::of(Outcome::None)),
            Found::Nothing => {
                self.count_void()?;
                return Ok(Decision::of(Outcome::None));
            }
            Found::Failed => return Err(TEMPERROR),
            Found::Pending => return Err(Stop::Pending),
        };
        let mut records = records.iter().filter(|record| is_spf(record));
        let text = match (records.next(), records.next()) {
            (None, _) => return Ok(Decision::of(Outcome::None)),
            (Some(record), None) => record,
            _ => return Err(PERMERROR),
        };
        let record = Record::parse(text).filter(|_| text.len() <= LONGEST_RECORD).ok_or(PERMERROR)?;
        for directive in &record.directives {
            if self.matches(directive, domain, depth)? {
                let explanation = record.explanation.clone().map(|template| (template, domain.to_owned()));
                let outcome = match directive.qualifier {
                    Qualifier::Pass => Outcome::Pass,
                    Qualifier::Fail => Outcome::Fail,
                    Qualifier::Softfail => Outcome::Softfail,
                    Qualifier::Neutral => Outcome::Neutral,
                };
                return Ok(Decision { outcome, term: Some(directive.text.to_owned()), explanation });
            }
        }
        let Some(redirect) = record.redirect.as_ref().filter(|_| !record.has_all()) else {
            return Ok(Decision::of(Outcome::Neutral));
        };
        self.count_lookup()?;
        let target = self.target(redirect, domain)?;
        let decision = self.host(&target, depth + 1)?;
        if decision.outcome == Outcome::None { Err(PERMERROR) } else { Ok(decision) }
    }

    fn matches(&mut self, directive: &Directive, domain: &str, depth: usize) -> Result<bool, Stop> {
        match &directive.mechanism {
            Mechanism::All => Ok(true),
            Mechanism::Ip4(network, length) => Ok(is_within(self.address, IpAddr::V4(*network), *length)),
            Mechanism::Ip6(network, length) => Ok(is_within(self.address, IpAddr::V6(*network), *length)),
            Mechanism::Include(target) => {
                self.count_lookup()?;
                let target = self.target(target, domain)?;
                match self.host(&target, depth + 1)?.outcome {
                    Outcome::Pass => Ok(true),
                    Outcome::None => Err(PERMERROR),
                    _ => Ok(false),
                }
            }
            Mechanism::A(target, lengths) => {
                self.count_lookup()?;
                let target = self.target_or(target.as_ref(), domain)?;
                let records = self.records(&target, self.address_type())?;
                Ok(self.is_among(records, *lengths))
            }
            Mechanism::Mx(target, lengths) => {
                self.count_lookup()?;
                let target = self.target_or(target.as_ref(), domain)?;
                let exchangers = self.records(&target, RecordType::Mx)?;
                if exchangers.len() > MOST_HOSTS {
                    return Err(PERMERROR);
                }
                let hosts: Vec<&str> =
                    exchangers.iter().filter_map(|record| record.split_whitespace().nth(1)).collect();
                self.ask_ahead(&hosts);
                for host in hosts {
                    let records = self.records(host, self.address_type())?;
                    if self.is_among(records, *lengths) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Mechanism::Ptr(target) => {
                self.count_lookup()?;
                let target = self.target_or(target.as_ref(), domain)?;
                Ok(self.names()?.iter().any(|name| is_below(name, &target)))
            }
            Mechanism::Exists(target) => {
                self.count_lookup()?;
                let target = self.target(target, domain)?;
                Ok(!self.records(&target, RecordType::A)?.is_empty())
            }
        }
    }

    fn count_lookup(&mut self) -> Result<(), Stop> {
        self.lookups += 1;
        if self.lookups > MOST_LOOKUPS { Err(PERMERROR) } else { Ok(()) }
    }

    fn count_void(&mut self) -> Result<(), Stop> {
        self.void += 1;
        if self.void > MOST_VOID { Err(PERMERROR) } else { Ok(()) }
    }

    fn records(&mut self, name: &str, kind: RecordType) -> Result<&'a [String], Stop> {
        match self.asker.ask(name, kind) {
            Found::Records(records) => Ok(records),
            Found::Nothing => self.count_void().map(|()| &[][..]),
            Found::Failed => Err(TEMPERROR),
            Found::Pending => Err(Stop::Pending),
        }
    }

    /// Has the addresses of several hosts asked for in one round.
    fn ask_ahead(&self, hosts: &[&str]) {
        for host in hosts {
            self.asker.ask(host, self.address_type());
        }
    }

    fn address_type(&self) -> RecordType {
        if self.address.is_ipv4() { RecordType::A } else { RecordType::Aaaa }
    }

    fn is_among(&self, records: &[String], lengths: Lengths) -> bool {
        let length = if self.address.is_ipv4() { lengths.v4 } else { lengths.v6 };
        let addresses = records.iter().filter_map(|record| record.parse().ok());
        addresses.into_iter().any(|address| is_within(self.address, address, length))
    }

    /// The names of the connecting address that lead back to it (§5.5). An error on the way is as good as no name.
    fn names(&mut self) -> Result<Vec<&'a str>, Stop> {
        let names = match self.asker.ask(&reverse_name(self.address), RecordType::Ptr) {
            Found::Records(names) => names,
            Found::Nothing => {
                self.count_void()?;
                return Ok(Vec::new());
            }
            Found::Failed => return Ok(Vec::new()),
            Found::Pending => return Err(Stop::Pending),
        };
        let names: Vec<&str> = names.iter().take(MOST_HOSTS).map(String::as_str).collect();
        self.ask_ahead(&names);
        let mut proven = Vec::new();
        for name in names {
            match self.asker.ask(name, self.address_type()) {
                Found::Records(records) => {
                    if self.is_among(records, Lengths { v4: 32, v6: 128 }) {
                        proven.push(name);
                    }
                }
                Found::Nothing | Found::Failed => {}
                Found::Pending => return Err(Stop::Pending),
            }
        }
        Ok(proven)
    }

    fn target_or(&mut self, target: Option<&Template>, domain: &str) -> Result<String, Stop> {
        target.map_or_else(|| Ok(domain.to_owned()), |target| self.target(target, domain))
    }

    fn target(&mut self, template: &Template, domain: &str) -> Result<String, Stop> {
        let expanded = self.expand(template, domain)?;
        Ok(shortened(&expanded).to_owned())
    }

    fn expand(&mut self, template: &Template, domain: &str) -> Result<String, Stop> {
        template.expand(|letter| {
            Ok(match letter {
                Letter::Sender => format!("{}@{}", self.local, self.sender_domain),
                Letter::Local => self.local.to_owned(),
                Letter::SenderDomain => self.sender_domain.to_owned(),
                Letter::Domain => domain.to_owned(),
                Letter::Address => dotted(self.address),
                Letter::Name => self.name(domain)?,
                Letter::Version => version(self.address).to_owned(),
                Letter::Helo => self.helo.to_owned(),
                Letter::ReadableAddress => self.address.to_string(),
                // Whose host received it is nobody's business.
                Letter::Receiver => "unknown".to_owned(),
                Letter::Time => self.now.to_string(),
            })
        })
    }

    /// `%{p}`: the domain itself, a name below it, any name (§7.3).
    fn name(&mut self, domain: &str) -> Result<String, Stop> {
        let names = self.names()?;
        let trimmed = |name: &str| name.trim_end_matches('.').to_owned();
        let same = names.iter().find(|name| trimmed(name).eq_ignore_ascii_case(domain));
        let found = same.or_else(|| names.iter().find(|name| is_below(name, domain))).or_else(|| names.first());
        Ok(found.map_or_else(|| "unknown".to_owned(), |name| trimmed(name)))
    }

    /// What the domain says of a failure (§6.2); nothing where it cannot be had.
    fn explanation(&mut self, template: &Template, domain: &str) -> Result<Option<String>, Stop> {
        let target = self.target(template, domain)?;
        let text = match self.asker.ask(&target, RecordType::Txt) {
            Found::Records([text]) if text.is_ascii() => text,
            Found::Pending => return Err(Stop::Pending),
            _ => return Ok(None),
        };
        let Some(template) = Template::parse(text, Use::Explanation) else { return Ok(None) };
        let text = self.expand(&template, domain)?;
        Ok(Some(text.chars().take(LONGEST_EXPLANATION).collect()))
    }
}

/// Whether a domain can be checked at all (§4.3): of several labels, none of them empty or too long.
fn is_domain(domain: &str) -> bool {
    let domain = domain.strip_suffix('.').unwrap_or(domain);
    crate::dns::is_askable(domain) && domain.contains('.') && !domain.starts_with('[')
}

/// Whether a name is a domain or stands below it.
fn is_below(name: &str, domain: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    name.strip_suffix(&domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether two addresses of one kind agree in that many leading bits.
fn is_within(address: IpAddr, network: IpAddr, length: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let differing = u32::from(address) ^ u32::from(network);
            differing.leading_zeros() >= u32::from(length)
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let differing = u128::from(address) ^ u128::from(network);
            differing.leading_zeros() >= u32::from(length)
        }
        _ => false,
    }
}
