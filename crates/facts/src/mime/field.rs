//! The fields that tell how a part is to be read (RFC 2045, 2183, 2231). Where readers differ on them, every reading is
//! kept: the first is the one of a strict reader that takes the first field.

use crate::{
    AnomalyKind,
    anomaly::Notes,
    encoded_word::decode,
    header::{RawField, text},
};
use percent_encoding::percent_decode;

/// Most parameters of one field that are read.
const MOST_PARAMETERS: usize = 100;
/// Longest field that is read, in bytes.
const LONGEST: usize = 16 * 1024;
/// Most readings of one thing that are followed.
const MOST_READINGS: usize = 4;

/// How a part says it is to be read.
#[derive(Default)]
pub(super) struct PartHeader {
    /// Media types, lower-case: one, or more where readers differ; none where nothing is declared.
    pub types: Vec<String>,
    /// Boundaries by one reading or another.
    pub boundaries: Vec<Vec<u8>>,
    /// Charset, lower-case.
    pub charset: Option<String>,
    /// File name of the Content-Disposition.
    pub filename: Option<String>,
    /// File name of the Content-Type.
    pub name: Option<String>,
    /// Content-Disposition, lower-case.
    pub disposition: Option<String>,
    /// Transfer encodings: one, or more where readers differ.
    pub encodings: Vec<Encoding>,
    /// A transfer encoding that is not read, as written.
    pub unread_encoding: Option<String>,
    /// What is in an S/MIME message (`smime-type`, RFC 8551 §3.2.2), lower-case.
    pub smime_type: Option<String>,
    /// Whether there is a Content-ID.
    pub has_content_id: bool,
}

/// A transfer encoding (RFC 2045 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// 7bit, 8bit, binary, and what is not known.
    #[default]
    Identity,
    /// base64.
    Base64,
    /// quoted-printable.
    QuotedPrintable,
    /// uuencode, which Thunderbird undoes.
    Uuencode,
}

/// Names of the transfer encodings of RFC 2045.
const KNOWN_ENCODINGS: [&str; 5] = ["7bit", "8bit", "binary", "base64", "quoted-printable"];
/// Names of uuencode.
const UUENCODE: [&str; 4] = ["x-uuencode", "x-uue", "uuencode", "uue"];

impl PartHeader {
    /// Reads it from the fields of a part. What is odd is noted.
    pub fn read(fields: &[RawField], notes: &mut Notes) -> Self {
        let mut part = Self::default();
        for field in fields {
            let name = field.name.to_ascii_lowercase();
            match name.as_str() {
                "content-type" => part.content_type(&field.value, notes),
                "content-disposition" => part.content_disposition(&field.value, notes),
                "content-transfer-encoding" => part.transfer_encoding(&field.value, notes),
                "content-id" => part.has_content_id = true,
                _ => {}
            }
        }
        part
    }

    /// The media type by the first reading.
    pub fn media_type(&self) -> Option<&str> {
        self.types.first().map(String::as_str)
    }

    /// Whether it is an S/MIME message: neither compressed, which Thunderbird does not show, nor certificates only.
    pub fn is_smime(&self) -> bool {
        matches!(self.media_type(), Some("application/pkcs7-mime" | "application/x-pkcs7-mime"))
            && !matches!(self.smime_type.as_deref(), Some("certs-only" | "compressed-data"))
    }

    /// Whether any reading makes it a multipart.
    pub fn is_multipart(&self) -> bool {
        self.types.iter().any(|kind| kind.starts_with("multipart/"))
    }

