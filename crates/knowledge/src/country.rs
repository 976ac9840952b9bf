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

/// Country, and the least and the most minutes that its clocks are ahead of world time, summer and winter; sorted.
/// From the IANA time zone database, version 2025b; islands far off are left out.
const ZONES: &[(&str, i32, i32)] = &[
    ("AE", 240, 240),
    ("AR", -180, -180),
    ("AT", 60, 120),
    ("AU", 480, 660),
    ("BE", 60, 120),
    ("BR", -300, -120),
    ("CA", -480, -150),
    ("CH", 60, 120),
    ("CL", -240, -180),
    ("CN", 480, 480),
    ("CO", -300, -300),
    ("CZ", 60, 120),
    ("DE", 60, 120),
    ("DK", 60, 120),
    ("ES", 0, 120),
    ("FI", 120, 180),
    ("FR", 60, 120),
    ("GB", 0, 60),
    ("GR", 120, 180),
    ("HK", 480, 480),
    ("ID", 420, 540),
    ("IE", 0, 60),
    ("IN", 330, 330),
    ("IT", 60, 120),
    ("JP", 540, 540),
    ("KR", 540, 540),
    ("LU", 60, 120),
    ("MX", -480, -300),
    ("MY", 480, 480),
    ("NL", 60, 120),
    ("NO", 60, 120),
    ("NZ", 720, 780),
    ("PH", 480, 480),
    ("PL", 60, 120),
    ("PT", 0, 60),
    ("SE", 60, 120),
    ("SG", 480, 480),
    ("TH", 420, 420),
    ("TR", 180, 180),
    ("TW", 480, 480),
    ("US", -600, -240),
    ("VN", 420, 420),
    ("ZA", 120, 120),
];

/// The least and the most minutes that clocks of a country (ISO 3166-1 alpha-2) are ahead of world time.
pub fn zones(country: &str) -> Option<(i32, i32)> {
    let at = ZONES.binary_search_by_key(&country, |(code, ..)| code).ok()?;
    ZONES.get(at).map(|(_, least, most)| (*least, *most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_in_order() {
        assert!(ZONES.is_sorted_by_key(|(code, ..)| code));
        assert_eq!(zones("JP"), Some((540, 540)));
        assert_eq!(zones("XX"), None);
    }

    #[test]
    fn only_suffixes_of_a_place_have_a_country() {
        assert_eq!(of_suffix("in"), Some(*b"IN"));
        assert_eq!(of_suffix("uk"), Some(*b"GB"));
        assert_eq!(of_suffix("io"), None);
        assert_eq!(of_suffix("com"), None);
    }
}
