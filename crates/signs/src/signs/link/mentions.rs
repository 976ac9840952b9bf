//! Brands that a link names.

use crate::case::Case;
use mekiki_facts::{Host, Link};
use mekiki_knowledge::{brands::Mention, fold};

/// The brands that a link's host labels, path or query name.
pub(super) fn named_in<'a>(case: &Case<'a>, link: &Link) -> impl Iterator<Item = Mention<'a>> + use<'a> {
    let host = match link.final_host() {
        Some(Host::Domain(domain)) => domain.as_str(),
        _ => "",
    };
    let words = format!("{host} {}", link.path).replace(['/', '-', '_', '.', '?', '&', '=', '+'], " ");
    case.own_brands().find(&fold::fold(&words)).into_iter()
}
