//! The raw header, read beside the mail parser because forgers live on what a parser tidies away:
//! duplicate fields, their order, spaces before the colon, folded names, raw bytes.

use serde::Serialize;

/// All fields of the message's own header, in order.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(transparent)]
pub struct Header {
    /// The fields, first first.
    pub fields: Vec<Field>,
}

/// One header field as written (RFC 5322 §2.2).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// The name in its own spelling, without the white space before the colon.
    pub name: String,
    /// The value, unfolded, not decoded; bytes that are not UTF-8 are read as Latin-1.
    pub value: String,
    /// Byte offset of the field's first byte in the message.
    pub offset: usize,
}

impl Header {
    /// Every field of that name, in order, whatever its letter case.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> + 'a {
        self.fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name))
    }

    /// The first field of that name.
    pub fn first(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}
