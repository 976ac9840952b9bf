use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::HiddenBy;

declare_sign! {
    /// There is text in it that nobody is to see.
    ///
    /// # What it looks for
    ///
    /// More hidden text than a preview line needs, or letters without shape inside words: by colour, size, position or
    /// a display rule.
    ///
    /// # Why it matters
    ///
    /// Hidden text is meant for filters: harmless words that outweigh the visible ones.
    ///
    /// # When it is wrong
    ///
    /// Newsletters hide a preview line and texts for telephones or old programs; those are short or not counted.
    id: "text.hidden",
    evidence: [Term, Passage],
    banner: [Wants 18],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    case.facts
        .text
        .shown_alternatives()
        .flat_map(|shown| &shown.hidden)
        .filter(|hidden| hidden.length >= LEAST)
        .find_map(|hidden| Some(Evidence::of(Detail::Term, property(hidden.by)?).and(Detail::Passage, &hidden.text)))
}

/// From this length on, in characters, hidden text is no preview line.
const LEAST: usize = 300;

/// The style that hides; nothing for ways that honest newsletters use at length.
fn property(by: HiddenBy) -> Option<&'static str> {
    match by {
        HiddenBy::Colour => Some("color"),
        HiddenBy::Size => Some("font-size"),
        HiddenBy::Position => Some("position"),
        HiddenBy::Clip => Some("clip"),
        HiddenBy::Opacity => Some("opacity"),
        HiddenBy::Display | HiddenBy::Visibility | HiddenBy::Comment | HiddenBy::Invisible => None,
    }
}
