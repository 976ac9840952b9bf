use crate::{Detail, Evidence, case::Case, made_up::is_made_up, sign::declare_sign};

declare_sign! {
    /// A word that a machine made up stands in the subject or the sender's name.
    ///
    /// # What it looks for
    ///
    /// A run of at least ten letters and digits, capitals and small letters mixed, in the subject or the display name,
    /// that is no word of any language.
    ///
    /// # Why it matters
    ///
    /// Forgers put a different one into each mail, so that filters do not see that thousands are the same.
    ///
    /// # When it is wrong
    ///
    /// Ticket and order numbers: those are of capitals or of small letters alone, or in brackets; answers to one's own
    /// mail are let pass.
    id: "text.random-token",
    evidence: [Passage],
    banner: [],
    exempt: [Answer],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let name = identity.author().and_then(|author| author.name.as_ref()).map_or("", |name| &name.shown);
    [identity.subject_text(), name]
        .into_iter()
        .flat_map(|text| text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | ',' | ':' | '.')))
        .filter(|word| is_made_up(word))
        .map(|word| Evidence::of(Detail::Passage, word))
        .next()
}
