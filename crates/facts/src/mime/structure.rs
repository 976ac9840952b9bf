//! Where the parts of a message lie (RFC 2046 §5.1), found in one pass over its lines, however they are nested.
//!
//! It reads as much as any reader would: every reading of a boundary counts, and parts behind the end of a multipart
//! are parts all the same. What another reader would not see, or see elsewhere, is noted.

use super::field::{Encoding, PartHeader};
use crate::{
    AnomalyKind, UnreadKind,
    anomaly::Notes,
    header::{self, LONGEST_LINE, RawHeader, line_length, text, trim_line_end},
};
use memchr::{memchr, memchr2};
use std::ops::Range;

/// Most parts that are read.
const MOST_PARTS: usize = 1_000;
/// Deepest nesting of multiparts that is followed.
const DEEPEST_MULTIPART: usize = 40;
/// Deepest nesting of attached messages that is followed.
pub(super) const DEEPEST_MESSAGE: usize = 8;

/// A part that holds something itself: text, a file, an attached message.
pub(super) struct Part {
    /// How it says it is to be read.
    pub header: PartHeader,
    /// Where its content lies in the message.
    pub body: Range<usize>,
    /// 0 for a part of the message itself, 1 inside an attached message, …
    pub depth: usize,
}

/// A multipart whose parts are being read.
struct Open {
    boundaries: Vec<Vec<u8>>,
    /// Where its content begins.
    start: usize,
    /// Attached messages around it.
    depth: usize,
    is_digest: bool,
    was_seen: bool,
    is_closed: bool,
}

/// Where the line at hand stands.
enum Place {
    /// In the header of a part that begins there.
    Header(usize),
    /// In the content of the part that is being read.
    Content,
    /// Before the first part of a multipart, or behind its last.
    Between,
}

struct Walk<'a> {
    raw: &'a [u8],
    /// Attached messages around this one.
    depth: usize,
    notes: &'a mut Notes,
    parts: Vec<Part>,
    open: Vec<Open>,
    /// Attached messages that have not ended: the index in `parts`, and how many multiparts are around.
    messages: Vec<(usize, usize)>,
    place: Place,
    /// The part whose content is being read.
    current: Option<Part>,
}

/// Finds the parts. `depth` is that of the message itself.
pub(super) fn parts(raw: &[u8], header: &RawHeader, depth: usize, notes: &mut Notes) -> Vec<Part> {
    let top = PartHeader::read(&header.fields, notes);
    let mut walk = Walk {
        raw,
        depth,
        notes,
        parts: Vec::new(),
        open: Vec::new(),
        messages: Vec::new(),
        place: Place::Between,
        current: None,
    };
    walk.begin(top, header.body, "text/plain");
    let mut at = header.body;
    let mut lines = LineEnds::of(raw.get(..at).unwrap_or_default());
    let mut boundaries = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let length = line_length(rest);
        let line = rest.get(..length).unwrap_or_default();
        lines.count(line, walk.notes);
        match walk.boundary(line) {
            Some((level, is_end)) => {
                boundaries += 1;
                if boundaries > MOST_PARTS {
                    walk.notes.unread.add(UnreadKind::Parts, "", rest.len(), true);
                    break;
                }
                walk.delimit(level, is_end, at, at + length);
            }
            None => walk.line(line, at, at + length),
        }
        at += length;
    }
    walk.finish(at);
    lines.note(walk.notes);
    walk.parts
}

