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
use std::{collections::HashMap, ops::Range};

/// Most parts that are read, whatever they are. Beyond, as many again that are text and not blank.
const MOST_PARTS: usize = 1_000;
/// Deepest nesting of multiparts that is followed.
const DEEPEST_MULTIPART: usize = 256;
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
    /// Whether a mail client shows it as part of the message: not another alternative in its place, nor is it, or the
    /// message around it, an attachment or what a report returns.
    pub is_shown: bool,
    /// The same, whichever of alternatives a mail client shows.
    pub may_be_shown: bool,
    /// The alternatives around it, and which branch of each it stands in.
    branches: Vec<(usize, usize)>,
}

impl Part {
    /// Whether it stands in an alternative.
    pub fn is_alternative(&self) -> bool {
        !self.branches.is_empty()
    }
}

/// An attached message that has not ended.
struct Message {
    /// Its place among the parts.
    part: usize,
    /// How many multiparts are around it.
    multiparts: usize,
    /// Whether a mail client shows it.
    is_shown: bool,
}

/// A multipart whose parts are being read.
struct Open {
    boundaries: Vec<Vec<u8>>,
    /// Where its content begins.
    start: usize,
    /// Attached messages around it.
    depth: usize,
    is_digest: bool,
    /// A report (RFC 6522), which returns a message.
    is_report: bool,
    /// Where it is an alternative: its number, and the branch that is being read.
    alternative: Option<(usize, usize)>,
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
    /// The outermost open multipart of each boundary.
    levels: HashMap<Vec<u8>, usize>,
    messages: Vec<Message>,
    /// Of every alternative what its branches are.
    alternatives: Vec<Vec<Branch>>,
    /// Boundary lines so far, and parts that were kept beyond [`MOST_PARTS`].
    boundaries: usize,
    beyond: usize,
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
        levels: HashMap::new(),
        messages: Vec::new(),
        alternatives: Vec::new(),
        boundaries: 0,
        beyond: 0,
        place: Place::Between,
        current: None,
    };
    walk.begin(top, header.body, "text/plain");
    let mut at = header.body;
    let mut lines = LineEnds::of(raw.get(..at).unwrap_or_default());
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let length = line_length(rest);
        let line = rest.get(..length).unwrap_or_default();
        lines.count(line, walk.notes);
        match walk.boundary(line) {
            Some((level, is_end)) => walk.delimit(level, is_end, at, at + length),
            None => walk.line(line, at, at + length),
        }
        at += length;
    }
    walk.finish(at);
    lines.note(walk.notes);
    let chosen: Vec<Option<usize>> = walk.alternatives.iter().map(|branches| chosen(branches)).collect();
    for part in &mut walk.parts {
        part.is_shown &= part.branches.iter().all(|(alternative, branch)| {
            let is_extra = walk.alternatives.get(*alternative).and_then(|all| all.get(*branch)) == Some(&Branch::Extra);
            is_extra || chosen.get(*alternative).copied().flatten().is_none_or(|chosen| chosen == *branch)
        });
    }
    walk.parts
}

