//! The raw header, read beside the mail parser because forgers live on what a parser tidies away:
//! duplicate fields, their order, spaces before the colon, folded names, raw bytes.

use crate::{Anomaly, AnomalyKind, UnreadKind, anomaly::Notes, encoded_word::decode, unread::Unreads};
use mekiki_knowledge::hosts;
use memchr::memchr;
use serde::Serialize;
use std::collections::HashMap;

/// All fields of the message's own header, in order.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Header {
    /// The fields, first first.
    pub fields: Vec<Field>,
}

/// One header field as written (RFC 5322 §2.2).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// The name in its own spelling, without the white space before the colon.
    pub name: String,
    /// The value, unfolded, not decoded; bytes that are not UTF-8 are read as Latin-1.
    pub value: String,
    /// Byte offset of the field's first byte in the message.
    pub offset: usize,
}

impl Header {
    /// Every field of that name, in order, whatever its letter case.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> + 'a {
        self.fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name))
    }

    /// The first field of that name.
    pub fn first(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

/// Fields and bytes of a header that are read whole. Beyond, only fields that decide something are.
const MOST_FIELDS: usize = 10_000;
const LARGEST: usize = 1 << 20;
/// Most fields of one deciding name that are kept beyond; then the last one takes the place of the one before it.
const MOST_OF_ONE_NAME: usize = 100;
/// Most bytes of one field that are read.
const LONGEST_FIELD: usize = 4 << 20;
/// Longest line without its end (RFC 5322 §2.1.1).
pub(crate) const LONGEST_LINE: usize = 998;

/// The header of a message as bytes.
pub(crate) struct RawHeader {
    /// The fields in order.
    pub fields: Vec<RawField>,
    /// Byte offset of the body.
    pub body: usize,
    /// What was odd.
    pub anomalies: Vec<Anomaly>,
    /// What was not read.
    pub unread: Unreads,
}

/// One field as bytes.
pub(crate) struct RawField {
    /// The name, without white space and NUL.
    pub name: String,
    /// The value, unfolded: line ends removed, the white space after them kept.
    pub value: Vec<u8>,
    /// Byte offset of its first byte.
    pub offset: usize,
}

impl RawHeader {
    /// Every field of that name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a RawField> + 'a {
        self.fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name))
    }
}

impl From<&RawHeader> for Header {
    fn from(raw: &RawHeader) -> Self {
        let fields = raw
            .fields
            .iter()
            .map(|field| Field { name: field.name.clone(), value: text(&field.value), offset: field.offset })
            .collect();
        Self { fields }
    }
}

/// Bytes as text: UTF-8, or else Latin-1, which shows every byte.
pub(crate) fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
        .trim()
        .to_owned()
}

/// Reads the header. Linear in its length; never fails.
pub(crate) fn read(raw: &[u8]) -> RawHeader {
    let mut reader =
        Reader { raw, fields: Vec::new(), notes: Notes::default(), place: None, beyond: HashMap::new(), unread: 0 };
    let body = reader.read();
    let Reader { mut fields, mut notes, unread, .. } = reader;
    for field in &mut fields {
        field.name = field.name.trim_end_matches(UNFINISHED).to_owned();
    }
    // The last of many stands where one before it stood.
    fields.sort_by_key(|field| field.offset);
    if unread > 0 {
        notes.unread.add(UnreadKind::Fields, "", unread, false);
    }
    duplicates(&fields, &mut notes);
    RawHeader { fields, body, anomalies: notes.anomalies, unread: notes.unread }
}

/// Takes a header line by line.
struct Reader<'a> {
    raw: &'a [u8],
    fields: Vec<RawField>,
    notes: Notes,
    /// Place in `fields` of the field whose lines are being read; nothing where it is not kept.
    place: Option<usize>,
    /// Beyond the bounds: how often each deciding name stood there, and the place of the last one.
    beyond: HashMap<String, (usize, usize)>,
    /// Bytes of fields that were not read.
    unread: usize,
}

