//! What hosts on the way already decided about the message.

use serde::Serialize;

/// One verdict of one host.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HostVerdict {
    /// Name of the field it stands in, or `Subject` for a tag there.
    pub field: String,
    /// The verdict.
    pub kind: VerdictKind,
    /// The score, where the field gives one.
    pub score: Option<f64>,
    /// The telling part of the value as written.
    pub value: String,
}

/// What the host says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictKind {
    /// Spam.
    Spam,
    /// Phishing or spoofing, by name.
    Phish,
    /// Bulk mail.
    Bulk,
    /// Looked at, and not spam.
    Clean,
}
