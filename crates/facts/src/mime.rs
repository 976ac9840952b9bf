//! The parts of a message: which text is shown, what is attached. Each part is decoded as far as a sign needs it and
//! no further, so that a message costs about as much as its text, whatever is attached to it.

mod field;
mod invitation;
mod signed;
mod structure;
mod transfer;

use crate::{
    AnomalyKind, Attachment, File, FileKind, UnreadKind,
    anomaly::Notes,
    charset::{self, Decoding},
    encoded_word::decode,
    header::{self, LONGEST_LINE, RawHeader},
};
use field::Encoding;
use memchr::{memchr, memmem, memrchr};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use structure::{DEEPEST_MESSAGE, Part};

/// Most text of all parts together that is read, in bytes as encoded.
const MOST_TEXT: usize = 8 * 1024 * 1024;
/// Of a text that is too long, as much of its end is read.
const LONGEST_END: usize = 1024 * 1024;
/// Most files in uuencode within a text that are read.
const MOST_INLINE_FILES: usize = 20;
/// Content up to this size as encoded is hashed.
const LARGEST_HASH: usize = 350 * 1024;
/// Of larger content, as much is decoded as its first bytes take to tell what it is.
const LONGEST_START: usize = 48 * 1024;
/// Most content of all attachments together that is decoded whole.
const MOST_HASHED: usize = 8 * 1024 * 1024;
/// Most files of a message that are looked into, the largest of them as encoded, and most bytes of all.
const MOST_FILES: usize = 100;
const LARGEST_FILE: usize = 12 * 1024 * 1024;
const MOST_KEPT: usize = 24 * 1024 * 1024;
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
    /// Attached web pages, each with its place among the attachments.
    pub pages: Vec<(usize, Vec<u8>)>,
    /// Files with their content, where they are asked for.
    pub files: Option<Files>,
    /// Signatures around what is being read.
    signatures: usize,
}

/// One text part, decoded.
pub(crate) struct TextPart {
    /// Whether it is HTML.
    pub is_html: bool,
    /// Whether a mail client shows it.
    pub is_shown: bool,
    /// Charset as declared, lower-case.
    pub charset: Option<String>,
    /// The text.
    pub text: String,
}

/// Files that are kept, and how many bytes of them there are so far.
#[derive(Default)]
pub(crate) struct Files {
    pub kept: Vec<File>,
    size: usize,
}

/// Reads the parts of a message.
pub(crate) fn read(raw: &[u8], header: &RawHeader, notes: &mut Notes) -> Parts {
    let mut parts = Parts::default();
    parts.read(raw, header, 0, true, notes);
    parts
}

/// Reads the parts of a message, and keeps the content of those that may be looked into.
pub(crate) fn read_with_files(raw: &[u8], header: &RawHeader) -> Parts {
    let mut parts = Parts { files: Some(Files::default()), ..Parts::default() };
    parts.read(raw, header, 0, true, &mut Notes::default());
    parts
}

impl Parts {
    /// Reads a message; whether a mail client shows it stands in `is_shown`.
    fn read(&mut self, raw: &[u8], header: &RawHeader, depth: usize, is_shown: bool, notes: &mut Notes) {
        for mut part in structure::parts(raw, header, depth, notes) {
            part.is_shown &= is_shown;
            part.may_be_shown &= is_shown;
            let body = raw.get(part.body.clone()).unwrap_or_default();
            let kinds = text_kinds(&part);
            let is_file = part.header.disposition.as_deref() == Some("attachment");
            if part.header.media_type().is_some_and(|kind| matches!(kind, "message/rfc822" | "message/global")) {
                self.message(&part, body, notes);
            } else if part.header.is_smime() {
                self.signed(&part, body, notes);
                self.file(&part, body, notes);
            } else if (part.depth == 0 || part.may_be_shown) && !is_file && !kinds.is_empty() {
                note_unread_encoding(&part, body, notes);
                self.texts(&part, body, &kinds, notes);
            } else if part.depth == 0 || is_file || kinds.is_empty() {
                self.file(&part, body, notes);
            }
        }
    }

