//! From bytes to characters: by the declared charset, or by what the bytes look like.

use mail_parser::decoders::charsets::map::charset_decoder;

/// How a text was decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decoding {
    /// As declared.
    Declared,
    /// By its looks: nothing was declared, or it was wrong.
    Guessed,
    /// The declared charset is not known; by its looks.
    Unknown,
    /// The declared charset is refused (UTF-7: it lets markup hide in plain ASCII); read as ASCII.
    Refused,
}

/// Decodes `bytes` declared to be in `label`.
pub(crate) fn decode(label: Option<&str>, bytes: &[u8]) -> (String, Decoding) {
    let Some(label) = label.map(|label| label.trim().trim_matches('"').to_ascii_lowercase()) else {
        return (guess(bytes), Decoding::Guessed);
    };
    if label.contains("utf-7") || label.contains("utf7") {
        return (String::from_utf8_lossy(bytes).into_owned(), Decoding::Refused);
    }
    if has_escapes(bytes) && !label.contains("2022") {
        return (guess(bytes), Decoding::Guessed);
    }
    if matches!(label.as_str(), "utf-8" | "utf8" | "us-ascii" | "ascii" | "") {
        return match utf_8(bytes) {
            Some(text) => (text, Decoding::Declared),
            None => (guess(bytes), Decoding::Guessed),
        };
    }
    // Mailers declare iso-2022-jp and write Shift_JIS, or ISO-8859-1 and write UTF-8.
    let is_eight_bit = bytes.iter().any(|byte| *byte >= 0x80);
    if label == "iso-2022-jp" && is_eight_bit {
        return (guess(bytes), Decoding::Guessed);
    }
    match charset_decoder(label.as_bytes()) {
        Some(decoder) => (decoder(bytes), Decoding::Declared),
        None => (guess(bytes), Decoding::Unknown),
    }
}

/// Reads bytes of no declared charset: UTF-8, ISO-2022-JP by its escapes, else the multibyte charset in which most
/// of it makes sense, else Windows-1252.
pub(crate) fn guess(bytes: &[u8]) -> String {
    if has_escapes(bytes) {
        return by("iso-2022-jp", bytes);
    }
    if let Some(text) = utf_8(bytes) {
        return text;
    }
    // In East Asian text most bytes are beyond ASCII; in Western text they are few and far between.
    let beyond = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let written = bytes.iter().filter(|byte| !byte.is_ascii_whitespace()).count();
    if beyond * 4 < written {
        return by("windows-1252", bytes);
    }
    ["shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"]
        .iter()
        .map(|label| by(label, bytes))
        .map(|text| (strangeness(&text), text))
        .filter(|(strange, text)| *strange * 10 < text.chars().count())
        .min_by_key(|(strange, _)| *strange)
        .map_or_else(|| by("windows-1252", bytes), |(_, text)| text)
}

/// The text where it is UTF-8, but for a few damaged bytes, such as a character cut at the end.
fn utf_8(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() || !text.contains(char::REPLACEMENT_CHARACTER) => return Some(text.to_owned()),
        _ => String::from_utf8_lossy(bytes),
    };
    let (mut damaged, mut whole) = (0_usize, 0_usize);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        if character == char::REPLACEMENT_CHARACTER {
            damaged += 1;
        } else {
            whole += 1;
        }
    }
    let is_cut = std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none() && whole > 0);
    (is_cut || damaged * 10 <= whole).then(|| text.into_owned())
}

/// Whether it is ASCII with the escapes of ISO-2022-JP.
fn has_escapes(bytes: &[u8]) -> bool {
    bytes.contains(&0x1B)
        && bytes.is_ascii()
        && bytes.windows(3).any(|window| matches!(window, [0x1B, b'$', b'@' | b'B'] | [0x1B, b'(', b'J' | b'I']))
}

fn by(label: &str, bytes: &[u8]) -> String {
    charset_decoder(label.as_bytes())
        .map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decoder| decoder(bytes))
}

/// How many characters make no sense in a text: what could not be decoded, halfwidth kana (what EUC looks like when
/// it is read as Shift_JIS), private use and rare letters.
fn strangeness(text: &str) -> usize {
    text.chars()
        .map(|character| match u32::from(character) {
            0xFFFD | 0xE000..=0xF8FF => 8,
            0xFF61..=0xFF9F | 0x80..=0x24F => 2,
            // Kana, common Han, punctuation and ASCII cost nothing; anything else a little.
            0x00..=0x7F | 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 | 0xFF01..=0xFF60 => 0,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undeclared_japanese_is_recognised() {
        let sjis = [0x82, 0xA8, 0x8B, 0x71, 0x97, 0x6C, 0x82, 0xD6];
        let euc = [0xA4, 0xAA, 0xB5, 0xD2, 0xCD, 0xCD, 0xA4, 0xD8];
        let iso = b"\x1B$B$*5RMM$X\x1B(B";
        for bytes in [&sjis[..], &euc, iso] {
            assert_eq!(guess(bytes), "お客様へ");
        }
        assert_eq!(guess("お客様へ".as_bytes()), "お客様へ");
    }

    #[test]
    fn undeclared_western_text_is_windows_1252() {
        assert_eq!(guess(b"Gr\xFC\xDFe aus M\xFCnchen, sch\xF6ne Woche"), "Grüße aus München, schöne Woche");
    }

    #[test]
    fn a_damaged_byte_does_not_make_it_another_charset() {
        let text = "お客様のアカウントについて".as_bytes();
        assert_eq!(guess(text.get(..text.len() - 1).unwrap_or_default()), "お客様のアカウントについ\u{FFFD}");
    }

    #[test]
    fn utf_7_is_refused() {
        assert_eq!(decode(Some("UTF-7"), b"+ADw-b"), ("+ADw-b".to_owned(), Decoding::Refused));
    }

    #[test]
    fn a_wrong_declaration_is_seen_through() {
        assert_eq!(decode(Some("iso-2022-jp"), "お客様".as_bytes()).0, "お客様");
        assert_eq!(decode(Some("us-ascii"), "Ü".as_bytes()).0, "Ü");
        assert_eq!(decode(Some("us-ascii"), b"\x1B$B$*5RMM\x1B(B").0, "お客様");
    }
}
