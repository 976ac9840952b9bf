//! One signature of a message: the tags that DKIM-Signature (RFC 6376 §3.5) and ARC-Message-Signature (RFC 8617 §4.1.2)
//! share, and the check of it.

use crate::{
    dns::{Asker, Found, RecordType, is_askable},
    key::{Algorithm, Key, Unfit, decode},
    message::{BodyHash, Canon, Message},
    tags::{Tags, is_space, squeezed},
};
use mekiki_knowledge::suffix;
use mekiki_proven::{Outcome, Reason, Signature};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};

/// Most keys of one name that are tried (RFC 6376 §3.6.2.2 leaves it to the verifier which one is taken).
const MOST_KEYS: usize = 5;
/// Most names of signed fields that are kept to be shown.
const MOST_SHOWN_FIELDS: usize = 100;
/// Longest text of a tag that is kept to be shown, in characters.
const LONGEST_SHOWN: usize = 256;

/// Fields that decide what is shown, and that a message has once: one that was added to those that are signed may be
/// the one that is shown.
const SHOWN_ONCE: &[&str] =
    &["from", "subject", "date", "content-type", "content-transfer-encoding", "mime-version", "reply-to", "to"];

/// What a signature is checked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// DKIM-Signature.
    Dkim,
    /// ARC-Message-Signature.
    ArcMessage,
    /// ARC-Seal: it signs no body and no fields of its own choice.
    ArcSeal,
}

/// The tags of a signature that can be checked.
pub(crate) struct Parsed {
    pub algorithm: Algorithm,
    header_canon: Canon,
    pub body_canon: Canon,
    body_hash: Vec<u8>,
    signature: Vec<u8>,
    /// `l=`.
    pub body_length: Option<u64>,
    /// Names of the signed fields, in lower case, in order.
    fields: Vec<String>,
    /// The domain of `i=`.
    identity_domain: Option<String>,
    /// Where the value of `b=` stands in the field's value.
    pub span: (usize, usize),
}

/// One signature field, read.
pub(crate) struct Read {
    /// What is told of it, whatever comes of the check.
    pub told: Signature,
    /// What is checked; nothing where it is decided by its tags.
    pub parsed: Option<Parsed>,
}

/// Hashes of the body by canonical form.
pub(crate) type Bodies = HashMap<Canon, BodyHash>;

/// Reads the value of a signature field. `now` is the time by which it may have expired.
pub(crate) fn read(value: &str, kind: Kind, now: i64) -> Read {
    let mut told = Signature::default();
    let Some(tags) = Tags::parse(value) else {
        return Read { told: decided(told, Reason::Malformed), parsed: None };
    };
    let text = |name: &str| tags.get(name).map(squeezed);
    let shown = |name: &str| text(name).map(|value| value.chars().take(LONGEST_SHOWN).collect::<String>());
    told.domain = shown("d").unwrap_or_default().to_ascii_lowercase();
    told.selector = shown("s").unwrap_or_default();
    told.algorithm = shown("a").unwrap_or_default().to_ascii_lowercase();
    told.signed_at = text("t").and_then(|time| time.parse().ok());
    if kind == Kind::Dkim {
        told.identity = shown("i");
        told.expires_at = text("x").and_then(|time| time.parse().ok());
    }
    let fields: Vec<String> = if kind == Kind::ArcSeal {
        Vec::new()
    } else {
        let names = tags.get("h").unwrap_or_default().split(':');
        names.map(|name| name.trim_matches(is_space).to_ascii_lowercase()).collect()
    };
    if kind != Kind::ArcSeal {
        told.signed_fields = fields.iter().filter(|name| !name.is_empty()).take(MOST_SHOWN_FIELDS).cloned().collect();
    }
    match parse(&tags, kind, fields, &told, now) {
        Ok(parsed) => Read { told, parsed: Some(parsed) },
        Err(reason) => Read { told: decided(told, reason), parsed: None },
    }
}

