//! Public keys as they are published (RFC 6376 §3.6.1, RFC 8463 §4), and the check of a signature by one.

use crate::tags::{Tags, is_space, squeezed};
use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use ed25519_dalek::{Signature as Ed25519Signature, VerifyingKey};
use mekiki_proven::Reason;
use rsa::{
    BoxedUint, Pkcs1v15Sign, PublicKey as RsaKey,
    pkcs1::{RsaPublicKeyRef, der::Decode},
    pkcs8::SubjectPublicKeyInfoRef,
};
use sha2::Sha256;

/// The shortest RSA key that proves anything, in bits (RFC 8301 §3.2).
const SHORTEST_RSA: usize = 1_024;
/// The longest that is used, in bits: the check of longer ones takes long, and nobody has them.
const LONGEST_RSA: usize = 8_192;
/// Size of every ed25519 key, in bits.
const ED25519: usize = 256;

/// Base64 as it is found: with padding or without, and the last bits whatever they are.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes of a base64 value with white space in it.
pub(crate) fn decode(value: &str) -> Option<Vec<u8>> {
    BASE64.decode(squeezed(value)).ok()
}

/// A way of signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    RsaSha256,
    Ed25519Sha256,
}

impl Algorithm {
    /// By its name in `a=`.
    pub(crate) fn parse(name: &str) -> Result<Self, Reason> {
        if name.eq_ignore_ascii_case("rsa-sha256") {
            Ok(Self::RsaSha256)
        } else if name.eq_ignore_ascii_case("ed25519-sha256") {
            Ok(Self::Ed25519Sha256)
        } else if name.eq_ignore_ascii_case("rsa-sha1") {
            Err(Reason::WeakAlgorithm)
        } else {
            Err(Reason::Algorithm)
        }
    }

    /// The kind of key that it takes, as `k=` names it.
    fn key_type(self) -> &'static str {
        match self {
            Self::RsaSha256 => "rsa",
            Self::Ed25519Sha256 => "ed25519",
        }
    }
}

/// A published key, fit for one signature.
pub(crate) struct Key {
    public: Public,
    /// Its size, in bits.
    pub bits: usize,
    /// `t=y`.
    pub is_testing: bool,
    /// `t=s`: `i=` must be of the very domain.
    pub is_strict: bool,
}

enum Public {
    Rsa(RsaKey),
    Ed25519(VerifyingKey),
}

/// Why a record gives no key for a signature, and the size of the one that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit {
    pub reason: Reason,
    pub bits: Option<usize>,
}

impl From<Reason> for Unfit {
    fn from(reason: Reason) -> Self {
        Self { reason, bits: None }
    }
}

impl Key {
    /// Reads a record for a signature of that algorithm.
    pub(crate) fn parse(record: &str, algorithm: Algorithm) -> Result<Self, Unfit> {
        let tags = Tags::parse(record).ok_or(Reason::KeyMalformed)?;
        // RFC 6376 §3.6.1: where it is given, the version is the first tag.
        if tags.get("v").is_some_and(|version| version != "DKIM1" || tags.first().is_none_or(|tag| tag.name != "v")) {
            return Err(Reason::KeyMalformed.into());
        }
        let has = |name: &str, wanted: &[&str]| {
            tags.get(name).is_none_or(|values| {
                let mut values = values.split(':').map(|value| value.trim_matches(is_space));
                values.any(|value| wanted.iter().any(|wanted| value.eq_ignore_ascii_case(wanted)))
            })
        };
        if !has("s", &["*", "email"]) {
            return Err(Reason::KeyService.into());
        }
        let is_kind = tags.get("k").unwrap_or("rsa").eq_ignore_ascii_case(algorithm.key_type());
        if !is_kind || !has("h", &["sha256"]) {
            return Err(Reason::KeyUnsuited.into());
        }
        let encoded = tags.get("p").ok_or(Reason::KeyMalformed)?;
        if encoded.is_empty() {
            return Err(Reason::KeyRevoked.into());
        }
        let bytes = decode(encoded).ok_or(Reason::KeyMalformed)?;
        let (public, bits) = match algorithm {
            Algorithm::RsaSha256 => rsa(&bytes)?,
            Algorithm::Ed25519Sha256 => (Public::Ed25519(ed25519(&bytes).ok_or(Reason::KeyMalformed)?), ED25519),
        };
        let flag = |flag: &str| {
            tags.get("t").is_some_and(|flags| flags.split(':').any(|one| one.trim_matches(is_space) == flag))
        };
        Ok(Self { public, bits, is_testing: flag("y"), is_strict: flag("s") })
    }

    /// Whether a signature over a hash is this key's.
    pub(crate) fn has_signed(&self, hash: &[u8; 32], signature: &[u8]) -> bool {
        match &self.public {
            Public::Rsa(key) => key.verify(Pkcs1v15Sign::new::<Sha256>(), hash, signature).is_ok(),
            Public::Ed25519(key) => Ed25519Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(hash, &signature).is_ok()),
        }
    }
}

/// An RSA key: a SubjectPublicKeyInfo, or the bare RSAPublicKey that RFC 6376 §3.6.1 names (erratum 3017).
fn rsa(bytes: &[u8]) -> Result<(Public, usize), Unfit> {
    let malformed = Unfit::from(Reason::KeyMalformed);
    let info = SubjectPublicKeyInfoRef::try_from(bytes).ok();
    let inner = match &info {
        Some(info) if info.algorithm.oid != rsa::pkcs1::ALGORITHM_OID => return Err(Reason::KeyUnsuited.into()),
        Some(info) => info.subject_public_key.as_bytes().ok_or(malformed)?,
        None => bytes,
    };
    let key = RsaPublicKeyRef::from_der(inner).map_err(|_| malformed)?;
    let (modulus, exponent) = (key.modulus.as_bytes(), key.public_exponent.as_bytes());
    let zeros = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
    let bits = (modulus.len() * 8).saturating_sub(zeros);
    let unfit = |reason| Unfit { reason, bits: Some(bits) };
    if bits < SHORTEST_RSA {
        return Err(unfit(Reason::KeyTooShort));
    }
    if bits > LONGEST_RSA {
        return Err(unfit(Reason::KeyTooLong));
    }
    let number = |bytes: &[u8]| {
        let precision = u32::try_from(bytes.len() * 8).ok()?;
        BoxedUint::from_be_slice(bytes, precision).ok()
    };
    let (modulus, exponent) = number(modulus).zip(number(exponent)).ok_or(unfit(Reason::KeyMalformed))?;
    let key = RsaKey::new(modulus, exponent).map_err(|_| unfit(Reason::KeyMalformed))?;
    Ok((Public::Rsa(key), bits))
}

/// An ed25519 key: its 32 bytes (RFC 8463 §4.2).
fn ed25519(bytes: &[u8]) -> Option<VerifyingKey> {
    VerifyingKey::from_bytes(bytes.try_into().ok()?).ok()
}
