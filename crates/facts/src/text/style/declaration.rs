//! Declarations: the properties that decide whether text can be seen, and their values.

use super::{Colour, WHITE, token};
use std::borrow::Cow;

/// A value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::text) enum Value<T> {
    Of(T),
    /// `initial`.
    Initial,
    /// `inherit`, and `unset` or `revert` as good as that.
    Inherited,
    /// Cannot be told: `var()`, what a rule says that may or may not hold.
    Unknown,
}

/// `display`, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Display {
    None,
    Inline,
    InlineBlock,
    Block,
    Cell,
}

/// A length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::text) enum Length {
    Pixels(f32),
    /// In sizes of letters.
    Letters(f32),
    /// In hundredths of whatever it is measured by.
    Percent(f32),
    /// A keyword, or what depends on the window.
    Other,
}

impl Length {
    /// In pixels, where it can be told. `whole` is what percentages are of, nothing where that cannot be told.
    pub fn of(self, letter: f32, whole: f32) -> Option<f32> {
        match self {
            Self::Pixels(pixels) => Some(pixels),
            Self::Letters(letters) => Some(letters * letter),
            Self::Percent(percent) if percent == 0.0 || whole > 0.0 => Some(percent / 100.0 * whole),
            Self::Percent(_) | Self::Other => None,
        }
    }
}

/// Which value won of each property, of one list of declarations or of all that hold for an element.
#[derive(Debug, Clone, Default)]
pub(in crate::text) struct Declarations {
    pub display: Option<Value<Display>>,
    /// Whether it is out of the flow, or moved against it: `left` and its like hold.
    pub position: Option<Value<bool>>,
    pub float: Option<Value<bool>>,
    pub visibility: Option<Value<bool>>,
    pub opacity: Option<Value<f32>>,
    /// Whether a filter leaves nothing to see.
    pub filter: Option<Value<bool>>,
    pub letter: Option<Value<Length>>,
    pub ink: Option<Value<Option<Colour>>>,
    pub fill: Option<Value<Option<Colour>>>,
    pub paper: Option<Value<Option<Colour>>>,
    /// Whether there is a picture behind it.
    pub picture: Option<Value<bool>>,
    pub indent: Option<Value<Length>>,
    pub left: Option<Value<Length>>,
    pub right: Option<Value<Length>>,
    pub top: Option<Value<Length>>,
    pub bottom: Option<Value<Length>>,
    pub margin_left: Option<Value<Length>>,
    pub margin_top: Option<Value<Length>>,
    pub overflow: Option<Value<bool>>,
    pub width: Option<Value<Length>>,
    pub max_width: Option<Value<Length>>,
    pub height: Option<Value<Length>>,
    pub max_height: Option<Value<Length>>,
    pub clip: Option<Value<bool>>,
    pub clip_path: Option<Value<bool>>,
    /// Whether it is shrunk to nothing.
    pub shrunk: Option<Value<bool>>,
    /// Whether it is moved out of sight by a transform.
    pub moved: Option<Value<bool>>,
    pub white_space: Option<Value<bool>>,
}

/// Does something to each property of two lists.
macro_rules! each {
    ($target:expr, $other:expr, $do:expr) => {
        each!(@ $target, $other, $do, display position float visibility opacity filter letter ink fill paper picture
            indent left right top bottom margin_left margin_top overflow width max_width height max_height clip
            clip_path shrunk moved white_space)
    };
    (@ $target:expr, $other:expr, $do:expr, $($property:ident)*) => {
        $( $do(&mut $target.$property, &$other.$property); )*
    };
}

impl Declarations {
    /// Takes over what another list declares.
    pub fn overlay(&mut self, other: &Self) {
        trait Overlay: Copy {
            fn overlay(&mut self, other: &Self);
        }
        impl<T: Copy> Overlay for Option<T> {
            fn overlay(&mut self, other: &Self) {
                if other.is_some() {
                    *self = *other;
                }
            }
        }
        each!(self, other, Overlay::overlay);
    }

