//! Address lists (RFC 5322 §3.4 and §4.4), as written by anybody.

use crate::{Address, AddressField, AddressQuirk, DecodedText, Domain, Mailbox, encoded_word::decode, header::text};
use mekiki_knowledge::fold::is_invisible;

/// Most mailboxes of one field that are read.
const MOST: usize = 1_000;

/// Reads the value of an address field.
pub(crate) fn read(value: &[u8]) -> AddressField {
    let mut reader = scan(value);
    // A quote that never closes would swallow the address: without it, something can be read.
    if reader.is_quoted
        && let Some(at) = value.iter().rposition(|byte| *byte == b'"')
    {
        let (before, behind) = (value.get(..at).unwrap_or_default(), value.get(at + 1..).unwrap_or_default());
        reader = scan(&[before, behind].concat());
        reader.quirk(AddressQuirk::Unbalanced);
    }
    if reader.is_quoted || reader.comment_depth > 0 || reader.in_angle() {
        reader.quirk(AddressQuirk::Unbalanced);
    }
    reader.finish();
    AddressField { raw: text(value), mailboxes: reader.mailboxes }
}

fn scan(value: &[u8]) -> Reader {
    let mut reader = Reader::default();
    let mut bytes = value.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if reader.mailboxes.len() >= MOST {
            break;
        }
        match byte {
            b'\\' if reader.is_quoted || reader.comment_depth > 0 => {
                if let Some(escaped) = bytes.next() {
                    reader.push(escaped);
                }
            }
            b'"' if reader.comment_depth == 0 => {
                reader.is_quoted = !reader.is_quoted;
                if reader.angle.is_some() || !reader.is_quoted && bytes.peek() == Some(&b'@') {
                    reader.quoted_local = true;
                }
            }
            _ if reader.is_quoted => reader.push(byte),
            b'(' => {
                reader.comment_depth += 1;
                if reader.comment_depth > 1 {
                    reader.comment.push(byte);
                } else if reader.angle.is_some() && !reader.angle_closed {
                    reader.quirk(AddressQuirk::Comment);
                }
            }
            b')' if reader.comment_depth > 0 => {
                reader.comment_depth -= 1;
                if reader.comment_depth > 0 {
                    reader.comment.push(byte);
                }
            }
            _ if reader.comment_depth > 0 => reader.comment.push(byte),
            b'<' if reader.angle.is_none() => reader.angle = Some(Vec::new()),
            b'>' if reader.angle.is_some() && !reader.angle_closed => reader.angle_closed = true,
            // A route has commas of its own: `<@a,@b:c@d>`.
            b',' if reader.in_angle() && reader.angle.as_ref().is_some_and(|angle| angle.starts_with(b"@")) => {
                reader.push(byte);
            }
            b',' => reader.finish(),
            b':' if !reader.in_angle()
                && reader.angle.is_none()
                && !reader.phrase_has_at
                && !reader.phrase.is_empty() =>
            {
                reader.group = Some(decode(&reader.phrase).shown);
                reader.phrase.clear();
            }
            b';' if !reader.in_angle() && reader.group.is_some() => {
                reader.finish();
                reader.group = None;
            }
            _ => reader.push(byte),
        }
    }
    reader
}

#[derive(Default)]
struct Reader {
    mailboxes: Vec<Mailbox>,
    group: Option<String>,
    phrase: Vec<u8>,
    phrase_has_at: bool,
    comment: Vec<u8>,
    angle: Option<Vec<u8>>,
    trailing: Vec<u8>,
    quirks: Vec<AddressQuirk>,
    comment_depth: usize,
    is_quoted: bool,
    quoted_local: bool,
    angle_closed: bool,
}

impl Reader {
    fn in_angle(&self) -> bool {
        self.angle.is_some() && !self.angle_closed
    }

    fn push(&mut self, byte: u8) {
        match &mut self.angle {
            Some(_) if self.angle_closed => self.trailing.push(byte),
            Some(angle) => angle.push(byte),
            None => {
                self.phrase_has_at |= byte == b'@';
                self.phrase.push(byte);
            }
        }
    }

    fn quirk(&mut self, quirk: AddressQuirk) {
        if !self.quirks.contains(&quirk) {
            self.quirks.push(quirk);
        }
    }

