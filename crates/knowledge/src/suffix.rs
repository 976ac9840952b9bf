//! Public suffixes.

/// The organisational domain of `host`.
pub fn registrable_domain(host: &str) -> Option<&str> {
    let mut dots = host.rmatch_indices('.');
    dots.next()?;
    Some(dots.next().map_or(host, |(at, _)| host.get(at + 1..).unwrap_or(host)))
}