    /// The same of a rule of which nobody can tell whether it holds.
    pub fn doubtful(&self) -> Self {
        trait Doubt: Copy {
            fn doubt(&mut self, other: &Self);
        }
        impl<T: Copy> Doubt for Option<Value<T>> {
            fn doubt(&mut self, other: &Self) {
                *self = other.map(|_| Value::Unknown);
            }
        }
        let mut doubtful = Self::default();
        each!(doubtful, self, Doubt::doubt);
        doubtful
    }

    /// `all: …`.
    fn all(&mut self, is_known: bool) {
        trait Reset: Copy {
            fn initial(&mut self, other: &Self);
            fn unknown(&mut self, other: &Self);
        }
        impl<T: Copy> Reset for Option<Value<T>> {
            fn initial(&mut self, _: &Self) {
                *self = Some(Value::Initial);
            }
            fn unknown(&mut self, _: &Self) {
                *self = Some(Value::Unknown);
            }
        }
        let other = Self::default();
        if is_known {
            each!(self, other, Reset::initial);
        } else {
            each!(self, other, Reset::unknown);
        }
    }
}

/// A list of declarations: those that rank as usual, and those that are `!important`.
#[derive(Debug, Clone, Default)]
pub(in crate::text) struct Ranked {
    pub usual: Declarations,
    pub important: Option<Box<Declarations>>,
    /// What `content` and `list-style-type` would write.
    pub content: Option<Content>,
    /// Whether anything was declared that matters here.
    pub is_telling: bool,
}

/// What a style writes into the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::text) struct Content(pub Vec<Piece>);

impl Content {
    /// How much it writes, in bytes and pieces.
    pub fn length<'a>(&self, attribute: &'a dyn Fn(&str) -> Option<Cow<'a, str>>) -> usize {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text.len(),
            Piece::Attribute(name) => attribute(name).map_or(0, |value| value.len()),
        });
        pieces.map(|length| length + 1).sum()
    }
}

/// A piece of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::text) enum Piece {
    Text(String),
    /// The value of an attribute.
    Attribute(String),
}

/// Reads a list of declarations, comments taken out. Rules nested in it are passed over. Of two declarations of one
/// property the last that is valid counts.
pub(super) fn read(css: &str) -> Ranked {
    let mut ranked = Ranked::default();
    let mut at = 0;
    while at < css.len() {
        let end = token::find(css, at, b";{").unwrap_or(css.len());
        let one = css.get(at..end).unwrap_or_default();
        if css.as_bytes().get(end) == Some(&b'{') {
            // A nested rule, or a value with a block in it, which no property here takes.
            at = token::find(css, end + 1, b"}").map_or(css.len(), |at| at + 1);
            continue;
        }
        at = end + 1;
        let Some((property, value)) = one.split_once(':') else { continue };
        ranked.declare(property, value);
    }
    ranked
}

impl Ranked {
    fn declare(&mut self, property: &str, value: &str) {
        let property = token::unescaped(property.trim());
        let property = token::lower(&property);
        if !is_of_interest(&property) {
            return;
        }
        if matches!(property.as_ref(), "content" | "list-style" | "list-style-type") {
            if let Some(content) = content(value) {
                self.content = Some(content);
            }
            return;
        }
        let value = token::unescaped(value.trim());
        let value = token::lower(&value);
        let (value, is_important) = ranked(&value);
        let target = if is_important { self.important.get_or_insert_with(Box::default) } else { &mut self.usual };
        set(target, &property, value);
        self.is_telling = true;
    }
}

/// Whether a property tells anything here, by its first letters: most do not.
fn is_of_interest(property: &str) -> bool {
    matches!(
        property,
        "all"
            | "display"
            | "position"
            | "float"
            | "visibility"
            | "content-visibility"
            | "opacity"
            | "filter"
            | "font"
            | "font-size"
            | "color"
            | "-webkit-text-fill-color"
            | "background"
            | "background-color"
            | "background-image"
            | "text-indent"
            | "left"
            | "right"
            | "top"
            | "bottom"
            | "inset"
            | "margin"
            | "margin-left"
            | "margin-top"
            | "overflow"
            | "overflow-x"
            | "overflow-y"
            | "width"
            | "max-width"
            | "height"
            | "max-height"
            | "clip"
            | "clip-path"
            | "transform"
            | "scale"
            | "translate"
            | "white-space"
            | "content"
            | "list-style"
            | "list-style-type"
    )
}