impl Walk<'_> {
    /// The multipart whose boundary a line is, and whether it is its end. The outermost counts, as in mail clients.
    fn boundary(&self, line: &[u8]) -> Option<(usize, bool)> {
        let rest = line.strip_prefix(b"--")?.trim_ascii_end();
        self.open.iter().enumerate().find_map(|(level, open)| {
            open.boundaries.iter().filter(|boundary| !boundary.is_empty()).find_map(|boundary| {
                let rest = rest.strip_prefix(boundary.trim_ascii_end())?;
                (rest.is_empty() || rest == b"--").then_some((level, !rest.is_empty()))
            })
        })
    }

    /// Ends what a boundary line at `at` ends, and begins what it begins.
    fn delimit(&mut self, level: usize, is_end: bool, at: usize, next: usize) {
        self.end_part(at);
        while self.open.len() > level + 1 {
            self.close(at);
        }
        while let Some((message, _)) = self.messages.pop_if(|(_, multiparts)| *multiparts > level) {
            self.end_message(message, at);
        }
        let Some(open) = self.open.get_mut(level) else { return };
        open.was_seen = true;
        if is_end {
            open.is_closed = true;
            self.place = Place::Between;
        } else {
            if open.is_closed {
                let boundary = open.boundaries.first().map(|boundary| text(boundary)).unwrap_or_default();
                self.notes.add_values(AnomalyKind::HiddenPart, "epilogue", &[&boundary]);
            }
            self.place = Place::Header(next);
        }
    }

    /// Takes a line that is no boundary.
    fn line(&mut self, line: &[u8], at: usize, next: usize) {
        match self.place {
            Place::Header(start) if trim_line_end(line).is_empty() => self.end_header(start, at, next),
            Place::Between => {
                if let Some(open) = self.open.last()
                    && is_mime_field(line)
                {
                    let place = if open.was_seen { "epilogue" } else { "preamble" };
                    self.notes.add_values(AnomalyKind::HiddenPart, place, &[&text(line)]);
                }
            }
            Place::Content if line.starts_with(b"--") => self.look_for_stray_boundary(line),
            Place::Header(_) | Place::Content => {}
        }
    }

    /// A part that is no multipart and has a boundary all the same: to some readers, what stands between is parts.
    fn look_for_stray_boundary(&mut self, line: &[u8]) {
        let Some(part) = &self.current else { return };
        let rest = line.get(2..).unwrap_or_default().trim_ascii_end();
        if part.header.boundaries.iter().any(|boundary| !boundary.is_empty() && boundary == rest) {
            self.notes.add_values(AnomalyKind::BrokenBoundary, "no multipart", &[&text(rest)]);
        }
    }

    /// Reads the header of a part from `start` to `end`, and begins its content at `next`.
    fn end_header(&mut self, start: usize, end: usize, next: usize) {
        let RawHeader { fields, body, anomalies, unread } = header::read(self.raw.get(start..end).unwrap_or_default());
        self.notes.unread.append(unread);
        for anomaly in anomalies {
            let is_of_mime =
                !matches!(anomaly.kind, AnomalyKind::DuplicateField) || anomaly.detail.starts_with("Content-");
            if is_of_mime {
                let values: Vec<&str> = anomaly.values.iter().map(String::as_str).collect();
                self.notes.add_times(anomaly.kind, &anomaly.detail, &values, anomaly.count);
            }
        }
        let header = PartHeader::read(&fields, self.notes);
        let is_inside_message = self.messages.last().is_some_and(|(_, multiparts)| *multiparts == self.open.len());
        let is_of_digest = !is_inside_message && self.open.last().is_some_and(|open| open.is_digest);
        let default = if is_of_digest { "message/rfc822" } else { "text/plain" };
        let is_whole = start + body >= end;
        self.begin(header, if is_whole { next } else { start + body }, default);
    }

    /// Begins the content of a part.
    fn begin(&mut self, mut header: PartHeader, start: usize, default: &str) {
        let nested = self.depth + self.messages.len();
        let kind = header.media_type().unwrap_or(default).to_owned();
        let has_boundary = header.boundaries.iter().any(|boundary| !boundary.is_empty());
        if header.is_multipart() && has_boundary {
            let known = header.boundaries.iter().find(|one| self.open.iter().any(|open| open.boundaries.contains(one)));
            if let Some(known) = known {
                self.notes.add_values(AnomalyKind::ReusedBoundary, "", &[&text(known)]);
            }
            if kind == "multipart/encrypted" {
                self.notes.unread.add(UnreadKind::Encrypted, &kind, 0, true);
            }
            if self.open.len() < DEEPEST_MULTIPART {
                self.open.push(Open {
                    boundaries: header.boundaries,
                    start,
                    depth: nested,
                    is_digest: kind == "multipart/digest",
                    was_seen: false,
                    is_closed: false,
                });
                self.place = Place::Between;
                return;
            }
            self.notes.unread.add(UnreadKind::Depth, "multipart", 0, true);
        }
        let is_encoded = header.encodings.first().is_some_and(|encoding| *encoding != Encoding::Identity);
        if matches!(kind.as_str(), "message/rfc822" | "message/global") && !is_encoded {
            if header.types.is_empty() {
                header.types.push(kind);
            }
            let part = Part { header, body: start..start, depth: nested };
            if nested < DEEPEST_MESSAGE {
                self.messages.push((self.parts.len(), self.open.len()));
                self.parts.push(part);
                self.place = Place::Header(start);
                return;
            }
            self.notes.unread.add(UnreadKind::Depth, "message/rfc822", 0, false);
            self.current = Some(part);
        } else {
            self.current = Some(Part { header, body: start..start, depth: nested });
        }
        self.place = Place::Content;
    }

    /// Ends the part whose content or header ends at `at`.
    fn end_part(&mut self, at: usize) {
        if let Place::Header(start) = self.place {
            self.end_header(start, at, at);
        }
        self.place = Place::Between;
        if let Some(mut part) = self.current.take() {
            part.body.end = self.content_end(part.body.start, at);
            self.parts.push(part);
        }
    }

    /// The end of what stands before a boundary line at `at`: the line end before it belongs to the boundary.
    fn content_end(&self, start: usize, at: usize) -> usize {
        let content = self.raw.get(start..at).unwrap_or_default();
        start + trim_line_end(content).len()
    }

    fn end_message(&mut self, message: usize, at: usize) {
        let start = self.parts.get(message).map_or(at, |part| part.body.start);
        let end = self.content_end(start, at);
        if let Some(part) = self.parts.get_mut(message) {
            part.body.end = end;
        }
    }

    /// Closes the innermost multipart at `at`.
    fn close(&mut self, at: usize) {
        let Some(open) = self.open.pop() else { return };
        let boundary = open.boundaries.first().map(|boundary| text(boundary)).unwrap_or_default();
        if !open.was_seen {
            self.notes.add_values(AnomalyKind::BrokenBoundary, "unused", &[&boundary]);
            // No reader finds parts in it. What stands there is text to some.
            let body = open.start..self.content_end(open.start, at);
            if !self.raw.get(body.clone()).unwrap_or_default().trim_ascii().is_empty() {
                self.parts.push(Part { header: PartHeader::default(), body, depth: open.depth });
            }
        } else if !open.is_closed {
            self.notes.add_values(AnomalyKind::BrokenBoundary, "unclosed", &[&boundary]);
        }
    }

    /// Ends everything at the end of the message.
    fn finish(&mut self, at: usize) {
        self.end_part(at);
        while !self.open.is_empty() {
            self.close(at);
        }
        while let Some((message, _)) = self.messages.pop() {
            self.end_message(message, at);
        }
    }
}

