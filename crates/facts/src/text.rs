//! What the reader sees in each alternative, apart from what is hidden from the reader.

use serde::Serialize;
use std::ops::Range;

/// The text of the message.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// The alternatives, in the order of the message.
    pub alternatives: Vec<Alternative>,
    /// Index of the alternative a client shows: the last HTML one, or else the first plain one.
    pub shown: Option<usize>,
    /// The prevailing script of what is shown.
    pub script: Option<Script>,
    /// Best guess of the language shown: ISO 639-1 code, absent where the text is too short to tell.
    pub language: Option<&'static str>,
    /// Whether what is shown is pictures with hardly any text.
    pub is_image_only: bool,
    /// Number of pictures shown in the HTML alternative.
    pub images: usize,
    /// `alt` texts of pictures, in order, empty ones left out.
    pub image_alts: Vec<String>,
    /// The document's `<title>`.
    pub title: Option<String>,
    /// The line that greets the reader, where one was recognised ("Dear customer", 〇〇様).
    pub greeting: Option<String>,
    /// The first lines: what stands where a letterhead stands (at most 5 lines and 300 characters).
    pub letterhead: Vec<String>,
    /// The last lines: signature, company, address, copyright (at most 12 lines and 800 characters).
    pub signature: Vec<String>,
    /// Whether there is a form, and whether it asks for a password.
    pub form: Option<Form>,
    /// Whether there is a script.
    pub has_script: bool,
}

impl Text {
    /// The text a client shows, or nothing where there is none.
    pub fn shown_text(&self) -> &str {
        self.shown.and_then(|at| self.alternatives.get(at)).map_or("", |alternative| &alternative.visible)
    }

    /// The alternative a client shows.
    pub fn shown_alternative(&self) -> Option<&Alternative> {
        self.shown.and_then(|at| self.alternatives.get(at))
    }
}

/// A form inside the message.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Form {
    /// Where it sends what is typed, as written.
    pub action: Option<String>,
    /// Whether it has a password input.
    pub asks_password: bool,
    /// Number of inputs that take text.
    pub inputs: usize,
}

/// One text part.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Alternative {
    /// Plain or HTML.
    pub kind: AlternativeKind,
    /// Charset as declared, lower-case.
    pub charset: Option<String>,
    /// What the reader sees: lines separated by `\n`, white space collapsed as a browser does (HTML),
    /// invisible characters removed.
    pub visible: String,
    /// What is in the part and not seen.
    pub hidden: Vec<HiddenText>,
    /// Byte ranges of `visible` in which invisible characters stood inside a word.
    pub broken_words: Vec<Range<usize>>,
}

/// Kind of a text part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlternativeKind {
    /// text/plain.
    Plain,
    /// text/html.
    Html,
}

/// A piece of text that is there and not seen.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HiddenText {
    /// How it is hidden.
    pub by: HiddenBy,
    /// The text, at most 500 characters of it.
    pub text: String,
    /// Its whole length in characters.
    pub length: usize,
}

/// How text is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenBy {
    /// `display: none`, the `hidden` attribute.
    Display,
    /// `visibility: hidden` or `collapse`.
    Visibility,
    /// `opacity` next to nothing.
    Opacity,
    /// Font or line so small that nobody reads it.
    Size,
    /// Ink of the paper's colour.
    Colour,
    /// Moved out of sight.
    Position,
    /// Clipped, or a box without extent that hides its overflow.
    Clip,
    /// An HTML comment or MSO conditional with text of its own.
    Comment,
    /// Characters that have no shape: zero-width, bidirectional, tags, variation selectors.
    Invisible,
}

/// Prevailing script of a text (Unicode script property).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Script {
    /// Latin.
    Latin,
    /// Kana with or without Han: Japanese.
    Japanese,
    /// Han without kana.
    Han,
    /// Hangul.
    Hangul,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Arabic.
    Arabic,
    /// Hebrew.
    Hebrew,
    /// Thai.
    Thai,
    /// Devanagari.
    Devanagari,
    /// Any other.
    Other,
}
