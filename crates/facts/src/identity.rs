//! Who the message says it is from and to, and about what (RFC 5322 §3.6).

use crate::{Domain, Timestamp};
use serde::Serialize;
use std::net::IpAddr;

/// The identity fields. Fields that may stand once are lists all the same: a forger repeats them.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// Every From field, in order.
    pub from: Vec<AddressField>,
    /// Every Sender field, in order.
    pub sender: Vec<AddressField>,
    /// Every Reply-To field, in order.
    pub reply_to: Vec<AddressField>,
    /// The Return-Path that the receiving host wrote (the first one): the envelope sender (RFC 5321 §4.4).
    pub return_path: Option<ReturnPath>,
    /// Every To field, in order.
    pub to: Vec<AddressField>,
    /// Every Cc field, in order.
    pub cc: Vec<AddressField>,
    /// Addresses the message was really delivered to: Delivered-To, X-Original-To, Envelope-To, Apparently-To.
    pub delivered_to: Vec<Address>,
    /// Every Subject, decoded.
    pub subject: Vec<DecodedText>,
    /// The first Date field as a point in time.
    pub date: Option<Timestamp>,
    /// Message-ID without its angle brackets.
    pub message_id: Option<String>,
    /// In-Reply-To and References, message identifiers without angle brackets.
    pub references: Vec<String>,
    /// What the List-* fields and Precedence say.
    pub list: Option<ListFacts>,
    /// X-Mailer or User-Agent.
    pub mailer: Option<String>,
    /// X-Originating-IP and its kin.
    pub originating_ip: Option<IpAddr>,
}

impl Identity {
    /// The author a mail client shows: the first mailbox of the first From field.
    pub fn author(&self) -> Option<&Mailbox> {
        self.from.first().and_then(|field| field.mailboxes.first())
    }

    /// The author's address.
    pub fn author_address(&self) -> Option<&Address> {
        self.author().and_then(|mailbox| mailbox.address.as_ref())
    }

    /// The author's domain.
    pub fn author_domain(&self) -> Option<&Domain> {
        self.author_address().and_then(|address| address.domain.as_ref())
    }

    /// Every address it is said to go or was delivered to: To, Cc, delivered-to.
    pub fn recipients(&self) -> impl Iterator<Item = &Address> {
        self.to
            .iter()
            .chain(&self.cc)
            .flat_map(|field| field.mailboxes.iter())
            .filter_map(|mailbox| mailbox.address.as_ref())
            .chain(&self.delivered_to)
    }

    /// The subject a mail client shows: the first one, decoded.
    pub fn subject_text(&self) -> &str {
        self.subject.first().map_or("", |subject| subject.shown.as_str())
    }
}

/// Return-Path as written by the delivering host.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReturnPath {
    /// The address, or nothing for the null path `<>` of bounces.
    pub address: Option<Address>,
    /// The field's value as written.
    pub raw: String,
}

/// One address-list field.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AddressField {
    /// The value as written, unfolded.
    pub raw: String,
    /// The mailboxes in order, those of groups included.
    pub mailboxes: Vec<Mailbox>,
}

/// One mailbox (RFC 5322 §3.4): a display name and an address, either of which may be missing.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mailbox {
    /// The display name, decoded. A comment after a bare address counts as one (RFC 5322 §3.4).
    pub name: Option<DecodedText>,
    /// The address, where one could be read.
    pub address: Option<Address>,
    /// Name of the group it stands in.
    pub group: Option<String>,
    /// What was odd in the way it is written.
    pub quirks: Vec<AddressQuirk>,
}

/// An addr-spec (RFC 5322 §3.4.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Local part as written, without the quotes of a quoted local part.
    pub local: String,
    /// The domain, absent where it is an address literal or no domain name.
    pub domain: Option<Domain>,
    /// The whole address as shown: local part as written, domain lower-case in Unicode form.
    pub shown: String,
}

impl Address {
    /// The address that a plain addr-spec such as `taro@example.jp` names, or nothing where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let domain = Domain::parse(domain)?;
        if local.is_empty() || local.chars().any(|character| character.is_whitespace() || character.is_control()) {
            return None;
        }
        Some(Self { local: local.to_owned(), shown: format!("{local}@{domain}"), domain: Some(domain) })
    }

    /// Whether both name one mailbox: domains equal, local parts equal but for letter case.
    pub fn is_same_mailbox(&self, other: &Self) -> bool {
        self.domain == other.domain && self.domain.is_some() && self.local.to_lowercase() == other.local.to_lowercase()
    }
}

/// Text of a header field after RFC 2047 decoding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DecodedText {
    /// Everything that was written, hidden characters included.
    pub full: String,
    /// What a reader sees: without invisible and control characters, white space collapsed.
    pub shown: String,
    /// Characters that are in `full` and not seen.
    pub hidden: Vec<HiddenCharacter>,
    /// Charset labels of its encoded words, lower-case, each once, in order.
    pub charsets: Vec<String>,
    /// Whether an encoded word was broken, nested or in a charset that could not be decoded.
    pub is_broken: bool,
    /// Whether raw 8-bit bytes stood in it.
    pub has_raw_8bit: bool,
}

/// A character nobody sees, and how often it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HiddenCharacter {
    /// Code point, `U+200B`.
    pub code: String,
    /// How often.
    pub count: usize,
}

/// What makes two readers see two senders in one mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressQuirk {
    /// No address at all.
    NoAddress,
    /// An obsolete route before the address, `<@a,@b:c@d>` (RFC 5322 §4.4).
    Route,
    /// A comment inside the address.
    Comment,
    /// An encoded word where none may stand: inside the angle brackets.
    EncodedAddress,
    /// An encoded word that decodes to an address or to address syntax.
    EncodedSyntax,
    /// A quoted local part.
    QuotedLocal,
    /// More than one `@` in the address.
    SeveralAts,
    /// Text after the angle brackets closed.
    TrailingText,
    /// NUL or another control character.
    ControlCharacter,
    /// Invisible or bidirectional characters in the address.
    InvisibleCharacter,
    /// A domain that is an address literal, `[192.0.2.1]`.
    AddressLiteral,
    /// Bytes beyond ASCII in the address (RFC 6532).
    NonAscii,
    /// Brackets or quotes that do not close.
    Unbalanced,
}

/// What the List-* fields and their kin say.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListFacts {
    /// List-Id without angle brackets (RFC 2919).
    pub id: Option<String>,
    /// The domain of List-Id, List-Post or List-Unsubscribe, in that order.
    pub domain: Option<Domain>,
    /// Whether there is a List-Post: a list one can write to.
    pub has_post: bool,
    /// List-Unsubscribe targets as written (RFC 2369).
    pub unsubscribe: Vec<String>,
    /// Whether List-Unsubscribe-Post is there (RFC 8058).
    pub is_one_click: bool,
    /// The value of Precedence, lower-case.
    pub precedence: Option<String>,
}
