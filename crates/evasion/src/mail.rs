//! A message that can be edited: its fields one by one, its texts decoded and put back.

use base64::{Engine, engine::general_purpose::STANDARD};
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use mekiki_facts::Facts;
use std::borrow::Cow;

/// A message with LF as the end of its lines.
#[derive(Clone)]
pub struct Mail {
    raw: Vec<u8>,
}

/// Where an edit goes and what it puts there.
struct Edit {
    from: usize,
    to: usize,
    text: Vec<u8>,
}

impl Mail {
    /// Takes a message with line ends of either kind.
    pub fn new(raw: &[u8]) -> Self {
        let mut lf = Vec::with_capacity(raw.len());
        let mut bytes = raw.iter().peekable();
        while let Some(byte) = bytes.next() {
            if !(*byte == b'\r' && bytes.peek() == Some(&&b'\n')) {
                lf.push(*byte);
            }
        }
        Self { raw: lf }
    }

    /// The message as it is transmitted.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// What Mekiki reads in it.
    pub fn facts(&self) -> Facts {
        mekiki_facts::read(&self.raw)
    }

    fn parsed(&self) -> Option<Message<'_>> {
        MessageParser::default().parse(&self.raw)
    }

    /// Where the header ends: the offset of the empty line.
    fn header_end(&self) -> usize {
        if self.raw.first() == Some(&b'\n') {
            return 0;
        }
        self.raw.windows(2).position(|two| two == b"\n\n").map_or(self.raw.len(), |at| at + 1)
    }

    /// The fields of the header as written, with their last line end.
    pub fn fields(&self) -> Vec<&[u8]> {
        let header = self.raw.get(..self.header_end()).unwrap_or_default();
        let mut fields = Vec::new();
        let mut start = 0;
        for (at, line) in header.split_inclusive(|byte| *byte == b'\n').scan(0, |at, line| {
            let begins = *at;
            *at += line.len();
            Some((begins, line))
        }) {
            if at > start && !matches!(line.first(), Some(b' ' | b'\t')) {
                fields.extend(header.get(start..at));
                start = at;
            }
        }
        fields.extend(header.get(start..).filter(|rest| !rest.is_empty()));
        fields
    }

    /// The body as written.
    pub fn body(&self) -> &[u8] {
        self.raw.get(self.header_end() + 1..).unwrap_or_default()
    }

    fn of(fields: &[Cow<[u8]>], body: &[u8]) -> Self {
        let mut raw = fields.concat();
        raw.push(b'\n');
        raw.extend_from_slice(body);
        Self { raw }
    }

    /// Puts fields before the author's, where the sender writes his own. `fields` ends with a line end.
    #[must_use]
    pub fn with_fields(&self, fields: &str) -> Self {
        let mut all: Vec<Cow<[u8]>> = self.fields().into_iter().map(Cow::Borrowed).collect();
        let at = all.iter().position(|field| is_named(field, "From")).unwrap_or(all.len());
        all.insert(at, Cow::Owned(fields.as_bytes().to_vec()));
        Self::of(&all, self.body())
    }

    /// Writes another value into every field of a name; nothing where there is none.
    pub fn with_value(&self, name: &str, value: &str) -> Option<Self> {
        self.with_values(name, &[value.to_owned()])
    }

    /// Writes other values into the fields of a name, one after the other and the last into all that are left; nothing
    /// where there is no such field.
    pub fn with_values(&self, name: &str, values: &[String]) -> Option<Self> {
        let fields = self.fields();
        let mut values = values.iter();
        let mut value = values.next()?;
        let mut written = Vec::with_capacity(fields.len());
        let mut is_any = false;
        for field in fields {
            if is_named(field, name) {
                value = if is_any { values.next().unwrap_or(value) } else { value };
                is_any = true;
                written.push(Cow::Owned(format!("{name}: {value}\n").into_bytes()));
            } else {
                written.push(Cow::Borrowed(field));
            }
        }
        is_any.then(|| Self::of(&written, self.body()))
    }

    /// Rewrites the field that begins at an offset of the message.
    pub fn with_field_at(&self, offset: usize, rewrite: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let mut at = 0;
        let mut edited = None;
        for field in self.fields() {
            if at == offset {
                edited = Some((field.len(), rewrite(&String::from_utf8_lossy(field))?));
                break;
            }
            at += field.len();
        }
        let (length, text) = edited?;
        Some(self.edited(vec![Edit { from: offset, to: offset + length, text: text.into_bytes() }]))
    }

    /// The message as one entity: the fields that describe its content, and its body.
    pub fn entity(&self) -> Vec<u8> {
        let mut entity: Vec<u8> =
            self.fields().into_iter().filter(|field| is_of_content(field)).collect::<Vec<_>>().concat();
        entity.push(b'\n');
        entity.extend_from_slice(self.body());
        entity
    }

    /// The message with another content: `content` is its fields, an empty line and a body.
    #[must_use]
    pub fn with_entity(&self, content: &[u8]) -> Self {
        let mut raw = self.fields().into_iter().filter(|field| !is_of_content(field)).collect::<Vec<_>>().concat();
        raw.extend_from_slice(content);
        Self { raw }
    }

    /// The message's content as one part among others of a multipart.
    #[must_use]
    pub fn inside(&self, multipart: &str, before: &[&[u8]], after: &[&[u8]]) -> Self {
        const BOUNDARY: &str = "=_between-the-parts";
        let entity = self.entity();
        let mut content =
            format!("MIME-Version: 1.0\nContent-Type: {multipart}; boundary=\"{BOUNDARY}\"\n\n").into_bytes();
        for part in before.iter().chain([&entity.as_slice()]).chain(after) {
            content.extend_from_slice(format!("--{BOUNDARY}\n").as_bytes());
            content.extend_from_slice(part);
            content.push(b'\n');
        }
        content.extend_from_slice(format!("--{BOUNDARY}--\n").as_bytes());
        self.with_entity(&content)
    }

    /// What a recipient gets of it: the text without blanks, and where its links lead.
    fn shown(&self) -> (String, Vec<String>) {
        let facts = self.facts();
        let text = facts.text.shown_text().chars().filter(|character| !character.is_whitespace()).collect();
        let mut links: Vec<String> =
            facts.links.iter().filter(|link| link.is_clickable()).map(|link| link.written.clone()).collect();
        links.sort();
        (text, links)
    }

    /// The same message with its first text as all its content, in HTML; nothing where that leaves something out. Then
    /// the library that edits does not read it as a mail client does, and what comes of an edit would prove nothing.
    pub fn first_text(&self) -> Option<String> {
        let text = self.text_of_first_part()?;
        let alone = self.with_entity(in_one_part("html", &text).as_bytes());
        (alone.shown() == self.shown()).then_some(text)
    }

    /// Rewrites every text in HTML; nothing where there is none.
    pub fn with_html(&self, rewrite: impl Fn(&str) -> String) -> Option<Self> {
        self.with_texts(|part| match &part.body {
            PartType::Html(text) => Some(rewrite(text)),
            _ => None,
        })
    }

    /// Rewrites every plain text; nothing where there is none.
    pub fn with_plain(&self, rewrite: impl Fn(&str) -> String) -> Option<Self> {
        self.with_texts(|part| match &part.body {
            PartType::Text(text) if is_plain(part) => Some(rewrite(text)),
            _ => None,
        })
    }

    /// Rewrites every text: those in HTML by one function, plain ones by the other.
    pub fn with_both(&self, html: impl Fn(&str) -> String, plain: impl Fn(&str) -> String) -> Option<Self> {
        self.with_texts(|part| match &part.body {
            PartType::Html(text) => Some(html(text)),
            PartType::Text(text) if is_plain(part) => Some(plain(text)),
            _ => None,
        })
    }

    /// The first text: in HTML, or else plain as HTML would show it.
    fn text_of_first_part(&self) -> Option<String> {
        let message = self.parsed()?;
        let texts = message.parts.iter().filter_map(|part| match &part.body {
            PartType::Html(text) => Some((0, text.to_string())),
            PartType::Text(text) if is_plain(part) => {
                Some((1, text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>\n")))
            }
            _ => None,
        });
        texts.min_by_key(|(rank, _)| *rank).map(|(_, text)| text)
    }

    /// Rewrites texts; nothing where putting them back as they are would change what is shown.
    fn with_texts(&self, rewrite: impl Fn(&MessagePart) -> Option<String>) -> Option<Self> {
        let same = self.with_parts(|part| {
            rewrite(part).and_then(|_| match &part.body {
                PartType::Html(text) | PartType::Text(text) => Some(text.to_string()),
                _ => None,
            })
        })?;
        (same.shown() == self.shown()).then(|| self.with_parts(rewrite))?
    }

    fn with_parts(&self, rewrite: impl Fn(&MessagePart) -> Option<String>) -> Option<Self> {
        let message = self.parsed()?;
        let mut edits = Vec::new();
        for (at, part) in message.parts.iter().enumerate() {
            let Some(text) = rewrite(part) else { continue };
            let kind = if matches!(part.body, PartType::Html(_)) { "html" } else { "plain" };
            let [from, end] = [part.offset_header, part.offset_end].map(|at| at as usize);
            let encoded = in_one_part(kind, &text);
            if at == 0 {
                return Some(self.with_entity(encoded.as_bytes()));
            }
            edits.push(Edit { from, to: end, text: encoded.into_bytes() });
        }
        (!edits.is_empty()).then(|| self.edited(edits))
    }

    fn edited(&self, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.from);
        let mut raw = Vec::with_capacity(self.raw.len());
        let mut at = 0;
        for edit in edits {
            raw.extend_from_slice(self.raw.get(at..edit.from).unwrap_or_default());
            raw.extend_from_slice(&edit.text);
            at = edit.to.max(at);
        }
        raw.extend_from_slice(self.raw.get(at..).unwrap_or_default());
        Self { raw }
    }
}

