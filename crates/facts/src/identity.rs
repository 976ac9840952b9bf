//! Who the message says it is from and to, and about what (RFC 5322 §3.6).

mod mailbox;

use crate::{
    Domain, Timestamp, UnreadKind,
    anomaly::Notes,
    encoded_word::{self, decode},
    header::{RawHeader, text},
};
use serde::Serialize;
use std::collections::HashSet;

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
    /// What the List-* fields say; present where Precedence tells of a list too.
    pub list: Option<ListFacts>,
    /// X-Mailer or User-Agent.
    pub mailer: Option<String>,
}

impl Identity {
    /// The author a mail client shows: the first mailbox of the first From field.
    pub fn author(&self) -> Option<&Mailbox> {
        self.from.first().and_then(|field| field.mailboxes.first())
    }

    /// The authors beside that one, of all From fields.
    pub fn other_authors(&self) -> impl Iterator<Item = &Mailbox> {
        self.from.iter().flat_map(|field| &field.mailboxes).skip(1)
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
    /// What was odd in the way it is written.
    pub quirks: Vec<AddressQuirk>,
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

impl AddressField {
    /// Puts names together that a comma outside quotes cut in two, as mail clients show them: a mailbox without an
    /// address in front of one that has one.
    fn with_whole_names(mut self) -> Self {
        let mut before: Vec<Mailbox> = Vec::new();
        let mut whole = Vec::with_capacity(self.mailboxes.len());
        for mut mailbox in self.mailboxes {
            if mailbox.address.is_none() && mailbox.group.is_none() && mailbox.name.is_some() {
                before.push(mailbox);
                continue;
            }
            if mailbox.address.is_some() && !before.is_empty() {
                let names = before.drain(..).filter_map(|cut| cut.name).chain(mailbox.name.take());
                mailbox.name = names.reduce(DecodedText::and);
                mailbox.quirks.push(AddressQuirk::SplitName);
            }
            whole.append(&mut before);
            whole.push(mailbox);
        }
        whole.append(&mut before);
        self.mailboxes = whole;
        self
    }
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
    /// Bytes behind those that are read.
    #[serde(skip)]
    pub(crate) unread: usize,
}

impl DecodedText {
    /// Both texts as one, with a comma between them where the second says anything.
    fn and(mut self, other: Self) -> Self {
        self.unread += other.unread;
        if self.full.len() >= encoded_word::LONGEST {
            self.unread += other.full.len();
        } else if other.shown.chars().any(char::is_alphanumeric) {
            for (text, more) in [(&mut self.full, &other.full), (&mut self.shown, &other.shown)] {
                text.push_str(", ");
                text.push_str(more);
            }
        }
        self.hidden.extend(other.hidden);
        self.charsets.extend(other.charsets);
        self.is_broken |= other.is_broken;
        self
    }
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
    /// An encoded word where none may stand: inside the angle brackets. The address is what it decodes to, as
    /// Thunderbird shows it; servers see the word.
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
    /// A domain that is no domain name, such as one with a space.
    BadDomain,
    /// No address but in a comment, `Name (<a@b.example>)`: a strict reader sees none.
    CommentAddress,
    /// Brackets or quotes that do not close.
    Unbalanced,
    /// A display name with a comma outside quotes: to a strict reader the part before it is an author of its own,
    /// without an address (`PayPal, <a@b.example>`).
    SplitName,
}

/// What the List-* fields and their kin say.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ListFacts {
    /// List-Id without angle brackets (RFC 2919).
    pub id: Option<String>,
    /// The domain of List-Id, List-Post or List-Unsubscribe, in that order.
    pub domain: Option<Domain>,
    /// List-Unsubscribe targets as written (RFC 2369).
    pub unsubscribe: Vec<String>,
}

/// Most addresses that it was delivered to. Each stands for a domain that links are compared with, and a message passes
/// few mailboxes.
const MOST_DELIVERED: usize = 50;

/// Reads the identity fields.
pub(crate) fn read(header: &RawHeader, notes: &mut Notes) -> Identity {
    let lists =
        |name: &str| -> Vec<AddressField> { header.all(name).map(|field| mailbox::read(&field.value)).collect() };
    let first = |name: &str| header.all(name).next().map(|field| text(&field.value));
    let delivered_to =
        ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Apparently-To", "X-Delivered-To"]
            .iter()
            .flat_map(|name| lists(name))
            .flat_map(|field| field.mailboxes)
            .filter_map(|mailbox| mailbox.address);
    let mut identity = Identity {
        from: lists("From").into_iter().map(AddressField::with_whole_names).collect(),
        sender: lists("Sender"),
        reply_to: lists("Reply-To"),
        return_path: header.all("Return-Path").next().map(|field| return_path(&field.value)),
        to: lists("To"),
        cc: lists("Cc"),
        delivered_to: Vec::new(),
        subject: header.all("Subject").map(|field| decode(&field.value)).collect(),
        date: first("Date").and_then(|date| Timestamp::parse(&date)),
        message_id: first("Message-ID").map(|id| id.trim_matches(['<', '>']).to_owned()).filter(|id| !id.is_empty()),
        references: ["In-Reply-To", "References"]
            .iter()
            .filter_map(|name| first(name))
            .flat_map(|ids| message_ids(&ids))
            .collect(),
        list: list(header),
        mailer: first("X-Mailer").or_else(|| first("User-Agent")),
    };
    for address in delivered_to {
        if identity.delivered_to.contains(&address) {
            continue;
        }
        if identity.delivered_to.len() >= MOST_DELIVERED {
            notes.unread.add(UnreadKind::Fields, "Delivered-To", 0, false);
            break;
        }
        identity.delivered_to.push(address);
    }
    let names =
        [&identity.from, &identity.sender, &identity.reply_to, &identity.to, &identity.cc].into_iter().flatten();
    let names = names.flat_map(|field| &field.mailboxes).filter_map(|mailbox| mailbox.name.as_ref());
    let unread: usize = names.chain(&identity.subject).map(|text| text.unread).sum();
    if unread > 0 {
        notes.unread.add(UnreadKind::Fields, "", unread, false);
    }
    let mut known = HashSet::new();
    identity.references.retain(|id| known.insert(id.clone()));
    identity
}

fn return_path(value: &[u8]) -> ReturnPath {
    let mailbox = mailbox::read(value).mailboxes.into_iter().find(|mailbox| mailbox.address.is_some());
    let (address, quirks) = mailbox.map_or((None, Vec::new()), |mailbox| (mailbox.address, mailbox.quirks));
    ReturnPath { address, quirks, raw: text(value) }
}

/// Message identifiers without their angle brackets, at most 100.
fn message_ids(text: &str) -> Vec<String> {
    text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(id, _)| id.to_owned()).take(100).collect()
}

