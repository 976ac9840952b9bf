//! From bytes to characters: by the declared charset, or by what the bytes look like.

use base64::{
    Engine,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
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
    /// The declared charset is one that browsers refuse; by its looks.
    Refused,
}

/// Decodes `bytes` declared to be in `label`.
pub(crate) fn decode(label: Option<&str>, bytes: &[u8]) -> (String, Decoding) {
    let Some(label) = label.map(|label| label.trim().trim_matches('"').to_ascii_lowercase()) else {
        return (guess(bytes), Decoding::Guessed);
    };
    if matches!(label.as_str(), "utf-7" | "utf7" | "unicode-1-1-utf-7" | "x-unicode-2-0-utf-7" | "csunicode11utf7") {
        return (utf_7(bytes), Decoding::Declared);
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
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes());
    if encoding == Some(encoding_rs::REPLACEMENT) {
        return (guess(bytes), Decoding::Refused);
    }
    match (charset_decoder(label.as_bytes()), encoding) {
        (Some(decoder), _) => (decoder(bytes), Decoding::Declared),
        (None, Some(encoding)) => (encoding.decode_without_bom_handling(bytes).0.into_owned(), Decoding::Declared),
        (None, None) => (guess(bytes), Decoding::Unknown),
    }
}

/// The base64 of UTF-7: without padding, and whatever the last bits are.
const UTF_7: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// UTF-7 (RFC 2152), which Thunderbird reads: between `+` and what is no base64 stands UTF-16 in base64.
fn utf_7(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'+', rest) {
        let (plain, shifted) = rest.split_at(at);
        text.push_str(&String::from_utf8_lossy(plain));
        let shifted = shifted.get(1..).unwrap_or_default();
        let length =
            shifted.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')).count();
        let (coded, behind) = shifted.split_at(length);
        rest = behind.strip_prefix(b"-").unwrap_or(behind);
        if coded.is_empty() {
            text.push('+');
            continue;
        }
        // A single letter too many holds no whole byte.
        let whole = if length % 4 == 1 { length - 1 } else { length };
        let units = UTF_7.decode(coded.get(..whole).unwrap_or_default()).unwrap_or_default();
        let units =
            units.chunks_exact(2).map(|unit| unit.iter().fold(0, |word: u16, byte| word << 8 | u16::from(*byte)));
        text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

/// How many bytes of a text make no sense in any charset that is tried where none is known: those beyond ASCII, where it
/// can be read only byte by byte.
pub(crate) fn senseless(bytes: &[u8]) -> usize {
    let is_read = has_escapes(bytes) || utf_8(bytes).is_some();
    let beyond = bytes.iter().filter(|byte| **byte >= 0x80).count();
    if is_read || multibyte(bytes).is_some() { 0 } else { beyond }
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
    multibyte(bytes).unwrap_or_else(|| by("windows-1252", bytes))
}

/// The text in the multibyte charset in which most of it makes sense, where there is one.
fn multibyte(bytes: &[u8]) -> Option<String> {
    ["shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"]
        .iter()
        .map(|label| by(label, bytes))
        .map(|text| (strangeness(&text), text))
        .filter(|(strange, text)| *strange * 10 < text.chars().count())
        .min_by_key(|(strange, _)| *strange)
        .map(|(_, text)| text)
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
    fn utf_7_is_read() {
        for (written, text) in [
            (&b"+ADw-b+AD4 1 +- 1"[..], "<b> 1 + 1"),
            (b"Hi Mom -+Jjo--!", "Hi Mom -\u{263A}-!"),
            (b"+ZeVnLIqe-", "\u{65E5}\u{672C}\u{8A9E}"),
            (b"+2D3cqQ", "\u{1F4A9}"),
            (b"a +A b", "a  b"),
        ] {
            assert_eq!(decode(Some("UTF-7"), written), (text.to_owned(), Decoding::Declared));
        }
    }

    #[test]
    fn what_browsers_refuse_is_told() {
        assert_eq!(decode(Some("replacement"), b"abc").1, Decoding::Refused);
        assert_eq!(decode(Some("x-unheard-of"), b"abc").1, Decoding::Unknown);
        assert_eq!(decode(Some("x-mac-cyrillic"), b"\x8F").0, "\u{41F}");
        assert_eq!((senseless("\u{E9}t\u{E9}".as_bytes()), senseless(b"\xC1\x85 \x99")), (0, 3));
    }

    #[test]
    fn a_wrong_declaration_is_seen_through() {
        assert_eq!(decode(Some("iso-2022-jp"), "お客様".as_bytes()).0, "お客様");
        assert_eq!(decode(Some("us-ascii"), "Ü".as_bytes()).0, "Ü");
        assert_eq!(decode(Some("us-ascii"), b"\x1B$B$*5RMM\x1B(B").0, "お客様");
    }
}