/// Whether a field as written bears a name.
fn is_named(field: &[u8], name: &str) -> bool {
    let written = field.split(|byte| *byte == b':').next().unwrap_or_default();
    written.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
}

fn is_of_content(field: &[u8]) -> bool {
    field.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"Content-")) || is_named(field, "MIME-Version")
}

fn is_plain(part: &MessagePart) -> bool {
    part.content_type().is_none_or(|kind| kind.subtype().is_none_or(|subtype| subtype.eq_ignore_ascii_case("plain")))
        && part.attachment_name().is_none()
}

/// A text as an entity of its own.
fn in_one_part(kind: &str, text: &str) -> String {
    format!(
        "MIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{}",
        in_lines(text)
    )
}

/// Base64 (RFC 2045 §6.8) in lines of 76.
pub fn in_lines(text: &str) -> String {
    let encoded = STANDARD.encode(text);
    encoded.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned() + "\n").collect()
}

/// A value with letters of any script, as encoded words (RFC 2047).
pub fn encoded_words(text: &str) -> String {
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        if word.len() + character.len_utf8() > 45 {
            words.push(std::mem::take(&mut word));
        }
        word.push(character);
    }
    words.push(word);
    words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect::<Vec<_>>().join("\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &[u8] =
        b"Received: from a\r\n by b\r\nFrom: A <a@example.org>\r\nContent-Type: text/plain\r\n\r\nHello\r\n";

    #[test]
    fn fields_are_put_before_the_authors() {
        let mail = Mail::new(PLAIN).with_fields("X: 1\n");
        assert_eq!(
            String::from_utf8_lossy(mail.raw()),
            "Received: from a\n by b\nX: 1\nFrom: A <a@example.org>\nContent-Type: text/plain\n\nHello\n"
        );
    }

    #[test]
    fn a_text_is_put_back_where_it_was() {
        let mail = Mail::new(PLAIN).with_plain(|text| text.replace("Hello", "Good-bye")).map(|mail| mail.facts());
        assert_eq!(mail.map(|facts| facts.text.shown_text().trim().to_owned()), Some("Good-bye".to_owned()));
        assert!(Mail::new(PLAIN).with_html(str::to_owned).is_none());
    }

    #[test]
    fn a_part_of_a_multipart_is_put_back_among_the_others() {
        let mail = Mail::new(PLAIN).inside("multipart/mixed", &[], &[b"Content-Type: text/html\n\n<b>Bye</b>\n"]);
        let mail = mail.with_both(|html| html.replace("Bye", "Ciao"), |plain| plain.replace("Hello", "Ciao"));
        let message = mail.as_ref().and_then(Mail::parsed);
        let texts: Vec<String> = message
            .iter()
            .flat_map(|message| &message.parts)
            .filter_map(|part| match &part.body {
                PartType::Html(text) | PartType::Text(text) => Some(text.trim().to_owned()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["Ciao", "<b>Ciao</b>"]);
    }
}
