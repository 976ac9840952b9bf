use super::mentions::named_in;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::brands::{self, Brand, Mention};

declare_sign! {
    /// A link carries another brand than the message speaks for.
    ///
    /// # What it looks for
    ///
    /// The name of a second, unrelated brand in the host labels or the path of a link that belongs to neither.
    ///
    /// # Why it matters
    ///
    /// Phishing pages are kits, used for one brand today and another tomorrow; sometimes the old name is left standing.
    ///
    /// # When it is wrong
    ///
    /// Shops and comparison sites that name many brands: looked for only where the message speaks for one brand that
    /// does not vouch for it.
    id: "link.second-brand",
    evidence: [Brand, OtherBrand, Url],
    banner: [Leads 88],
    exempt: [],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    case.judged_links()
        .filter_map(|(brand, link)| {
            Some((brand, link, named_in(case, link).find(|mention| is_stranger(brand, mention))?))
        })
        .map(|(brand, link, mention)| {
            Evidence::of(Detail::Brand, brand.name)
                .and(Detail::OtherBrand, mention.brand.name)
                .and(Detail::Url, link.shown_target())
        })
        .collect()
}

/// Whether a mention names a company that has no business in a link of that brand's. Software (a webmail product) is
/// named in the links of everybody who runs it.
fn is_stranger(brand: &Brand, mention: &Mention) -> bool {
    !brands::same_group(mention.brand, brand) && !mention.common && !mention.brand.is_software
}