impl Reader<'_> {
    /// Takes all lines; the offset of the body.
    fn read(&mut self) -> usize {
        let mut at = self.start();
        while let Some(rest) = self.raw.get(at..).filter(|rest| !rest.is_empty()) {
            let (line, behind) = rest.split_at(line_length(rest));
            let line = trim_line_end(line);
            let next = self.raw.len() - behind.len();
            if line.is_empty() {
                return next;
            }
            // No field begins so, but the first part of a multipart does.
            if line.starts_with(b"--") && !self.fields.is_empty() {
                self.notes.add_values(AnomalyKind::MissingBlankLine, "", &[&text(line)]);
                return at;
            }
            look_at(line, &mut self.notes);
            let is_folded = matches!(line.first(), Some(b' ' | b'\t')) && !self.fields.is_empty();
            let colon = line.iter().position(|byte| *byte == b':');
            if is_folded {
                self.continuation(line);
            } else if let Some(colon) = colon {
                self.field(line, colon, at);
            } else if is_unfinished_name(line, behind) {
                self.keep(format!("{}{UNFINISHED}", text(line)), &[], at);
            } else if self.fields.is_empty() {
                // Not a message at all.
                return at;
            } else if self.is_torn(line, behind) {
                return at;
            }
            at = next;
        }
        self.raw.len()
    }

    /// Where the first field begins: behind a byte order mark, and the line that local mailboxes put before each message.
    fn start(&self) -> usize {
        let mark = if self.raw.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let rest = self.raw.get(mark..).unwrap_or_default();
        mark + if is_mailbox_line(rest) { line_length(rest) } else { 0 }
    }

    /// A line that begins a field: its name and the first line of its value.
    fn field(&mut self, line: &[u8], colon: usize, at: usize) {
        if matches!(line.first(), Some(b' ' | b'\t')) {
            self.notes.add_values(AnomalyKind::LeadingSpace, "", &[&text(line)]);
        }
        let name = field_name(line.get(..colon).unwrap_or_default(), &mut self.notes);
        self.keep(name, line.get(colon + 1..).unwrap_or_default(), at);
    }

    /// Keeps a field, unless it stands beyond the bounds and decides nothing.
    fn keep(&mut self, name: String, value: &[u8], offset: usize) {
        let kept = value.get(..value.len().min(LONGEST_FIELD)).unwrap_or_default();
        self.unread += value.len() - kept.len();
        let field = RawField { name, value: kept.to_vec(), offset };
        let is_beyond = offset > LARGEST || self.fields.len() >= MOST_FIELDS;
        if !is_beyond {
            self.place = Some(self.fields.len());
            self.fields.push(field);
            return;
        }
        let name = field.name.trim_end_matches(UNFINISHED).to_ascii_lowercase();
        if !is_deciding(&name) {
            self.unread += field.name.len() + field.value.len();
            self.place = None;
            return;
        }
        let (count, last) = self.beyond.entry(name).or_default();
        if *count < MOST_OF_ONE_NAME {
            *count += 1;
            *last = self.fields.len();
            self.fields.push(field);
        } else if let Some(known) = self.fields.get_mut(*last) {
            self.unread += known.name.len() + known.value.len();
            *known = field;
        }
        self.place = Some(*last);
    }

    /// A line that goes on with the field before it.
    fn continuation(&mut self, line: &[u8]) {
        let Some(field) = self.place.and_then(|place| self.fields.get_mut(place)) else {
            self.unread += line.len();
            return;
        };
        let mut value = line;
        if field.value.is_empty() && field.name.ends_with(UNFINISHED) && line.trim_ascii_start().starts_with(b":") {
            field.name = field.name.trim_end_matches(UNFINISHED).trim().to_owned();
            self.notes.add(AnomalyKind::FoldedName, &field.name);
            value = line.trim_ascii_start().get(1..).unwrap_or_default();
        }
        let room = LONGEST_FIELD.saturating_sub(field.value.len());
        field.value.extend_from_slice(value.get(..value.len().min(room)).unwrap_or_default());
        self.unread += value.len().saturating_sub(room);
    }

    /// Whether the header has ended without saying so at a line that is none of a field: another one follows.
    fn is_torn(&mut self, line: &[u8], behind: &[u8]) -> bool {
        self.notes.add(AnomalyKind::LineWithoutColon, &text(line));
        let next = trim_line_end(first_line(behind));
        let is_torn = !next.is_empty() && !next.contains(&b':');
        if is_torn {
            self.notes.add_values(AnomalyKind::MissingBlankLine, "", &[&text(line)]);
        }
        is_torn
    }
}

