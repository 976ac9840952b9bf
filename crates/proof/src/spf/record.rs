//! SPF records (RFC 7208 §4.6 and §12).

use super::macros::{Template, Use};
use std::net::{Ipv4Addr, Ipv6Addr};

/// What a match means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Qualifier {
    Pass,
    Fail,
    Softfail,
    Neutral,
}

/// One term that can match.
#[derive(Debug)]
pub(super) struct Directive<'a> {
    pub qualifier: Qualifier,
    pub mechanism: Mechanism,
    /// As written.
    pub text: &'a str,
}

#[derive(Debug)]
pub(super) enum Mechanism {
    All,
    Include(Template),
    A(Option<Template>, Lengths),
    Mx(Option<Template>, Lengths),
    Ptr(Option<Template>),
    Ip4(Ipv4Addr, u8),
    Ip6(Ipv6Addr, u8),
    Exists(Template),
}

/// How many leading bits of an address must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lengths {
    pub v4: u8,
    pub v6: u8,
}

const WHOLE: Lengths = Lengths { v4: 32, v6: 128 };

/// A record.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    pub directives: Vec<Directive<'a>>,
    pub redirect: Option<Template>,
    pub explanation: Option<Template>,
}

/// Whether a text is an SPF record, of whatever content (RFC 7208 §4.5).
pub(super) fn is_spf(text: &str) -> bool {
    let Some((version, rest)) = text.split_at_checked(6) else { return false };
    version.eq_ignore_ascii_case("v=spf1") && (rest.is_empty() || rest.starts_with(' '))
}

impl<'a> Record<'a> {
    /// Reads a record; nothing where any of it breaks the grammar.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let mut record = Self::default();
        for term in text.get(6..)?.split(' ').filter(|term| !term.is_empty()) {
            match modifier(term) {
                Some((name, value)) => record.modifier(name, value)?,
                None => record.directives.push(directive(term)?),
            }
        }
        Some(record)
    }

    fn modifier(&mut self, name: &str, value: &str) -> Option<()> {
        let place = if name.eq_ignore_ascii_case("redirect") {
            &mut self.redirect
        } else if name.eq_ignore_ascii_case("exp") {
            &mut self.explanation
        } else {
            return Template::parse(value, Use::Unknown).map(|_| ());
        };
        // Each of the two at most once (§6).
        place.is_none().then_some(())?;
        *place = Some(Template::parse(value, Use::Domain)?);
        Some(())
    }

    /// Whether the record ends in `all`, so that `redirect` is none (§6.1).
    pub(super) fn has_all(&self) -> bool {
        self.directives.iter().any(|directive| matches!(directive.mechanism, Mechanism::All))
    }
}

/// Name and value of a modifier.
fn modifier(term: &str) -> Option<(&str, &str)> {
    let (name, value) = term.split_once('=')?;
    let mut bytes = name.bytes();
    let is_name = bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    is_name.then_some((name, value))
}

fn directive(text: &str) -> Option<Directive<'_>> {
    let (qualifier, term) = match text.split_at_checked(1)? {
        ("+", rest) => (Qualifier::Pass, rest),
        ("-", rest) => (Qualifier::Fail, rest),
        ("~", rest) => (Qualifier::Softfail, rest),
        ("?", rest) => (Qualifier::Neutral, rest),
        _ => (Qualifier::Pass, text),
    };
    let (name, rest) = term.split_at(term.find([':', '/']).unwrap_or(term.len()));
    let mechanism = match name.to_ascii_lowercase().as_str() {
        "all" if rest.is_empty() => Mechanism::All,
        "include" => Mechanism::Include(target(rest)?),
        "exists" => Mechanism::Exists(target(rest)?),
        "a" => hosts(rest).map(|(target, lengths)| Mechanism::A(target, lengths))?,
        "mx" => hosts(rest).map(|(target, lengths)| Mechanism::Mx(target, lengths))?,
        "ptr" if rest.is_empty() => Mechanism::Ptr(None),
        "ptr" => Mechanism::Ptr(Some(target(rest)?)),
        "ip4" => {
            let (address, length) = network(rest, WHOLE.v4)?;
            Mechanism::Ip4(address.parse().ok()?, length)
        }
        "ip6" => {
            let (address, length) = network(rest, WHOLE.v6)?;
            Mechanism::Ip6(address.parse().ok()?, length)
        }
        _ => return None,
    };
    Some(Directive { qualifier, mechanism, text })
}

/// `:domain-spec`.
fn target(rest: &str) -> Option<Template> {
    Template::parse(rest.strip_prefix(':')?, Use::Domain)
}

/// `[:domain-spec][/4[//6]]`. A domain may have slashes too: the lengths stand at the end.
fn hosts(rest: &str) -> Option<(Option<Template>, Lengths)> {
    let (rest, v6) = match rest.rsplit_once("//") {
        Some((before, digits)) if is_digits(digits) => (before, length(digits, WHOLE.v6)?),
        _ => (rest, WHOLE.v6),
    };
    let (rest, v4) = match rest.rsplit_once('/') {
        Some((before, digits)) if is_digits(digits) => (before, length(digits, WHOLE.v4)?),
        _ => (rest, WHOLE.v4),
    };
    let domain = if rest.is_empty() { None } else { Some(target(rest)?) };
    Some((domain, Lengths { v4, v6 }))
}

/// `:address[/length]`.
fn network(rest: &str, most: u8) -> Option<(&str, u8)> {
    let rest = rest.strip_prefix(':')?;
    match rest.split_once('/') {
        Some((address, digits)) => Some((address, length(digits, most)?)),
        None => Some((rest, most)),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn length(digits: &str, most: u8) -> Option<u8> {
    let is_number = is_digits(digits) && (digits == "0" || !digits.starts_with('0'));
    is_number.then(|| digits.parse().ok().filter(|length| *length <= most))?
}