    /// An attached message: itself, the head that a mail client puts above it where it shows it, and what is inside where
    /// that is encoded.
    fn message(&mut self, part: &Part, body: &[u8], notes: &mut Notes) {
        self.attachments.push(attachment(part, body.len(), None, None));
        let encoding = part.header.encodings.first().copied().unwrap_or_default();
        let is_encoded = encoding != Encoding::Identity;
        if !is_encoded {
            if part.is_shown {
                self.head(&header::read(body));
            }
        } else if part.depth < DEEPEST_MESSAGE && body.len() <= LARGEST_MESSAGE {
            let inner = transfer::decode(body, encoding, notes).into_owned();
            let header = header::read(&inner);
            if part.is_shown {
                self.head(&header);
            }
            self.read(&inner, &header, part.depth + 1, part.is_shown, notes);
        } else if part.is_shown {
            notes.unread.add(UnreadKind::Depth, "message/rfc822", body.len(), true);
        }
    }

    /// What stands above a message that is shown inside another.
    fn head(&mut self, header: &RawHeader) {
        let lines = ["Subject", "From"].iter().filter_map(|name| {
            let value = decode(&header.all(name).next()?.value).full;
            Some(format!("{name}: {value}\n"))
        });
        let text: String = lines.collect();
        if !text.is_empty() {
            self.texts.push(TextPart { is_html: false, is_shown: true, charset: None, text });
        }
    }

    /// An S/MIME message: what is inside its own signature is shown (RFC 8551 §3.5.2), whatever it says it is; what is
    /// encrypted cannot be read.
    fn signed(&mut self, part: &Part, body: &[u8], notes: &mut Notes) {
        let encoding = part.header.encodings.first().copied().unwrap_or_default();
        let kind = part.header.media_type().unwrap_or_default();
        let has_room = self.text_size + body.len() <= MOST_TEXT && self.signatures < DEEPEST_MESSAGE;
        let der = has_room.then(|| transfer::decode(body, encoding, &mut Notes::default()));
        if let Some(inner) = der.and_then(|der| signed::content(&der)) {
            self.text_size += body.len();
            self.signatures += 1;
            self.read(&inner, &header::read(&inner), part.depth, part.is_shown, notes);
            self.signatures -= 1;
        } else if part.header.smime_type.as_deref() == Some("signed-data") {
            notes.unread.add(UnreadKind::MediaType, kind, body.len(), part.is_shown);
        } else if part.is_shown {
            notes.unread.add(UnreadKind::Encrypted, kind, body.len(), true);
        }
    }

    /// A text, once by every way in which it can be read. Of several the one is shown that a strict reader comes to.
    fn texts(&mut self, part: &Part, body: &[u8], kinds: &[bool], notes: &mut Notes) {
        let header = &part.header;
        let mut encodings = header.encodings.clone();
        if encodings.is_empty() {
            encodings.push(Encoding::Identity);
        }
        let mut is_shown = part.is_shown;
        let is_any_html = kinds.contains(&true);
        for is_html in kinds {
            // What undoes an encoding before what undoes none.
            encodings.sort_by_key(|encoding| *encoding == Encoding::Identity);
            for encoding in &encodings {
                let body = self.within_bounds(body, part.is_shown, notes);
                let charset = header.charset.clone();
                let content = transfer::decode(&body, *encoding, notes);
                let (text, how) = charset::decode(charset.as_deref(), &content);
                note_charset(charset.as_deref().unwrap_or_default(), &content, how, notes);
                if text.trim_start().starts_with("-----BEGIN PGP MESSAGE-----") {
                    notes.unread.add(UnreadKind::Encrypted, "OpenPGP", body.len(), true);
                }
                let (files, text) = if header.types.is_empty() && memmem::find(&content, b"begin ").is_some() {
                    let (files, rest) = inline_files(&content, part.is_shown);
                    (files, charset::decode(charset.as_deref(), &rest).0)
                } else {
                    (Vec::new(), text)
                };
                // What is inside another message tells nothing of the program that wrote this one.
                let charset = charset.filter(|_| part.depth == 0);
                let is_this_shown = is_shown && *is_html == is_any_html;
                is_shown &= !is_this_shown;
                if header.media_type() == Some("text/calendar") {
                    let invitation = invitation::read(&text);
                    self.texts.push(TextPart {
                        is_html: false,
                        is_shown: is_this_shown,
                        charset,
                        text: invitation.text,
                    });
                    let pages = invitation.pages.into_iter();
                    self.texts.extend(pages.map(|text| TextPart {
                        is_html: true,
                        is_shown: is_this_shown,
                        charset: None,
                        text,
                    }));
                } else {
                    self.texts.push(TextPart { is_html: *is_html, is_shown: is_this_shown, charset, text });
                }
                self.texts.extend(files);
            }
        }
    }

