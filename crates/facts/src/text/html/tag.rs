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
    Formaction,
    Height,
    Hidden,
    Href,
    HttpEquiv,
    Id,
    Src,
    Style,
    Type,
    Width,
    XlinkHref,
}

/// How many attributes there are.
const ATTRIBUTES: usize = 19;
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
            b"formaction" => Self::Formaction,
            b"height" => Self::Height,
            b"hidden" => Self::Hidden,
            b"href" => Self::Href,
            b"http-equiv" => Self::HttpEquiv,
            b"id" => Self::Id,
            b"src" => Self::Src,
            b"style" => Self::Style,
            b"type" => Self::Type,
            b"width" => Self::Width,
            b"xlink:href" => Self::XlinkHref,
            _ => return None,
        })
    }
}

/// A start tag.
#[derive(Default)]
pub(super) struct Tag {
    name: Vec<u8>,
    /// The values kept and the names of other attributes.
    bytes: Vec<u8>,
    values: [Option<Range<usize>>; ATTRIBUTES],
    others: Vec<Range<usize>>,
    /// The attribute whose value comes next, unless it is not kept.
    current: Option<Attribute>,
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
        self.current = Attribute::by_name(name);
        let is_known = match self.current {
            Some(attribute) => match self.values.get_mut(attribute as usize) {
                Some(value @ None) => {
                    *value = Some(end..end);
                    false
                }
                _ => true,
            },
            None => self.others.iter().any(|other| self.bytes.get(other.clone()) == Some(name)),
        };
        if is_known {
            self.current = None;
            self.is_repeated = true;
        } else if self.current.is_none() && self.others.len() < MOST_OTHERS {
            self.bytes.extend_from_slice(name);
            self.others.push(end..self.bytes.len());
        }
    }

    /// Takes the value of the attribute that was begun.
    pub fn value(&mut self, value: &[u8]) {
        let Some(attribute) = self.current.take() else { return };
        if let Some(Some(range)) = self.values.get_mut(attribute as usize) {
            self.bytes.extend_from_slice(value);
            range.end = self.bytes.len();
        }
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
