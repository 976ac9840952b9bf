//! The walk through the parts of a message: which text is shown, what is attached. The mail parser takes the message
//! apart; what would cost it much and tell us nothing, the inside of large attachments, is left out before.

use crate::{
    AnomalyKind, Attachment,
    charset::{self, Decoding},
    header::Notes,
};
use mail_parser::{
    Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};
use sha2::{Digest, Sha256};
use std::{borrow::Cow, fmt::Write as _};

/// Encoded bytes of one part that are handed to the parser; the rest is left out.
const LARGEST_PART: usize = 512 * 1024;
/// Bytes of a message that are read at all after that.
const LARGEST: usize = 16 * 1024 * 1024;
/// Most boundary lines that are followed.
const MOST_PARTS: usize = 1_000;
/// Deepest nesting of attached messages that is followed.
const DEEPEST: usize = 8;
/// Most text of one part that is read, in bytes.
const LONGEST_TEXT: usize = 2 * 1024 * 1024;
/// Decoded content up to this size is hashed.
const LARGEST_HASH: usize = 256 * 1024;

/// What the walk found.
#[derive(Default)]
pub(crate) struct Parts {
    /// The text parts of the message itself, in order.
    pub texts: Vec<TextPart>,
    /// Everything attached, that of attached messages included.
    pub attachments: Vec<Attachment>,
}

/// One text part, decoded.
pub(crate) struct TextPart {
    /// Whether it is HTML.
    pub is_html: bool,
    /// Charset as declared, lower-case.
    pub charset: Option<String>,
    /// The text.
    pub text: String,
}

/// Walks through the message.
pub(crate) fn walk(raw: &[u8], notes: &mut Notes) -> Parts {
    let slim = slim(raw, notes);
    let mut parts = Parts::default();
    let Some(message) = MessageParser::new().with_mime_headers().parse(slim.bytes.as_ref()) else { return parts };
    visit(&message, &slim, 0, &mut parts, notes);
    parts
}

/// A message without the inside of its large attachments.
struct Slim<'a> {
    bytes: Cow<'a, [u8]>,
    /// Offset in `bytes` and number of bytes left out there, ascending.
    cuts: Vec<(usize, usize)>,
}

impl Slim<'_> {
    /// Bytes that were left out between two offsets.
    fn left_out(&self, from: usize, to: usize) -> usize {
        self.cuts.iter().filter(|(at, _)| (from..=to).contains(at)).map(|(_, length)| length).sum()
    }
}

/// Leaves out, between two boundary lines, what exceeds [`LARGEST_PART`]; and everything behind too many of them.
fn slim<'a>(raw: &'a [u8], notes: &mut Notes) -> Slim<'a> {
    let mut boundaries = 0;
    let mut kept = Vec::new();
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut part = 0;
    let mut copied = 0;
    let mut at = 0;
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"--") && line.len() > 4 {
            boundaries += 1;
            part = 0;
        }
        part += line.len();
        let is_over = part > LARGEST_PART || boundaries > MOST_PARTS || at - left_out(&cuts) > LARGEST;
        if is_over {
            kept.extend_from_slice(raw.get(copied..at).unwrap_or_default());
            copied = at + line.len();
            match cuts.last_mut() {
                Some((place, length)) if *place == kept.len() => *length += line.len(),
                _ => cuts.push((kept.len(), line.len())),
            }
        }
        at += line.len();
    }
    if boundaries > MOST_PARTS {
        notes.add(AnomalyKind::TooManyParts, "");
    }
    if cuts.is_empty() {
        return Slim { bytes: Cow::Borrowed(raw), cuts };
    }
    kept.extend_from_slice(raw.get(copied..).unwrap_or_default());
    Slim { bytes: Cow::Owned(kept), cuts }
}

fn left_out(cuts: &[(usize, usize)]) -> usize {
    cuts.last().map_or(0, |(_, length)| *length)
}

fn visit(message: &Message, slim: &Slim, depth: usize, found: &mut Parts, notes: &mut Notes) {
    for part in &message.parts {
        let is_attached = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
        match &part.body {
            PartType::Text(text) if depth == 0 && !is_attached && is_plain(part) => {
                found.texts.push(text_part(message, part, text, false, notes));
            }
            PartType::Html(text) if depth == 0 && !is_attached => {
                found.texts.push(text_part(message, part, text, true, notes));
            }
            PartType::Multipart(_) => {}
            PartType::Message(inner) => {
                found.attachments.push(attachment(part, slim, depth, None));
                if depth < DEEPEST {
                    visit(inner, slim, depth + 1, found, notes);
                } else {
                    notes.add(AnomalyKind::TooDeep, "message/rfc822");
                }
            }
            PartType::Text(text) | PartType::Html(text) => {
                if depth == 0 || is_attached {
                    found.attachments.push(attachment(part, slim, depth, Some(text.as_bytes())));
                }
            }
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                if part.is_encoding_problem {
                    notes.add(AnomalyKind::BadBase64, "");
                }
                found.attachments.push(attachment(part, slim, depth, Some(bytes)));
            }
        }
    }
}