    /// Ends a mailbox.
    fn finish(&mut self) {
        let phrase = std::mem::take(&mut self.phrase);
        self.phrase_has_at = false;
        let comment = std::mem::take(&mut self.comment);
        let angle = self.angle.take();
        let trailing = std::mem::take(&mut self.trailing);
        let quoted_local = std::mem::take(&mut self.quoted_local);
        (self.angle_closed, self.is_quoted, self.comment_depth) = (false, false, 0);
        let is_blank = |bytes: &[u8]| bytes.trim_ascii().is_empty();
        if angle.is_none() && is_blank(&phrase) && is_blank(&comment) {
            self.quirks.clear();
            return;
        }
        if !is_blank(&trailing) {
            self.quirk(AddressQuirk::TrailingText);
        }
        let (name, written) = match &angle {
            Some(angle) if is_blank(&phrase) => (Some(decode(&comment)), angle.as_slice()),
            Some(angle) => (Some(decode(&phrase)), angle.as_slice()),
            None if phrase.contains(&b'@') => (Some(decode(&comment)), phrase.as_slice()),
            None => (Some(decode(&phrase)), &[][..]),
        };
        let name: Option<DecodedText> = name.filter(|name| !name.full.is_empty());
        if name.as_ref().is_some_and(|name| !name.charsets.is_empty() && has_address_syntax(&name.full)) {
            self.quirk(AddressQuirk::EncodedSyntax);
        }
        if quoted_local {
            self.quirk(AddressQuirk::QuotedLocal);
        }
        let mut name = name;
        let mut address = self.address(written);
        if address.is_none() && comment.contains(&b'@') {
            address = self.address(inside_angle(&comment));
            if address.is_some() {
                self.quirk(AddressQuirk::CommentAddress);
                name = name.filter(|_| !is_blank(&phrase));
            }
        }
        if address.is_none() && trailing.contains(&b'@') {
            address = self.address(inside_angle(&trailing));
        }
        if address.is_none() {
            self.quirk(AddressQuirk::NoAddress);
        }
        let quirks = std::mem::take(&mut self.quirks);
        self.mailboxes.push(Mailbox { name, address, group: self.group.clone(), quirks });
    }

    fn address(&mut self, written: &[u8]) -> Option<Address> {
        let mut written = text(written);
        if written.is_empty() {
            return None;
        }
        if written.contains("=?") && written.contains("?=") {
            self.quirk(AddressQuirk::EncodedAddress);
            written = decode(written.as_bytes()).full;
        }
        let mut spec = written.as_str();
        if spec.starts_with('@') {
            self.quirk(AddressQuirk::Route);
            spec = spec.split_once(':').map_or(spec, |(_, after)| after);
        }
        if spec.chars().any(char::is_control) {
            self.quirk(AddressQuirk::ControlCharacter);
        }
        if spec.chars().any(is_invisible) {
            self.quirk(AddressQuirk::InvisibleCharacter);
        }
        if !spec.is_ascii() {
            self.quirk(AddressQuirk::NonAscii);
        }
        if spec.matches('@').count() > 1 {
            self.quirk(AddressQuirk::SeveralAts);
        }
        let plain: String =
            spec.chars().filter(|character| !character.is_control() && !is_invisible(*character)).collect();
        let (local, domain) = plain.trim().rsplit_once('@')?;
        let (local, domain) = (local.trim().to_owned(), domain.trim());
        if domain.starts_with('[') {
            self.quirk(AddressQuirk::AddressLiteral);
        }
        let parsed = Domain::parse(domain);
        if parsed.is_none() && !domain.starts_with('[') {
            self.quirk(AddressQuirk::BadDomain);
        }
        let shown_domain = parsed.as_ref().map_or_else(|| domain.to_lowercase(), Domain::to_unicode);
        Some(Address { shown: format!("{local}@{shown_domain}"), local, domain: parsed })
    }
}

/// What stands between angle brackets, or everything where there are none.
fn inside_angle(text: &[u8]) -> &[u8] {
    let behind = text.iter().position(|byte| *byte == b'<').and_then(|at| text.get(at + 1..)).unwrap_or(text);
    behind.split(|byte| *byte == b'>').next().unwrap_or(behind)
}