/// A value without `!important`, and whether that stands behind it.
fn ranked(value: &str) -> (&str, bool) {
    match value.rsplit_once('!') {
        Some((value, rank)) if rank.trim() == "important" => (value.trim_end(), true),
        _ => (value, false),
    }
}

/// Takes a declaration, unless its value is none.
#[expect(clippy::too_many_lines, reason = "a line or a few for each property")]
fn set(to: &mut Declarations, property: &str, value: &str) {
    fn put<T>(place: &mut Option<Value<T>>, value: Option<Value<T>>) {
        if value.is_some() {
            *place = value;
        }
    }
    fn of<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Value<T>> {
        Some(match value {
            "initial" => Value::Initial,
            "inherit" | "unset" | "revert" | "revert-layer" => Value::Inherited,
            _ if value.contains("var(") || value.contains("env(") || value.contains("attr(") => Value::Unknown,
            _ => Value::Of(read(value)?),
        })
    }
    // Where a property is not inherited by itself, `unset` is `initial`.
    fn own<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Value<T>> {
        if matches!(value, "unset" | "revert" | "revert-layer") { Some(Value::Initial) } else { of(value, read) }
    }
    match property {
        "all" => match value {
            "initial" => to.all(true),
            "unset" | "revert" | "revert-layer" | "inherit" => to.all(false),
            _ => {}
        },
        "display" => put(&mut to.display, own(value, display)),
        "position" => put(
            &mut to.position,
            own(value, |value| match value {
                "absolute" | "fixed" | "relative" | "sticky" => Some(value != "sticky"),
                "static" => Some(false),
                _ => None,
            }),
        ),
        "float" => put(
            &mut to.float,
            own(value, |value| match value {
                "left" | "right" | "inline-start" | "inline-end" => Some(true),
                "none" => Some(false),
                _ => None,
            }),
        ),
        "visibility" => put(
            &mut to.visibility,
            of(value, |value| match value {
                "hidden" | "collapse" => Some(true),
                "visible" => Some(false),
                _ => None,
            }),
        ),
        "content-visibility" if value == "hidden" => to.filter = Some(Value::Of(true)),
        "opacity" => put(&mut to.opacity, own(value, share)),
        "filter" => put(
            &mut to.filter,
            own(value, |value| Some(without_spaces(value).contains("opacity(0") && !value.contains("opacity(0."))),
        ),
        "font-size" => put(&mut to.letter, of(value, size)),
        "font" => put(&mut to.letter, of(value, |value| value.split_ascii_whitespace().find_map(font_size))),
        "color" => put(&mut to.ink, of(value, ink)),
        "-webkit-text-fill-color" => put(&mut to.fill, of(value, ink)),
        "background" | "background-color" | "background-image" => background(to, property, value),
        "text-indent" => put(&mut to.indent, of(value, |value| length(value.split_ascii_whitespace().next()?))),
        "left" => put(&mut to.left, own(value, length)),
        "right" => put(&mut to.right, own(value, length)),
        "top" => put(&mut to.top, own(value, length)),
        "bottom" => put(&mut to.bottom, own(value, length)),
        "inset" => {
            let [top, right, bottom, left] = sides(value);
            put(&mut to.top, top);
            put(&mut to.right, right);
            put(&mut to.bottom, bottom);
            put(&mut to.left, left);
        }
        "margin" => {
            let [top, _, _, left] = sides(value);
            put(&mut to.margin_top, top);
            put(&mut to.margin_left, left);
        }
        "margin-left" => put(&mut to.margin_left, own(value, length)),
        "margin-top" => put(&mut to.margin_top, own(value, length)),
        "overflow" | "overflow-x" | "overflow-y" => put(
            &mut to.overflow,
            own(value, |value| {
                let mut words = value.split_ascii_whitespace();
                words
                    .clone()
                    .all(|word| matches!(word, "hidden" | "clip" | "visible" | "auto" | "scroll" | "overlay"))
                    .then(|| words.any(|word| matches!(word, "hidden" | "clip")))
            }),
        ),
        "width" => put(&mut to.width, own(value, length)),
        "max-width" => put(&mut to.max_width, own(value, length)),
        "height" => put(&mut to.height, own(value, length)),
        "max-height" => put(&mut to.max_height, own(value, length)),
        "clip" => put(
            &mut to.clip,
            own(value, |value| {
                let value = value.replace([',', ' '], "");
                Some(matches!(value.as_str(), "rect(0000)" | "rect(0px0px0px0px)" | "rect(1px1px1px1px)"))
            }),
        ),
        "clip-path" => put(
            &mut to.clip_path,
            own(value, |value| {
                let value = without_spaces(value);
                Some(
                    ["inset(50%)", "inset(100%)", "circle(0", "ellipse(0", "polygon(00,00"]
                        .iter()
                        .any(|shape| value.starts_with(shape)),
                )
            }),
        ),
        "transform" => {
            put(&mut to.shrunk, own(value, |value| Some(shrinks(value))));
            put(&mut to.moved, own(value, |value| Some(moves(value))));
        }
        "scale" => put(
            &mut to.shrunk,
            own(value, |value| Some(value.split_ascii_whitespace().any(|part| share(part) == Some(0.0)))),
        ),
        "translate" => put(&mut to.moved, own(value, |value| Some(value.split_ascii_whitespace().any(is_far)))),
        "white-space" => put(&mut to.white_space, of(value, |value| Some(value.starts_with("pre")))),
        _ => {}
    }
}