    fn content_type(&mut self, value: &[u8], notes: &mut Notes) {
        let field = Structured::read(value, notes);
        keep(&mut self.types, field.head.clone());
        for boundary in field.readings("boundary", notes) {
            keep(&mut self.boundaries, boundary);
        }
        let charset = field.readings("charset", notes).into_iter().next().map(|charset| text(&charset).to_lowercase());
        self.charset = self.charset.take().or(charset.filter(|charset| !charset.is_empty()));
        self.name = self.name.take().or_else(|| field.file_name("name", notes));
        let smime_type = field.parameters.iter().find(|(name, _)| name == "smime-type");
        self.smime_type = self.smime_type.take().or(smime_type.map(|(_, value)| text(value).to_lowercase()));
        if field.head.starts_with("multipart/") {
            let detail = match field.readings("boundary", &mut Notes::default()).first().map(Vec::len) {
                None => "missing",
                Some(0) => "empty",
                Some(_) => return,
            };
            notes.add_values(AnomalyKind::BrokenBoundary, detail, &[&text(value)]);
        }
    }

    fn content_disposition(&mut self, value: &[u8], notes: &mut Notes) {
        let field = Structured::read(value, notes);
        self.filename = self.filename.take().or_else(|| field.file_name("filename", notes));
        self.disposition.get_or_insert(field.head);
    }

    fn transfer_encoding(&mut self, value: &[u8], notes: &mut Notes) {
        let head = Structured::read(value, notes).head;
        let written = text(value);
        let plain = head.trim_matches(|character: char| !character.is_ascii_alphanumeric());
        if !plain.is_empty() && !KNOWN_ENCODINGS.contains(&plain) && !UUENCODE.contains(&plain) {
            self.unread_encoding.get_or_insert_with(|| plain.to_owned());
        }
        if !KNOWN_ENCODINGS.contains(&written.to_ascii_lowercase().as_str()) {
            notes.add_values(AnomalyKind::BadTransferEncoding, "", &[&written]);
        }
        let read = |name: &str| match name {
            "base64" => Encoding::Base64,
            "quoted-printable" => Encoding::QuotedPrintable,
            name if UUENCODE.contains(&name) => Encoding::Uuencode,
            _ => Encoding::Identity,
        };
        keep(&mut self.encodings, read(plain));
        if is_encoded(value) {
            keep(&mut self.encodings, read(&decode(value).shown.to_ascii_lowercase()));
        }
    }
}

fn keep<T: PartialEq>(readings: &mut Vec<T>, one: T) {
    if readings.len() < MOST_READINGS && !readings.contains(&one) {
        readings.push(one);
    }
}

fn is_encoded(value: &[u8]) -> bool {
    value.windows(2).any(|window| window == b"=?") && value.windows(2).any(|window| window == b"?=")
}

/// A structured field: a head such as `text/plain`, and parameters.
struct Structured<'a> {
    /// The whole value.
    raw: &'a [u8],
    /// The head without comments and white space, lower-case.
    head: String,
    /// Names (lower-case) and values as a strict reader has them, in order.
    parameters: Vec<(String, Vec<u8>)>,
}

impl<'a> Structured<'a> {
    fn read(value: &'a [u8], notes: &mut Notes) -> Self {
        let raw = value.get(..value.len().min(LONGEST)).unwrap_or_default();
        if is_encoded(raw) && !is_encoded_name_only(raw) {
            let decoded = decode(raw).shown;
            notes.add_values(AnomalyKind::EncodedParameter, "", &[&text(raw), &decoded]);
        }
        let mut segments = segments(raw).into_iter();
        let head = segments.next().map(|head| text(&unquoted(&head)).to_ascii_lowercase()).unwrap_or_default();
        // Some mailers forget the semicolon behind the type.
        let (head, forgotten) = match head.split_once(char::is_whitespace) {
            Some((first, rest)) if first.contains('/') => (first.to_owned(), Some(rest.as_bytes().to_vec())),
            _ => (head, None),
        };
        let parameters = forgotten
            .into_iter()
            .chain(segments)
            .take(MOST_PARAMETERS)
            .filter_map(|segment| {
                let equals = segment.iter().position(|byte| *byte == b'=')?;
                let name = text(&unquoted(segment.get(..equals)?)).to_ascii_lowercase();
                Some((name, unquoted(segment.get(equals + 1..)?)))
            })
            .collect();
        Self { raw, head: head.split_whitespace().collect(), parameters }
    }

