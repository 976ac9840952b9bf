//! Header text: encoded words (RFC 2047), raw 8-bit, and what is hidden in it.

use crate::{
    DecodedText, HiddenCharacter,
    charset::{self, Decoding},
};
use mail_parser::decoders::base64::base64_decode;
use mekiki_knowledge::fold::is_invisible;

/// Most bytes of one value that are read. Nobody sees as much of a subject or a name.
pub(crate) const LONGEST: usize = 8_000;
/// Most charset labels of one value that are kept.
const MOST_CHARSETS: usize = 20;

/// Decodes the value of an unstructured field or a phrase.
pub(crate) fn decode(value: &[u8]) -> DecodedText {
    let (value, behind) = value.split_at(value.len().min(LONGEST));
    let mut decoded = DecodedText { unread: behind.len(), ..DecodedText::default() };
    let mut full = String::with_capacity(value.len());
    // Bytes of adjacent encoded words in one charset: a character may be split between them.
    let mut pending: Option<(String, Vec<u8>)> = None;
    let tail = value.windows(2).rposition(|window| window == b"?=").map_or(usize::MAX, |at| value.len() - at);
    let mut rest = value;
    while !rest.is_empty() {
        let Some((before, word, after)) = next_word(rest, tail) else {
            flush(&mut pending, &mut full, &mut decoded);
            full.push_str(&charset::guess(rest));
            break;
        };
        let gap_counts = pending.is_none() || !before.iter().all(u8::is_ascii_whitespace);
        if gap_counts {
            flush(&mut pending, &mut full, &mut decoded);
            full.push_str(&charset::guess(before));
        }
        match &mut pending {
            Some((charset, bytes)) if *charset == word.charset && !is_complete(bytes) => {
                bytes.extend_from_slice(&word.bytes);
            }
            _ => {
                flush(&mut pending, &mut full, &mut decoded);
                pending = Some((word.charset.clone(), word.bytes));
            }
        }
        decoded.is_broken |= word.is_broken;
        if decoded.charsets.len() < MOST_CHARSETS && !decoded.charsets.contains(&word.charset) {
            decoded.charsets.push(word.charset);
        }
        rest = after;
    }
    flush(&mut pending, &mut full, &mut decoded);
    if full.contains("=?") && full.contains("?=") || full.contains(char::REPLACEMENT_CHARACTER) {
        decoded.is_broken = true;
    }
    full.truncate(full.trim_end().len());
    full.trim_start().clone_into(&mut decoded.full);
    show(&mut decoded);
    decoded
}

/// Whether ISO-2022-JP bytes have come back to ASCII, as each encoded word should: joined to the next, two escapes in
/// a row would be an error.
fn is_complete(bytes: &[u8]) -> bool {
    bytes.ends_with(b"\x1B(B")
}

fn flush(pending: &mut Option<(String, Vec<u8>)>, full: &mut String, decoded: &mut DecodedText) {
    if let Some((charset, bytes)) = pending.take() {
        let (text, how) = charset::decode(Some(&charset), &bytes);
        decoded.is_broken |= how != Decoding::Declared;
        full.push_str(&text);
    }
}

struct Word {
    charset: String,
    bytes: Vec<u8>,
    is_broken: bool,
}

/// The next encoded word: what stands before it, the word, what comes after.
/// Words end before the last `tail` bytes: without that, each beginning would be searched to the end of the text for
/// an end that never comes.
fn next_word(bytes: &[u8], tail: usize) -> Option<(&[u8], Word, &[u8])> {
    let last_end = bytes.len().checked_sub(tail)?;
    let mut from = 0;
    while from <= last_end {
        let start = from + bytes.get(from..)?.windows(2).position(|window| window == b"=?")?;
        match word_at(bytes.get(start..)?) {
            Some((word, length)) => return Some((bytes.get(..start)?, word, bytes.get(start + length..)?)),
            None => from = start + 2,
        }
    }
    None
}

