//! What was proven of a message, as plain types: whoever proves (`mekiki-proof`) and whoever judges by it
//! (`mekiki-signs`) share these, and neither needs the other's code.

use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// What the receiving side knows of the delivery: what SPF is checked for, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Envelope {
    /// The address that handed the message to the receiving side.
    pub client: Option<IpAddr>,
    /// What it called itself (HELO/EHLO).
    pub helo: Option<String>,
    /// The envelope sender (Return-Path); empty for the null sender, nothing where it is not known.
    pub mail_from: Option<String>,
    /// The domain of the author's address (From), in A-label form.
    pub author: Option<String>,
    /// When the receiving side took the message, seconds since 1970: the time by which a signature's expiry is
    /// judged where it is known (RFC 6376 §3.5).
    pub received_at: Option<i64>,
}

/// What was proven of one message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Proof {
    /// When the answers were given that it rests on, seconds since 1970: keys and policies change.
    pub checked_at: i64,
    /// Every DKIM signature, in the order of the header.
    pub signatures: Vec<Signature>,
    /// What the domain of the envelope sender says of the address that handed the message in; nothing where that
    /// address is not known.
    pub spf: Option<Spf>,
    /// The chain of those who passed the message on; nothing where there is none.
    pub arc: Option<Chain>,
    /// What the author's domain asks for, and whether the message meets it; nothing where there is no author.
    pub dmarc: Option<Dmarc>,
    /// What was not looked at since there was too much of it.
    pub bounds: Vec<Bound>,
}

impl Proof {
    /// Whether everything was checked to its end.
    pub fn is_complete(&self) -> bool {
        let open = |outcome: Outcome| matches!(outcome, Outcome::Temperror | Outcome::Pending);
        self.bounds.is_empty()
            && !self.signatures.iter().any(|signature| open(signature.outcome))
            && !self.spf.as_ref().is_some_and(|spf| open(spf.outcome))
            && !self.arc.as_ref().is_some_and(|chain| open(chain.outcome))
            && !self.dmarc.as_ref().is_some_and(|dmarc| open(dmarc.outcome))
    }
}

/// How a check came out (RFC 8601 §2.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// It does not hold.
    Fail,
    /// SPF `softfail`.
    Softfail,
    /// SPF `neutral`.
    Neutral,
    /// There is nothing to check by.
    None,
    /// It could not be checked: a question found no answer.
    Temperror,
    /// It can never be checked: what it says is broken, or too weak.
    Permerror,
    /// Questions are still open.
    #[default]
    Pending,
}

/// A DKIM signature (RFC 6376), or one of an ARC set (RFC 8617).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Signature {
    /// The signing domain (`d=`), in lower case.
    pub domain: String,
    /// The selector (`s=`).
    pub selector: String,
    /// On whose behalf (`i=`), where it is said.
    pub identity: Option<String>,
    /// The algorithm (`a=`).
    pub algorithm: String,
    /// Size of the key, in bits; nothing before it is known.
    pub key_bits: Option<usize>,
    /// How the check came out.
    pub outcome: Outcome,
    /// Why, where it does not pass.
    pub reason: Option<Reason>,
    /// Whether its domain says that it only tries signing out (`t=y`): then it counts as none (RFC 6376 §3.6.1).
    pub is_testing: bool,
    /// Names of the signed fields (`h=`), lower-case, in order.
    pub signed_fields: Vec<String>,
    /// Names of fields that decide what is shown and stand in the message without being signed, though others of the
    /// name are: they were added later. From belongs here whenever one of them is not signed.
    pub added_fields: Vec<String>,
    /// Bytes of the canonical body that are signed, where `l=` leaves some out.
    pub body_covered: Option<u64>,
    /// Bytes of the canonical body.
    pub body_length: u64,
    /// `t=`, seconds since 1970.
    pub signed_at: Option<i64>,
    /// `x=`, seconds since 1970.
    pub expires_at: Option<i64>,
}

impl Signature {
    /// Whether it proves that its domain sent the message as it is shown: it holds, its domain means it, the whole
    /// text is signed, and so is every author.
    pub fn vouches(&self) -> bool {
        self.outcome == Outcome::Pass && !self.is_testing && self.body_covered.is_none() && self.added_fields.is_empty()
    }

