//! `auth.missing`

use crate::{Detail, Evidence, Sign, case::Case};

/// A brand that always signs its mail, and no signature.
///
/// # What it looks for
///
/// No DKIM signature and nothing that passed by the receiving host's word, on a message that speaks for a brand
/// whose mail always carries aligned authentication.
///
/// # Why it matters
///
/// Such a brand has told the world to refuse mail in its name that does not authenticate.
///
/// # When it is wrong
///
/// A host or list on the way that strips signatures; a mail saved or redacted by somebody else before it came here.
pub struct Missing;

impl Sign for Missing {
    fn id(&self) -> &'static str {
        "auth.missing"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Brand]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(brand) = case.claimed().filter(|brand| brand.authenticates) else { return Vec::new() };
        if !case.facts.authentication.signatures.is_empty() || !case.vouched().is_empty() {
            return Vec::new();
        }
        vec![Evidence::of(Detail::Brand, brand.name)]
    }
}