/// Whether decoded text holds what separates addresses, or an address.
fn has_address_syntax(text: &str) -> bool {
    text.contains('<') && text.contains('>') || text.split_whitespace().any(|word| Address::parse(word).is_some())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
    use super::*;

    fn one(value: &str) -> Mailbox {
        let mut field = read(value.as_bytes());
        assert_eq!(field.mailboxes.len(), 1, "{value}: {field:?}");
        field.mailboxes.pop().unwrap()
    }

    fn shown(mailbox: &Mailbox) -> (String, String) {
        (
            mailbox.name.as_ref().map(|name| name.shown.clone()).unwrap_or_default(),
            mailbox.address.as_ref().map(|address| address.shown.clone()).unwrap_or_default(),
        )
    }

    fn pair(name: &str, address: &str) -> (String, String) {
        (name.to_owned(), address.to_owned())
    }

    #[test]
    fn ordinary_mailboxes_are_read() {
        assert_eq!(shown(&one("Taro Yamada <taro@Example.JP>")), pair("Taro Yamada", "taro@example.jp"));
        assert_eq!(shown(&one("\"Yamada, Taro\" <taro@example.jp>")), pair("Yamada, Taro", "taro@example.jp"));
        assert_eq!(shown(&one("taro@example.jp (Taro Yamada)")), pair("Taro Yamada", "taro@example.jp"));
        assert_eq!(shown(&one("=?ISO-2022-JP?B?GyRCJCo1Uk1NGyhC?= <a@example.jp>")), pair("お客様", "a@example.jp"));
        assert_eq!(shown(&one("\"taro.\"@example.jp")), pair("", "taro.@example.jp"));
        assert_eq!(shown(&one("taro@xn--wgv71a119e.jp")), pair("", "taro@日本語.jp"));
        let list = read(b"Friends: a@example.com, B <b@example.com>;, c@example.com");
        assert_eq!(list.mailboxes.len(), 3);
        assert_eq!(list.mailboxes[1].group.as_deref(), Some("Friends"));
        assert_eq!(list.mailboxes[2].group, None);
    }

    #[test]
    fn published_tricks_leave_a_trace() {
        use AddressQuirk as Quirk;
        for (value, quirk) in [
            ("<@attack.example,@any.example:admin@example.com>", Quirk::Route),
            ("<=?utf-8?B?YWRtaW5AZXhhbXBsZS5jb20=?=>", Quirk::EncodedAddress),
            ("=?utf-8?B?PGFkbWluQGV4YW1wbGUuY29tPg==?= <second@attack.example>", Quirk::EncodedSyntax),
            ("<first@attack.example>admin@example.com", Quirk::TrailingText),
            ("<admin@example.com(comment)>", Quirk::Comment),
            ("<Alice@gm@ail.example>", Quirk::SeveralAts),
            ("<admin\u{0}@example.com>", Quirk::ControlCharacter),
            ("<admin@exam\u{200B}ple.com>", Quirk::InvisibleCharacter),
            ("<admin@[192.0.2.1]>", Quirk::AddressLiteral),
            ("Admin", Quirk::NoAddress),
            ("Admin (admin@example.com)", Quirk::CommentAddress),
            ("Admin <admin@customer support.example>", Quirk::BadDomain),
            ("\"Admin <admin@example.com", Quirk::Unbalanced),
        ] {
            let field = read(value.as_bytes());
            assert!(field.mailboxes.iter().any(|mailbox| mailbox.quirks.contains(&quirk)), "{value}: {field:?}");
        }
        assert_eq!(read(b"<first@attack.example>, <admin@example.com>").mailboxes.len(), 2);
    }

    #[test]
    fn a_reading_is_found_where_strict_ones_end() {
        let encoded = one("<=?utf-8?B?YWRtaW5AZXhhbXBsZS5jb20=?=>");
        assert_eq!(shown(&encoded), pair("", "admin@example.com"));
        assert_eq!(shown(&one("\"Admin <admin@example.com>")), pair("Admin", "admin@example.com"));
        assert_eq!(shown(&one("Admin (<admin@example.com>)")), pair("Admin", "admin@example.com"));
        assert_eq!(shown(&one("\"Admin\" <>123<admin@example.com>")), pair("Admin", "admin@example.com"));
    }

    #[test]
    fn ordinary_mailboxes_have_no_quirks() {
        for value in
            ["Taro <taro@example.jp>", "\"A (B)\" <a@example.com>", "a@example.com (A)", "=?utf-8?Q?A?= <a@b.example>"]
        {
            assert!(one(value).quirks.is_empty(), "{value}: {:?}", one(value));
        }
    }
}