/// The encoded word at the beginning of `bytes`, with its length: `=?charset*language?encoding?text?=`.
fn word_at(bytes: &[u8]) -> Option<(Word, usize)> {
    let inner = bytes.get(2..)?;
    let charset_end = inner.iter().take(60).position(|byte| *byte == b'?')?;
    let encoding = inner.get(charset_end + 1)?.to_ascii_lowercase();
    if inner.get(charset_end + 2) != Some(&b'?') || !matches!(encoding, b'b' | b'q') {
        return None;
    }
    let text = inner.get(charset_end + 3..)?;
    let end = text.windows(2).position(|window| window == b"?=")?;
    let content = text.get(..end)?;
    let label = String::from_utf8_lossy(inner.get(..charset_end)?).to_ascii_lowercase();
    let charset = label.split('*').next().unwrap_or_default().to_owned();
    let is_broken = charset.is_empty() || content.contains(&b' ') || content.windows(2).any(|window| window == b"=?");
    let (bytes, is_damaged) = if encoding == b'b' { from_base64(content) } else { (from_q(content), false) };
    Some((Word { charset, bytes, is_broken: is_broken || is_damaged }, 2 + charset_end + 3 + end + 2))
}

fn from_base64(content: &[u8]) -> (Vec<u8>, bool) {
    let kept: Vec<u8> = content
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
        .collect();
    let is_damaged = kept.len() != content.len();
    if let Some(bytes) = base64_decode(&kept) {
        return (bytes, is_damaged);
    }
    // A truncated end: read what is whole.
    let whole: Vec<u8> = kept.iter().copied().filter(|byte| *byte != b'=').collect();
    let length = whole.len() - whole.len() % 4;
    (whole.get(..length).and_then(base64_decode).unwrap_or_default(), true)
}

/// The Q encoding (RFC 2047 §4.2).
fn from_q(content: &[u8]) -> Vec<u8> {
    let hex = |byte: Option<&u8>| {
        byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let mut bytes = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match first {
            b'_' => bytes.push(b' '),
            b'=' => match (hex(tail.first()), hex(tail.get(1))) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = tail.get(2..).unwrap_or_default();
                }
                _ => bytes.push(b'='),
            },
            byte => bytes.push(*byte),
        }
    }
    bytes
}

/// Fills in what a reader sees, and notes what is hidden.
fn show(decoded: &mut DecodedText) {
    let mut shown = String::with_capacity(decoded.full.len());
    for character in decoded.full.chars() {
        if character.is_whitespace() {
            if !shown.ends_with(' ') {
                shown.push(' ');
            }
        } else if character.is_control() || is_invisible(character) {
            let code = format!("U+{:04X}", u32::from(character));
            match decoded.hidden.iter_mut().find(|hidden| hidden.code == code) {
                Some(hidden) => hidden.count += 1,
                None => decoded.hidden.push(HiddenCharacter { code, count: 1 }),
            }
        } else {
            shown.push(character);
        }
    }
    shown.trim().clone_into(&mut decoded.shown);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &[u8]) -> String {
        decode(value).shown
    }

    #[test]
    fn encoded_words_are_decoded() {
        assert_eq!(shown(b" =?ISO-2022-JP?B?GyRCJCo1Uk1NGyhC?= <x>"), "お客様 <x>");
        assert_eq!(shown(b"=?utf-8?q?Gr=C3=BC=C3=9Fe_an?= alle"), "Grüße an alle");
        assert_eq!(shown(b"=?utf-8*de?Q?a?= =?utf-8?Q?b?=  c"), "ab c");
    }

    #[test]
    fn a_character_split_between_words_is_joined() {
        assert_eq!(shown(b"=?utf-8?B?44GC4w==?=\r\n =?utf-8?B?gYQ=?="), "あい");
        assert_eq!(shown(b"=?ISO-2022-JP?B?GyRCJCIbKEI=?=\r\n =?ISO-2022-JP?B?GyRCJCQbKEI=?="), "あい");
    }

    #[test]
    fn raw_bytes_are_guessed() {
        assert_eq!(shown("お客様".as_bytes()), "お客様");
        assert_eq!(shown(b"\x1B$B$*5RMM\x1B(B"), "お客様");
    }

    #[test]
    fn broken_words_are_noted_and_read_as_far_as_they_go() {
        assert!(decode(b"=?utf-8?B?44GC44G?=").is_broken);
        assert!(decode(b"=?x-unheard-of?Q?abc?=").is_broken);
        assert!(decode(b"=?utf-8?Q?=3D=3Futf-8=3FQ=3Fnested=3F=3D?=").is_broken);
        assert!(!decode(b"a =? b").is_broken);
    }

    #[test]
    fn hidden_characters_are_named_and_not_shown() {
        let decoded = decode("Pay\u{200B}Pal\u{202E}".as_bytes());
        assert_eq!(decoded.shown, "PayPal");
        assert_eq!(decoded.hidden.iter().map(|hidden| hidden.code.as_str()).collect::<Vec<_>>(), ["U+200B", "U+202E"]);
    }
}
