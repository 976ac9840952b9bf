//! What a sign is.

use crate::{Detail, Evidence, case::Case};

/// One observation about one message. A sign returns evidence, never sentences and never a score: its texts live
/// in `_locales` under its id, its weight in `data/weights.toml`.
pub trait Sign: Sync {
    /// `group.name`, as in the catalogue.
    fn id(&self) -> &'static str;

    /// The details its evidence is made of, in the order in which its texts number them (`$1` is the first).
    fn details(&self) -> &'static [Detail];

    /// Looks at the message: one [`Evidence`] for each time it holds, strongest first, none where it does not.
    fn look(&self, case: &Case) -> Vec<Evidence>;

    /// The part of the id before the dot.
    fn group(&self) -> &'static str {
        self.id().split_once('.').map_or(self.id(), |(group, _)| group)
    }
}
