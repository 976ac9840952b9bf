//! What CSS makes of an element, as far as it decides whether text can be seen: the values in force, and how text is
//! hidden by them. What is written stands in [`declaration`], which rules meet an element in [`sheet`].
//!
//! Values that cannot be told (`var()`, pictures behind the text) count as those of text that is seen.

mod declaration;
mod sheet;
mod token;

use crate::HiddenBy;
pub(super) use declaration::{Content, Declarations, Piece, Ranked, colour};
use declaration::{Display, Length, Value};
pub(crate) use sheet::Budget;
pub(super) use sheet::{Ancestor, Element, Sheet, Won, Written};

/// The declarations of a `style` attribute.
pub(super) fn declarations(text: &str) -> Ranked {
    declaration::read(&token::without_comments(text))
}

/// A colour, red, green, blue.
pub(super) type Colour = [u8; 3];

/// Paper before anybody colours it.
const WHITE: Colour = [255, 255, 255];
/// The size of letters before anybody sets it, in pixels.
const LETTER: f32 = 16.0;
/// Letters and boxes up to this size, in pixels, show nothing.
const TINY: f32 = 1.0;
/// From this distance on, in pixels, a thing is out of sight.
const FAR: f32 = 900.0;
/// Below this opacity nothing is seen.
const FAINT: f32 = 0.05;
/// The sum of differences up to which two colours are the same to the eye.
const ALIKE: u32 = 24;

/// How an element takes its place among others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Layout {
    /// Within the line.
    #[default]
    Inline,
    /// Within the line, as a box of its own.
    InlineBlock,
    /// On lines of its own.
    Block,
    /// Beside other cells, with space between.
    Cell,
}

/// What is in force for an element.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Hidden with everything inside, whatever that says of itself.
    hidden: Option<HiddenBy>,
    /// How often that was done, by itself and around it.
    times_hidden: u32,
    /// Whether it is hidden once more inside something hidden.
    pub is_hidden_inside: bool,
    /// `visibility: hidden`, which what is inside can undo.
    is_invisible: bool,
    /// Size of the letters in pixels.
    letter: f32,
    /// How far the first line is moved.
    indent: f32,
    ink: Ink,
    /// `-webkit-text-fill-color`, which outdoes the ink.
    fill: Option<Ink>,
    paper: Paper,
    /// Not part of the page at all: head, script, template.
    pub is_outside: bool,
    /// White space counts.
    pub is_preformatted: bool,
    /// How it takes its place.
    pub layout: Layout,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Ink {
    /// As the program writes, or as cannot be told: it is seen.
    #[default]
    Plain,
    Coloured(Colour),
    /// `transparent`.
    Clear,
}

#[derive(Debug, Clone, Copy, Default)]
enum Paper {
    #[default]
    Plain,
    Coloured(Colour),
    /// A picture or a gradient: nothing can be said.
    Unknown,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            hidden: None,
            times_hidden: 0,
            is_hidden_inside: false,
            is_invisible: false,
            letter: LETTER,
            indent: 0.0,
            ink: Ink::Plain,
            fill: None,
            paper: Paper::Plain,
            is_outside: false,
            is_preformatted: false,
            layout: Layout::Inline,
        }
    }
}

