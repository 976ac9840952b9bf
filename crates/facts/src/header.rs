//! The raw header, read beside the mail parser because forgers live on what a parser tidies away:
//! duplicate fields, their order, spaces before the colon, folded names, raw bytes.

use crate::{Anomaly, AnomalyKind, anomaly::Notes, identity::decode::decode};
use memchr::memchr;
use serde::Serialize;

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

/// Most of a header that is read, in bytes and in fields.
const LARGEST: usize = 1 << 20;
const MOST_FIELDS: usize = 10_000;
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
    let mut header = RawHeader { fields: Vec::new(), body: raw.len(), anomalies: Vec::new() };
    let mut notes = Notes::default();
    let mut at = 0;
    if raw.starts_with(b"\xEF\xBB\xBF") {
        at = 3;
    }
    // The line that local mailboxes put before each message.
    if raw.get(at..).is_some_and(is_mailbox_line) {
        at += line_length(raw.get(at..).unwrap_or_default());
    }
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        if at > LARGEST || header.fields.len() >= MOST_FIELDS {
            notes.add(AnomalyKind::HeaderCut, "");
            header.body = find_body(raw, at);
            break;
        }
        let length = line_length(rest);
        let whole = rest.get(..length).unwrap_or_default();
        let line = trim_line_end(whole);
        if line.is_empty() {
            header.body = at + length;
            break;
        }
        // No field begins so, but the first part of a multipart does.
        if line.starts_with(b"--") && !header.fields.is_empty() {
            notes.add_values(AnomalyKind::MissingBlankLine, "", &[&text(line)]);
            header.body = at;
            break;
        }
        look_at(line, &mut notes);
        let is_continuation = matches!(line.first(), Some(b' ' | b'\t'));
        let colon = line.iter().position(|byte| *byte == b':');
        if is_continuation && let Some(field) = header.fields.last_mut() {
            if field.value.is_empty() && field.name.ends_with(UNFINISHED) && line.trim_ascii_start().starts_with(b":") {
                field.name = field.name.trim_end_matches(UNFINISHED).trim().to_owned();
                notes.add(AnomalyKind::FoldedName, &field.name);
                field.value.extend_from_slice(line.trim_ascii_start().get(1..).unwrap_or_default());
            } else {
                field.value.extend_from_slice(line);
            }
        } else if let Some(colon) = colon {
            if is_continuation {
                notes.add_values(AnomalyKind::LeadingSpace, "", &[&text(line)]);
            }
            let written = line.get(..colon).unwrap_or_default();
            let name = field_name(written, &mut notes);
            header.fields.push(RawField {
                name,
                value: line.get(colon + 1..).unwrap_or_default().to_vec(),
                offset: at,
            });
        } else if is_unfinished_name(line, raw.get(at + length..).unwrap_or_default()) {
            header.fields.push(RawField { name: format!("{}{UNFINISHED}", text(line)), value: Vec::new(), offset: at });
        } else if header.fields.is_empty() {
            // Not a message at all.
            header.body = at;
            break;
        } else {
            notes.add(AnomalyKind::LineWithoutColon, &text(line));
            // Two such lines, and the header has ended without saying so.
            let next = trim_line_end(first_line(raw.get(at + length..).unwrap_or_default()));
            if !next.is_empty() && !next.contains(&b':') {
                notes.add_values(AnomalyKind::MissingBlankLine, "", &[&text(line)]);
                header.body = at;
                break;
            }
        }
        at += length;
    }
    for field in &mut header.fields {
        field.name = field.name.trim_end_matches(UNFINISHED).to_owned();
    }
    duplicates(&header.fields, &mut notes);
    header.anomalies = notes.anomalies;
    header
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

/// Offset behind the next blank line.
fn find_body(raw: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let length = line_length(rest);
        at += length;
        if trim_line_end(rest.get(..length).unwrap_or_default()).is_empty() {
            break;
        }
    }
    at
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
