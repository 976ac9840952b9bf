use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};
use mekiki_facts::{Anomaly, AnomalyKind};

declare_sign! {
    /// The message is built so that two programs read two messages.
    ///
    /// # What it looks for
    ///
    /// A field that may stand once (RFC 5322 §3.6, RFC 2045 §3) and stands twice with two values; a field name with a
    /// space before its colon, folded over two lines, or behind a lone carriage return; two boundaries or charsets for
    /// one part, and a boundary used twice or written as an encoded word.
    ///
    /// # Why it matters
    ///
    /// A filter reads the one message and the mail program shows the other. That is what such a form is for.
    ///
    /// # When it is wrong
    ///
    /// Old and home-made programs; gateways that write a field again without taking out the first, and archives that
    /// lost the blank line below the header. Fields that nobody reads are let pass, and From, which has a sign of its
    /// own; so are parts outside the structure, which bounces and broken replies have.
    id: "mime.ambiguous",
    evidence: [Trick, Field],
    banner: [],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let anomalies = &case.facts.anomalies;
    let is_torn = anomalies
        .iter()
        .any(|anomaly| matches!(anomaly.kind, AnomalyKind::LineWithoutColon | AnomalyKind::MissingBlankLine));
    anomalies.iter().find_map(|anomaly| {
        let trick = trick(case, anomaly, is_torn)?;
        Some(Evidence::of(Detail::Trick, trick).and(Detail::Field, &anomaly.detail))
    })
}

/// Fields that readers and filters go by.
const READ: &[&str] =
    &["Cc", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "Reply-To", "Sender", "Subject", "To"];

/// What a telling anomaly is called; nothing for those that honest mail has. Where the header is torn, fields of the
/// parts stand in it.
fn trick(case: &Case, anomaly: &Anomaly, is_torn: bool) -> Option<Trick> {
    let is_read = READ.iter().any(|name| name.eq_ignore_ascii_case(&anomaly.detail));
    let is_of_header = anomaly.detail == "header";
    match anomaly.kind {
        AnomalyKind::DuplicateField if is_read && anomaly.detail != "From" => {
            let is_of_part = anomaly.detail.starts_with("Content-");
            (differs(case, &anomaly.detail) && !(is_of_part && is_torn)).then_some(Trick::Twice)
        }
        AnomalyKind::SpaceBeforeColon if is_read => Some(Trick::SpaceBeforeColon),
        AnomalyKind::FoldedName if is_read => Some(Trick::FoldedName),
        AnomalyKind::LeadingSpace => Some(Trick::LeadingSpace),
        AnomalyKind::BareCr if is_of_header => Some(Trick::BareCr),
        AnomalyKind::ConflictingParameter => {
            let names = anomaly.detail.to_ascii_lowercase();
            (names.contains("boundary") || names.contains("charset")).then_some(Trick::Twice)
        }
        AnomalyKind::ReusedBoundary => Some(Trick::BoundaryTwice),
        AnomalyKind::EncodedParameter => Some(Trick::MisplacedEncodedWord),
        _ => None,
    }
}

/// Whether a repeated field has several values, but for letter case, quotes and white space.
fn differs(case: &Case, name: &str) -> bool {
    let plain = |value: &str| -> String {
        value.chars().filter(|c| !c.is_whitespace() && *c != '"').flat_map(char::to_lowercase).collect()
    };
    let mut values = case.facts.header.all(name).map(|field| plain(&field.value));
    values.next().is_some_and(|first| values.any(|value| value != first))
}