/// Whether a text part is one that clients show as text: text/plain, or nothing declared.
fn is_plain(part: &MessagePart) -> bool {
    part.content_type().is_none_or(|kind| {
        kind.c_type.eq_ignore_ascii_case("text")
            && kind.c_subtype.as_deref().is_none_or(|subtype| {
                matches!(subtype.to_ascii_lowercase().as_str(), "plain" | "enriched" | "richtext" | "html")
            })
    })
}

fn text_part(message: &Message, part: &MessagePart, decoded: &str, is_html: bool, notes: &mut Notes) -> TextPart {
    let charset = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_ascii_lowercase);
    // The parser believes the declaration. Where that led to nonsense, or there was none, the bytes speak.
    let is_doubtful = decoded.contains('\u{FFFD}')
        || decoded.contains('\u{1B}')
        || charset.is_none() && !decoded.is_ascii()
        || charset.as_deref().is_some_and(|charset| charset.contains("utf-7"));
    let mut text = match is_doubtful.then(|| bytes(message, part)).flatten() {
        Some(bytes) => {
            let (text, how) = charset::decode(charset.as_deref(), &bytes);
            match how {
                Decoding::Unknown => notes.add(AnomalyKind::UnknownCharset, charset.as_deref().unwrap_or_default()),
                Decoding::Refused => notes.add(AnomalyKind::RefusedCharset, charset.as_deref().unwrap_or_default()),
                Decoding::Declared | Decoding::Guessed => {}
            }
            text
        }
        None => decoded.to_owned(),
    };
    if text.len() > LONGEST_TEXT {
        let end = (0..=LONGEST_TEXT).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        text.truncate(end);
        notes.add(AnomalyKind::TextCut, "");
    }
    TextPart { is_html, charset, text }
}

/// The part's content, its transfer encoding undone.
fn bytes<'a>(message: &'a Message, part: &MessagePart) -> Option<Cow<'a, [u8]>> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::Base64 => {
            let dense: Vec<u8> = raw.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
            base64_decode(&dense).map(Cow::Owned)
        }
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
    }
}

fn attachment(part: &MessagePart, slim: &Slim, depth: usize, content: Option<&[u8]>) -> Attachment {
    let kind = part.content_type();
    let disposition = part.content_disposition();
    let named = |name: Option<&str>| name.map(|name| crate::identity::decode::decode(name.as_bytes()).full);
    let by_disposition = named(disposition.and_then(|disposition| disposition.attribute("filename")));
    let by_type = named(kind.and_then(|kind| kind.attribute("name")));
    let (from, to) = (part.offset_body as usize, part.offset_end as usize);
    let cut = if depth == 0 { slim.left_out(from, to) } else { 0 };
    Attachment {
        other_name: by_type.clone().filter(|name| by_disposition.as_ref().is_some_and(|other| other != name)),
        name: by_disposition.or(by_type),
        declared_type: kind.map_or_else(
            || "application/octet-stream".to_owned(),
            |kind| format!("{}/{}", kind.c_type, kind.c_subtype.as_deref().unwrap_or("*")).to_ascii_lowercase(),
        ),
        actual_type: content.and_then(actual_type),
        encoded_size: to.saturating_sub(from) + cut,
        depth,
        is_inline: part.content_id().is_some() || disposition.is_some_and(mail_parser::ContentType::is_inline),
        sha256: content
            .filter(|content| cut == 0 && content.len() <= LARGEST_HASH)
            .map(|content| hexadecimal(&Sha256::digest(content))),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The media type that the first bytes tell.
fn actual_type(content: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"Rar!\x1A\x07", "application/vnd.rar"),
        (b"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"),
        (b"\x1F\x8B", "application/gzip"),
        (b"MZ", "application/vnd.microsoft.portable-executable"),
        (b"\x7FELF", "application/x-executable"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"),
        (b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
        (b"{\\rtf", "application/rtf"),
        (b"\x89PNG\r\n\x1A\n", "image/png"),
        (b"\xFF\xD8\xFF", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"BM", "image/bmp"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| content.starts_with(magic)) {
        return Some(kind);
    }
    if content.get(32_769..32_774) == Some(b"CD001") {
        return Some("application/x-iso9660-image");
    }
    let start: Vec<u8> =
        content.iter().take(512).skip_while(|byte| byte.is_ascii_whitespace()).map(u8::to_ascii_lowercase).collect();
    let has = |mark: &[u8]| start.windows(mark.len()).any(|window| window == mark);
    if start.starts_with(b"<!doctype html") || has(b"<html") || has(b"<script") {
        Some("text/html")
    } else if has(b"<svg") {
        Some("image/svg+xml")
    } else {
        None
    }
}
