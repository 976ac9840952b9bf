use super::mentions::named_in;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::brands;

declare_sign! {
    /// The address of a link carries a brand's name on somebody else's domain.
    ///
    /// # What it looks for
    ///
    /// The name of the brand the message speaks for in the host labels, the path or the query of a link whose domain is
    /// not the brand's.
    ///
    /// # Why it matters
    ///
    /// It is there to be read by people who look for the name and not at the domain.
    ///
    /// # When it is wrong
    ///
    /// Reports, shops and directories that name the brand in their addresses; campaign names in click counters. Looked
    /// for only where the message speaks for that brand and the brand does not vouch for it.
    id: "link.brand-in-url",
    evidence: [Brand, Url],
    banner: [Leads 84],
    exempt: [],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    case.judged_links()
        .filter(|(brand, link)| named_in(case, link).any(|mention| brands::same_group(mention.brand, brand)))
        .map(|(brand, link)| Evidence::of(Detail::Brand, brand.name).and(Detail::Url, link.shown_target()))
        .collect()
}