    /// Every reading of a parameter, that of a strict reader first; nothing where it is not there. Differences are noted.
    fn readings(&self, name: &str, notes: &mut Notes) -> Vec<Vec<u8>> {
        let mut readings: Vec<Vec<u8>> = Vec::new();
        for value in self.parameters.iter().filter(|(known, _)| known == name).map(|(_, value)| value) {
            keep(&mut readings, value.clone());
        }
        if let Some(extended) = self.extended(name) {
            keep(&mut readings, extended.into_bytes());
        }
        if readings.len() > 1 {
            note(AnomalyKind::ConflictingParameter, name, &readings, notes);
        }
        if let Some(simple) = self.simple(name)
            && !readings.contains(&simple)
        {
            let strict = readings.first().cloned().unwrap_or_default();
            note(AnomalyKind::AmbiguousParameter, name, &[strict, simple.clone()], notes);
            keep(&mut readings, simple);
        }
        if let Some(nul) = readings.iter().find(|value| value.contains(&0)).cloned() {
            let plain: Vec<u8> = nul.iter().copied().filter(|byte| *byte != 0).collect();
            note(AnomalyKind::AmbiguousParameter, name, &[nul, plain.clone()], notes);
            keep(&mut readings, plain);
        }
        if let Some(encoded) = readings.iter().find(|value| is_encoded(value)).cloned() {
            keep(&mut readings, decode(&encoded).full.into_bytes());
        }
        readings
    }

    /// A file name: RFC 2231 before a plain one, whose encoded words mailers write all the same.
    fn file_name(&self, name: &str, notes: &mut Notes) -> Option<String> {
        let plain = self
            .parameters
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| decode(value).full)
            .chain(self.extended(name).map(|value| decode(value.as_bytes()).full));
        let mut readings: Vec<String> = Vec::new();
        plain.for_each(|value| keep(&mut readings, value));
        if readings.len() > 1 {
            let values: Vec<&str> = readings.iter().map(String::as_str).collect();
            notes.add_values(AnomalyKind::ConflictingParameter, name, &values);
        }
        self.extended(name).map(|value| decode(value.as_bytes()).full).or_else(|| readings.into_iter().next())
    }

    /// A parameter in the form of RFC 2231: `name*`, `name*0`, `name*1*` …, put together and decoded.
    fn extended(&self, name: &str) -> Option<String> {
        let mut pieces: Vec<(u32, bool, &[u8])> = self
            .parameters
            .iter()
            .filter_map(|(known, value)| {
                let rest = known.strip_prefix(name)?.strip_prefix('*')?;
                let (number, is_encoded) = match rest.strip_suffix('*') {
                    Some(number) => (number, true),
                    None => (rest, rest.is_empty()),
                };
                let number = if number.is_empty() { 0 } else { number.parse().ok()? };
                Some((number, is_encoded, value.as_slice()))
            })
            .collect();
        pieces.sort_by_key(|(number, ..)| *number);
        pieces.dedup_by_key(|(number, ..)| *number);
        let mut charset = None;
        let mut bytes = Vec::new();
        for (at, (_, is_encoded, value)) in pieces.iter().enumerate() {
            let mut value = *value;
            if at == 0 && *is_encoded {
                let mut parts = value.splitn(3, |byte| *byte == b'\'');
                if let (Some(label), Some(_), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
                    charset = Some(text(label));
                    value = rest;
                }
            }
            if *is_encoded {
                bytes.extend(percent_decode(value));
            } else {
                bytes.extend_from_slice(value);
            }
        }
        (!pieces.is_empty()).then(|| match charset.filter(|label| !label.is_empty()) {
            Some(label) => crate::charset::decode(Some(&label), &bytes).0,
            None => text(&bytes),
        })
    }

    /// What a simple reader takes for the parameter: it looks for `name=` and reads up to the next quote or semicolon.
    fn simple(&self, name: &str) -> Option<Vec<u8>> {
        let lower = self.raw.to_ascii_lowercase();
        let wanted = name.as_bytes();
        let at = lower.windows(wanted.len()).enumerate().find_map(|(at, window)| {
            let begins = at.checked_sub(1).and_then(|before| lower.get(before)).is_none_or(|byte| !is_name_byte(*byte));
            let behind = lower.get(at + wanted.len()..)?;
            let space = behind.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            (window == wanted && begins && behind.get(space) == Some(&b'=')).then_some(at + wanted.len() + space + 1)
        })?;
        let rest = self.raw.get(at..)?.trim_ascii_start();
        let value = match rest.strip_prefix(b"\"") {
            Some(quoted) => quoted.split(|byte| *byte == b'"').next()?,
            None => rest.split(|byte| *byte == b';').next()?,
        };
        Some(value.trim_ascii_end().to_vec())
    }
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*')
}