fn parse(tags: &Tags, kind: Kind, fields: Vec<String>, told: &Signature, now: i64) -> Result<Parsed, Reason> {
    let need = |name: &str| tags.get(name).ok_or(Reason::TagMissing);
    if kind == Kind::Dkim && need("v")? != "1" {
        return Err(Reason::Version);
    }
    let algorithm = need("a")?;
    let signature = need("b")?;
    let domain = squeezed(need("d")?);
    let selector = squeezed(need("s")?);
    let algorithm = Algorithm::parse(algorithm)?;
    if !is_askable(&key_name(&domain, &selector)) {
        return Err(Reason::Malformed);
    }
    let signature = decode(signature).filter(|bytes| !bytes.is_empty()).ok_or(Reason::Malformed)?;
    let span = tags.tag("b").map(|tag| tag.span).ok_or(Reason::TagMissing)?;
    if kind == Kind::ArcSeal {
        // RFC 8617 §4.1.3: a seal that names fields is none.
        if tags.get("h").is_some() {
            return Err(Reason::Malformed);
        }
        tags.get("t").map(|time| natural(time).ok_or(Reason::Malformed)).transpose()?;
        return Ok(Parsed {
            algorithm,
            header_canon: Canon::Relaxed,
            body_canon: Canon::Relaxed,
            body_hash: Vec::new(),
            signature,
            body_length: None,
            fields,
            identity_domain: None,
            span,
        });
    }
    let body_hash = decode(need("bh")?).ok_or(Reason::Malformed)?;
    need("h")?;
    // RFC 8617 §4.1.2: seals are signed by seals.
    let is_name = |name: &String| name.bytes().all(|byte| byte.is_ascii_graphic());
    if !fields.iter().all(is_name) || kind == Kind::ArcMessage && fields.iter().any(|name| name == "arc-seal") {
        return Err(Reason::Malformed);
    }
    if kind == Kind::Dkim && !fields.iter().any(|name| name == "from") {
        return Err(Reason::FromUnsigned);
    }
    let (header_canon, body_canon) = canons(tags.get("c"))?;
    if tags.get("q").is_some_and(|methods| {
        !methods.split(':').any(|method| method.trim_matches(is_space).eq_ignore_ascii_case("dns/txt"))
    }) {
        return Err(Reason::QueryMethod);
    }
    let number = |name: &str| tags.get(name).map(|value| natural(value).ok_or(Reason::Malformed)).transpose();
    let body_length = number("l")?;
    let (signed_at, expires_at) = (number("t")?, if kind == Kind::Dkim { number("x")? } else { None });
    let identity_domain = if kind == Kind::Dkim { identity_domain(tags.get("i"), &domain)? } else { None };
    if let Some(expires_at) = expires_at {
        if signed_at.is_some_and(|signed_at| expires_at <= signed_at) {
            return Err(Reason::Times);
        }
        if told.expires_at.is_some_and(|expires_at| expires_at < now) {
            return Err(Reason::Expired);
        }
    }
    Ok(Parsed { algorithm, header_canon, body_canon, body_hash, signature, body_length, fields, identity_domain, span })
}

/// A number without sign. What is larger than any that could matter is the largest (RFC 6376 §3.5 allows 76 digits).
fn natural(value: &str) -> Option<u64> {
    let value = squeezed(value);
    let is_number = !value.is_empty() && value.len() <= 76 && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| value.parse().unwrap_or(u64::MAX))
}

fn canons(value: Option<&str>) -> Result<(Canon, Canon), Reason> {
    let Some(value) = value else { return Ok((Canon::Simple, Canon::Simple)) };
    let one = |name: &str| {
        if name.eq_ignore_ascii_case("simple") {
            Ok(Canon::Simple)
        } else if name.eq_ignore_ascii_case("relaxed") {
            Ok(Canon::Relaxed)
        } else {
            Err(Reason::Canonicalization)
        }
    };
    match value.split_once('/') {
        Some((header, body)) => Ok((one(header)?, one(body)?)),
        None => Ok((one(value)?, Canon::Simple)),
    }
}

