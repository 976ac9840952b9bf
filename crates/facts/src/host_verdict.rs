//! What hosts on the way already decided about the message.

use crate::header::{RawHeader, text};
use mekiki_knowledge::{
    hosts::{self, Verdict},
    vocabulary::SPAM_TAG,
};
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

/// Reads the verdicts of a header. `subject` is the one a client shows.
pub(crate) fn read(header: &RawHeader, subject: &str) -> Vec<HostVerdict> {
    let mut verdicts: Vec<HostVerdict> = header
        .fields
        .iter()
        .filter_map(|field| {
            let value = text(&field.value);
            let (kind, score) = hosts::verdict(&field.name.to_ascii_lowercase(), &value)?;
            let value = value.chars().take(120).collect();
            Some(HostVerdict { field: field.name.clone(), kind: kind.into(), score, value })
        })
        .collect();
    if let Some(tag) = subject_tag(subject) {
        verdicts.push(HostVerdict {
            field: "Subject".to_owned(),
            kind: VerdictKind::Spam,
            score: None,
            value: tag.to_owned(),
        });
    }
    verdicts
}

impl From<Verdict> for VerdictKind {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Spam => Self::Spam,
            Verdict::Phish => Self::Phish,
            Verdict::Bulk => Self::Bulk,
            Verdict::Clean => Self::Clean,
        }
    }
}

/// A tag that a host put before the subject.
fn subject_tag(subject: &str) -> Option<&str> {
    SPAM_TAG.iter().find_map(|tag| {
        let start = subject.get(..tag.len())?;
        (start.to_lowercase() == **tag).then_some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_read_field_by_field() {
        let header =
            crate::header::read(b"X-Spam-Status: Yes, score=9.1\r\nX-Other: spam\r\nX-VR-SPAMSTATE: OK\r\n\r\n");
        let found: Vec<_> = read(&header, "[SPAM] Win")
            .into_iter()
            .map(|verdict| (verdict.field, verdict.kind, verdict.score))
            .collect();
        assert_eq!(
            found,
            [
                ("X-Spam-Status".to_owned(), VerdictKind::Spam, Some(9.1)),
                ("X-VR-SPAMSTATE".to_owned(), VerdictKind::Clean, None),
                ("Subject".to_owned(), VerdictKind::Spam, None),
            ]
        );
    }

    #[test]
    fn tags_count_at_the_beginning_of_the_subject() {
        assert_eq!(subject_tag("[SPAM] Win"), Some("[SPAM]"));
        assert_eq!(subject_tag("【迷惑メール】当選"), Some("【迷惑メール】"));
        assert_eq!(subject_tag("Our new [spam] filter"), None);
    }
}
