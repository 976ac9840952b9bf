use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// It threatens or hurries.
    ///
    /// # What it looks for
    ///
    /// Phrases that announce a suspension, an expiry, a last notice or hours left, in the subject or the text; not
    /// those that warn against such mails.
    ///
    /// # Why it matters
    ///
    /// Whoever is in a hurry does not look closely. Forgers know it.
    ///
    /// # When it is wrong
    ///
    /// Honest reminders and sales that end tonight hurry too, so this weighs little alone.
    id: "text.deadline",
    evidence: [Passage],
    banner: [Wants 65],
    exempt: [OwnName, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    said(case, Purpose::Deadline).map(|passage| Evidence::of(Detail::Passage, passage))
}
