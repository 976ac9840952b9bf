//! Countries.

/// Country codes that the world uses as words or as addresses without a place (`.io`, `.tv`, `.me`).
const PLACELESS: &[&str] = &[
    "ac", "ai", "am", "as", "bz", "cc", "co", "dj", "eu", "fm", "gg", "gl", "im", "io", "is", "la", "li", "ly", "me",
    "ms", "nu", "sc", "sh", "st", "su", "to", "tv", "vc", "ws",
];

/// The country (ISO 3166-1 alpha-2) that a top-level domain stands for, without the dot and in lower case. Nothing for
/// generic ones and for country codes that say nothing about a place.
pub fn of_suffix(suffix: &str) -> Option<[u8; 2]> {
    let code = <[u8; 2]>::try_from(suffix.as_bytes()).ok()?;
    if !code.iter().all(u8::is_ascii_lowercase) || PLACELESS.contains(&suffix) {
        return None;
    }
    Some(if suffix == "uk" { *b"GB" } else { code.map(|letter| letter.to_ascii_uppercase()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_suffixes_of_a_place_have_a_country() {
        assert_eq!(of_suffix("in"), Some(*b"IN"));
        assert_eq!(of_suffix("uk"), Some(*b"GB"));
        assert_eq!(of_suffix("io"), None);
        assert_eq!(of_suffix("com"), None);
    }
}