fn list(header: &RawHeader) -> Option<ListFacts> {
    let first = |name: &str| header.all(name).next().map(|field| text(&field.value));
    let bracketed = |value: &str| -> Vec<String> { message_ids(value) };
    let id = first("List-Id").map(|value| bracketed(&value).pop().unwrap_or(value));
    let post = first("List-Post");
    let unsubscribe: Vec<String> =
        header.all("List-Unsubscribe").flat_map(|field| bracketed(&text(&field.value))).collect();
    let is_bulk = first("Precedence")
        .is_some_and(|value| ["list", "bulk", "junk"].iter().any(|known| value.eq_ignore_ascii_case(known)));
    if id.is_none() && post.is_none() && unsubscribe.is_empty() && !is_bulk {
        return None;
    }
    let target_domain = |target: &str| -> Option<Domain> {
        match target.strip_prefix("mailto:") {
            Some(address) => Address::parse(address.split('?').next()?)?.domain,
            None => url::Url::parse(target).ok()?.host_str().and_then(Domain::parse),
        }
    };
    let domain = id
        .as_deref()
        .and_then(|id| Domain::parse(id).filter(|domain| domain.as_str().contains('.')))
        .or_else(|| post.as_deref().and_then(|value| target_domain(bracketed(value).first()?)))
        .or_else(|| unsubscribe.iter().find_map(|target| target_domain(target)));
    Some(ListFacts { id, domain, unsubscribe })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors(value: &str) -> Vec<(String, bool, bool)> {
        mailbox::read(value.as_bytes())
            .with_whole_names()
            .mailboxes
            .iter()
            .map(|mailbox| {
                let name = mailbox.name.as_ref().map(|name| name.shown.clone()).unwrap_or_default();
                (name, mailbox.address.is_some(), mailbox.quirks.contains(&AddressQuirk::SplitName))
            })
            .collect()
    }

    #[test]
    fn a_name_cut_by_a_comma_is_one_name() {
        let whole = |name: &str| vec![(name.to_owned(), true, true)];
        assert_eq!(authors("PayPal service ,_<a@b.example>"), whole("PayPal service"));
        assert_eq!(authors("Doe, Jane, <jane@b.example>"), whole("Doe, Jane"));
        assert_eq!(authors("Example Shop,(<service@b.example>)"), whole("Example Shop"));
    }

    #[test]
    fn several_authors_stay_several() {
        let plain = |name: &str| (name.to_owned(), true, false);
        assert_eq!(authors("\"Doe, Jane\" <a@b.example>"), [plain("Doe, Jane")]);
        assert_eq!(authors("A <a@b.example>, B <c@d.example>"), [plain("A"), plain("B")]);
        assert_eq!(authors("Nobody"), [("Nobody".to_owned(), false, false)]);
    }
}