    /// Whether it is disproved: the message or the signature was changed, whoever did it.
    pub fn is_broken(&self) -> bool {
        self.outcome == Outcome::Fail && !self.is_testing
    }
}

/// Why a signature does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The body is not the one that was signed.
    BodyHash,
    /// The header is not the one that was signed, or another key signed it.
    Mismatch,
    /// Its tags cannot be read.
    Malformed,
    /// A tag that it must have is missing.
    TagMissing,
    /// Another version than 1.
    Version,
    /// A way of signing that is not known.
    Algorithm,
    /// SHA-1, which proves nothing any more (RFC 8301 §3.1).
    WeakAlgorithm,
    /// A way of normalising that is not known.
    Canonicalization,
    /// Keys are to be asked for in a way that is not known (`q=`).
    QueryMethod,
    /// From is not signed.
    FromUnsigned,
    /// `i=` is not at the domain of `d=`.
    Identity,
    /// `l=` says more than there is.
    BodyLength,
    /// It had expired when the message was received.
    Expired,
    /// It expires before it was made.
    Times,
    /// The domain has no such key today.
    NoKey,
    /// The key was revoked.
    KeyRevoked,
    /// The key cannot be read.
    KeyMalformed,
    /// The key is too short to prove anything (RFC 8301 §3.2).
    KeyTooShort,
    /// The key is longer than any that is in use.
    KeyTooLong,
    /// The key is of another kind, or for other hashes, than the signature.
    KeyUnsuited,
    /// The key is for something else than mail (`s=`).
    KeyService,
    /// The key could not be asked for.
    KeyUnanswered,
    /// There are too many signatures.
    TooMany,
}

/// The outcome of SPF (RFC 7208).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Spf {
    /// How the check came out.
    pub outcome: Outcome,
    /// The domain that was asked.
    pub domain: String,
    /// Whether it is the one of the greeting, since there is no envelope sender (RFC 7208 §2.4).
    pub is_helo: bool,
    /// The address that was checked.
    pub client: Option<IpAddr>,
    /// The term that decided, as written; nothing where none matched.
    pub mechanism: Option<String>,
    /// What the domain says about a failure (`exp=`), in its own words.
    pub explanation: Option<String>,
}

/// The outcome of ARC (RFC 8617).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Chain {
    /// How the check came out.
    pub outcome: Outcome,
    /// Why, where it does not pass.
    pub reason: Option<ChainReason>,
    /// The sets, first first.
    pub sets: Vec<Set>,
}

/// One set of a chain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Set {
    /// Its number (`i=`).
    pub instance: u32,
    /// The seal.
    pub seal: Signature,
    /// The signature of the message. Only the latest can be expected to hold.
    pub message: Signature,
}

/// Why a chain does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChainReason {
    /// A set is missing, double, or lacks one of its three fields.
    Structure,
    /// There are more sets than there may be (RFC 8617 §4.2.1).
    TooMany,
    /// A seal says itself that the chain was broken (`cv=`).
    Declared,
    /// The latest signature of the message does not hold.
    Message,
    /// A seal does not hold.
    Seal,
}

/// The outcome of DMARC (RFC 7489).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Dmarc {
    /// How the check came out.
    pub outcome: Outcome,
    /// The author's domain.
    pub domain: String,
    /// The domain whose record applies.
    pub record_domain: Option<String>,
    /// What that record asks for.
    pub policy: Option<Policy>,
    /// Whether signatures must be of the very domain (`adkim=s`).
    pub is_dkim_strict: bool,
    /// Whether the envelope sender must be of the very domain (`aspf=s`).
    pub is_spf_strict: bool,
    /// Domains of signatures that hold and stand for the author.
    pub aligned_signatures: Vec<String>,
    /// Whether SPF passes and stands for the author.
    pub is_spf_aligned: bool,
}

/// What a domain asks to be done with mail that is not its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Nothing.
    None,
    /// Treat it with suspicion.
    Quarantine,
    /// Refuse it.
    Reject,
}

/// Something of which there was too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// Signatures beyond those that are checked.
    Signatures,
    /// Questions beyond those that are asked for one message.
    Questions,
    /// Rounds of questions beyond those that are made.
    Rounds,
}
