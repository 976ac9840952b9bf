//! `sender.brand-name`

use crate::{Detail, Evidence, Sign, case::Case};

/// The message speaks for a brand that its author's address does not belong to.
///
/// # What it looks for
///
/// A brand claimed by the display name, the letterhead or the signature, and a From domain that is not the brand's.
///
/// # Why it matters
///
/// The name is what a reader looks at, and anybody can write any name there. The domain is what the name has to
/// answer for.
///
/// # When it is wrong
///
/// A brand's agency or a new delivery service that the directory does not know yet; a person or club that writes
/// about a brand under its name. A mailing list that rewrites From is let pass, and so is a report of non-delivery:
/// Exchange signs them all "Microsoft Outlook".
pub struct BrandName;

impl Sign for BrandName {
    fn id(&self) -> &'static str {
        "sender.brand-name"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Brand, Detail::Address]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let (Some(brand), Some(author)) = (case.claimed(), case.facts.identity.author_address()) else {
            return Vec::new();
        };
        if case.is_address_of(brand) || case.is_rewritten_by_list() || case.is_delivery_report() {
            return Vec::new();
        }
        vec![Evidence::of(Detail::Brand, brand.name).and(Detail::Address, &author.shown)]
    }
}
