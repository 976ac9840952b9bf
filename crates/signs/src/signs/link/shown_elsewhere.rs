//! Links that show one address and lead to another.

use crate::case::Case;
use mekiki_facts::{Domain, Host, Link, LinkSource};
use mekiki_knowledge::brands;

/// Links that show the address of a domain and lead to a host that has nothing to do with it.
pub(super) fn mismatches<'c>(case: &'c Case) -> impl Iterator<Item = (&'c Domain, &'c Host, &'c Link)> {
    case.stray_links()
        .filter(|link| !matches!(link.source, LinkSource::PlainText | LinkSource::HtmlText | LinkSource::Form))
        // What stands in the place of a picture is seen by few.
        .filter(|link| !link.is_picture)
        .filter_map(|link| match link.shown_host.as_ref()? {
            Host::Domain(shown) => Some((shown, link.final_host()?, link)),
            Host::Ip(_) => None,
        })
        .filter(move |(shown, _, link)| is_promise(case, shown, &link.label) && !leads_to(link, shown))
}

/// Whether a text promises to lead to the domain that it shows, and is not the author's own letterhead.
fn is_promise(case: &Case, shown: &Domain, label: &str) -> bool {
    if case.judged_brand().is_some_and(|brand| brand.owns(shown.as_str())) {
        return true;
    }
    let label = label.trim_matches(|character: char| "<>()[]\u{300C}\u{300D}".contains(character) || character == ' ');
    let is_whole_address = !label.contains(char::is_whitespace)
        && (label.contains('/') || label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")));
    let is_authors = case.facts.identity.author_domain().is_some_and(|author| author.is_aligned_with(shown));
    let is_author_doubted = case.results().has_any() && !case.is_author_vouched();
    is_whole_address && (!is_authors || is_author_doubted)
}

/// Whether a link leads to a domain or to another of its owner's. A redirector on the way counts where the text shows
/// its whole address.
fn leads_to(link: &Link, shown: &Domain) -> bool {
    let bare = |address: &str| address.split_once("://").map_or(address, |(_, rest)| rest).trim().to_owned();
    let is_shown = bare(&link.label) == bare(&link.written);
    let contacted = link.contacted_host().filter(|_| is_shown);
    link.final_host().into_iter().chain(contacted).any(|host| match host {
        Host::Domain(domain) => {
            domain.is_aligned_with(shown)
                || brands::owners(domain.as_str())
                    .any(|one| brands::owners(shown.as_str()).any(|other| brands::same_group(one, other)))
        }
        Host::Ip(_) => false,
    })
}