/// Whether encoded words stand in file names alone, where mailers have always written them.
fn is_encoded_name_only(raw: &[u8]) -> bool {
    segments(raw).into_iter().filter(|segment| is_encoded(segment)).all(|segment| {
        let lower = segment.trim_ascii_start().to_ascii_lowercase();
        lower.starts_with(b"name") || lower.starts_with(b"filename")
    })
}

fn note(kind: AnomalyKind, name: &str, values: &[Vec<u8>], notes: &mut Notes) {
    let values: Vec<String> = values.iter().map(|value| text(value)).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    notes.add_values(kind, name, &values);
}

/// The value between its semicolons, those in quotes and comments left alone.
fn segments(value: &[u8]) -> Vec<Vec<u8>> {
    let mut segments = vec![Vec::new()];
    let mut scan = Scan::default();
    for byte in value {
        let is_plain = scan.step(*byte);
        if *byte == b';' && is_plain {
            segments.push(Vec::new());
        } else if let Some(last) = segments.last_mut() {
            last.push(*byte);
        }
    }
    segments
}

/// A segment without its comments, quotes and escapes, trimmed.
fn unquoted(segment: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(segment.len());
    let mut scan = Scan::default();
    for byte in segment.trim_ascii() {
        let (was_escaped, was_in_comment) = (scan.is_escaped, scan.depth > 0);
        scan.step(*byte);
        let is_syntax = !was_escaped && (*byte == b'"' || *byte == b'\\' && scan.is_escaped);
        if !was_in_comment && scan.depth == 0 && !is_syntax {
            plain.push(*byte);
        }
    }
    plain.trim_ascii().to_vec()
}

/// Where a reader of quoted strings and comments stands (RFC 5322 §3.2).
#[derive(Default)]
struct Scan {
    depth: usize,
    is_quoted: bool,
    is_escaped: bool,
}

