use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::LinkSource;
use std::collections::BTreeSet;

declare_sign! {
    /// A QR code leads to a stranger.
    ///
    /// # What it looks for
    ///
    /// A QR code in a picture, a PDF or drawn in the text that opens a page on the web, of a house that has no part in the
    /// message otherwise.
    ///
    /// # Why it matters
    ///
    /// It takes the link out of the mail and onto a telephone, past everything that checks links. Who sends a mail can put
    /// a link into it.
    ///
    /// # When it is wrong
    ///
    /// Tickets, payment slips and invitations have QR codes: alone it says little.
    id: "attach.qr-code",
    evidence: [Url],
    banner: [Leads 88],
    exempt: [ListTalk],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.stray_links()
        .filter(|link| link.source == LinkSource::QrCode && seen.insert(link.shown_target()))
        .map(|link| Evidence::of(Detail::Url, link.shown_target()))
        .collect()
}
