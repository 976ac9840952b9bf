//! Lists of tags (RFC 6376 §3.2), as signatures, keys and DMARC records have them.

/// Most tags that are read; a list of more is none.
const MOST: usize = 100;

/// One tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// The name, as written: case matters.
    pub name: &'a str,
    /// The value, without white space at its ends.
    pub value: &'a str,
    /// Where the whole value, white space included, begins and ends in the list.
    pub span: (usize, usize),
}

/// A list of tags.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tags<'a>(Vec<Tag<'a>>);

impl<'a> Tags<'a> {
    /// Reads a list; nothing where it breaks the grammar or names one tag twice, which makes all of it void.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut tags: Vec<Tag> = Vec::new();
        let mut at = 0;
        for piece in text.split(';') {
            let start = at;
            at += piece.len() + 1;
            if piece.trim_matches(is_space).is_empty() {
                // Only behind the last semicolon may nothing stand.
                if at <= text.len() {
                    return None;
                }
                continue;
            }
            let (name, value) = piece.split_once('=')?;
            let value_start = start + name.len() + 1;
            let span = (value_start, value_start + value.len());
            let (name, value) = (name.trim_matches(is_space), value.trim_matches(is_space));
            let mut letters = name.bytes();
            let is_name = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
                && letters.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if !is_name || tags.len() >= MOST || tags.iter().any(|tag| tag.name == name) {
                return None;
            }
            tags.push(Tag { name, value, span });
        }
        Some(Self(tags))
    }

    /// A tag's value.
    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.tag(name).map(|tag| tag.value)
    }

    /// A tag.
    pub(crate) fn tag(&self, name: &str) -> Option<&Tag<'a>> {
        self.0.iter().find(|tag| tag.name == name)
    }

    /// The first tag.
    pub(crate) fn first(&self) -> Option<&Tag<'a>> {
        self.0.first()
    }
}

/// White space that may stand around and, in some values, inside (FWS).
pub(crate) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// A value without white space inside.
pub(crate) fn squeezed(value: &str) -> String {
    value.chars().filter(|character| !is_space(*character)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        let tags = Tags::parse(" v=1 ;\r\n\ta = rsa-sha256; b= a b\r\n c;").unwrap();
        assert_eq!(tags.get("a"), Some("rsa-sha256"));
        assert_eq!(tags.get("b").map(squeezed).as_deref(), Some("abc"));
        assert_eq!(tags.get("A"), None);
        for broken in ["v=1; v=1", "v=1;; a=x", "v", "=x", "1a=x", "v=1; a b=c", ";"] {
            assert!(Tags::parse(broken).is_none(), "{broken}");
        }
        assert!(Tags::parse("").is_some());
    }

    #[test]
    fn the_span_is_that_of_the_value_as_written() {
        let text = "a=1; b = xy ;c=";
        let tags = Tags::parse(text).unwrap();
        let (start, end) = tags.tag("b").unwrap().span;
        assert_eq!(text.get(start..end), Some(" xy "));
        let (start, end) = tags.tag("c").unwrap().span;
        assert_eq!(text.get(start..end), Some(""));
    }
}