impl Walk<'_> {
    /// The multipart whose boundary a line is, and whether it is its end. The outermost counts, as in mail clients.
    fn boundary(&self, line: &[u8]) -> Option<(usize, bool)> {
        let rest = line.strip_prefix(b"--")?.trim_ascii_end();
        let begins = self.levels.get(rest).map(|level| (*level, false));
        let ends = rest.strip_suffix(b"--").and_then(|rest| self.levels.get(rest)).map(|level| (*level, true));
        [begins, ends].into_iter().flatten().min()
    }

    /// Ends what a boundary line at `at` ends, and begins what it begins.
    fn delimit(&mut self, level: usize, is_end: bool, at: usize, next: usize) {
        self.boundaries += 1;
        self.end_part(at);
        while self.open.len() > level + 1 {
            self.close(at);
        }
        while let Some(message) = self.messages.pop_if(|message| message.multiparts > level) {
            self.end_message(message.part, at);
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
        let is_of_digest = !self.is_inside_message() && self.open.last().is_some_and(|open| open.is_digest);
        let default = if is_of_digest { "message/rfc822" } else { "text/plain" };
        let is_whole = start + body >= end;
        self.begin(header, if is_whole { next } else { start + body }, default);
    }

    /// Begins the content of a part.
    fn begin(&mut self, mut header: PartHeader, start: usize, default: &str) {
        let nested = self.depth + self.messages.len();
        if !self.is_inside_message()
            && let Some(Open { alternative: Some((number, branch)), .. }) = self.open.last_mut()
            && let Some(branches) = self.alternatives.get_mut(*number)
        {
            *branch = branches.len();
            branches.push(Branch::of(header.media_type().unwrap_or(default)));
        }
        let kind = header.media_type().unwrap_or(default).to_owned();
        let has_boundary = header.boundaries.iter().any(|boundary| !boundary.is_empty());
        if header.is_multipart() && has_boundary {
            let known = header.boundaries.iter().find(|one| self.levels.contains_key(one.trim_ascii_end()));
            if let Some(known) = known {
                self.notes.add_values(AnomalyKind::ReusedBoundary, "", &[&text(known)]);
            }
            if kind == "multipart/encrypted" {
                self.notes.unread.add(UnreadKind::Encrypted, &kind, 0, true);
            }
            if self.open.len() < DEEPEST_MULTIPART {
                for boundary in header.boundaries.iter().map(|boundary| boundary.trim_ascii_end()) {
                    if !boundary.is_empty() {
                        self.levels.entry(boundary.to_vec()).or_insert(self.open.len());
                    }
                }
                let alternative = (kind == "multipart/alternative").then(|| {
                    self.alternatives.push(Vec::new());
                    (self.alternatives.len() - 1, 0)
                });
                self.open.push(Open {
                    boundaries: header.boundaries,
                    start,
                    depth: nested,
                    is_digest: kind == "multipart/digest",
                    is_report: kind == "multipart/report",
                    alternative,
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
            let part = self.part(header, start, nested);
            let has_room = self.boundaries <= MOST_PARTS || self.beyond < MOST_PARTS;
            if nested < DEEPEST_MESSAGE && has_room {
                self.beyond += usize::from(self.boundaries > MOST_PARTS);
                self.messages.push(Message {
                    part: self.parts.len(),
                    multiparts: self.open.len(),
                    is_shown: part.is_shown,
                });
                self.parts.push(part);
                self.place = Place::Header(start);
                return;
            }
            self.notes.unread.add(UnreadKind::Depth, "message/rfc822", 0, part.is_shown);
            self.current = Some(part);
        } else {
            self.current = Some(self.part(header, start, nested));
        }
        self.place = Place::Content;
    }

    /// A part that begins at `start`.
    fn part(&self, header: PartHeader, start: usize, depth: usize) -> Part {
        let is_of_message = |kind: &str| kind.starts_with("message/") || kind == "text/rfc822-headers";
        let is_returned =
            self.open.last().is_some_and(|open| open.is_report) && header.types.iter().any(|kind| is_of_message(kind));
        let is_shown = !is_returned
            && (header.disposition.as_deref() != Some("attachment") || header.is_smime())
            && self.messages.iter().all(|message| message.is_shown);
        let branches = self.open.iter().filter_map(|open| open.alternative).collect();
        Part { header, body: start..start, depth, is_shown, may_be_shown: is_shown, branches }
    }

    /// Whether what begins is the body of an attached message, not a part of the multipart around it.
    fn is_inside_message(&self) -> bool {
        self.messages.last().is_some_and(|message| message.multiparts == self.open.len())
    }

    /// Ends the part whose content or header ends at `at`.
    fn end_part(&mut self, at: usize) {
        if let Place::Header(start) = self.place {
            self.end_header(start, at, at);
        }
        self.place = Place::Between;
        if let Some(mut part) = self.current.take() {
            part.body.end = self.content_end(part.body.start, at);
            self.keep(part);
        }
    }

    /// Keeps a part. Beyond the bound it must be text, and say something.
    fn keep(&mut self, part: Part) {
        let body = self.raw.get(part.body.clone()).unwrap_or_default();
        if self.boundaries > MOST_PARTS + 1 {
            let is_text = part.is_shown
                && part.header.media_type().is_none_or(|kind| kind.starts_with("text/") || !kind.contains('/'));
            if body.trim_ascii().is_empty() {
                return;
            }
            if !is_text || self.beyond >= MOST_PARTS {
                self.notes.unread.add(UnreadKind::Parts, "", body.len(), true);
                return;
            }
            self.beyond += 1;
        }
        self.parts.push(part);
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
        for boundary in open.boundaries.iter().map(|boundary| boundary.trim_ascii_end()) {
            if self.levels.get(boundary) == Some(&self.open.len()) {
                self.levels.remove(boundary);
            }
        }
        let boundary = open.boundaries.first().map(|boundary| text(boundary)).unwrap_or_default();
        if !open.was_seen {
            self.notes.add_values(AnomalyKind::BrokenBoundary, "unused", &[&boundary]);
            // No reader finds parts in it. What stands there is text to some.
            let body = open.start..self.content_end(open.start, at);
            if !self.raw.get(body.clone()).unwrap_or_default().trim_ascii().is_empty() {
                let is_shown = self.messages.iter().all(|message| message.is_shown);
                let branches = self.open.iter().filter_map(|open| open.alternative).collect();
                self.keep(Part {
                    header: PartHeader::default(),
                    body,
                    depth: open.depth,
                    is_shown,
                    may_be_shown: is_shown,
                    branches,
                });
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
        while let Some(message) = self.messages.pop() {
            self.end_message(message.part, at);
        }
    }
}

/// What a branch of an alternative is to Thunderbird, in rising order of what it prefers (`mimemalt.cpp` of its libmime).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Branch {
    /// Shown besides the one that is chosen: an invitation, a file, a message.
    Extra,
    /// Text of a kind it does not know.
    Unknown,
    /// Plain text.
    Plain,
    /// A multipart.
    Multipart,
    /// HTML and other rich text.
    Rich,
}

impl Branch {
    fn of(kind: &str) -> Self {
        match kind {
            "text/html" | "text/enriched" | "text/richtext" => Self::Rich,
            "text/plain" | "text" | "" => Self::Plain,
            "text/calendar" => Self::Extra,
            kind if kind.starts_with("multipart/") => Self::Multipart,
            kind if kind.starts_with("text/") => Self::Unknown,
            _ => Self::Extra,
        }
    }
}

/// The branch that is shown: the last of those it prefers most. Nothing where none is text it knows.
fn chosen(branches: &[Branch]) -> Option<usize> {
    let best = branches.iter().filter(|branch| **branch > Branch::Unknown).max()?;
    branches.iter().rposition(|branch| branch == best)
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
        assert_eq!(parts.len(), MOST_PARTS * 2);
        assert_eq!(notes.last().map(String::as_str), Some("Parts "));
    }

    #[test]
    fn text_behind_a_thousand_parts_is_read() {
        let raw = format!("{OUTER}{}--o\nContent-Type: text/html\n\n<p>text\n--o--\n", "--o\n\n\n".repeat(5_000));
        let (parts, notes) = seen(&raw);
        assert_eq!(parts.last().map(String::as_str), Some("0 text/html <p>text"));
        assert!(notes.is_empty(), "{notes:?}");
    }

    #[test]
    fn of_alternatives_the_one_that_is_shown_is_told() {
        let alternative = |kinds: &[&str]| {
            let parts: String = kinds.iter().map(|kind| format!("--i\nContent-Type: {kind}\n\nx\n")).collect();
            let raw = format!("{INNER}{parts}--i--\n");
            let parts = super::parts(raw.as_bytes(), &header::read(raw.as_bytes()), 0, &mut Notes::default());
            parts.iter().map(|part| part.is_shown).collect::<Vec<_>>()
        };
        assert_eq!(alternative(&["text/plain", "text/html"]), [false, true]);
        assert_eq!(alternative(&["text/html", "text/plain"]), [true, false]);
        assert_eq!(alternative(&["text/html", "text/html", "text/x-amp-html"]), [false, true, false]);
        assert_eq!(alternative(&["text/plain", "text/html", "text/calendar"]), [false, true, true]);
        assert_eq!(alternative(&["text/x-a", "text/x-b"]), [true, true]);
    }

    #[test]
    fn mixed_line_ends_are_counted() {
        let (_, notes) = seen("Subject: x\r\n\r\na\r\nb\nc\rd\r\n");
        assert_eq!(notes, ["BareCr body ", "MixedLineEnds  4 CRLF|1 LF"]);
    }
}
