use super::shown_elsewhere::mismatches;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Host, Link};
use std::collections::BTreeSet;

declare_sign! {
    /// A link shows a secured address and leads to an unsecured one.
    ///
    /// # What it looks for
    ///
    /// A link whose text begins with `https://` and whose target with `http://`: at the very host that is shown, or at
    /// one that has nothing to do with it.
    ///
    /// # Why it matters
    ///
    /// What is typed on a page without `https` travels in the open, and nobody vouches for the name of the host. The
    /// text pretends otherwise.
    ///
    /// # When it is wrong
    ///
    /// Click counters without `https`, which many newsletters use: they do not count. A sender who has forgotten to
    /// update the target shows it as well, so this weighs next to nothing alone.
    id: "link.false-https",
    evidence: [Shown, Url],
    banner: [Leads 40],
    exempt: [ListTalk, Answer],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let same_host = case.web_links().filter(|link| leads_to_shown_host(link));
    let mut seen = BTreeSet::new();
    mismatches(case)
        .map(|(_, _, link)| link)
        .chain(same_host)
        .filter(|link| link.shows_https && link.shown_target().starts_with("http://"))
        .filter(|link| seen.insert(link.shown_target()))
        .map(|link| Evidence::of(Detail::Shown, &link.label).and(Detail::Url, link.shown_target()))
        .collect()
}

/// Whether a link leads to the very host that it shows, with or without `www.`.
fn leads_to_shown_host(link: &Link) -> bool {
    match (&link.shown_host, link.final_host()) {
        (Some(Host::Domain(shown)), Some(Host::Domain(domain))) => {
            let bare = |domain: &'_ str| domain.strip_prefix("www.").unwrap_or(domain).to_owned();
            bare(shown.as_str()) == bare(domain.as_str())
        }
        _ => false,
    }
}
