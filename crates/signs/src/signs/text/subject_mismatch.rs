use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// The subject and the text speak of different things.
    ///
    /// # What it looks for
    ///
    /// Technical terms in the subject (TLS1.0, DKIM, ETC: capital letters, perhaps with digits), none of which occurs
    /// in the text, while the text has such terms of its own; in a message that speaks for a brand which does not vouch
    /// for it.
    ///
    /// # Why it matters
    ///
    /// Forged mail is pasted together from old notices, and the parts do not always belong to one another.
    ///
    /// # When it is wrong
    ///
    /// Subjects that are codes or ticket numbers; replies and digests, which are let pass.
    id: "text.subject-mismatch",
    evidence: [Passage, OtherPassage],
    banner: [Wants 25],
    exempt: [BrandItself],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    if case.claimed().is_none() || !case.facts.identity.references.is_empty() {
        return None;
    }
    let text = case.facts.text.shown_text();
    let announced = terms(case, case.facts.identity.subject_text());
    let spoken = terms(case, text);
    let (Some(first), Some(other)) = (announced.first(), spoken.first()) else { return None };
    let lower = text.to_lowercase();
    if announced.iter().any(|term| lower.contains(&term.to_lowercase())) {
        return None;
    }
    Some(Evidence::of(Detail::Passage, first).and(Detail::OtherPassage, other))
}

/// Terms that say nothing about what a mail is about.
const EVERYDAY: &[&str] = &["FAQ", "FAX", "FYI", "ID", "NEW", "PC", "PIN", "TEL", "URL", "USA", "VIP", "WEB", "WWW"];

/// Technical terms: runs of capital letters, digits and dots with two capitals at least, brand names left out.
fn terms<'t>(case: &Case, text: &'t str) -> Vec<&'t str> {
    text.split(|character: char| !(character.is_ascii_alphanumeric() || matches!(character, '.' | '@' | '-')))
        .map(|term| term.trim_matches(['.', '-']))
        .filter(|term| (3..=20).contains(&term.len()))
        .filter(|term| term.bytes().filter(u8::is_ascii_uppercase).count() >= 2)
        .filter(|term| !term.contains('@') && !term.bytes().any(|byte| byte.is_ascii_lowercase()))
        .filter(|term| !EVERYDAY.contains(term) && !is_named(case, term))
        .collect()
}

/// Whether a term is a spelling of the claimed brand's name, or a part of one.
fn is_named(case: &Case, term: &str) -> bool {
    let term = term.to_lowercase();
    case.claimed().is_some_and(|brand| brand.names().any(|name| name.to_lowercase().contains(&term)))
}
