use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// A brand that always signs its mail, and no signature.
    ///
    /// # What it looks for
    ///
    /// No DKIM signature and nothing that passed by the receiving host's word, on a message that speaks for a brand
    /// whose mail always carries aligned authentication. A signature that nobody checked counts only where the address
    /// is the brand's own: anybody can sign for another.
    ///
    /// # Why it matters
    ///
    /// Such a brand has told the world to refuse mail in its name that does not authenticate.
    ///
    /// # When it is wrong
    ///
    /// A host or list on the way that strips signatures; a mail saved or redacted by somebody else before it came here.
    id: "auth.missing",
    evidence: [Brand],
    banner: [Sender 42],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let brand = case.claimed().filter(|brand| brand.authenticates)?;
    let is_signed = case.is_address_of(brand) && !case.facts.authentication.signatures.is_empty();
    if is_signed || !case.vouched().is_empty() {
        return None;
    }
    Some(Evidence::of(Detail::Brand, brand.name))
}
