//! Macros of SPF records (RFC 7208 §7).

use std::net::IpAddr;

/// Longest name that an expansion may give, in bytes (RFC 7208 §7.3).
const LONGEST_NAME: usize = 253;
/// Longest text that an expansion may give, in bytes.
const LONGEST_TEXT: usize = 4_000;

/// A text with macros.
#[derive(Debug, Clone)]
pub(super) struct Template(Vec<Piece>);

/// What a template is for, which decides what may stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A domain.
    Domain,
    /// The value of a modifier that nobody knows.
    Unknown,
    /// The explanation of a failure.
    Explanation,
}

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Macro { letter: Letter, is_escaped: bool, labels: Option<usize>, is_reversed: bool, delimiters: String },
}

/// The macro letters (§7.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    Sender,
    Local,
    SenderDomain,
    Domain,
    Address,
    Name,
    Version,
    Helo,
    ReadableAddress,
    Receiver,
    Time,
}

impl Letter {
    fn parse(letter: char) -> Option<Self> {
        Some(match letter.to_ascii_lowercase() {
            's' => Self::Sender,
            'l' => Self::Local,
            'o' => Self::SenderDomain,
            'd' => Self::Domain,
            'i' => Self::Address,
            'p' => Self::Name,
            'v' => Self::Version,
            'h' => Self::Helo,
            'c' => Self::ReadableAddress,
            'r' => Self::Receiver,
            't' => Self::Time,
            _ => return None,
        })
    }

    /// Whether it may stand in explanations only.
    fn is_of_explanations(self) -> bool {
        matches!(self, Self::ReadableAddress | Self::Receiver | Self::Time)
    }
}

impl Template {
    /// Reads a text; nothing where it breaks the grammar.
    pub(super) fn parse(text: &str, purpose: Use) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let behind = rest.get(character.len_utf8()..)?;
            let is_allowed = matches!(character, '!'..='~') || character == ' ' && purpose == Use::Explanation;
            if !is_allowed {
                return None;
            }
            rest = behind;
            if character != '%' {
                plain.push(character);
                continue;
            }
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            let kind = rest.chars().next()?;
            rest = rest.get(kind.len_utf8()..)?;
            match kind {
                '%' => pieces.push(Piece::Text("%".to_owned())),
                '_' => pieces.push(Piece::Text(" ".to_owned())),
                '-' => pieces.push(Piece::Text("%20".to_owned())),
                '{' => {
                    let (inner, behind) = rest.split_once('}')?;
                    pieces.push(read_macro(inner, purpose)?);
                    rest = behind;
                }
                _ => return None,
            }
        }
        if purpose == Use::Domain && !ends_as_domain(&plain, !pieces.is_empty()) {
            return None;
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Some(Self(pieces))
    }

    /// The text with each macro replaced. `value` gives a macro's value, or why it cannot.
    pub(super) fn expand<E>(&self, mut value: impl FnMut(Letter) -> Result<String, E>) -> Result<String, E> {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Macro { letter, is_escaped, labels, is_reversed, delimiters } => {
                    let value = value(*letter)?;
                    let mut parts: Vec<&str> = value.split(|character| delimiters.contains(character)).collect();
                    if *is_reversed {
                        parts.reverse();
                    }
                    let skipped = labels.map_or(0, |labels| parts.len().saturating_sub(labels));
                    let joined = parts.get(skipped..).unwrap_or_default().join(".");
                    text.push_str(&if *is_escaped { escaped(&joined) } else { joined });
                }
            }
            if text.len() > LONGEST_TEXT {
                break;
            }
        }
        Ok(text)
    }
}

/// Of a name that is too long, as much of its end as may be asked for (§7.3).
pub(super) fn shortened(name: &str) -> &str {
    let mut name = name.strip_suffix('.').unwrap_or(name);
    while name.len() > LONGEST_NAME {
        let Some((_, rest)) = name.split_once('.') else { return name };
        name = rest;
    }
    name
}

/// What stands between the braces.
fn read_macro(inner: &str, purpose: Use) -> Option<Piece> {
    let mut characters = inner.chars();
    let first = characters.next()?;
    let letter = Letter::parse(first)?;
    if letter.is_of_explanations() && purpose != Use::Explanation {
        return None;
    }
    let rest = characters.as_str();
    let digits = rest.len() - rest.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let (digits, rest) = rest.split_at_checked(digits)?;
    let labels = match digits {
        "" => None,
        // However many digits: more labels than there are is all of them.
        digits => Some(digits.parse().unwrap_or(usize::MAX)).filter(|labels| *labels > 0).map(Some)?,
    };
    let (is_reversed, delimiters) = match rest.strip_prefix(['r', 'R']) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if !delimiters.chars().all(|character| matches!(character, '.' | '-' | '+' | ',' | '/' | '_' | '=')) {
        return None;
    }
    let delimiters = if delimiters.is_empty() { "." } else { delimiters };
    Some(Piece::Macro {
        letter,
        is_escaped: first.is_ascii_uppercase(),
        labels,
        is_reversed,
        delimiters: delimiters.to_owned(),
    })
}

/// Whether a domain ends in a macro, or in a dot and a label that can stand at the top (`toplabel`, §7.1).
fn ends_as_domain(tail: &str, has_macro: bool) -> bool {
    if tail.is_empty() {
        return has_macro;
    }
    let tail = tail.strip_suffix('.').unwrap_or(tail);
    let Some((_, label)) = tail.rsplit_once('.') else { return false };
    let is_edge = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    is_edge(label.chars().next())
        && is_edge(label.chars().next_back())
        && label.chars().all(|character| character.is_ascii_alphanumeric() || character == '-')
        && !label.chars().all(|character| character.is_ascii_digit())
}

/// Percent-encoding of all that is not unreserved (RFC 3986 §2.3).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// An address as `%{i}` gives it: in IPv6 each digit by itself.
pub(super) fn dotted(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let digits = format!("{:032X}", u128::from(address));
            digits.chars().map(String::from).collect::<Vec<_>>().join(".")
        }
    }
}

/// The name under which the name of an address stands.
pub(super) fn reverse_name(address: IpAddr) -> String {
    let reversed = dotted(address).rsplit('.').collect::<Vec<_>>().join(".");
    format!("{reversed}.{}.arpa", version(address))
}

/// `%{v}`.
pub(super) fn version(address: IpAddr) -> &'static str {
    if address.is_ipv4() { "in-addr" } else { "ip6" }
}