    /// As much of a text as there is room for: its beginning, and its end.
    fn within_bounds<'a>(&mut self, body: &'a [u8], is_shown: bool, notes: &mut Notes) -> Cow<'a, [u8]> {
        let room = MOST_TEXT.saturating_sub(self.text_size);
        self.text_size += body.len().min(room);
        if body.len() <= room {
            return Cow::Borrowed(body);
        }
        notes.unread.add(UnreadKind::Text, "", body.len() - room, is_shown);
        let end = LONGEST_END.min(room / 4);
        let start = body.get(..room - end).unwrap_or_default();
        let end = body.get(body.len() - end..).unwrap_or_default();
        // Whole lines, as far as there are lines: what is encoded stays so.
        let start = start.get(..memrchr(b'\n', start).map_or(start.len(), |at| at + 1)).unwrap_or_default();
        let end = end.get(memchr(b'\n', end).map_or(0, |at| at + 1)..).unwrap_or_default();
        Cow::Owned([start, end].concat())
    }

    /// A file.
    fn file(&mut self, part: &Part, body: &[u8], notes: &mut Notes) {
        let encoding = part.header.encodings.first().copied().unwrap_or_default();
        let is_whole = body.len() <= LARGEST_HASH && self.hashed_size + body.len() <= MOST_HASHED;
        let place = self.attachments.len();
        if is_whole {
            self.hashed_size += body.len();
            let content = transfer::decode(body, encoding, notes);
            let hash = || Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
            // Whoever wants the content has no use for its hash.
            let hash = self.files.is_none().then(hash);
            self.attachments.push(attachment(part, body.len(), actual_type(&content), hash));
            if self.attachments.last().is_some_and(|file| file.kind == Some(FileKind::Page)) {
                self.pages.push((place, content.into_owned()));
            } else {
                self.keep(place, body.len(), || content);
            }
        } else {
            // What is cut off may look broken without being so: nothing of it is noted.
            let start = body.get(..body.len().min(LONGEST_START)).unwrap_or_default();
            let start = transfer::decode(start, encoding, &mut Notes::default());
            self.attachments.push(attachment(part, body.len(), actual_type(&start), None));
            self.keep(place, body.len(), || transfer::decode(body, encoding, &mut Notes::default()));
        }
    }

    /// Keeps the content of a file of so many bytes as encoded, where it is asked for and there is room.
    fn keep<'b>(&mut self, place: usize, encoded: usize, content: impl FnOnce() -> Cow<'b, [u8]>) {
        let kind = self.attachments.get(place).and_then(|file| file.kind).filter(|kind| kind.holds_more());
        let (Some(files), Some(kind)) = (&mut self.files, kind) else { return };
        let has_room = files.kept.len() < MOST_FILES && encoded <= LARGEST_FILE && files.size + encoded <= MOST_KEPT;
        let content = has_room.then(|| content().into_owned());
        files.size += content.as_ref().map_or(0, Vec::len);
        files.kept.push(File { attachment: Some(place), kind, content });
    }
}

/// How the names of files end that are shown as pages, and as text.
const PAGES: [&str; 2] = ["html", "htm"];
const TEXT: &str = "txt";

/// Encodings that mail clients undo and that are not read here.
const UNREAD_ENCODINGS: &[&str] = &["x-yencode"];

/// Files in uuencode within the text of a message that declares no type, and the text without them: Thunderbird shows
/// those that are text in their place.
fn inline_files(content: &[u8], is_shown: bool) -> (Vec<TextPart>, Vec<u8>) {
    let mut files = Vec::new();
    let mut text = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = memmem::find(rest, b"begin ").filter(|_| files.len() < MOST_INLINE_FILES) {
        let (before, found) = rest.split_at(at);
        let begins_line = before.last().or(text.last()).is_none_or(|byte| *byte == b'\n');
        text.extend_from_slice(before);
        let (line, behind) = found.split_at(header::line_length(found));
        if let Some(is_html) = shown_file(line).filter(|_| begins_line) {
            let end = memmem::find(behind, b"\nend").unwrap_or(behind.len());
            let (page, _) = charset::decode(None, &transfer::uuencode(behind.get(..end).unwrap_or_default()));
            files.push(TextPart { is_html, is_shown, charset: None, text: page });
            rest = behind.get(end..).map(|end| end.strip_prefix(b"\nend").unwrap_or(end)).unwrap_or_default();
        } else {
            let (word, behind) = found.split_at("begin ".len());
            text.extend_from_slice(word);
            rest = behind;
        }
    }
    text.extend_from_slice(rest);
    (files, text)
}

