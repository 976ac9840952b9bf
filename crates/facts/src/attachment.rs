//! Attached files and messages, without decoding what nobody needs.

use crate::FileKind;
use serde::Serialize;

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
}
