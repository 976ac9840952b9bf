//! A start tag with those of its attributes that tell what is seen and where it leads. One is filled again and again,
//! so that a page of ten thousand tags allocates no more than one of ten.

use super::as_text;
use std::{borrow::Cow, ops::Range};

/// The attributes whose values are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    Action,
    Alt,
    Background,
    Bgcolor,
    Class,
    Color,
    Content,
    Data,
    Dir,
    Encoding,
    Face,
    Formaction,
    Height,
    Hidden,
    Href,
    HttpEquiv,
    Id,
    Open,
    Placeholder,
    Popover,
    Shadowrootmode,
    Size,
    Src,
    Style,
    Type,
    Value,
    Width,
    XlinkHref,
}

/// How many attributes there are.
const ATTRIBUTES: usize = 28;
/// Other attributes of one tag that are remembered, to see whether they are repeated.
const MOST_OTHERS: usize = 50;

impl Attribute {
    fn by_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"action" => Self::Action,
            b"alt" => Self::Alt,
            b"background" => Self::Background,
            b"bgcolor" => Self::Bgcolor,
            b"class" => Self::Class,
            b"color" => Self::Color,
            b"content" => Self::Content,
            b"data" => Self::Data,
            b"dir" => Self::Dir,
            b"encoding" => Self::Encoding,
            b"face" => Self::Face,
            b"formaction" => Self::Formaction,
            b"height" => Self::Height,
            b"hidden" => Self::Hidden,
            b"href" => Self::Href,
            b"http-equiv" => Self::HttpEquiv,
            b"id" => Self::Id,
            b"open" => Self::Open,
            b"placeholder" => Self::Placeholder,
            b"popover" => Self::Popover,
            b"shadowrootmode" => Self::Shadowrootmode,
            b"size" => Self::Size,
            b"src" => Self::Src,
            b"style" => Self::Style,
            b"type" => Self::Type,
            b"value" => Self::Value,
            b"width" => Self::Width,
            b"xlink:href" => Self::XlinkHref,
            _ => return None,
        })
    }
}

/// The attribute that was begun last.
#[derive(Debug, Clone, Copy)]
enum Current {
    Known(Attribute),
    /// The last of the others.
    Other,
}

/// A start tag.
#[derive(Default)]
pub(super) struct Tag {
    name: Vec<u8>,
    /// The values kept, and names and values of other attributes.
    bytes: Vec<u8>,
    values: [Option<Range<usize>>; ATTRIBUTES],
    others: Vec<(Range<usize>, Range<usize>)>,
    /// The attribute whose value comes next, unless it is not kept.
    current: Option<Current>,
    is_repeated: bool,
}

impl Tag {
    /// Begins a tag.
    pub fn open(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.extend_from_slice(name);
        self.bytes.clear();
        self.values = Default::default();
        self.others.clear();
        self.current = None;
        self.is_repeated = false;
    }

    /// Begins an attribute. Of two with one name the first holds, as the standard says.
    pub fn attribute(&mut self, name: &[u8]) {
        let end = self.bytes.len();
        let known = Attribute::by_name(name);
        self.current = None;
        match known {
            Some(attribute) => match self.values.get_mut(attribute as usize) {
                Some(value @ None) => {
                    *value = Some(end..end);
                    self.current = Some(Current::Known(attribute));
                }
                _ => self.is_repeated = true,
            },
            None if self.others.iter().any(|(other, _)| self.bytes.get(other.clone()) == Some(name)) => {
                self.is_repeated = true;
            }
            None if self.others.len() < MOST_OTHERS => {
                self.bytes.extend_from_slice(name);
                let behind = self.bytes.len();
                self.others.push((end..behind, behind..behind));
                self.current = Some(Current::Other);
            }
            None => {}
        }
    }

    /// Takes the value of the attribute that was begun.
    pub fn value(&mut self, value: &[u8]) {
        let range = match self.current.take() {
            Some(Current::Known(attribute)) => self.values.get_mut(attribute as usize).and_then(Option::as_mut),
            Some(Current::Other) => self.others.last_mut().map(|(_, value)| value),
            None => None,
        };
        if let Some(range) = range {
            self.bytes.extend_from_slice(value);
            range.end = self.bytes.len();
        }
    }

    /// The value of any attribute by its name, in lower case.
    pub fn by_name(&self, name: &str) -> Option<Cow<'_, str>> {
        if let Some(attribute) = Attribute::by_name(name.as_bytes()) {
            return self.get(attribute);
        }
        let (_, value) =
            self.others.iter().find(|(other, _)| self.bytes.get(other.clone()) == Some(name.as_bytes()))?;
        self.bytes.get(value.clone()).map(as_text)
    }

    /// Its name, lower-case.
    pub fn name(&self) -> &[u8] {
        &self.name
    }

    /// The value of an attribute, empty where it has none of its own.
    pub fn get(&self, attribute: Attribute) -> Option<Cow<'_, str>> {
        let range = self.values.get(attribute as usize)?.clone()?;
        self.bytes.get(range).map(as_text)
    }

    /// Whether an attribute stands there more than once.
    pub fn is_repeated(&self) -> bool {
        self.is_repeated
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_two_attributes_holds() {
        let mut tag = Tag::default();
        tag.open(b"a");
        tag.attribute(b"hidden");
        tag.attribute(b"href");
        tag.value(b"first");
        tag.attribute(b"onclick");
        tag.value(b"nothing");
        assert!(!tag.is_repeated());
        tag.attribute(b"href");
        tag.value(b"second");
        assert_eq!(tag.get(Attribute::Href).as_deref(), Some("first"));
        assert_eq!(tag.get(Attribute::Hidden).as_deref(), Some(""));
        assert_eq!(tag.get(Attribute::XlinkHref), None);
        assert!(tag.is_repeated());
        tag.open(b"b");
        assert_eq!(tag.name(), b"b");
        assert!(tag.get(Attribute::Href).is_none() && !tag.is_repeated());
        tag.attribute(b"onclick");
        tag.attribute(b"onclick");
        assert!(tag.is_repeated());
    }
}
