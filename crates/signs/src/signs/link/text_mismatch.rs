use super::shown_elsewhere::mismatches;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use std::collections::BTreeSet;

declare_sign! {
    /// A link shows one address and leads to another.
    ///
    /// # What it looks for
    ///
    /// A link whose text is an address, and whose target has nothing to do with it: of another organisational domain
    /// and another owner, not inside a redirector, and a stranger's. A bare name ("Booking.com") counts where the
    /// message speaks for its owner.
    ///
    /// # Why it matters
    ///
    /// The text of a link is written by the sender like any other text. Whoever writes an address there that the link
    /// does not lead to wants to be taken for somebody else.
    ///
    /// # When it is wrong
    ///
    /// Newsletters show their own address and count clicks elsewhere: at a delivery service, under a domain of the
    /// sender's, or at a counter that nobody knows. The first two do not count, nor does the author's own address where
    /// nothing says that the author is forged. So this weighs little alone.
    id: "link.text-mismatch",
    evidence: [Shown, Domain],
    banner: [Leads 92],
    exempt: [ListTalk, Answer],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    mismatches(case)
        .filter(|(shown, host, _)| seen.insert((shown.organisational(), host.to_string())))
        .map(|(_, host, link)| Evidence::of(Detail::Shown, &link.label).and(Detail::Domain, host.to_string()))
        .collect()
}
