//! Transfer encodings undone (RFC 2045 §6.7 and §6.8), as far as they go, with a note of what was wrong.

use super::field::Encoding;
use crate::{AnomalyKind, anomaly::Notes, header::line_length};
use mail_parser::decoders::base64::base64_decode;
use memchr::memchr;
use std::borrow::Cow;

/// The content of a part.
pub(super) fn decode<'a>(body: &'a [u8], encoding: Encoding, notes: &mut Notes) -> Cow<'a, [u8]> {
    match encoding {
        Encoding::Identity => Cow::Borrowed(body),
        Encoding::Base64 => Cow::Owned(base64(body, notes)),
        Encoding::QuotedPrintable => Cow::Owned(quoted_printable(body, notes)),
        Encoding::Uuencode => Cow::Owned(uuencode(body)),
    }
}

/// base64 as lenient readers have it: what does not belong is passed over. Behind the padding they go on where more
/// base64 stands there; where it is something else, such as the footer of a list, it is left out.
fn base64(body: &[u8], notes: &mut Notes) -> Vec<u8> {
    let mut dense = Vec::with_capacity(body.len());
    let mut strange: Vec<u8> = Vec::new();
    let mut is_padded = false;
    for (at, byte) in body.iter().enumerate() {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'=' => {
                is_padded = true;
                dense.push(b'=');
            }
            _ if is_padded => {
                let behind = body.get(at..).unwrap_or_default();
                let start = String::from_utf8_lossy(behind.get(..behind.len().min(200)).unwrap_or_default());
                notes.add_values(AnomalyKind::BadBase64, "data after padding", &[&start]);
                if !behind.iter().all(|byte| is_base64(*byte) || byte.is_ascii_whitespace()) {
                    break;
                }
                is_padded = false;
                dense.push(*byte);
            }
            byte if is_base64(*byte) => dense.push(*byte),
            _ if strange.len() < 20 => strange.push(*byte),
            _ => {}
        }
    }
    if !strange.is_empty() {
        notes.add_values(AnomalyKind::BadBase64, "characters", &[&String::from_utf8_lossy(&strange)]);
    }
    if dense.len() % 4 != 0 {
        notes.add(AnomalyKind::BadBase64, "truncated");
    }
    base64_decode(&dense).unwrap_or_default()
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// quoted-printable as lenient readers have it: a `=` that escapes nothing stands for itself.
fn quoted_printable(body: &[u8], notes: &mut Notes) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut lines = body;
    while !lines.is_empty() {
        let (line, behind) = lines.split_at(line_length(lines));
        lines = behind;
        let end = line.len() - line.trim_ascii_end().len();
        let content = line.trim_ascii_end();
        // The end of a line stays, white space before it goes; a `=` there joins it with the next.
        let (content, is_joined) = match content.strip_suffix(b"=") {
            Some(content) => (content, true),
            None => (content, false),
        };
        let mut rest = content;
        while let Some(at) = memchr(b'=', rest) {
            let (plain, tail) = rest.split_at(at);
            let tail = tail.get(1..).unwrap_or_default();
            bytes.extend_from_slice(plain);
            rest = tail;
            if let (Some(high), Some(low)) = (hex(tail.first()), hex(tail.get(1))) {
                bytes.push(high << 4 | low);
                rest = tail.get(2..).unwrap_or_default();
            } else {
                let odd = tail.get(..tail.len().min(2)).unwrap_or_default();
                notes.add_values(AnomalyKind::BadQuotedPrintable, "", &[&format!("={}", String::from_utf8_lossy(odd))]);
                bytes.push(b'=');
            }
        }
        bytes.extend_from_slice(rest);
        if !is_joined && end > 0 && line.ends_with(b"\n") {
            bytes.extend_from_slice(if line.ends_with(b"\r\n") { b"\r\n" } else { b"\n" });
        }
    }
    bytes
}

/// uuencode as lenient readers have it: what stands between `begin` and `end`, or all of it where neither is there.
pub(super) fn uuencode(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    for line in body.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end) {
        if line == b"end" {
            break;
        }
        let Some((length, line)) = line.split_first() else { continue };
        if line.starts_with(b"egin ") || !(b' '..=b'`').contains(length) {
            continue;
        }
        let end = bytes.len() + usize::from(length.wrapping_sub(b' ') & 63);
        for group in line.chunks(4) {
            let sextet = |at: usize| u32::from(group.get(at).copied().unwrap_or(b' ').wrapping_sub(b' ') & 63);
            let word = sextet(0) << 18 | sextet(1) << 12 | sextet(2) << 6 | sextet(3);
            let [_, first, second, third] = word.to_be_bytes();
            bytes.extend([first, second, third]);
        }
        bytes.truncate(end);
    }
    bytes
}

/// The number a hexadecimal digit stands for.
fn hex(byte: Option<&u8>) -> Option<u8> {
    byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(body: &[u8], encoding: Encoding) -> (String, Vec<String>) {
        let mut notes = Notes::default();
        let text = String::from_utf8_lossy(&decode(body, encoding, &mut notes)).into_owned();
        (text, notes.anomalies.iter().map(|one| format!("{}:{}", one.detail, one.values.join("|"))).collect())
    }

    #[test]
    fn base64_is_read_as_far_as_it_goes() {
        let read = |body: &[u8]| seen(body, Encoding::Base64);
        let nothing = Vec::<String>::new();
        assert_eq!(read(b"YWJj\r\nZGVm\r\n"), ("abcdef".to_owned(), nothing.clone()));
        assert_eq!(read(b"YQ==\r\n"), ("a".to_owned(), nothing));
        assert_eq!(read(b"YW!Jj"), ("abc".to_owned(), vec!["characters:!".to_owned()]));
        assert_eq!(read(b"YWJjZG"), ("abcd".to_owned(), vec!["truncated:".to_owned()]));
        assert_eq!(read(b"YQ==\nZGVm"), ("adef".to_owned(), vec!["data after padding:ZGVm".to_owned()]));
        assert_eq!(read(b"YQ==\n-- \nbye").0, "a");
    }

    #[test]
    fn uuencode_is_read_with_and_without_its_frame() {
        assert_eq!(seen(b"begin 644 cat.txt\n#0V%T\n`\nend\nbye\n", Encoding::Uuencode).0, "Cat");
        assert_eq!(seen(b"#0V%T\r\n#0V%T\r\n", Encoding::Uuencode).0, "CatCat");
        assert_eq!(seen(b"", Encoding::Uuencode).0, "");
    }

    #[test]
    fn quoted_printable_is_read_as_far_as_it_goes() {
        let read = |body: &[u8]| seen(body, Encoding::QuotedPrintable);
        assert_eq!(read(b"a=3Db=\r\nc  \r\nd=e9"), ("a=bc\r\nd\u{FFFD}".to_owned(), Vec::new()));
        assert_eq!(read(b"a=XZ"), ("a=XZ".to_owned(), vec![":=XZ".to_owned()]));
        assert_eq!(read(b"a=\n\nb\n"), ("a\nb\n".to_owned(), Vec::new()));
    }
}
