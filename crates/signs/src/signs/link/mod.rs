//! Where it wants the reader to go.

pub mod brand_in_url;
pub mod brand_mismatch;
pub mod host_location;
pub mod ip_host;
pub mod redirector;
pub mod risky_suffix;
pub mod second_brand;
pub mod throwaway_host;

use mekiki_facts::{Host, Link};
use mekiki_knowledge::{
    brands::{self, Mention},
    fold,
};

/// The brands that a link's host labels, path or query name.
fn named_in(link: &Link) -> impl Iterator<Item = Mention> {
    let host = match link.final_host() {
        Some(Host::Domain(domain)) => domain.as_str(),
        _ => "",
    };
    let words = format!("{host} {}", link.path).replace(['/', '-', '_', '.', '?', '&', '=', '+'], " ");
    brands::find(&fold::fold(&words)).into_iter()
}
