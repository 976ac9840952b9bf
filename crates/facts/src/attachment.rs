//! Attached files and messages: what each says it is, what it is, and what was found inside.

pub(crate) mod page;

use crate::{
    FileKind, LinkSource,
    text::{Budget, Reference},
};
use mail_parser::decoders::base64::base64_decode;
pub use page::AttachedPage;
use serde::{Deserialize, Serialize};

/// Most pictures in a text that are looked at, and the longest of them, in bytes as encoded.
const MOST_PICTURES: usize = 50;
const LONGEST_PICTURE: usize = 4 * 1024 * 1024;

/// One attachment or inline file.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// The name a client shows, decoded (RFC 2231 before RFC 2047 encoded words).
    pub name: Option<String>,
    /// A second name where Content-Disposition and Content-Type disagree.
    pub other_name: Option<String>,
    /// Declared media type, lower-case: `type/subtype`.
    pub declared_type: String,
    /// Media type told by its first bytes, where known.
    pub actual_type: Option<&'static str>,
    /// What it is, as far as bytes, name or type tell.
    pub kind: Option<FileKind>,
    /// What it makes believe to be: set where it is a program or a page, and name or type say something tamer.
    pub pretends: Option<FileKind>,
    /// Size in bytes as encoded in the message.
    pub encoded_size: usize,
    /// Depth of nesting: 0 for a part of the message itself, 1 inside an attached message, …
    pub depth: usize,
    /// Whether it is shown inline (referred to by the HTML).
    pub is_inline: bool,
    /// SHA-256 of the decoded content, hexadecimal; absent for content too large to hash cheaply.
    pub sha256: Option<String>,
    /// What it does, of a web page.
    pub page: Option<AttachedPage>,
    /// What is inside, of a file that was looked into.
    pub inside: Option<Inside>,
}

impl Attachment {
    /// What to call it: its name, or its type where it has none.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.declared_type)
    }
}

/// What is inside a file. Looking is the work of `mekiki-inside`, which hands it in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Inside {
    /// Addresses that its links lead to, as written.
    pub links: Vec<String>,
    /// What the QR codes in it say.
    pub codes: Vec<String>,
    /// Names of the files that are packed in it.
    pub names: Vec<String>,
    /// Whether programs run in it: macros, scripts, a template that is fetched from elsewhere.
    pub has_macros: bool,
    /// Whether a password stands before its content.
    pub is_locked: bool,
    /// Whether it could not be looked into, or not completely: it is broken, or larger than is read.
    pub is_unread: bool,
}

/// What was found in one of the files of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Looked {
    /// The place among the message's attachments, from 0 on; nothing for what is drawn in the text itself.
    pub attachment: Option<usize>,
    /// What was found.
    pub inside: Inside,
}

/// A file of a message with its content.
#[derive(Debug, Clone)]
pub struct File {
    /// The place among the message's attachments, from 0 on; nothing for a picture that stands in the text itself.
    pub attachment: Option<usize>,
    /// What it is.
    pub kind: FileKind,
    /// Its content, decoded; nothing where it is larger than is looked into.
    pub content: Option<Vec<u8>>,
}

/// Reads what is inside the attached files, as far as it is known, and gives the places that it leads to.
pub(crate) fn read(attachments: &mut [Attachment], pages: Vec<(usize, Vec<u8>)>, looked: &[Looked]) -> Vec<Reference> {
    let mut references = Vec::new();
    let mut budget = Budget::default();
    for (place, content) in pages {
        let page::Read { page, references: found } = page::read(&content, &mut budget);
        let leads = |one: &Reference| one.source.is_clickable() || one.source == LinkSource::Refresh;
        references.extend(found.into_iter().filter(leads).map(|one| Reference { source: LinkSource::File, ..one }));
        if let Some(attachment) = attachments.get_mut(place) {
            attachment.page = Some(page);
        }
    }
    for Looked { attachment, inside } in looked {
        references.extend(inside.links.iter().map(|target| reference(LinkSource::File, target)));
        references
            .extend(inside.codes.iter().filter_map(|code| Some(reference(LinkSource::QrCode, address_of(code)?))));
        if let Some(attachment) = attachment.and_then(|place| attachments.get_mut(place)) {
            attachment.inside = Some(inside.clone());
        }
    }
    references
}

fn reference(source: LinkSource, target: &str) -> Reference {
    let (target, label) = (target.to_owned(), String::new());
    Reference { source, target, label, is_picture: source == LinkSource::QrCode, is_visible: true, is_repeated: false }
}

/// The address that a QR code leads to: telephones open those of the web, in capitals as well; other codes are cards,
/// networks, payments, plain text.
fn address_of(code: &str) -> Option<&str> {
    let code = code.trim();
    let scheme = code.split_once(':')?.0.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel" | "sms" | "smsto").then_some(code)
}

/// Pictures that stand in a page itself (`data:` URLs, RFC 2397), in base64.
pub(crate) fn pictures(text: &str) -> Vec<File> {
    const START: &str = "data:image/";
    let found = text.match_indices(START).take(MOST_PICTURES).filter_map(|(at, _)| {
        let rest = text.get(at + START.len()..)?;
        let (head, data) = rest.split_once(',').filter(|(head, _)| head.len() <= 100)?;
        let is_base64 = head.to_ascii_lowercase().ends_with(";base64");
        let end = data.find(['"', '\'', ')', '>']).unwrap_or(data.len());
        let data = data.get(..end).filter(|data| is_base64 && data.len() <= LONGEST_PICTURE)?;
        let dense: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        Some(File { attachment: None, kind: FileKind::Picture, content: base64_decode(&dense) })
    });
    found.collect()
}
