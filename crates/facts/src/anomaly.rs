//! What makes two parsers read two messages.

use serde::Serialize;

/// One anomaly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Anomaly {
    /// What.
    pub kind: AnomalyKind,
    /// Field name, parameter or place, cut to 100 characters.
    pub detail: String,
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
    /// A carriage return without line feed.
    BareCr,
    /// Line feeds with and without carriage return in one message.
    MixedLineEnds,
    /// NUL bytes.
    Nul,
    /// Bytes beyond ASCII in the header.
    Raw8Bit,
    /// A line longer than 998 bytes (RFC 5322 §2.1.1).
    OverlongLine,
    /// No blank line between header and body.
    MissingBlankLine,
    /// A parameter (boundary, charset, name) given twice with two values.
    ConflictingParameter,
    /// A boundary that is missing, empty, unused or never closed.
    BrokenBoundary,
    /// A nested multipart uses the boundary of the one around it.
    ReusedBoundary,
    /// An encoded word in a structured field (Content-Type, Content-Transfer-Encoding, boundary).
    EncodedParameter,
    /// An unknown or malformed Content-Transfer-Encoding.
    BadTransferEncoding,
    /// base64 with bytes that do not belong, data after padding, or a truncated end.
    BadBase64,
    /// quoted-printable with `=` that escapes nothing.
    BadQuotedPrintable,
    /// An unknown charset.
    UnknownCharset,
    /// Text in a charset that is refused (UTF-7).
    RefusedCharset,
    /// MIME-looking parts outside the multipart structure (preamble, epilogue).
    HiddenPart,
    /// More nesting than anybody needs; deeper parts were not read.
    TooDeep,
    /// More parts than anybody needs; further parts were not read.
    TooManyParts,
    /// Text longer than what is read; the rest was not looked at.
    TextCut,
    /// More links than what is read; the rest was not looked at.
    LinksCut,
    /// The header is larger than what is read.
    HeaderCut,
}
