//! A message as signatures see it: fields as they were written, and the body. Lines end in LF or CRLF; what is hashed
//! always has CRLF.

use memchr::memchr;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A message in two parts.
pub(crate) struct Message<'a> {
    /// The fields, first first.
    pub fields: Vec<Field<'a>>,
    /// Places in `fields` by name in lower case, first first.
    by_name: HashMap<String, Vec<usize>>,
    /// What stands behind the first empty line.
    pub body: &'a [u8],
}

/// One field, as written.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// What stands before the colon.
    name: &'a [u8],
    /// What stands behind it, its own line ends included, but not the last one.
    pub value: &'a [u8],
}

/// How header or body is made alike before it is hashed (RFC 6376 §3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Canon {
    Simple,
    Relaxed,
}

impl<'a> Message<'a> {
    /// Splits a message. Never fails: what is no field is passed over.
    pub(crate) fn read(raw: &'a [u8]) -> Self {
        let raw = raw.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(raw);
        let mut fields: Vec<Field> = Vec::new();
        let mut lines = Lines(raw);
        let mut body: &[u8] = &[];
        // Offsets of the field that is being read: where it begins, its colon, where it ends.
        let mut open: Option<(usize, usize, usize)> = None;
        let take = |open: Option<(usize, usize, usize)>, fields: &mut Vec<Field<'a>>| {
            let Some((start, colon, end)) = open else { return };
            if let (Some(name), Some(value)) = (raw.get(start..colon), raw.get(colon + 1..end)) {
                fields.push(Field { name, value });
            }
        };
        while let Some((line, _)) = lines.next() {
            let behind = lines.0;
            let end = raw.len() - behind.len();
            if line.is_empty() {
                body = behind;
                break;
            }
            let start = line_start(raw, end, line);
            let is_folded = matches!(line.first(), Some(b' ' | b'\t'));
            match (&mut open, is_folded, memchr(b':', line)) {
                (Some((_, _, open_end)), true, _) => *open_end = start + line.len(),
                (_, _, Some(colon)) => {
                    take(open.take(), &mut fields);
                    open = Some((start, start + colon, start + line.len()));
                }
                _ => take(open.take(), &mut fields),
            }
        }
        take(open, &mut fields);
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, field) in fields.iter().enumerate() {
            by_name.entry(field.name()).or_default().push(place);
        }
        Self { fields, by_name, body }
    }

    /// Places of the fields of a name in lower case, first first.
    pub(crate) fn places(&self, name: &str) -> &[usize] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Where a line begins that ends, its end included, at `end`.
fn line_start(raw: &[u8], end: usize, line: &[u8]) -> usize {
    let before = raw.get(..end).unwrap_or_default();
    let terminator = match before {
        [.., b'\r', b'\n'] => 2,
        [.., b'\n'] => 1,
        _ => 0,
    };
    end - terminator - line.len()
}

impl Field<'_> {
    /// The name in lower case, as mail clients read it: without white space, whatever stands before the colon.
    pub(crate) fn name(&self) -> String {
        let visible = self.name.iter().filter(|byte| !byte.is_ascii_whitespace() && **byte != 0);
        visible.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
    }

    /// Hashes the field, without the line end behind it. `left_out` is a part of the value that counts as empty.
    pub(crate) fn hash(&self, canon: Canon, left_out: Option<(usize, usize)>, hasher: &mut impl Digest) {
        let (head, tail) = match left_out {
            Some((start, end)) => {
                (self.value.get(..start).unwrap_or_default(), self.value.get(end..).unwrap_or_default())
            }
            None => (self.value, &[][..]),
        };
        match canon {
            Canon::Simple => {
                hasher.update(self.name);
                hasher.update(b":");
                hash_lines(head, hasher);
                hash_lines(tail, hasher);
            }
            Canon::Relaxed => {
                let name: Vec<u8> = self.name.trim_ascii_end().to_ascii_lowercase();
                hasher.update(&name);
                hasher.update(b":");
                let mut words = head.iter().chain(tail).copied().filter(|byte| !matches!(byte, b'\r' | b'\n'));
                let mut buffer = Vec::with_capacity(self.value.len());
                let mut is_gap = false;
                for byte in &mut words {
                    if matches!(byte, b' ' | b'\t') {
                        is_gap = true;
                        continue;
                    }
                    if is_gap && !buffer.is_empty() {
                        buffer.push(b' ');
                    }
                    is_gap = false;
                    buffer.push(byte);
                }
                hasher.update(&buffer);
            }
        }
    }

    /// The value as text. Bytes that are no ASCII keep their places, as characters that no tag has.
    pub(crate) fn text(&self) -> String {
        self.value.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '\u{7f}' }).collect()
    }
}

