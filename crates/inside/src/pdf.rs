//! Where the links of a PDF document lead (ISO 32000-1 §12.6.4.7), whether it runs scripts or opens files, and QR codes in
//! its pictures.
//!
//! Readers of PDF mend broken documents, so a document is not read by its table of objects: every stream is unpacked as
//! far as a bound, and all of it is looked through for what leads on.

use crate::{kept, picture, unread};
use flate2::read::ZlibDecoder;
use mekiki_facts::Inside;
use memchr::memmem;
use std::io::Read;

/// Most bytes of one stream, and of all streams, unpacked.
const LONGEST: usize = 8 * 1024 * 1024;
const MOST_UNPACKED: usize = 32 * 1024 * 1024;
/// Most streams that are unpacked.
const MOST_STREAMS: usize = 5_000;
/// Most bytes of the dictionary before a stream that are looked at.
const DICTIONARY: usize = 2_048;

/// Looks into a PDF document.
pub(crate) fn look(content: &[u8], pixels: &mut u64) -> Inside {
    let mut inside = Inside::default();
    let mut links = addresses(content);
    let mut codes = Vec::new();
    inside.has_macros = runs(content);
    let mut left = MOST_UNPACKED;
    let mut count = 0;
    let mut at = 0;
    while let Some(found) = memmem::find(content.get(at..).unwrap_or_default(), b"stream") {
        let start = at + found + b"stream".len();
        at = start;
        if content.get(..start).is_some_and(|before| before.ends_with(b"endstream")) {
            continue;
        }
        count += 1;
        if count > MOST_STREAMS || left == 0 {
            inside.is_unread = true;
            break;
        }
        let head = content.get((start - b"stream".len()).saturating_sub(DICTIONARY)..start).unwrap_or_default();
        let head = head.get(memmem::rfind(head, b"obj").unwrap_or(0)..).unwrap_or_default();
        let body = content.get(start..).unwrap_or_default();
        let body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
        let has = |word: &[u8]| memmem::find(head, word).is_some();
        let letters = has(b"/ASCII85Decode").then(|| from_letters(body));
        let body = letters.as_deref().unwrap_or(body);
        if has(b"/Image") {
            let end = memmem::find(content.get(start..).unwrap_or_default(), b"endstream").unwrap_or_default();
            let body = body.get(..body.len().min(end)).unwrap_or_default();
            at = start + end;
            let found = if has(b"/DCTDecode") && !has(b"/FlateDecode") {
                picture::look(body, pixels)
            } else {
                raw_picture(head, body, has(b"/FlateDecode"), &mut left, pixels)
            };
            inside.is_unread |= found.is_unread;
            codes.extend(found.codes);
        } else if has(b"/FlateDecode") || has(b"/Fl ") {
            let (unpacked, is_cut) = unpack(body, &mut left);
            inside.is_unread |= is_cut;
            links.extend(addresses(&unpacked));
            inside.has_macros |= runs(&unpacked);
        }
    }
    inside.is_locked =
        memmem::find(content, b"/Encrypt").is_some_and(|at| is_name_end(content, at + b"/Encrypt".len()));
    // What is locked is no address.
    inside.links = if inside.is_locked { Vec::new() } else { kept(links) };
    inside.codes = kept(codes);
    inside
}

/// Lines of so many bytes, each behind the filter of PNG that it was written with (PNG §9), undone.
fn unpredicted(samples: &[u8], line: usize, step: usize) -> Vec<u8> {
    let mut made: Vec<u8> = Vec::with_capacity(samples.len());
    for row in samples.chunks(line + 1) {
        let Some((filter, row)) = row.split_first() else { break };
        let start = made.len();
        for (at, value) in row.iter().enumerate() {
            let of = |back: Option<usize>| back.and_then(|place| made.get(place)).copied().unwrap_or_default();
            let left = of((at >= step).then(|| start + at - step));
            let up = of((start + at).checked_sub(line));
            let corner = of((at >= step).then(|| (start + at - step).checked_sub(line)).flatten());
            let guess = match filter {
                1 => left,
                2 => up,
                3 => left.midpoint(up),
                4 => nearest(left, up, corner),
                _ => 0,
            };
            made.push(value.wrapping_add(guess));
        }
    }
    made
}

/// The one of three that lies nearest to what they foretell together (PNG §9.4, Paeth).
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let foretold = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |value: u8| foretold.abs_diff(i16::from(value));
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

/// A stream unpacked as far as there is room, and whether it reached the end of that. What is broken is read as far as it
/// goes, as readers do.
fn unpack(body: &[u8], left: &mut usize) -> (Vec<u8>, bool) {
    let mut unpacked = Vec::new();
    let limit = LONGEST.min(*left);
    let _whole = ZlibDecoder::new(body).take(limit as u64).read_to_end(&mut unpacked);
    *left -= unpacked.len();
    let is_cut = unpacked.len() >= limit;
    (unpacked, is_cut)
}

/// ASCII base 85 undone (§7.4.3).
fn from_letters(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    let mut flush = |group: &mut Vec<u8>| {
        let length = group.len();
        if length > 1 {
            group.resize(5, 84);
            let value = group.iter().fold(0_u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(u32::from(*digit)));
            bytes.extend(value.to_be_bytes().iter().take(length - 1));
        }
        group.clear();
    };
    for letter in body.iter().filter(|byte| !byte.is_ascii_whitespace()) {
        match letter {
            b'z' if group.is_empty() => {
                group.resize(5, 0);
                flush(&mut group);
            }
            b'!'..=b'u' => group.push(letter - b'!'),
            _ => break,
        }
        if group.len() == 5 {
            flush(&mut group);
        }
    }
    flush(&mut group);
    bytes
}