/// Whether something is decided by fields of that name (in lower case).
fn is_deciding(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "from",
        "sender",
        "reply-to",
        "to",
        "cc",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "return-path",
        "received",
        "received-spf",
        "authentication-results",
        "dkim-signature",
        "delivered-to",
        "envelope-to",
        "x-envelope-to",
        "x-original-to",
        "x-delivered-to",
        "apparently-to",
        "auto-submitted",
        "precedence",
        "mime-version",
        "x-mailer",
        "user-agent",
    ];
    // Filters of the receiving side add theirs at either end.
    NAMES.contains(&name)
        || hosts::is_of_filter(name)
        || ["content-", "list-", "arc-", "resent-"].iter().any(|start| name.starts_with(start))
}

/// Stands behind a name whose colon is still to come. No field name can have it.
const UNFINISHED: char = '\u{0}';

/// Whether the first line is the one with which local mailboxes begin a message (`From sender date`), not a From field
/// with a space before its colon.
fn is_mailbox_line(bytes: &[u8]) -> bool {
    let line = first_line(bytes);
    let rest = line.strip_prefix(b">").unwrap_or(line).strip_prefix(b"From ");
    rest.is_some_and(|rest| !rest.trim_ascii_start().starts_with(b":"))
}

fn first_line(bytes: &[u8]) -> &[u8] {
    bytes.get(..line_length(bytes)).unwrap_or_default()
}

/// Length of the first line, its end included.
pub(crate) fn line_length(bytes: &[u8]) -> usize {
    memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1)
}

pub(crate) fn trim_line_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Whether a line is a field name whose colon stands on the next one (RFC 5322 forbids it; some parsers read it).
fn is_unfinished_name(line: &[u8], rest: &[u8]) -> bool {
    let next = first_line(rest);
    line.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b' ' | b'\t'))
        && matches!(next.first(), Some(b' ' | b'\t'))
        && next.trim_ascii_start().starts_with(b":")
}

/// The name as written, made plain; oddities are noted.
fn field_name(written: &[u8], notes: &mut Notes) -> String {
    let plain: Vec<u8> = written.iter().copied().filter(|byte| *byte != 0).collect();
    let name = text(&plain);
    if written.last().is_some_and(u8::is_ascii_whitespace) {
        notes.add(AnomalyKind::SpaceBeforeColon, &name);
    }
    if name.is_empty() || plain.len() != written.len() || name.bytes().any(|byte| !(33..=126).contains(&byte)) {
        notes.add(AnomalyKind::BadFieldName, &name);
    }
    name
}

/// Fields that may stand once (RFC 5322 §3.6, RFC 2045 §3).
const SINGLE: &[&str] = &[
    "Date",
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Subject",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

fn duplicates(fields: &[RawField], notes: &mut Notes) {
    for name in SINGLE {
        let written: Vec<&RawField> = fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name)).collect();
        if written.len() > 1 {
            let values: Vec<String> = written.iter().take(20).map(|field| decode(&field.value).full).collect();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            notes.add_times(AnomalyKind::DuplicateField, name, &values, written.len() - 1);
        }
    }
}