/// Hashes text with each line end made CRLF.
fn hash_lines(text: &[u8], hasher: &mut impl Digest) {
    for (line, is_ended) in Lines(text) {
        hasher.update(line);
        if is_ended {
            hasher.update(b"\r\n");
        }
    }
}

/// The lines of some text, each without its end, and whether it had one.
struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a [u8], bool);

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let Some(end) = memchr(b'\n', self.0) else { return Some((std::mem::take(&mut self.0), false)) };
        let (line, rest) = self.0.split_at(end);
        self.0 = rest.get(1..).unwrap_or_default();
        Some((line.strip_suffix(b"\r").unwrap_or(line), true))
    }
}

/// Hashes of one body in one canonical form, whole and cut at given lengths.
pub(crate) struct BodyHash {
    /// Bytes of the canonical body.
    pub length: u64,
    /// Hash of the whole.
    pub whole: [u8; 32],
    /// Hashes by length.
    cut: HashMap<u64, [u8; 32]>,
}

impl BodyHash {
    /// Hashes a body in one pass, whatever the number of lengths.
    pub(crate) fn of(body: &[u8], canon: Canon, lengths: &[u64]) -> Self {
        let mut lengths = lengths.to_vec();
        lengths.sort_unstable_by(|one, other| other.cmp(one));
        lengths.dedup();
        let mut sink = Sink { hasher: Sha256::new(), length: 0, lengths, cut: HashMap::new() };
        sink.reach();
        match canon {
            Canon::Simple => simple_body(body, &mut sink),
            Canon::Relaxed => relaxed_body(body, &mut sink),
        }
        Self { length: sink.length, whole: sink.hasher.finalize().into(), cut: sink.cut }
    }

    /// The hash of that many bytes; nothing where the body has fewer.
    pub(crate) fn first(&self, length: u64) -> Option<[u8; 32]> {
        if length == self.length { Some(self.whole) } else { self.cut.get(&length).copied() }
    }
}

/// Takes the canonical body, and keeps the hash at each length that is asked for.
struct Sink {
    hasher: Sha256,
    length: u64,
    /// Lengths still to come, the next one last.
    lengths: Vec<u64>,
    cut: HashMap<u64, [u8; 32]>,
}

impl Sink {
    fn put(&mut self, mut bytes: &[u8]) {
        while let Some(next) = self.lengths.last() {
            let room = usize::try_from(next - self.length).unwrap_or(usize::MAX);
            let Some((now, later)) = bytes.split_at_checked(room) else { break };
            self.hasher.update(now);
            self.length += now.len() as u64;
            bytes = later;
            self.reach();
        }
        self.hasher.update(bytes);
        self.length += bytes.len() as u64;
    }

    /// Keeps the hash where a length is reached.
    fn reach(&mut self) {
        while self.lengths.last() == Some(&self.length) {
            self.cut.insert(self.length, self.hasher.clone().finalize().into());
            self.lengths.pop();
        }
    }
}

/// RFC 6376 §3.4.3: empty lines at the end are left out, and there is a line end at least.
fn simple_body(body: &[u8], sink: &mut Sink) {
    let mut empty = 0_usize;
    for (line, _) in Lines(body) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty) {
            sink.put(b"\r\n");
        }
        sink.put(line);
        sink.put(b"\r\n");
    }
    if sink.length == 0 {
        sink.put(b"\r\n");
    }
}