fn without_spaces(value: &str) -> Cow<'_, str> {
    if value.contains(' ') { Cow::Owned(value.replace(' ', "")) } else { Cow::Borrowed(value) }
}

/// The values of `display` that there are.
fn display(value: &str) -> Option<Display> {
    value.split_ascii_whitespace().try_fold(None, |found, word| {
        let one = match word {
            "none" => Display::None,
            "inline" | "contents" | "ruby" | "ruby-text" | "ruby-base" | "math" => Display::Inline,
            "inline-block"
            | "inline-flex"
            | "inline-grid"
            | "inline-table"
            | "-webkit-inline-box"
            | "-webkit-inline-flex"
            | "-moz-inline-box" => Display::InlineBlock,
            "table-cell" => Display::Cell,
            "block" | "flex" | "grid" | "table" | "list-item" | "flow-root" | "table-row" | "table-row-group"
            | "table-header-group" | "table-footer-group" | "table-caption" | "table-column" | "table-column-group"
            | "-webkit-box" | "-webkit-flex" | "-moz-box" => Display::Block,
            "flow" => return Some(found),
            _ => return None,
        };
        Some(Some(found.unwrap_or(one)))
    })?
}

/// A number or a percentage.
fn share(value: &str) -> Option<f32> {
    match value.strip_suffix('%') {
        Some(number) => number.trim().parse::<f32>().ok().map(|number| number / 100.0),
        None => value.parse().ok(),
    }
}

/// A length; keywords and what is calculated are lengths of which nothing is known.
fn length(value: &str) -> Option<Length> {
    let end = value.find(|character: char| !matches!(character, '0'..='9' | '.' | '-' | '+')).unwrap_or(value.len());
    let Some(number) = value.get(..end).and_then(|number| number.parse::<f32>().ok()) else {
        return value.starts_with(|character: char| character.is_ascii_alphabetic()).then_some(Length::Other);
    };
    Some(match value.get(end..)? {
        // Without a unit it holds in pages without a document type.
        "px" | "" => Length::Pixels(number),
        "pt" => Length::Pixels(number * 1.33),
        "in" => Length::Pixels(number * 96.0),
        "cm" => Length::Pixels(number * 37.8),
        "mm" => Length::Pixels(number * 3.78),
        "rem" | "pc" => Length::Pixels(number * 16.0),
        "em" => Length::Letters(number),
        "ex" | "ch" => Length::Letters(number / 2.0),
        "%" => Length::Percent(number),
        // Of the window, of which all that is known is that it is some hundred pixels wide.
        "vw" | "vh" | "vmin" | "vmax" => Length::Pixels(number * 8.0),
        _ => return None,
    })
}