/// Whether the first line of a file in uuencode names one that is shown, and whether that is a page.
fn shown_file(line: &[u8]) -> Option<bool> {
    let line = line.get(..line.len().min(LONGEST_LINE)).filter(|cut| cut.len() == line.len())?;
    let line = String::from_utf8_lossy(line).trim_end().to_ascii_lowercase();
    let mode = line.split(' ').nth(1)?;
    let (_, ending) = line.rsplit_once('.')?;
    let is_html = PAGES.contains(&ending);
    let is_mode = mode.len() >= 3 && mode.bytes().all(|byte| byte.is_ascii_digit());
    (is_mode && (is_html || ending == TEXT)).then_some(is_html)
}

/// Notes an encoding that is not read. Of one that nobody knows, a mail client shows what stands there, as is read.
fn note_unread_encoding(part: &Part, body: &[u8], notes: &mut Notes) {
    if let Some(encoding) = &part.header.unread_encoding {
        let is_undone = UNREAD_ENCODINGS.contains(&encoding.as_str());
        let bytes = if is_undone { body.len() } else { 0 };
        notes.unread.add(UnreadKind::Encoding, encoding, bytes, is_undone && part.is_shown);
    }
}

/// Notes a charset in which the text could not be read.
fn note_charset(label: &str, content: &[u8], how: Decoding, notes: &mut Notes) {
    match how {
        Decoding::Unknown => {
            notes.add(AnomalyKind::UnknownCharset, label);
            let senseless = charset::senseless(content);
            if senseless > 0 {
                notes.unread.add(UnreadKind::Charset, label, senseless, false);
            }
        }
        // Thunderbird shows nothing of it.
        Decoding::Refused => {
            notes.add(AnomalyKind::RefusedCharset, label);
            notes.unread.add(UnreadKind::Charset, label, 0, false);
        }
        Decoding::Declared | Decoding::Guessed => {}
    }
}

/// The ways in which clients show a part as text: as HTML (`true`), as plain text (`false`), or neither. What declares
/// no type is plain text (RFC 2045 §5.2), and so are a multipart without parts and, to Thunderbird, text and messages of
/// kinds it does not know (`mimei.cpp` of its libmime); where they are not shown, they are files. A file without a kind
/// is what its name says.
fn text_kinds(part: &Part) -> Vec<bool> {
    let header = &part.header;
    if header.types.is_empty() {
        return vec![false];
    }
    let name = header.filename.as_ref().or(header.name.as_ref()).map(|name| name.to_ascii_lowercase());
    let ending = name.as_deref().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    let mut kinds: Vec<bool> = header
        .types
        .iter()
        .filter_map(|kind| match kind.as_str() {
            "text/html" => Some(true),
            "text/plain" | "text/enriched" | "text/richtext" | "text" | "" => Some(false),
            "application/octet-stream" if PAGES.contains(&ending) => part.is_shown.then_some(true),
            "application/octet-stream" if ending == TEXT => part.is_shown.then_some(false),
            "text/rtf" | "message/external-body" | "message/partial" => None,
            // Pages for other programs, and what stands beside a text.
            "text/x-amp-html" | "text/watch-html" | "text/css" | "text/vcard" | "text/x-vcard" => {
                part.is_shown.then_some(false)
            }
            kind if kind.starts_with("text/") => (part.is_shown || part.is_alternative()).then_some(false),
            kind if kind.starts_with("message/") => part.is_shown.then_some(false),
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
    let name = header.filename.clone().or_else(|| header.name.clone());
    let declared_type = header.media_type().unwrap_or("application/octet-stream").to_owned();
    let (kind, pretends) = FileKind::of(name.as_deref(), &declared_type, actual_type);
    Attachment {
        other_name: header.name.clone().filter(|name| header.filename.as_ref().is_some_and(|other| other != name)),
        name,
        declared_type,
        actual_type,
        kind,
        pretends,
        encoded_size,
        depth: part.depth,
        is_inline: header.has_content_id || header.disposition.as_deref() == Some("inline"),
        sha256,
        page: None,
        inside: None,
    }
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
        (b"vhdxfile", "application/x-virtual-disk"),
        (b"conectix", "application/x-virtual-disk"),
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
