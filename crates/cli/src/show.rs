//! Making values fit to be shown: defanged, and with the recipient masked.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};

/// What stands in place of the recipient.
const MASK: &str = "***";

/// An address nobody can click: `hxxps://example[.]com`.
pub fn defang(text: &str) -> String {
    let schemeless = match text.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("http") => format!("hxxp{}", text.get(4..).unwrap_or_default()),
        _ => text.to_owned(),
    };
    schemeless.replace('.', "[.]")
}

/// Masks the recipient's addresses wherever they stand, encoded forms included.
pub struct Mask {
    needles: Vec<String>,
}

impl Mask {
    /// A mask for `addresses`.
    pub fn of<'a>(addresses: impl Iterator<Item = &'a str>) -> Self {
        let mut needles: Vec<String> = addresses
            .filter(|address| address.contains('@'))
            .flat_map(|address| {
                let address = address.to_lowercase();
                [
                    address.replace('@', "%40"),
                    STANDARD_NO_PAD.encode(&address),
                    address.bytes().map(|byte| format!("{byte:02x}")).collect(),
                    defang(&address),
                    address,
                ]
            })
            .collect();
        // Longest first, or a short one would tear a long one apart.
        needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
        needles.dedup();
        Self { needles }
    }

    /// `text` with every needle masked, whatever its letter case.
    pub fn masked(&self, text: &str) -> String {
        self.needles.iter().fold(text.to_owned(), |text, needle| replace(&text, needle))
    }
}

fn replace(text: &str, needle: &str) -> String {
    // ASCII case only: byte offsets stay those of `text`.
    let lower = text.to_ascii_lowercase();
    let needle = needle.to_ascii_lowercase();
    let mut masked = String::with_capacity(text.len());
    let mut from = 0;
    for (at, _) in lower.match_indices(&needle) {
        masked.push_str(text.get(from..at).unwrap_or_default());
        masked.push_str(MASK);
        from = at + needle.len();
    }
    masked.push_str(text.get(from..).unwrap_or_default());
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shown_can_be_clicked() {
        assert_eq!(defang("https://www.example.com/a"), "hxxps://www[.]example[.]com/a");
        assert_eq!(defang("taro@example.jp"), "taro@example[.]jp");
    }

    #[test]
    fn the_recipient_is_masked_in_every_encoding() {
        let mask = Mask::of(std::iter::once("taro@example.jp"));
        for text in [
            "To: Taro@Example.jp",
            "https://evil.test/?m=taro%40example.jp",
            "https://evil.test/?m=dGFyb0BleGFtcGxlLmpw",
            "https://evil.test/7461726f406578616d706c652e6a70",
            "taro@example[.]jp",
        ] {
            let masked = mask.masked(text);
            assert!(masked.contains(MASK), "{masked}");
            assert!(!masked.to_lowercase().contains("taro") && !masked.contains("dGFyb0"), "{masked}");
        }
    }
}