/// The size of letters.
fn size(value: &str) -> Option<Length> {
    match value {
        "xx-small" | "x-small" | "small" | "medium" | "large" | "x-large" | "xx-large" | "xxx-large" => {
            Some(Length::Pixels(super::LETTER))
        }
        "smaller" | "larger" => Some(Length::Letters(1.0)),
        _ => length(value).filter(|length| *length != Length::Other || value.contains('(')),
    }
}

/// The size in a word of `font`, which may have the height of the line behind it.
fn font_size(word: &str) -> Option<Length> {
    let word = word.split('/').next()?;
    // A weight has no unit.
    size(word).filter(|_| word == "0" || word.ends_with(|last: char| !last.is_ascii_digit()))
}

/// The lengths of top, right, bottom and left.
fn sides(value: &str) -> [Option<Value<Length>>; 4] {
    let words: Vec<_> = value.split_ascii_whitespace().take(5).map(length).collect();
    let of = |at: usize| words.get(at).copied().flatten().map(Value::Of);
    match words.len() {
        1 => [of(0); 4],
        2 => [of(0), of(1), of(0), of(1)],
        3 => [of(0), of(1), of(2), of(1)],
        4 => [of(0), of(1), of(2), of(3)],
        _ => [None; 4],
    }
}

fn background(to: &mut Declarations, property: &str, value: &str) {
    let has_picture = value.contains("url(") || value.contains("gradient") || value.contains("image(");
    if property == "background-image" {
        to.picture = Some(Value::Of(has_picture));
        return;
    }
    if property == "background" {
        to.picture = Some(Value::Of(has_picture));
        to.paper = None;
    }
    if value.contains("var(") {
        to.paper = Some(Value::Unknown);
    } else if let Some(colour) = split_words(value).find_map(colour) {
        to.paper = Some(Value::Of(Some(colour)));
    } else if split_words(value).any(|word| matches!(word, "transparent" | "none" | "initial" | "unset")) {
        to.paper = Some(Value::Of(None));
    }
}

/// Words at white space outside of brackets.
fn split_words(value: &str) -> impl Iterator<Item = &str> {
    token::split(value, b' ').filter(|word| !word.is_empty())
}

/// A colour as ink: nothing for a clear one.
#[expect(clippy::option_option, reason = "no value, and the value that is no colour")]
fn ink(value: &str) -> Option<Option<Colour>> {
    if value == "transparent" || is_clear(value) {
        return Some(None);
    }
    match colour(value) {
        Some(colour) => Some(Some(colour)),
        // A name or a notation that is not known here: to be on the safe side it is black.
        None if value.starts_with(|first: char| first.is_ascii_alphabetic()) => Some(Some([0, 0, 0])),
        None => None,
    }
}

/// Whether a colour lets everything through: `rgba(…, 0)`, `#xxx0`.
fn is_clear(value: &str) -> bool {
    if let Some(digits) = value.strip_prefix('#') {
        return matches!(digits.len(), 4 | 8)
            && digits.get(digits.len() / 4 * 3..).is_some_and(|alpha| alpha.bytes().all(|digit| digit == b'0'));
    }
    let Some((name, numbers)) = value.split_once('(') else { return false };
    let numbers = numbers.trim_end_matches(')');
    let alpha = match numbers.rsplit_once('/') {
        Some((_, alpha)) => Some(alpha),
        None if matches!(name, "rgba" | "rgb" | "hsla" | "hsl") => numbers.split(',').nth(3),
        None => None,
    };
    alpha.and_then(|alpha| share(alpha.trim())).is_some_and(|alpha| alpha < super::FAINT)
}