/// A picture of plain samples: grey, or red, green and blue, of eight bits, or black and white of one.
fn raw_picture(head: &[u8], body: &[u8], is_packed: bool, left: &mut usize, pixels: &mut u64) -> Inside {
    let number = |name: &str| -> Option<u32> {
        let at = memmem::find(head, name.as_bytes())? + name.len();
        let digits = head
            .get(at..)?
            .iter()
            .skip_while(|byte| byte.is_ascii_whitespace())
            .take_while(|byte| byte.is_ascii_digit());
        String::from_utf8(digits.copied().collect()).ok()?.parse().ok()
    };
    let (Some(width), Some(height)) = (number("/Width"), number("/Height")) else { return Inside::default() };
    let bits = number("/BitsPerComponent").unwrap_or(1);
    let size = u64::from(width) * u64::from(height);
    if size == 0 || size > *pixels {
        return Inside { is_unread: size > 0, ..Inside::default() };
    }
    *pixels -= size;
    let samples = if is_packed { unpack(body, left).0 } else { body.to_vec() };
    let predictor = number("/Predictor").unwrap_or(1);
    let (Ok(columns), Ok(rows)) = (usize::try_from(width), usize::try_from(height)) else { return Inside::default() };
    let samples = if predictor >= 10 {
        let colours = usize::try_from(number("/Colors").unwrap_or(1)).unwrap_or(1).clamp(1, 4);
        unpredicted(&samples, (columns * colours * usize::try_from(bits).unwrap_or(8).min(16)).div_ceil(8), colours)
    } else {
        samples
    };
    let grey: Vec<u8> = if bits == 1 {
        let line = columns.div_ceil(8);
        (0..rows * columns)
            .map(|at| {
                let byte = samples.get(at / columns * line + at % columns / 8).copied().unwrap_or_default();
                if byte >> (7 - at % columns % 8) & 1 == 1 { 255 } else { 0 }
            })
            .collect()
    } else if bits == 8 && samples.len() >= columns * rows * 3 {
        samples.chunks_exact(3).take(columns * rows).map(|colour| colour.get(1).copied().unwrap_or_default()).collect()
    } else if bits == 8 && samples.len() >= columns * rows {
        samples.into_iter().take(columns * rows).collect()
    } else {
        return unread();
    };
    let codes = image::GrayImage::from_raw(width, height, grey).map(|grey| picture::codes(&grey)).unwrap_or_default();
    Inside { codes, ..Inside::default() }
}

/// Addresses in actions that open one: `/URI (…)` or `/URI <…>`, and those of forms and files elsewhere.
fn addresses(content: &[u8]) -> Vec<String> {
    let places = memmem::find_iter(content, b"/URI").map(|at| at + b"/URI".len());
    places
        .filter_map(|at| string(content.get(at..)?))
        .filter(|address| address.contains([':', '.']))
        .take(crate::MOST)
        .collect()
}

/// The string that stands here (§7.3.4), if one does.
fn string(rest: &[u8]) -> Option<String> {
    /// Longest address that is read.
    const LONGEST: usize = 8_192;
    let rest = rest.get(rest.iter().position(|byte| !byte.is_ascii_whitespace())?..)?;
    let bytes: Vec<u8> = match rest.first()? {
        b'(' => {
            let mut bytes = Vec::new();
            let mut depth = 0_usize;
            let mut rest = rest.iter().skip(1).take(LONGEST).copied().peekable();
            while let Some(byte) = rest.next() {
                match byte {
                    b'\\' => match rest.next()? {
                        b'n' | b'r' | b't' | b'b' | b'f' | b'\n' => {}
                        b'\r' => drop(rest.next_if_eq(&b'\n')),
                        digit @ b'0'..=b'7' => {
                            let mut code = u32::from(digit - b'0');
                            for _ in 0..2 {
                                if let Some(digit) = rest.next_if(|byte| matches!(byte, b'0'..=b'7')) {
                                    code = code * 8 + u32::from(digit - b'0');
                                }
                            }
                            bytes.push(code.to_le_bytes()[0]);
                        }
                        other => bytes.push(other),
                    },
                    b'(' => {
                        depth += 1;
                        bytes.push(byte);
                    }
                    b')' if depth == 0 => break,
                    b')' => {
                        depth -= 1;
                        bytes.push(byte);
                    }
                    _ => bytes.push(byte),
                }
            }
            bytes
        }
        b'<' if rest.get(1) != Some(&b'<') => {
            let digits: Vec<u8> = rest
                .iter()
                .skip(1)
                .take(LONGEST)
                .take_while(|byte| **byte != b'>')
                .filter(|byte| byte.is_ascii_hexdigit())
                .copied()
                .collect();
            let value = |digit: u8| char::from(digit).to_digit(16).unwrap_or_default();
            digits
                .chunks(2)
                .map(|pair| pair.iter().fold(0, |sum, digit| sum * 16 + value(*digit)).to_le_bytes()[0])
                .collect()
        }
        _ => return None,
    };
    // UTF-16 begins with a mark (§7.9.2.2).
    let text = match bytes.strip_prefix(b"\xFE\xFF") {
        Some(wide) => {
            let units = wide.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(*pair.first_chunk()?)));
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        None => String::from_utf8_lossy(&bytes).into_owned(),
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Whether it runs scripts or starts programs when it is opened.
fn runs(content: &[u8]) -> bool {
    let has = |word: &[u8]| memmem::find_iter(content, word).any(|at| is_name_end(content, at + word.len()));
    // Fields of forms have scripts that check what is typed: those do not count.
    has(b"/Launch") || has(b"/OpenAction") && has(b"/JavaScript")
}

/// Whether a name ends here: what stands behind it is no letter of it.
fn is_name_end(content: &[u8], at: usize) -> bool {
    content.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}
