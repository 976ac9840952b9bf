//! The parts of a message: which text is shown, what is attached. Each part is decoded as far as a sign needs it and
//! no further, so that a message costs about as much as its text, whatever is attached to it.

mod field;
mod structure;
mod transfer;

use crate::{
    AnomalyKind, Attachment, UnreadKind,
    anomaly::Notes,
    charset::{self, Decoding},
    header::{self, RawHeader},
};
use field::{Encoding, PartHeader};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use structure::{DEEPEST_MESSAGE, Part};

/// Most text of one part that is read, in bytes as encoded.
const LONGEST_TEXT: usize = 4 * 1024 * 1024;
/// Most text of all parts together.
const MOST_TEXT: usize = 8 * 1024 * 1024;
/// Content up to this size as encoded is hashed.
const LARGEST_HASH: usize = 350 * 1024;
/// Of larger content, as much is decoded as its first bytes take to tell what it is.
const LONGEST_START: usize = 48 * 1024;
/// Most content of all attachments together that is decoded whole.
const MOST_HASHED: usize = 8 * 1024 * 1024;
/// Largest attached message in a transfer encoding that is looked into, as encoded.
const LARGEST_MESSAGE: usize = 512 * 1024;

/// What was found.
#[derive(Default)]
pub(crate) struct Parts {
    /// The text parts of the message itself, in order.
    pub texts: Vec<TextPart>,
    /// Everything attached, that of attached messages included.
    pub attachments: Vec<Attachment>,
    /// Bytes of text and of attachments that were decoded so far.
    text_size: usize,
    hashed_size: usize,
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

/// Reads the parts of a message.
pub(crate) fn read(raw: &[u8], header: &RawHeader, notes: &mut Notes) -> Parts {
    let mut parts = Parts::default();
    parts.read(raw, header, 0, notes);
    parts
}

impl Parts {
    fn read(&mut self, raw: &[u8], header: &RawHeader, depth: usize, notes: &mut Notes) {
        for part in structure::parts(raw, header, depth, notes) {
            let body = raw.get(part.body.clone()).unwrap_or_default();
            let kinds = text_kinds(&part.header);
            let is_file = part.header.disposition.as_deref() == Some("attachment");
            if part.header.media_type().is_some_and(|kind| matches!(kind, "message/rfc822" | "message/global")) {
                self.message(&part, body, notes);
            } else if part.depth == 0 && !is_file && !kinds.is_empty() {
                note_unread_encoding(&part.header, body, notes);
                self.texts(&part.header, body, &kinds, notes);
            } else if part.depth == 0 || is_file || kinds.is_empty() {
                self.file(&part, body, notes);
            }
        }
    }

    /// An attached message: itself, and what is inside where that is encoded.
    fn message(&mut self, part: &Part, body: &[u8], notes: &mut Notes) {
        self.attachments.push(attachment(part, body.len(), None, None));
        let encoding = part.header.encodings.first().copied().unwrap_or_default();
        if encoding != Encoding::Identity && part.depth < DEEPEST_MESSAGE && body.len() <= LARGEST_MESSAGE {
            let inner = transfer::decode(body, encoding, notes).into_owned();
            self.read(&inner, &header::read(&inner), part.depth + 1, notes);
        }
    }

    /// A text, once by every way in which it can be read. What decodes nothing stands where it is not the one shown: of
    /// HTML the last is, of plain text the first.
    fn texts(&mut self, header: &PartHeader, body: &[u8], kinds: &[bool], notes: &mut Notes) {
        let mut encodings = header.encodings.clone();
        if encodings.is_empty() {
            encodings.push(Encoding::Identity);
        }
        for is_html in kinds {
            encodings.sort_by_key(|encoding| (*encoding != Encoding::Identity) == *is_html);
            for encoding in &encodings {
                let room = LONGEST_TEXT.min(MOST_TEXT.saturating_sub(self.text_size));
                if body.len() > room {
                    notes.unread.add(UnreadKind::Text, "", body.len() - room, true);
                }
                let body = body.get(..body.len().min(room)).unwrap_or_default();
                self.text_size += body.len();
                let charset = header.charset.clone();
                let (text, how) = charset::decode(charset.as_deref(), &transfer::decode(body, *encoding, notes));
                let label = charset.as_deref().unwrap_or_default();
                match how {
                    Decoding::Unknown => notes.add(AnomalyKind::UnknownCharset, label),
                    Decoding::Refused => notes.add(AnomalyKind::RefusedCharset, label),
                    Decoding::Declared | Decoding::Guessed => {}
                }
                if text.trim_start().starts_with("-----BEGIN PGP MESSAGE-----") {
                    notes.unread.add(UnreadKind::Encrypted, "OpenPGP", body.len(), true);
                }
                self.texts.push(TextPart { is_html: *is_html, charset, text });
            }
        }
    }

