//! Raw bytes of one message in, [`Facts`] out: everything the signs judge, read once.
//!
//! [`read`] never fails and never panics: what cannot be read is absent, and what was odd about it is noted
//! as an [`Anomaly`]. Nothing here judges; that is the work of `mekiki-signs`, which sees these types and
//! never the message. This is the only crate that knows the mail parser, the URL parser and the HTML reader.

mod anomaly;
mod attachment;
mod authentication;
mod calendar;
mod charset;
mod date;
mod domain;
mod encoded_word;
mod file_kind;
mod header;
mod host_verdict;
mod identity;
mod link;
mod mime;
mod text;
mod trail;
mod unread;

pub use anomaly::{Anomaly, AnomalyKind};
pub use attachment::{AttachedPage, Attachment, File, Inside, Looked};
pub use authentication::{
    ArcSet, Authentication, AuthenticationResults, DkimSignature, Method, MethodResult, Outcome, Place, ReceivedSpf,
};
pub use calendar::CalendarDay;
pub use date::{MentionedDate, MentionedDay, Timestamp, Weekday};
pub use domain::{Domain, Host};
pub use file_kind::FileKind;
pub use header::{Field, Header};
pub use host_verdict::{HostVerdict, VerdictKind};
pub use identity::{
    Address, AddressField, AddressQuirk, DecodedText, HiddenCharacter, Identity, ListFacts, Mailbox, ReturnPath,
};
pub use link::{Bait, CarriedAddress, Coding, Link, LinkQuirk, LinkSource, Pieces, Unwrapped, Wrapper, read_link};
pub use text::{Alternative, AlternativeKind, Form, HiddenBy, HiddenText, Script, Text};
pub use trail::{AddressClass, Greeting, Hop, Trail};
pub use unread::{Unread, UnreadKind};

use anomaly::Notes;
use serde::Serialize;
use std::borrow::Cow;

/// Everything a sign may know about one message.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// Every header field in the order of the message, as written.
    pub header: Header,
    /// Who it says it is from and to, and about what.
    pub identity: Identity,
    /// The hops it says it took, latest first.
    pub trail: Trail,
    /// What was said about the sender's domain vouching for it, and by whom.
    pub authentication: Authentication,
    /// What hosts on the way already decided about it.
    pub host_verdicts: Vec<HostVerdict>,
    /// What the reader sees, and what is hidden from the reader.
    pub text: Text,
    /// Every place the message can lead to.
    pub links: Vec<Link>,
    /// Dates that the text mentions.
    pub dates: Vec<MentionedDate>,
    /// Attached files and messages.
    pub attachments: Vec<Attachment>,
    /// What makes two parsers read two messages.
    pub anomalies: Vec<Anomaly>,
    /// What was not read.
    pub unread: Vec<Unread>,
}

impl Facts {
    /// Takes out what the receiving host and others on the way wrote about the message: verdicts and results of
    /// authentication. What the sender wrote, its signatures included, stays.
    pub fn strip_receiver(&mut self) {
        self.host_verdicts.clear();
        self.authentication.results.clear();
        self.authentication.received_spf.clear();
        self.authentication.arc.clear();
    }
}

/// Reads a message. `raw` is the message as it was transmitted or stored, with CRLF or LF line ends, or with CR alone.
pub fn read(raw: &[u8]) -> Facts {
    read_with(raw, &[])
}

/// Reads a message of whose files some were looked into.
pub fn read_with(raw: &[u8], looked: &[Looked]) -> Facts {
    let lines = lines(raw);
    let mut notes = Notes::default();
    if matches!(lines, Cow::Owned(_)) {
        notes.add(AnomalyKind::BareCr, "every line");
    }
    read_lines(&lines, looked, notes)
}

/// The files of a message that may hold more than is seen, and pictures that stand in the text itself, with their content;
/// and the text as it stands in its parts, where something may be drawn.
pub fn files(raw: &[u8]) -> (Vec<File>, Vec<String>) {
    let lines = lines(raw);
    let parts = mime::read_with_files(&lines, &header::read(&lines));
    let mut files = parts.files.map(|files| files.kept).unwrap_or_default();
    let texts: Vec<String> = parts.texts.into_iter().map(|part| part.text).collect();
    files.extend(texts.iter().flat_map(|text| attachment::pictures(text)));
    (files, texts)
}

/// Reads only who a message says it is from and to, as [`read`] does.
pub fn read_identity(raw: &[u8]) -> Identity {
    let mut notes = Notes::default();
    identity::read(&header::read(&lines(raw)), &mut notes)
}

/// A message with lines that end with LF, or CRLF: others only where it has CR alone.
fn lines(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.contains(&b'\n') || !raw.contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// Reads a message whose lines end with LF, or CRLF.
fn read_lines(raw: &[u8], looked: &[Looked], mut notes: Notes) -> Facts {
    let mut header = header::read(raw);
    let identity = identity::read(&header, &mut notes);
    let trail = trail::read(&header);
    let authentication = authentication::read(&header, &trail);
    let host_verdicts = host_verdict::read(&header, identity.subject_text());

    notes.anomalies.append(&mut header.anomalies);
    notes.unread.append(std::mem::take(&mut header.unread));
    let mut parts = mime::read(raw, &header, &mut notes);
    let text::Reading { text, pages } = text::read(parts.texts, &mut notes);
    let unsubscribe = identity.list.as_ref().map(|list| list.unsubscribe.as_slice()).unwrap_or_default();
    let attached = attachment::read(&mut parts.attachments, parts.pages, looked);
    let links = link::read(pages, &text, unsubscribe, &attached, &mut notes);
    let dates = date::mentioned(identity.subject_text(), text.shown_text());
    Facts {
        header: Header::from(&header),
        identity,
        trail,
        authentication,
        host_verdicts,
        text,
        links,
        dates,
        attachments: parts.attachments,
        anomalies: notes.anomalies,
        unread: notes.unread.shares(raw.len()),
    }
}
