use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// It asks to log in, confirm or give secrets.
    ///
    /// # What it looks for
    ///
    /// Phrases that ask for an ID, a password, card data or a one-time code, or to log in or confirm an account; not
    /// those that warn against giving them.
    ///
    /// # Why it matters
    ///
    /// What the forger is after. Companies that mean well tell their customers to come to the page they know.
    ///
    /// # When it is wrong
    ///
    /// Genuine mails of all kinds have a log-in link, so this weighs little alone.
    id: "text.asks-credentials",
    evidence: [Passage],
    banner: [Wants 90],
    exempt: [OwnName, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    said(case, Purpose::Credentials).map(|passage| Evidence::of(Detail::Passage, passage))
}