    /// A file.
    fn file(&mut self, part: &Part, body: &[u8], notes: &mut Notes) {
        if is_enveloped(&part.header) && part.depth == 0 {
            notes.unread.add(UnreadKind::Encrypted, part.header.media_type().unwrap_or_default(), body.len(), true);
        }
        let encoding = part.header.encodings.first().copied().unwrap_or_default();
        let is_whole = body.len() <= LARGEST_HASH && self.hashed_size + body.len() <= MOST_HASHED;
        if is_whole {
            self.hashed_size += body.len();
            let content = transfer::decode(body, encoding, notes);
            let hash = hexadecimal(&Sha256::digest(&content));
            self.attachments.push(attachment(part, body.len(), actual_type(&content), Some(hash)));
        } else {
            // What is cut off may look broken without being so: nothing of it is noted.
            let start = body.get(..body.len().min(LONGEST_START)).unwrap_or_default();
            let start = transfer::decode(start, encoding, &mut Notes::default());
            self.attachments.push(attachment(part, body.len(), actual_type(&start), None));
        }
    }
}

/// Encodings that mail clients undo and that are not read here.
const UNREAD_ENCODINGS: &[&str] = &["x-yencode"];

/// Notes an encoding that is not read. Of one that nobody knows, a mail client shows what stands there, as is read.
fn note_unread_encoding(header: &PartHeader, body: &[u8], notes: &mut Notes) {
    if let Some(encoding) = &header.unread_encoding {
        let is_undone = UNREAD_ENCODINGS.contains(&encoding.as_str());
        notes.unread.add(UnreadKind::Encoding, encoding, if is_undone { body.len() } else { 0 }, is_undone);
    }
}

/// Whether a part is an S/MIME message that is encrypted: neither signed, nor compressed, nor certificates only.
fn is_enveloped(header: &PartHeader) -> bool {
    let is_smime = matches!(header.media_type(), Some("application/pkcs7-mime" | "application/x-pkcs7-mime"));
    is_smime && header.smime_type.as_deref().is_none_or(|kind| kind.ends_with("enveloped-data"))
}

/// The ways in which clients show a part as text: as HTML (`true`), as plain text (`false`), or neither. What declares
/// no type is plain text (RFC 2045 §5.2), and so is a multipart without parts.
fn text_kinds(header: &PartHeader) -> Vec<bool> {
    if header.types.is_empty() {
        return vec![false];
    }
    let mut kinds: Vec<bool> = header
        .types
        .iter()
        .filter_map(|kind| match kind.as_str() {
            "text/html" => Some(true),
            "text/plain" | "text/enriched" | "text/richtext" | "text" | "" => Some(false),
            kind if kind.starts_with("multipart/") || !kind.contains('/') => Some(false),
            _ => None,
        })
        .collect();
    kinds.dedup();
    kinds
}

fn attachment(
    part: &Part,
    encoded_size: usize,
    actual_type: Option<&'static str>,
    sha256: Option<String>,
) -> Attachment {
    let header = &part.header;
    Attachment {
        other_name: header.name.clone().filter(|name| header.filename.as_ref().is_some_and(|other| other != name)),
        name: header.filename.clone().or_else(|| header.name.clone()),
        declared_type: header.media_type().unwrap_or("application/octet-stream").to_owned(),
        actual_type,
        encoded_size,
        depth: part.depth,
        is_inline: header.has_content_id || header.disposition.as_deref() == Some("inline"),
        sha256,
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
