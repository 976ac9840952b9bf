//! What holds for any message, however odd: judged by rules of their own, which know nothing of how the core reads. The
//! fuzzer tries them on what it makes, `hostile.rs` on messages made up and mutated.

use mekiki_evasion::{Mail, Transformation, all};
use mekiki_facts::Facts;
use mekiki_signs::{Answers, Context, Level, inspect};
use std::{hash::Hasher, iter};

/// One message in so many is tried with a transformation: that takes several times what reading takes.
const SHARE: u64 = 8;

/// What puts fields, parts or sentences besides those that are there, and changes none of them. Not among them are lists
/// of another's name: where its domain hands the message over, that may be one.
const INSERTIONS: &[&str] = &[
    "header-list-unsubscribe",
    "header-precedence",
    "header-auto-submitted",
    "header-received-spf",
    "header-spam-status",
    "header-exchange-verdict",
    "header-forefront-verdict",
    "header-mailer",
    "header-organisation",
    "header-feedback-id",
    "header-list-of-the-author",
    "header-unchecked-signature",
    "header-results-of-own-making",
    "header-arc-of-own-making",
    "mime-html-behind",
    "mime-plain-behind",
    "mime-unknown-multipart",
    "words-unsubscribe-behind",
];

/// Breaks where a message breaks a rule, and says which.
///
/// # Panics
///
/// As it says.
pub fn hold(raw: &[u8]) {
    let facts = mekiki_facts::read(raw);
    assert!(!shows_nothing_of_what_is_shown(raw, &facts), "Thunderbird shows a text, and none is read");
    if let Some(by) = lets_off(raw) {
        panic!("let off by {by}");
    }
}

/// Whether no text was read, nor that some could not be, where a mail client is sure to show some.
pub fn shows_nothing_of_what_is_shown(raw: &[u8], facts: &Facts) -> bool {
    facts.text.shown_text().trim().is_empty() && facts.unread.is_empty() && is_sure_to_show(raw)
}

/// The insertion that takes a message below `suspicious`, of those that its bytes choose: one for one in a few messages.
/// Where a header is odd, what is put in may mend it or stand in what is no header any more: that is not tried.
pub fn lets_off(raw: &[u8]) -> Option<&'static str> {
    let number = digest(raw);
    if !number.is_multiple_of(SHARE) || !is_in_order(raw) {
        return None;
    }
    let known: Vec<&Transformation> = all().iter().filter(|one| INSERTIONS.contains(&one.id.as_str())).collect();
    let chosen = usize::try_from(number / SHARE).unwrap_or_default().checked_rem(known.len())?;
    let one = known.get(chosen)?;
    let before = Mail::new(raw);
    if level(before.raw()) < Level::Suspicious {
        return None;
    }
    (level(one.apply(&before)?.raw()) < Level::Suspicious).then_some(one.id.as_str())
}

/// Whether a header is one by any reading, with every field that says what the message is at most once.
fn is_in_order(raw: &[u8]) -> bool {
    const ONCE: &[&str] =
        &["from", "subject", "mime-version", "content-type", "content-transfer-encoding", "content-disposition"];
    let Some((fields, _)) = fields(raw) else { return false };
    let count = |wanted: &str| fields.iter().filter(|(name, _)| name == wanted).count();
    count("from") == 1 && ONCE.iter().all(|name| count(name) <= 1)
}

fn level(raw: &[u8]) -> Level {
    inspect(raw, &Context::default(), &Answers::default()).level
}

/// The same number for the same bytes (FNV-1a), in whatever build.
fn digest(raw: &[u8]) -> u64 {
    struct Fnv(u64);
    impl Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0 >> 7
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
    }
    let mut hasher = Fnv(0xCBF2_9CE4_8422_2325);
    hasher.write(raw);
    hasher.finish()
}

/// Whether a mail client is sure to show letters: a header in which nothing is doubtful, and a plain text with letters in
/// it, by itself or among the parts of a plain multipart. Where anything could be read in two ways it is not sure.
pub fn is_sure_to_show(raw: &[u8]) -> bool {
    // Mailboxes part their messages by such a line.
    !raw.starts_with(b"From ") && !raw.starts_with(b">From ") && is_sure(raw, true)
}

fn is_sure(entity: &[u8], is_outermost: bool) -> bool {
    let Some((fields, body)) = fields(entity) else { return false };
    if is_outermost && !fields.iter().any(|(name, _)| name == "from") {
        return false;
    }
    let of = |wanted: &str| {
        let mut values = fields.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        (values.next(), values.next().is_some())
    };
    let (disposition, ..) = of("content-disposition");
    let ((kind, has_two_kinds), (encoding, has_two_encodings)) = (of("content-type"), of("content-transfer-encoding"));
    if disposition.is_some() || has_two_kinds || has_two_encodings {
        return false;
    }
    let Some(kind) = Kind::read(kind.unwrap_or("text/plain")) else { return false };
    match (kind, encoding) {
        (Kind::Plain, None | Some("7bit" | "8bit")) => has_letters(body),
        (Kind::Plain, Some("quoted-printable")) => !body.contains(&b'=') && has_letters(body),
        (Kind::Plain, Some("base64")) => decoded(body).is_some_and(|text| has_letters(&text)),
        (Kind::Mixed(boundary), None) => {
            let line = format!("--{boundary}");
            let mut parts = Vec::new();
            let mut open: Option<Vec<u8>> = None;
            for each in body.split_inclusive(|byte| *byte == b'\n') {
                let text = each.trim_ascii_end();
                if text == line.as_bytes() {
                    parts.extend(open.replace(Vec::new()));
                } else if text.starts_with(line.as_bytes()) {
                    // The end, or a longer boundary: what comes then is not sure.
                    parts.extend(open.take());
                    break;
                } else if let Some(part) = &mut open {
                    part.extend_from_slice(each);
                }
            }
            parts.first().is_some_and(|part| is_sure(part, false))
        }
        _ => false,
    }
}