/// RFC 6376 §3.4.4: white space is one space, none at the ends of lines; empty lines at the end are left out.
fn relaxed_body(body: &[u8], sink: &mut Sink) {
    let mut empty = 0_usize;
    let mut buffer = Vec::new();
    for (line, _) in Lines(body) {
        let end = line.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |last| last + 1);
        let line = line.get(..end).unwrap_or_default();
        if line.is_empty() {
            empty += 1;
            continue;
        }
        for _ in 0..std::mem::take(&mut empty) {
            sink.put(b"\r\n");
        }
        buffer.clear();
        let mut is_gap = false;
        for byte in line {
            let is_space = matches!(byte, b' ' | b'\t');
            match (is_space, is_gap) {
                (true, true) => {}
                (true, false) => buffer.push(b' '),
                (false, _) => buffer.push(*byte),
            }
            is_gap = is_space;
        }
        buffer.extend_from_slice(b"\r\n");
        sink.put(&buffer);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
    use super::*;

    fn body(body: &str, canon: Canon) -> [u8; 32] {
        BodyHash::of(body.as_bytes(), canon, &[]).whole
    }

    fn hash(text: &str) -> [u8; 32] {
        Sha256::digest(text.as_bytes()).into()
    }

    fn field(field: &str, canon: Canon) -> [u8; 32] {
        let message = Message::read(field.as_bytes());
        let mut hasher = Sha256::new();
        message.fields[0].hash(canon, None, &mut hasher);
        hasher.finalize().into()
    }

    #[test]
    fn bodies_are_made_alike_as_the_rfc_says() {
        // The example of RFC 6376 §3.4.5.
        let text = " C \r\nD \t E\r\n\r\n\r\n";
        assert_eq!(body(text, Canon::Relaxed), hash(" C\r\nD E\r\n"));
        assert_eq!(body(text, Canon::Simple), hash(" C \r\nD \t E\r\n"));
        // §3.4.3 and §3.4.4: an empty body.
        for empty in ["", "\r\n", "\r\n\r\n", "\n"] {
            assert_eq!(body(empty, Canon::Simple), hash("\r\n"));
            assert_eq!(body(empty, Canon::Relaxed), hash(""));
        }
        assert_eq!(body("a\n\nb", Canon::Simple), hash("a\r\n\r\nb\r\n"));
        assert_eq!(body(" \t\n\na", Canon::Relaxed), hash("\r\n\r\na\r\n"));
    }

    #[test]
    fn fields_are_made_alike_as_the_rfc_says() {
        assert_eq!(field("A: X\r\n\r\n", Canon::Relaxed), hash("a:X"));
        assert_eq!(field("B : Y\t\r\n\tZ  \r\n\r\n", Canon::Relaxed), hash("b:Y Z"));
        assert_eq!(field("B : Y\t\n\tZ  \n\n", Canon::Simple), hash("B : Y\t\r\n\tZ  "));
    }

    #[test]
    fn a_body_is_cut_at_any_length_in_one_pass() {
        let hashes = BodyHash::of(b"ab\ncd\n", Canon::Simple, &[3, 0, 5, 9, 8, 3]);
        assert_eq!(hashes.length, 8);
        assert_eq!(hashes.first(0), Some(hash("")));
        assert_eq!(hashes.first(3), Some(hash("ab\r")));
        assert_eq!(hashes.first(5), Some(hash("ab\r\nc")));
        assert_eq!(hashes.first(8), Some(hashes.whole));
        assert_eq!(hashes.first(9), None);
    }

    #[test]
    fn what_is_no_field_is_passed_over() {
        let message =
            Message::read(b"From a@example.com\r\nF\0rom : b\r\n c\r\nnonsense\r\n d\r\nTo: e\r\n\r\nbody: x");
        assert_eq!(message.fields.iter().map(Field::name).collect::<Vec<_>>(), ["from", "to"]);
        assert_eq!(message.fields[0].value, b" b\r\n c");
        assert_eq!(message.body, b"body: x");
        assert!(Message::read(b"").fields.is_empty());
        assert_eq!(Message::read(b"a: b").fields.len(), 1);
    }
}