/// Whether a line reads as the beginning of a part.
fn is_mime_field(line: &[u8]) -> bool {
    const NAMES: &[&[u8]] = &[b"content-type:", b"content-transfer-encoding:"];
    NAMES.iter().any(|name| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
}

/// What the lines end with, and what those of the body should not hold.
#[derive(Default)]
struct LineEnds {
    with_cr: usize,
    without_cr: usize,
}

impl LineEnds {
    /// The ends of the lines of the header, whose other oddities were noted when it was read.
    fn of(header: &[u8]) -> Self {
        let lines = header.split_inclusive(|byte| *byte == b'\n');
        let with_cr = lines.clone().filter(|line| line.ends_with(b"\r\n")).count();
        Self { with_cr, without_cr: lines.filter(|line| line.ends_with(b"\n")).count() - with_cr }
    }

    fn count(&mut self, line: &[u8], notes: &mut Notes) {
        let content = trim_line_end(line);
        if line.ends_with(b"\r\n") {
            self.with_cr += 1;
        } else if line.ends_with(b"\n") {
            self.without_cr += 1;
        }
        let has = |byte: u8| memchr(byte, content).is_some();
        if memchr2(b'\r', 0, content).is_some() {
            if has(b'\r') {
                notes.add(AnomalyKind::BareCr, "body");
            }
            if has(0) {
                notes.add(AnomalyKind::Nul, "body");
            }
        }
        if content.len() > LONGEST_LINE {
            notes.add(AnomalyKind::OverlongLine, "body");
        }
    }

    fn note(&self, notes: &mut Notes) {
        if self.with_cr > 0 && self.without_cr > 0 {
            let values = [format!("{} CRLF", self.with_cr), format!("{} LF", self.without_cr)];
            notes.add_values(AnomalyKind::MixedLineEnds, "", &[&values[0], &values[1]]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Type, depth and content of every part, and what was noted.
    fn seen(raw: &str) -> (Vec<String>, Vec<String>) {
        let mut notes = Notes::default();
        let parts = parts(raw.as_bytes(), &header::read(raw.as_bytes()), 0, &mut notes)
            .into_iter()
            .map(|part| {
                let content = raw.get(part.body).unwrap_or("?").replace("\r\n", "/").replace('\n', "/");
                format!("{} {} {content}", part.depth, part.header.media_type().unwrap_or("-"))
            })
            .collect();
        let notes: Vec<String> = notes
            .anomalies
            .iter()
            .map(|one| format!("{:?} {} {}", one.kind, one.detail, one.values.join("|")))
            .chain(std::mem::take(&mut notes.unread).shares(1).iter().map(|one| format!("{:?} {}", one.kind, one.what)))
            .collect();
        (parts, notes)
    }

    const OUTER: &str = "Content-Type: multipart/mixed; boundary=o\n\n";
    const INNER: &str = "Content-Type: multipart/alternative; boundary=i\n\n";

    #[test]
    fn well_formed_nesting_is_read_and_nothing_noted() {
        let raw = format!(
            "{OUTER}preamble\n--o\n{INNER}--i\n\none\n--i\nContent-Type: text/html\n\n<p>two\n\n--i--\n\n--o\nContent-Type: message/rfc822\n\nSubject: x\n\ninner\n--o--\nend\n"
        );
        for raw in [raw.clone(), raw.replace('\n', "\r\n")] {
            let (parts, notes) = seen(&raw);
            assert_eq!(parts, ["0 - one", "0 text/html <p>two/", "0 message/rfc822 Subject: x//inner", "1 - inner"]);
            assert!(notes.is_empty(), "{notes:?}");
        }
    }

    #[test]
    fn broken_structures_are_read_as_far_as_they_go() {
        let part = |name: &str| format!("--{name}\n\n{name}\n");
        for (raw, wanted, note) in [
            (format!("{OUTER}{}", part("o")), &["0 - o"][..], "BrokenBoundary unclosed o"),
            (format!("{OUTER}text\n"), &["0 - text"], "BrokenBoundary unused o"),
            (format!("{OUTER}--o--\n{}--o--\n", part("o")), &["0 - o"], "HiddenPart epilogue o"),
            (
                format!("{OUTER}Content-Type: text/html\n\n{}--o--\n", part("o")),
                &["0 - o"],
                "HiddenPart preamble Content-Type: text/html",
            ),
            (format!("{OUTER}--o\n{INNER}{}--o--\n", part("i")), &["0 - i"], "BrokenBoundary unclosed i"),
            (
                format!("{OUTER}--o\nContent-Type: multipart/mixed; boundary=o\n\n{}--o--\n", part("o")),
                &["0 - o"],
                "ReusedBoundary  o",
            ),
            (
                format!(
                    "Content-Type: multipart/mixed; boundary=o; boundary=i\n\n{}{}--i--\n--o--\n",
                    part("o"),
                    part("i")
                ),
                &["0 - o", "0 - i"],
                "ConflictingParameter boundary o|i",
            ),
            (
                format!("Content-Type: text/plain; boundary=o\n\n{}--o--\n", part("o")),
                &["0 text/plain --o//o/--o--"],
                "BrokenBoundary no multipart o",
            ),
        ] {
            let (parts, notes) = seen(&raw);
            assert_eq!(parts, wanted, "{raw}");
            assert_eq!(notes.first().map_or("", String::as_str), note, "{raw}");
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let deep = "Content-Type: message/rfc822\n\n".repeat(100_000);
        let (parts, notes) = seen(&deep);
        assert_eq!(parts.len(), DEEPEST_MESSAGE + 1);
        assert_eq!(notes, ["Depth message/rfc822"]);
        let deep: String =
            (0..1_000).map(|level| format!("Content-Type: multipart/mixed; boundary={level}\n\n--{level}\n")).collect();
        assert!(seen(&deep).1.contains(&"Depth multipart".to_owned()));
        let wide = format!("{OUTER}{}", "--o\n\nx\n".repeat(10_000));
        let (parts, notes) = seen(&wide);
        assert_eq!(parts.len(), MOST_PARTS);
        assert_eq!(notes.last().map(String::as_str), Some("Parts "));
    }

    #[test]
    fn mixed_line_ends_are_counted() {
        let (_, notes) = seen("Subject: x\r\n\r\na\r\nb\nc\rd\r\n");
        assert_eq!(notes, ["BareCr body ", "MixedLineEnds  4 CRLF|1 LF"]);
    }
}