enum Kind {
    Plain,
    Mixed(String),
}

impl Kind {
    fn read(value: &str) -> Option<Self> {
        let mut pieces = value.split(';').map(str::trim);
        let kind = pieces.next()?.to_ascii_lowercase();
        let parameter = pieces.next().map(|piece| piece.split_once('='));
        if pieces.next().is_some() {
            return None;
        }
        match (kind.as_str(), parameter) {
            ("text/plain" | "text/x-letter", None) => Some(Self::Plain),
            ("text/plain" | "text/x-letter", Some(Some((name, charset)))) => {
                let is_usual = ["utf-8", "us-ascii", "iso-8859-1"].iter().any(|one| charset.eq_ignore_ascii_case(one));
                (name.eq_ignore_ascii_case("charset") && is_usual).then_some(Self::Plain)
            }
            ("multipart/mixed", Some(Some((name, boundary)))) => {
                let boundary = boundary.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(boundary);
                let is_plain = !boundary.is_empty()
                    && boundary.len() < 60
                    && boundary.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
                (name.eq_ignore_ascii_case("boundary") && is_plain).then(|| Self::Mixed(boundary.to_owned()))
            }
            _ => None,
        }
    }
}

/// The fields of a header, each a name in lower case and a value.
type Fields = Vec<(String, String)>;

/// The fields of a header and what follows it; nothing where a line is no field, or odd.
fn fields(entity: &[u8]) -> Option<(Fields, &[u8])> {
    let mut fields = Fields::new();
    let mut rest = entity;
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let (line, behind) = rest.split_at_checked(end + 1)?;
        rest = behind;
        let line = line.strip_suffix(b"\r\n").or_else(|| line.strip_suffix(b"\n"))?;
        if line.is_empty() {
            return Some((fields, rest));
        }
        let line = str::from_utf8(line).ok().filter(|line| !line.chars().any(|one| one.is_control() && one != '\t'))?;
        if line.starts_with([' ', '\t']) {
            let (_, value) = fields.last_mut()?;
            value.push_str(line);
            continue;
        }
        let (name, value) = line.split_once(':')?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return None;
        }
        fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// Whether a text has a letter, and nothing that could be a file in it or an end of it.
fn has_letters(body: &[u8]) -> bool {
    let is_odd = |line: &[u8]| line.starts_with(b"begin ") || line.starts_with(b"=ybegin");
    body.iter().any(u8::is_ascii_alphabetic)
        && !body.contains(&0)
        && !body.contains(&0x1B)
        && !body.split(|byte| matches!(byte, b'\n' | b'\r')).any(is_odd)
}

/// Base64 without anything odd in it.
fn decoded(body: &[u8]) -> Option<Vec<u8>> {
    let letters: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let six = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let data = letters.strip_suffix(b"==").or_else(|| letters.strip_suffix(b"=")).unwrap_or(&letters);
    if !letters.len().is_multiple_of(4) {
        return None;
    }
    let mut text = Vec::new();
    for four in data.chunks(4) {
        let bits = four.iter().map(|byte| six(*byte)).collect::<Option<Vec<u8>>>()?;
        let number = bits.iter().chain(iter::repeat(&0)).take(4).fold(0_u32, |all, six| all << 6 | u32::from(*six));
        text.extend(number.to_be_bytes().get(1..four.len())?);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sure_to_be_shown_is_told() {
        for (raw, is_sure) in [
            ("From: a@example.com\n\nbody\n", true),
            ("From: a@example.com\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nbody\r\n", true),
            ("From: a@example.com\n\n123\n", false),
            ("From: a@example.com\nContent-Transfer-Encoding: base64\n\nYm9keQ==\n", true),
            ("From: a@example.com\nContent-Transfer-Encoding: base64\n\nMTIz\n", false),
            ("From: a@example.com\nContent-Transfer-Encoding: x\n\nbody\n", false),
            ("From: a@example.com\nContent-Type: text/html\n\n<p hidden>body\n", false),
            ("From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nbody\n--b--\n", true),
            ("From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n\n--b--\nbody\n", false),
            ("From: a@example.com\nno field\n\nbody\n", false),
            ("From a\nFrom: a@example.com\n\nbody\n", false),
        ] {
            assert_eq!(is_sure_to_show(raw.as_bytes()), is_sure, "{raw}");
        }
    }

    #[test]
    fn insertions_are_transformations() {
        for id in INSERTIONS {
            assert!(all().iter().any(|one| one.id == *id && !one.is_large), "{id}");
        }
    }

    #[test]
    fn an_unread_text_is_noticed() {
        let raw = b"From: a@example.com\n\nbody\n";
        assert!(!shows_nothing_of_what_is_shown(raw, &mekiki_facts::read(raw)));
        assert!(shows_nothing_of_what_is_shown(raw, &mekiki_facts::read(b"From: a@example.com\n\n")));
    }
}