impl Scan {
    /// Takes one byte; whether it stands outside quotes and comments.
    fn step(&mut self, byte: u8) -> bool {
        if self.is_escaped {
            self.is_escaped = false;
            return false;
        }
        match byte {
            b'\\' if self.is_quoted || self.depth > 0 => self.is_escaped = true,
            b'"' if self.depth == 0 => self.is_quoted = !self.is_quoted,
            b'(' if !self.is_quoted => self.depth += 1,
            b')' if !self.is_quoted && self.depth > 0 => self.depth -= 1,
            _ => {}
        }
        self.depth == 0 && !self.is_quoted
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn part(fields: &[(&str, &[u8])]) -> (PartHeader, Vec<String>) {
        let fields: Vec<RawField> = fields
            .iter()
            .map(|(name, value)| RawField { name: (*name).to_owned(), value: value.to_vec(), offset: 0 })
            .collect();
        let mut notes = Notes::default();
        let part = PartHeader::read(&fields, &mut notes);
        let seen = notes
            .anomalies
            .iter()
            .map(|one| format!("{:?} {} {}", one.kind, one.detail, one.values.join(" | ")))
            .collect();
        (part, seen)
    }

    fn boundaries(value: &[u8]) -> (Vec<String>, Vec<String>) {
        let (part, seen) = part(&[("Content-Type", value)]);
        (part.boundaries.iter().map(|boundary| text(boundary)).collect(), seen)
    }

    #[test]
    fn ordinary_fields_are_read_and_nothing_is_noted() {
        let (part, seen) = part(&[
            ("Content-Type", b" Text/HTML; charset=\"UTF-8\"; name=\"=?UTF-8?B?44GC?=.txt\""),
            ("Content-Transfer-Encoding", b" Quoted-Printable"),
            ("Content-Disposition", b" attachment; filename*0*=UTF-8''%E3%81%82; filename*1=.txt"),
            ("Content-ID", b" <a@b>"),
        ]);
        assert_eq!(part.types, ["text/html"]);
        assert_eq!(part.charset.as_deref(), Some("utf-8"));
        assert_eq!(part.encodings, [Encoding::QuotedPrintable]);
        assert_eq!((part.name.as_deref(), part.filename.as_deref()), (Some("あ.txt"), Some("あ.txt")));
        assert!(part.has_content_id && seen.is_empty(), "{seen:?}");
        for plain in [&b"multipart/mixed; boundary=\"a;b (c)\""[..], b"multipart/mixed;\tboundary=abc; type=x"] {
            assert!(boundaries(plain).1.is_empty(), "{:?}", boundaries(plain));
        }
    }

    #[test]
    fn every_reading_of_a_boundary_is_kept_and_noted() {
        for (value, wanted, note) in [
            (&b"multipart/mixed; boundary=a; boundary=b"[..], &["a", "b"][..], "ConflictingParameter boundary a | b"),
            (b"multipart/mixed; boundary=a; boundary*=us-ascii''b", &["a", "b"], "ConflictingParameter boundary a | b"),
            (
                b"multipart/mixed; boundary*0=a; boundary*1=b; boundary=c",
                &["c", "ab"],
                "ConflictingParameter boundary c | ab",
            ),
            (b"multipart/mixed; boundary=a(c)", &["a", "a(c)"], "AmbiguousParameter boundary a | a(c)"),
            (b"multipart/mixed; boundary=\"a\\b\"", &["ab", "a\\b"], "AmbiguousParameter boundary ab | a\\b"),
            (b"multipart/mixed; boundary=\"a", &["a"], ""),
            (b"multipart/mixed; boundary=a\0b", &["a\0b", "ab"], "AmbiguousParameter boundary a\0b | ab"),
            (b"multipart/mixed boundary=a", &["a"], ""),
            (b"multipart/mixed", &[], "BrokenBoundary missing multipart/mixed"),
            (b"multipart/mixed; boundary=\"\"", &[""], "BrokenBoundary empty multipart/mixed; boundary=\"\""),
        ] {
            let (seen, notes) = boundaries(value);
            assert_eq!(seen, wanted, "{}", text(value));
            assert_eq!(notes.first().map_or("", String::as_str), note);
        }
    }

    #[test]
    fn encodings_that_readers_differ_on_are_all_kept() {
        let read = |value: &[u8]| {
            let (part, seen) = part(&[("Content-Transfer-Encoding", value)]);
            (part.encodings, !seen.is_empty())
        };
        assert_eq!(read(b" BASE64 "), (vec![Encoding::Base64], false));
        assert_eq!(read(b"(comment) base64"), (vec![Encoding::Base64], true));
        assert_eq!(read(b"base645"), (vec![Encoding::Identity], true));
        assert_eq!(read(b"=?us-ascii?Q?base64?="), (vec![Encoding::Identity, Encoding::Base64], true));
        let twice = part(&[("Content-Transfer-Encoding", b"7bit"), ("Content-Transfer-Encoding", b"base64")]).0;
        assert_eq!(twice.encodings, [Encoding::Identity, Encoding::Base64]);
    }
}