/// The colour names that mail uses.
const NAMES: &[(&str, Colour)] = &[
    ("white", WHITE),
    ("black", [0, 0, 0]),
    ("red", [255, 0, 0]),
    ("green", [0, 128, 0]),
    ("blue", [0, 0, 255]),
    ("yellow", [255, 255, 0]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("silver", [192, 192, 192]),
    ("whitesmoke", [245, 245, 245]),
    ("snow", [255, 250, 250]),
    ("ivory", [255, 255, 240]),
    ("navy", [0, 0, 128]),
    ("orange", [255, 165, 0]),
];

/// A colour in one of the notations mail uses.
pub(in crate::text) fn colour(value: &str) -> Option<Colour> {
    let value = value.trim();
    if let Some(digits) = value.strip_prefix('#') {
        return hexadecimal(digits);
    }
    let lower = token::lower(value);
    if let Some(numbers) = lower.strip_prefix("rgb(").or_else(|| lower.strip_prefix("rgba(")) {
        let mut parts = numbers
            .trim_end_matches(')')
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .map(|part| part.trim().parse::<f32>());
        let mut next = || parts.next()?.ok();
        let (red, green, blue) = (next()?, next()?, next()?);
        if next().is_some_and(|alpha| alpha < 1.0) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a byte holds")]
        return Some([red, green, blue].map(|part| part.clamp(0.0, 255.0) as u8));
    }
    NAMES
        .iter()
        .find(|(name, _)| *name == lower)
        .map(|(_, colour)| *colour)
        .or_else(|| (lower.len() == 6).then(|| hexadecimal(&lower)).flatten())
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    let digit = |at: usize| {
        digits
            .as_bytes()
            .get(at)
            .and_then(|byte| char::from(*byte).to_digit(16))
            .and_then(|digit| u8::try_from(digit).ok())
    };
    match digits.len() {
        3 | 4 => Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]),
        6 | 8 => Some([digit(0)? << 4 | digit(1)?, digit(2)? << 4 | digit(3)?, digit(4)? << 4 | digit(5)?]),
        _ => None,
    }
}

/// Whether a transform leaves nothing: a scale of nothing, or a turn edge on.
fn shrinks(value: &str) -> bool {
    functions(value).any(|(name, mut arguments)| match name {
        "scale" | "scale3d" | "scalex" | "scaley" => arguments.any(|one| share(one) == Some(0.0)),
        "matrix" => {
            share(arguments.next().unwrap_or_default()) == Some(0.0)
                && share(arguments.next().unwrap_or_default()) == Some(0.0)
        }
        "rotatex" | "rotatey" => arguments
            .next()
            .is_some_and(|angle| matches!(angle, "90deg" | "270deg" | "-90deg" | ".25turn" | "0.25turn")),
        _ => false,
    })
}

/// Whether a transform moves a thing out of sight.
fn moves(value: &str) -> bool {
    functions(value).any(|(name, mut arguments)| name.starts_with("translate") && arguments.any(is_far))
}

fn functions(value: &str) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
    value.split(')').filter_map(|one| {
        let (name, arguments) = one.split_once('(')?;
        Some((name.trim(), arguments.split(',').map(str::trim)))
    })
}

fn is_far(value: &str) -> bool {
    length(value).and_then(|length| length.of(super::LETTER, 0.0)).is_some_and(|at| at.abs() >= super::FAR)
}

/// What `content` writes: its strings and attributes, nothing where it has none.
fn content(value: &str) -> Option<Content> {
    let mut pieces = Vec::new();
    let mut rest = value;
    while let Some(at) = rest.find(['"', '\'', 'a', 'A']) {
        let quote = rest.as_bytes().get(at).copied()?;
        let behind = rest.get(at + 1..).unwrap_or_default();
        if matches!(quote, b'"' | b'\'') {
            let mut is_escaped = false;
            let end = behind.bytes().position(|byte| {
                let is_end = byte == quote && !is_escaped;
                is_escaped = byte == b'\\' && !is_escaped;
                is_end
            });
            let text = behind.get(..end.unwrap_or(behind.len())).unwrap_or_default();
            pieces.push(Piece::Text(token::unescaped(text).into_owned()));
            rest = behind.get(end.map_or(behind.len(), |end| end + 1)..).unwrap_or_default();
        } else if behind.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("ttr(")) {
            let inside = behind.get(4..).unwrap_or_default();
            let end = inside.find([')', ',', ' ']).unwrap_or(inside.len());
            pieces.push(Piece::Attribute(inside.get(..end).unwrap_or_default().trim().to_ascii_lowercase()));
            rest = inside.get(end..).unwrap_or_default();
        } else {
            rest = behind;
        }
    }
    (!pieces.is_empty()).then_some(Content(pieces))
}
