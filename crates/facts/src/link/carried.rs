//! Mail addresses that stand in a link, in the open or encoded.

use super::unwrap::{from_base64, percent_decoded};
use crate::{CarriedAddress, Coding};
use url::Url;

/// Most addresses of one link that are kept.
const MOST: usize = 8;

/// The addresses in path, query and fragment, each once.
pub(super) fn find(url: &Url) -> Vec<CarriedAddress> {
    let mut found: Vec<CarriedAddress> = Vec::new();
    let parts =
        [(url.path(), false), (url.query().unwrap_or_default(), false), (url.fragment().unwrap_or_default(), true)];
    for (part, in_fragment) in parts {
        for piece in part.split(['/', '?', '&', '=', ';', ',', '|']).filter(|piece| piece.len() >= 6).take(200) {
            let Some((address, coding)) = read(piece).filter(|_| found.len() < MOST) else { continue };
            if !found.iter().any(|known| known.address == address) {
                found.push(CarriedAddress { address, coding, in_fragment });
            }
        }
    }
    found
}

/// The address a piece of a link is, and how it is written.
fn read(piece: &str) -> Option<(String, Coding)> {
    // Forms encode twice what a redirector carries.
    let once = percent_decoded(piece);
    let decoded = percent_decoded(&once);
    let plain = decoded.trim_matches(|character: char| !character.is_alphanumeric());
    if let Some(address) = address(plain) {
        return Some((address, if piece.contains('@') { Coding::Plain } else { Coding::Percent }));
    }
    // Base64 may have its padding cut off by the split above.
    let coded = plain.trim_end_matches('=');
    let hex = || from_hex(coded).and_then(|text| Some((address(text.trim())?, Coding::Hex)));
    hex().or_else(|| from_base64(coded).and_then(|text| Some((address(text.trim())?, Coding::Base64))))
}

/// `text` in lower case where it reads as a mail address.
fn address(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let is_word = |text: &str, more: &[char]| {
        !text.is_empty() && text.chars().all(|character| character.is_alphanumeric() || more.contains(&character))
    };
    let holds = text.len() <= 254
        && is_word(local, &['.', '_', '-', '+', '\'', '!', '#', '$', '*'])
        && is_word(domain, &['.', '-']);
    holds.then(|| text.to_lowercase())
}

fn from_hex(text: &str) -> Option<String> {
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if text.len() < 12 || !text.len().is_multiple_of(2) || text.len() > 600 || !is_hex {
        return None;
    }
    let digits: Option<Vec<u8>> =
        text.chars().map(|character| character.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let bytes = digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn addresses_are_found_in_every_writing() {
        for (url, coding, in_fragment) in [
            ("https://www.example.com/?mail=info@example.jp", Coding::Plain, false),
            ("https://www.example.com/x/INFO@Example.JP", Coding::Plain, false),
            ("https://www.example.com/?mail=info%40example.jp&x=1", Coding::Percent, false),
            ("https://www.example.com/?u=info%2540example.jp", Coding::Percent, false),
            ("https://www.example.com/?e=aW5mb0BleGFtcGxlLmpw", Coding::Base64, false),
            ("https://www.example.com/?e=696e666f406578616d706c652e6a70", Coding::Hex, false),
            ("https://www.example.com/#info@example.jp", Coding::Plain, true),
            ("https://www.example.com/in#e=aW5mb0BleGFtcGxlLmpw", Coding::Base64, true),
            ("https://www.example.com/?h={info@example.jp}", Coding::Plain, false),
        ] {
            let found = find(&Url::parse(url).unwrap());
            let one = found.first().unwrap_or_else(|| panic!("{url}"));
            assert_eq!(
                (one.address.as_str(), one.coding, one.in_fragment),
                ("info@example.jp", coding, in_fragment),
                "{url}"
            );
        }
    }

    #[test]
    fn other_at_signs_are_no_addresses() {
        for url in [
            "https://www.example.com/@taro/1234",
            "https://www.example.com/maps/@35.6,139.7,15z",
            "https://www.example.com/?q=a@",
            "https://www.example.com/pkg/@scope%2Fname@1%20x",
        ] {
            assert!(find(&Url::parse(url).unwrap()).is_empty(), "{url}");
        }
    }
}
