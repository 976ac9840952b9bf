use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::LinkSource;

declare_sign! {
    /// The links stand in an attached file, not in the message.
    ///
    /// # What it looks for
    ///
    /// A page, PDF or document that leads to a house with no part in the message otherwise, and no link to the web in the
    /// message itself.
    ///
    /// # Why it matters
    ///
    /// Few programs read what is inside files: so links are moved there.
    ///
    /// # When it is wrong
    ///
    /// Invoices and brochures in PDF link to the makers of their programs and to shops: alone it says little.
    id: "attach.link-inside",
    evidence: [Url],
    banner: [Leads 84],
    exempt: [ListTalk],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let is_inside = |source: LinkSource| source == LinkSource::File;
    if case.web_links().any(|link| !is_inside(link.source)) {
        return None;
    }
    let link = case.stray_links().find(|link| is_inside(link.source))?;
    Some(Evidence::of(Detail::Url, link.shown_target()))
}
