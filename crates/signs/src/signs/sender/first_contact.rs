use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// Nobody has heard of this address before.
    ///
    /// # What it looks for
    ///
    /// A From address from which no earlier mail lies in the reader's folders, and which is neither a contact's nor one
    /// the reader has written to. Without that knowledge it says nothing.
    ///
    /// # Why it matters
    ///
    /// A bank or shop whose customer the reader is has written before. A forger's address is new.
    ///
    /// # When it is wrong
    ///
    /// Every honest sender writes for the first time once: so it only adds a little to what else is seen.
    id: "sender.first-contact",
    evidence: [Address],
    banner: [Sender 35],
    exempt: [List, KnownAddress],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let is_new = case.context.is_known_author == Some(false);
    let author = case.facts.identity.author_address().filter(|_| is_new)?;
    Some(Evidence::of(Detail::Address, &author.shown))
}
