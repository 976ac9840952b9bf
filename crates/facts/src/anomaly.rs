//! What makes two parsers read two messages.

use crate::unread::Unreads;
use serde::Serialize;

/// Most anomalies of one kind that are kept, so that a flood of one does not wash away the others.
const MOST: usize = 20;
/// Most values of one anomaly that are kept, and the longest of them in characters.
const MOST_VALUES: usize = 8;
const LONGEST: usize = 100;

/// One anomaly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Anomaly {
    /// What.
    pub kind: AnomalyKind,
    /// Field name, parameter or place, cut to 100 characters.
    pub detail: String,
    /// What was seen there: the values that stand against each other in the order of the message, each once, or the one
    /// that is odd; at most 8, cut to 100 characters. Several values are several readings; where a field or a parameter
    /// is repeated without a difference there is one.
    pub values: Vec<String>,
    /// How often.
    pub count: usize,
}

/// Kinds of anomalies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnomalyKind {
    /// A field that may stand once stands several times (RFC 5322 §3.6).
    DuplicateField,
    /// White space before the colon of a field name.
    SpaceBeforeColon,
    /// A field name folded over two lines.
    FoldedName,
    /// A field name with bytes that no field name may have.
    BadFieldName,
    /// The header begins with white space.
    LeadingSpace,
    /// A header line without a colon.
    LineWithoutColon,
    /// A carriage return without line feed, which some readers take for the end of a line. In the header the value is
    /// what stands behind it.
    BareCr,
    /// Line feeds with and without carriage return in one message; the values count them.
    MixedLineEnds,
    /// NUL bytes.
    Nul,
    /// Bytes beyond ASCII in the header.
    Raw8Bit,
    /// A line longer than 998 bytes (RFC 5322 §2.1.1).
    OverlongLine,
    /// No blank line between header and body.
    MissingBlankLine,
    /// A parameter (boundary, charset, name, filename) given twice with two values, plain or by RFC 2231.
    ConflictingParameter,
    /// A parameter that a strict and a simple reader read differently: comments, escapes, quotes that do not close, NUL.
    AmbiguousParameter,
    /// A boundary that is `missing`, `empty`, `unused`, `unclosed`, or stands in a part that is no multipart (`no
    /// multipart`).
    BrokenBoundary,
    /// A nested multipart uses the boundary of the one around it.
    ReusedBoundary,
    /// An encoded word in a structured field (Content-Type, Content-Transfer-Encoding, boundary): as written, and
    /// decoded.
    EncodedParameter,
    /// An unknown or malformed Content-Transfer-Encoding, or one that a multipart may not have.
    BadTransferEncoding,
    /// base64 with bytes that do not belong (`characters`), `data after padding`, or a `truncated` end.
    BadBase64,
    /// quoted-printable with `=` that escapes nothing.
    BadQuotedPrintable,
    /// An unknown charset.
    UnknownCharset,
    /// Text in a charset that is refused (UTF-7).
    RefusedCharset,
    /// MIME-looking parts outside the multipart structure: `preamble`, `epilogue`.
    HiddenPart,
}

/// Anomalies, counted, and what was not read.
#[derive(Default)]
pub(crate) struct Notes {
    /// So far.
    pub anomalies: Vec<Anomaly>,
    /// What was not read.
    pub unread: Unreads,
}

impl Notes {
    /// Notes one without values, or counts it where it was noted before.
    pub fn add(&mut self, kind: AnomalyKind, detail: &str) {
        self.add_values(kind, detail, &[]);
    }

    /// Notes one with what was seen, or counts it where the very same was noted before.
    pub fn add_values(&mut self, kind: AnomalyKind, detail: &str, values: &[&str]) {
        self.add_times(kind, detail, values, 1);
    }

    /// Notes what was seen so many times at once.
    pub fn add_times(&mut self, kind: AnomalyKind, detail: &str, values: &[&str], count: usize) {
        let detail = cut(detail);
        let mut kept: Vec<String> = Vec::new();
        for value in values.iter().map(|value| cut(value.trim())) {
            if kept.len() < MOST_VALUES && !kept.contains(&value) {
                kept.push(value);
            }
        }
        let has_room = self.anomalies.iter().filter(|anomaly| anomaly.kind == kind).count() < MOST;
        let known = self
            .anomalies
            .iter_mut()
            .find(|anomaly| anomaly.kind == kind && anomaly.detail == detail && anomaly.values == kept);
        match known {
            Some(anomaly) => anomaly.count += count,
            None if has_room => self.anomalies.push(Anomaly { kind, detail, values: kept, count }),
            None => {}
        }
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_counted_and_different_values_stand_apart() {
        let mut notes = Notes::default();
        for values in [&["a", "b"][..], &["a", "b"], &["c", "c"]] {
            notes.add_values(AnomalyKind::DuplicateField, "Subject", values);
        }
        let seen: Vec<_> = notes.anomalies.iter().map(|one| (one.values.join(","), one.count)).collect();
        assert_eq!(seen, [("a,b".to_owned(), 2), ("c".to_owned(), 1)]);
    }

    #[test]
    fn there_is_an_end_to_them() {
        let mut notes = Notes::default();
        for number in 0..100_000 {
            notes.add(AnomalyKind::LineWithoutColon, &number.to_string());
        }
        notes.add(AnomalyKind::Nul, "");
        assert_eq!(notes.anomalies.len(), MOST + 1);
    }
}