/// The domain of `i=`, which is that of `d=` or one below it.
fn identity_domain(identity: Option<&str>, domain: &str) -> Result<Option<String>, Reason> {
    let Some(identity) = identity else { return Ok(None) };
    let identity = squeezed(identity).to_ascii_lowercase();
    let (_, own) = identity.rsplit_once('@').ok_or(Reason::Malformed)?;
    let domain = domain.to_ascii_lowercase();
    let is_below = own.strip_suffix(&domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if is_below { Ok(Some(own.to_owned())) } else { Err(Reason::Identity) }
}

fn key_name(domain: &str, selector: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}

/// A signature whose tags decide it.
fn decided(told: Signature, reason: Reason) -> Signature {
    let outcome = match reason {
        Reason::BodyHash | Reason::Mismatch => Outcome::Fail,
        Reason::KeyUnanswered => Outcome::Temperror,
        _ => Outcome::Permerror,
    };
    Signature { outcome, reason: Some(reason), ..told }
}

impl Read {
    /// Checks a signature of fields and body. `own` is the place of its field in the message.
    pub(crate) fn check(&self, message: &Message, own: usize, bodies: &Bodies, asker: &Asker) -> Signature {
        let mut told = self.told.clone();
        let Some(parsed) = &self.parsed else { return told };
        let Some(body) = bodies.get(&parsed.body_canon) else { return decided(told, Reason::Malformed) };
        told.body_length = body.length;
        let covered = parsed.body_length.unwrap_or(body.length);
        told.body_covered = (covered < body.length).then_some(covered);
        let Some(hash) = body.first(covered) else { return decided(told, Reason::BodyLength) };
        told.added_fields = parsed.added_fields(message);
        if hash.as_slice() == parsed.body_hash.as_slice() {
            return by_key(told, parsed, asker, || parsed.header_hash(message, own));
        }
        // That much is certain without anybody's answer. The key tells whether that domain signs at all.
        let by_key = by_key(told.clone(), parsed, asker, || parsed.header_hash(message, own));
        if matches!(by_key.reason, None | Some(Reason::Mismatch)) {
            told.key_bits = by_key.key_bits;
            told.is_testing = by_key.is_testing;
        }
        decided(told, Reason::BodyHash)
    }

    /// Checks a seal, whose hash is made by whoever knows the sets before it.
    pub(crate) fn check_seal(&self, hash: [u8; 32], asker: &Asker) -> Signature {
        let told = self.told.clone();
        let Some(parsed) = &self.parsed else { return told };
        by_key(told, parsed, asker, || hash)
    }
}

impl Parsed {
    /// Places of the signed fields, in the order in which they are hashed: of several of one name the last ones first
    /// (RFC 6376 §5.4.2). The signature's own field is none of them.
    fn signed<'b>(&'b self, message: &'b Message, own: Option<usize>) -> impl Iterator<Item = usize> + 'b {
        let mut taken: HashMap<&str, usize> = HashMap::new();
        self.fields.iter().filter_map(move |name| {
            let places = message.places(name);
            let taken = taken.entry(name).or_default();
            loop {
                *taken += 1;
                let place = *places.get(places.len().checked_sub(*taken)?)?;
                if Some(place) != own {
                    return Some(place);
                }
            }
        })
    }

    fn header_hash(&self, message: &Message, own: usize) -> [u8; 32] {
        let mut hasher = Sha256::new();
        for field in self.signed(message, Some(own)).filter_map(|place| message.fields.get(place)) {
            field.hash(self.header_canon, None, &mut hasher);
            hasher.update(b"\r\n");
        }
        if let Some(field) = message.fields.get(own) {
            field.hash(self.header_canon, Some(self.span), &mut hasher);
        }
        hasher.finalize().into()
    }

    fn added_fields(&self, message: &Message) -> Vec<String> {
        let signed: BTreeSet<usize> = self.signed(message, None).collect();
        let is_added = |name: &&&str| {
            let places = message.places(name);
            let count = places.iter().filter(|place| signed.contains(place)).count();
            count < places.len() && (count > 0 || **name == "from")
        };
        SHOWN_ONCE.iter().filter(is_added).map(|name| (*name).to_owned()).collect()
    }
}

/// Checks a signature by the keys that its domain publishes.
fn by_key(mut told: Signature, parsed: &Parsed, asker: &Asker, hash: impl Fn() -> [u8; 32]) -> Signature {
    let records = match asker.ask(&key_name(&told.domain, &told.selector), RecordType::Txt) {
        Found::Records(records) => records,
        Found::Nothing => return decided(told, Reason::NoKey),
        Found::Failed => return decided(told, Reason::KeyUnanswered),
        Found::Pending => return Signature { outcome: Outcome::Pending, reason: None, ..told },
    };
    let mut unfit: Option<Unfit> = None;
    let mut mismatch = None;
    let mut hashed = None;
    for record in records.iter().take(MOST_KEYS) {
        let key = match Key::parse(record, parsed.algorithm) {
            Ok(key) => key,
            Err(why) => {
                unfit.get_or_insert(why);
                continue;
            }
        };
        let is_other = parsed.identity_domain.as_ref().is_some_and(|own| *own != told.domain);
        if key.is_strict && is_other {
            unfit.get_or_insert(Unfit { reason: Reason::Identity, bits: Some(key.bits) });
            continue;
        }
        if key.has_signed(hashed.get_or_insert_with(&hash), &parsed.signature) {
            told.key_bits = Some(key.bits);
            told.is_testing = key.is_testing;
            return Signature { outcome: Outcome::Pass, reason: None, ..told };
        }
        mismatch.get_or_insert((key.bits, key.is_testing));
    }
    if let Some((bits, is_testing)) = mismatch {
        told.key_bits = Some(bits);
        told.is_testing = is_testing;
        return decided(told, Reason::Mismatch);
    }
    let Unfit { reason, bits } = unfit.unwrap_or(Unfit::from(Reason::NoKey));
    told.key_bits = bits;
    decided(told, reason)
}

/// Whether a domain can vouch for anybody: not one below which everybody registers.
pub(crate) fn is_registered(domain: &str) -> bool {
    suffix::registrable_domain(domain).is_some()
}
