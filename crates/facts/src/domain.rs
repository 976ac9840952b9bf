//! Domain names as types. A domain is compared by its organisational domain, never as a raw host.

use mekiki_knowledge::suffix;
use serde::{Serialize, Serializer};
use std::{fmt, net::IpAddr};

/// A domain name in lower-case ASCII (A-label) form, without a trailing dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain {
    name: String,
    /// Where the organisational domain begins in the name. It is asked for dozens of times.
    organisational: usize,
}

impl Domain {
    /// The domain `text` names, in its A-label form (RFC 5891), or nothing where it is no domain name:
    /// empty, an address literal, or with characters that no host name has.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.');
        if text.is_empty() || text.len() > 1_000 {
            return None;
        }
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
        let ascii = if plain {
            text.to_ascii_lowercase()
        } else {
            match url::Host::parse(text) {
                Ok(url::Host::Domain(domain)) => domain,
                _ => return None,
            }
        };
        // What ends in a number is an address or nothing (URL standard, "ends in a number").
        let labels_hold = ascii.split('.').all(|label| !label.is_empty() && label.len() <= 63)
            && !ascii.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        (labels_hold && ascii.len() <= 253).then(|| {
            let organisational = suffix::registrable_domain(&ascii).map_or(0, |domain| ascii.len() - domain.len());
            Self { name: ascii, organisational }
        })
    }

    /// Whether it is made of letters, digits, hyphens and underscores alone. Others can be asked for, and make readers
    /// of mail disagree on where a name ends.
    pub(crate) fn is_plain(&self) -> bool {
        self.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
    }

    /// The name in lower-case ASCII.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The name as people write it: A-labels decoded (RFC 5891), where they decode to letters that can be seen.
    pub fn to_unicode(&self) -> String {
        if !self.name.contains("xn--") {
            return self.name.clone();
        }
        let (unicode, outcome) = idna::domain_to_unicode(&self.name);
        if outcome.is_ok() { unicode } else { self.name.clone() }
    }

    /// The organisational domain (RFC 7489 §3.2): the public suffix and one label. The name itself where it
    /// has none (a single label, a public suffix).
    pub fn organisational(&self) -> &str {
        self.name.get(self.organisational..).unwrap_or(&self.name)
    }

    /// Whether both stand under one organisational domain ("relaxed alignment", RFC 7489 §3.1).
    pub fn is_aligned_with(&self, other: &Self) -> bool {
        self.organisational() == other.organisational()
    }
}

impl Serialize for Domain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// The host of a URL or a greeting.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "camelCase")]
pub enum Host {
    /// A name.
    Domain(Domain),
    /// An address literal, in whatever notation it was written.
    Ip(IpAddr),
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain(domain) => domain.fmt(f),
            Self::Ip(address) => address.fmt(f),
        }
    }
}