impl Style {
    /// What an element has from the one around it.
    pub fn inherited(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    /// Hides it.
    pub fn hide(&mut self, by: HiddenBy) {
        self.hidden.get_or_insert(by);
        self.times_hidden = self.times_hidden.saturating_add(1);
    }

    /// Colours the text by an attribute.
    pub fn ink(&mut self, colour: Option<Colour>) {
        if let Some(colour) = colour {
            self.ink = Ink::Coloured(colour);
        }
    }

    /// Colours what is behind it; `None` for what cannot be told.
    pub fn paper(&mut self, colour: Option<Colour>) {
        self.paper = colour.map_or(Paper::Unknown, Paper::Coloured);
    }

    /// Takes the colours of another for what follows.
    pub fn colours(&mut self, other: &Self) {
        (self.ink, self.fill, self.paper) = (other.ink, other.fill, other.paper);
    }

    /// How text in it is hidden, if it is.
    pub fn hidden(&self) -> Option<HiddenBy> {
        self.hidden.or_else(|| self.properties_that_hide().flatten().next())
    }

    /// How its properties hide text, each by itself.
    fn properties_that_hide(&self) -> impl Iterator<Item = Option<HiddenBy>> {
        [
            self.is_invisible.then_some(HiddenBy::Visibility),
            (self.letter <= TINY).then_some(HiddenBy::Size),
            (self.indent <= -FAR).then_some(HiddenBy::Position),
            self.colour_that_hides(),
        ]
        .into_iter()
    }

    /// In how many ways text in it is hidden.
    fn ways_hidden(&self) -> usize {
        self.times_hidden as usize + self.properties_that_hide().flatten().count()
    }

    fn colour_that_hides(&self) -> Option<HiddenBy> {
        let ink = match self.fill.unwrap_or(self.ink) {
            Ink::Plain => return None,
            Ink::Clear => return Some(HiddenBy::Colour),
            Ink::Coloured(colour) => colour,
        };
        let paper = match self.paper {
            Paper::Plain => WHITE,
            Paper::Coloured(colour) => colour,
            Paper::Unknown => return None,
        };
        let distance: u32 = ink.iter().zip(paper).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
        (distance <= ALIKE).then_some(HiddenBy::Colour)
    }

    /// Whether the element is not laid out, its line breaks included.
    pub fn is_gone(&self) -> bool {
        self.is_outside || self.hidden == Some(HiddenBy::Display)
    }

    /// Puts the values in force that won. `is_outside` tells whether such an element is no part of the page, and
    /// `is_hidden` whether it is hidden by itself: a value for `display` undoes both.
    pub fn apply(&mut self, won: &Declarations, is_outside: bool, is_hidden: bool) {
        let parent = *self;
        let display = won.display;
        if matches!(display, None | Some(Value::Inherited)) {
            self.is_outside |= is_outside;
            if is_hidden {
                self.hide(HiddenBy::Display);
            }
        }
        match display {
            Some(Value::Of(Display::None)) => self.hide(HiddenBy::Display),
            Some(Value::Of(Display::InlineBlock)) => self.layout = Layout::InlineBlock,
            Some(Value::Of(Display::Block)) => self.layout = Layout::Block,
            Some(Value::Of(Display::Cell)) => self.layout = Layout::Cell,
            Some(Value::Of(Display::Inline) | Value::Initial) => self.layout = Layout::Inline,
            Some(Value::Unknown | Value::Inherited) | None => {}
        }
        let is_placed = matches!(won.position, Some(Value::Of(true)));
        let is_floating = matches!(won.float, Some(Value::Of(true)));
        if is_placed || is_floating {
            self.layout = Layout::InlineBlock;
        }
        let is_boxed = self.layout != Layout::Inline;
        match won.visibility {
            Some(Value::Of(is_hidden)) => self.is_invisible = is_hidden,
            Some(Value::Initial | Value::Unknown) => self.is_invisible = false,
            Some(Value::Inherited) | None => {}
        }
        match won.letter {
            Some(Value::Of(length)) => self.letter = length.of(parent.letter, parent.letter).unwrap_or(LETTER),
            Some(Value::Initial | Value::Unknown) => self.letter = LETTER,
            Some(Value::Inherited) | None => {}
        }
        let letter = self.letter;
        let pixels = |length: Option<Value<Length>>| match length {
            Some(Value::Of(length)) => length.of(letter, 0.0),
            _ => None,
        };
        match won.indent {
            Some(Value::Of(_)) => self.indent = pixels(won.indent).unwrap_or_default(),
            Some(Value::Initial | Value::Unknown) => self.indent = 0.0,
            Some(Value::Inherited) | None => {}
        }
        self.ink = chosen(won.ink, Some(Ink::Plain), Some(parent.ink)).unwrap_or(self.ink);
        self.fill = chosen(won.fill, None, parent.fill).or(self.fill.filter(|_| won.fill.is_none()));
        match won.paper {
            Some(Value::Of(Some(colour))) => self.paper = Paper::Coloured(colour),
            Some(Value::Unknown) => self.paper = Paper::Unknown,
            Some(Value::Of(None) | Value::Initial | Value::Inherited) | None => {}
        }
        if matches!(won.picture, Some(Value::Of(true) | Value::Unknown)) {
            self.paper = Paper::Unknown;
        }
        if matches!(won.opacity, Some(Value::Of(opacity)) if opacity < FAINT) {
            self.hide(HiddenBy::Opacity);
        }
        if matches!(won.filter, Some(Value::Of(true))) {
            self.hide(HiddenBy::Opacity);
        }
        let is_far = |length| pixels(length).is_some_and(|at| at.abs() >= FAR);
        let is_before = |length| pixels(length).is_some_and(|at| at <= -FAR);
        if is_placed && [won.left, won.right, won.top, won.bottom].into_iter().any(is_far)
            || is_before(won.margin_left)
            || is_boxed && is_before(won.margin_top)
            || is_boxed && matches!(won.moved, Some(Value::Of(true)))
        {
            self.hide(HiddenBy::Position);
        }
        let is_flat = [won.width, won.max_width, won.height, won.max_height]
            .into_iter()
            .any(|side| pixels(side).is_some_and(|size| size <= TINY));
        let is_clipping = matches!(won.overflow, Some(Value::Of(true)));
        if is_boxed && (is_clipping && is_flat || matches!(won.shrunk, Some(Value::Of(true))))
            || is_placed && matches!(won.clip, Some(Value::Of(true)))
            || matches!(won.clip_path, Some(Value::Of(true)))
        {
            self.hide(HiddenBy::Clip);
        }
        match won.white_space {
            Some(Value::Of(is_preformatted)) => self.is_preformatted = is_preformatted,
            Some(Value::Initial | Value::Unknown) => self.is_preformatted = false,
            Some(Value::Inherited) | None => {}
        }
        self.is_hidden_inside |= parent.hidden().is_some() && self.ways_hidden() > parent.ways_hidden();
    }
}

/// The ink that a declaration chooses.
fn chosen(declared: Option<Value<Option<Colour>>>, initial: Option<Ink>, inherited: Option<Ink>) -> Option<Ink> {
    match declared? {
        Value::Of(Some(colour)) => Some(Ink::Coloured(colour)),
        Value::Of(None) => Some(Ink::Clear),
        Value::Initial => initial,
        Value::Unknown => Some(Ink::Plain),
        Value::Inherited => inherited,
    }
}