/// What is odd about a line of the header.
fn look_at(line: &[u8], notes: &mut Notes) {
    if line.contains(&0) {
        notes.add(AnomalyKind::Nul, "header");
    }
    if let Some(at) = line.iter().position(|byte| *byte == b'\r') {
        let behind = line.get(at + 1..).unwrap_or_default();
        notes.add_values(AnomalyKind::BareCr, "header", &[&text(behind)]);
    }
    if !line.is_ascii() {
        notes.add(AnomalyKind::Raw8Bit, "header");
    }
    if line.len() > LONGEST_LINE {
        notes.add(AnomalyKind::OverlongLine, "header");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn names(raw: &[u8]) -> Vec<String> {
        read(raw).fields.into_iter().map(|field| field.name).collect()
    }

    fn kinds(raw: &[u8]) -> Vec<AnomalyKind> {
        read(raw).anomalies.into_iter().map(|anomaly| anomaly.kind).collect()
    }

    #[test]
    fn fields_are_unfolded_and_the_body_is_found() {
        let raw = b"From: a@example.com\r\nSubject: one\r\n two\r\n\r\nbody: no field\r\n";
        let header = read(raw);
        assert_eq!(names(raw), ["From", "Subject"]);
        assert_eq!(header.fields.get(1).unwrap().value, b" one two");
        assert_eq!(raw.get(header.body..).unwrap(), b"body: no field\r\n");
        assert!(header.anomalies.is_empty());
    }

    #[test]
    fn what_decides_is_read_beyond_the_bounds() {
        let flood = "X: 1\r\n\tmore\r\n".repeat(MOST_FIELDS + 5);
        let subjects = "Subject: b\r\n".repeat(MOST_OF_ONE_NAME * 2);
        let raw = format!(
            "Subject: a\r\n{flood}From: a@example.com\r\nX-Spam-Flag: YES\r\nX: 2\r\n\tmore\r\n{subjects}Subject: c\r\n d\r\n\r\nbody"
        );
        let header = read(raw.as_bytes());
        let values = |name| header.all(name).map(|field| text(&field.value)).collect::<Vec<_>>();
        assert_eq!(values("From"), ["a@example.com"]);
        assert_eq!(values("X-Spam-Flag"), ["YES"]);
        assert_eq!(values("X").len(), MOST_FIELDS - 1);
        assert_eq!(values("X").last().unwrap(), "1\tmore");
        let subjects = values("Subject");
        assert_eq!((subjects.len(), subjects.last().unwrap().as_str()), (MOST_OF_ONE_NAME + 1, "c d"));
        assert_eq!(raw.get(header.body..).unwrap(), "body");
        let unread = header.unread.shares(raw.len());
        assert_eq!(unread.first().unwrap().kind, UnreadKind::Fields);
    }

    #[test]
    fn what_local_mailboxes_add_is_tolerated() {
        assert_eq!(
            names(b"From - Sun Jun 11 14:32:05 2023\nX-Mozilla-Status: 0001\nFrom: a@example.com\n\n"),
            ["X-Mozilla-Status", "From"]
        );
    }

    #[test]
    fn tricks_with_names_are_seen() {
        assert_eq!(names(b"From : a@example.com\r\nFrom: b@example.com\r\n\r\n"), ["From", "From"]);
        assert_eq!(
            kinds(b"From : a@example.com\r\nFrom: b@example.com\r\n\r\n"),
            [AnomalyKind::SpaceBeforeColon, AnomalyKind::DuplicateField]
        );
        assert_eq!(names(b"From\r\n : a@example.com\r\nTo: b@example.com\r\n\r\n"), ["From", "To"]);
        assert_eq!(kinds(b"From\r\n : a@example.com\r\nTo: b@example.com\r\n\r\n"), [AnomalyKind::FoldedName]);
        assert_eq!(names(b" From: a@example.com\r\nTo: b@example.com\r\n\r\n"), ["From", "To"]);
        assert_eq!(kinds(b" From: a@example.com\r\nTo: b@example.com\r\n\r\n"), [AnomalyKind::LeadingSpace]);
        assert_eq!(kinds(b"Fr\0om: a@example.com\r\n\r\n"), [AnomalyKind::Nul, AnomalyKind::BadFieldName]);
    }

    #[test]
    fn a_header_that_does_not_end_is_ended() {
        let raw = b"Subject: a\r\nthis is text\r\nand more text\r\n";
        let header = read(raw);
        assert_eq!(header.body, 12);
        assert!(kinds(raw).contains(&AnomalyKind::MissingBlankLine));
        let raw = b"Content-Type: multipart/mixed; boundary=b\r\n--b\r\nContent-Type: text/html\r\n";
        assert_eq!((names(raw).len(), kinds(raw)), (1, vec![AnomalyKind::MissingBlankLine]));
        assert!(names(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").is_empty());
    }
}
