//! The few properties of CSS that decide whether text can be seen.

use crate::HiddenBy;
use std::{borrow::Cow, collections::HashMap};

/// Most rules of a page that are kept.
const MOST_RULES: usize = 2_000;
/// Longest list of declarations of one rule that is kept, in characters.
const LONGEST_RULE: usize = 2_000;
/// Most classes of one element that are looked up.
const MOST_CLASSES: usize = 50;
/// Most rules that are applied to all elements together. A long newsletter takes some ten thousand.
const MOST_APPLIED: usize = 300_000;

/// A colour, red, green, blue.
pub(crate) type Colour = [u8; 3];

/// Paper before anybody colours it.
const WHITE: Colour = [255, 255, 255];

/// What is in force for an element.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    /// Hidden with everything inside, whatever that says of itself.
    hidden: Option<HiddenBy>,
    /// `visibility: hidden`, which what is inside can undo.
    is_invisible: bool,
    /// Font size next to nothing, which what is inside can undo.
    is_tiny: bool,
    ink: Option<Colour>,
    paper: Paper,
    /// Not part of the page at all: head, script, template.
    pub is_outside: bool,
    /// White space counts.
    pub is_preformatted: bool,
}

#[derive(Debug, Clone, Copy, Default)]
enum Paper {
    #[default]
    Plain,
    Coloured(Colour),
    /// A picture or a gradient: nothing can be said.
    Unknown,
}

impl Style {
    /// Hides it.
    pub fn hide(&mut self, by: HiddenBy) {
        self.hidden.get_or_insert(by);
    }

    /// Colours the text.
    pub fn ink(&mut self, colour: Option<Colour>) {
        self.ink = colour.or(self.ink);
    }

    /// Colours what is behind it; `None` for what cannot be told.
    pub fn paper(&mut self, colour: Option<Colour>) {
        self.paper = colour.map_or(Paper::Unknown, Paper::Coloured);
    }

    /// How text in it is hidden, if it is.
    pub fn hidden(&self) -> Option<HiddenBy> {
        if self.hidden.is_some() {
            return self.hidden;
        }
        if self.is_invisible {
            return Some(HiddenBy::Visibility);
        }
        if self.is_tiny {
            return Some(HiddenBy::Size);
        }
        let paper = match self.paper {
            Paper::Plain => WHITE,
            Paper::Coloured(colour) => colour,
            Paper::Unknown => return None,
        };
        let distance: u32 = self.ink?.iter().zip(paper).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
        (distance <= 24).then_some(HiddenBy::Colour)
    }

    /// Takes the declarations of a `style` attribute or a rule.
    pub fn declare(&mut self, declarations: &str) {
        let mut is_clipping = false;
        let mut is_flat = false;
        for (property, value) in declarations.split(';').take(200).filter_map(|one| one.split_once(':')) {
            let property = lower(property.trim());
            let value = lower(value.trim());
            let value = without_rank(&value);
            match property.as_ref() {
                "display" if value == "none" => self.hide(HiddenBy::Display),
                "visibility" => self.is_invisible = matches!(value, "hidden" | "collapse"),
                "opacity" if value.parse::<f32>().is_ok_and(|value| value < 0.05) => self.hide(HiddenBy::Opacity),
                "font-size" => self.is_tiny = length(value).is_some_and(|size| size <= 1.0),
                "color" => self.ink(colour(value)),
                "background" | "background-color" => {
                    if value.contains("url(") || value.contains("gradient") {
                        self.paper(None);
                    } else if let Some(colour) = value.split_whitespace().find_map(colour) {
                        self.paper(Some(colour));
                    }
                }
                "background-image" if value != "none" => self.paper(None),
                "text-indent" | "left" | "top" | "margin-left" if length(value).is_some_and(|at| at <= -900.0) => {
                    self.hide(HiddenBy::Position);
                }
                "overflow" => is_clipping |= value == "hidden",
                "height" | "max-height" | "width" | "max-width" => {
                    is_flat |= length(value).is_some_and(|size| size <= 1.0);
                }
                "clip" if value.replace(' ', "").contains("rect(0,0,0,0)") || value.contains("rect(0 0 0 0)") => {
                    self.hide(HiddenBy::Clip);
                }
                "white-space" => self.is_preformatted = value.starts_with("pre"),
                _ => {}
            }
        }
        if is_clipping && is_flat {
            self.hide(HiddenBy::Clip);
        }
    }
}

/// In lower case; most style sheets are written in it.
fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// A value without `!important` behind it.
fn without_rank(mut value: &str) -> &str {
    while let Some(rest) = value.strip_suffix("!important") {
        value = rest;
    }
    value.trim()
}

/// A length in pixels, roughly; percentages and keywords are none.
fn length(value: &str) -> Option<f32> {
    let digits = value.find(|character: char| !matches!(character, '0'..='9' | '.' | '-' | '+')).unwrap_or(value.len());
    let number: f32 = value.get(..digits)?.parse().ok()?;
    match value.get(digits..)?.trim() {
        "px" | "" => Some(number),
        "pt" => Some(number * 1.33),
        "em" | "rem" => Some(number * 16.0),
        "%" if number == 0.0 => Some(0.0),
        _ => None,
    }
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
pub(crate) fn colour(value: &str) -> Option<Colour> {
    let value = without_rank(value.trim());
    if let Some(digits) = value.strip_prefix('#') {
        return hexadecimal(digits);
    }
    let lower = lower(value);
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

/// The rules of a page whose selectors are simple: an element, a class, an id, or an element with one of these.
#[derive(Default)]
pub(crate) struct Sheet {
    rules: Vec<Rule>,
    /// Places in `rules` by what the selector names most narrowly: an id, a class or an element.
    by_id: HashMap<String, Vec<usize>>,
    by_class: HashMap<String, Vec<usize>>,
    by_element: HashMap<String, Vec<usize>>,
    /// Rules that were applied so far, and whether that was too many.
    applied: usize,
    is_cut: bool,
}

struct Rule {
    element: String,
    class: String,
    id: String,
    declarations: String,
}

impl Sheet {
    /// Whether there is anything to apply.
    pub fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Whether there were more rules than are kept, or more elements than they are applied to.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Reads a style sheet. Rules that hold only on some screens (`@media`) are passed over.
    pub fn read(&mut self, css: &str) {
        let mut rest = css;
        while let Some((selectors, after)) = rest.split_once('{') {
            let selectors = selectors.rsplit(['}', ';']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default().trim();
            if selectors.starts_with('@') {
                rest = behind_block(after);
                continue;
            }
            let Some((declarations, after)) = after.split_once('}') else { break };
            // Only what can hide text is worth keeping.
            let lower = declarations.to_ascii_lowercase();
            if ["display", "visib", "opacity", "font-size", "color", "background", "indent", "overflow", "clip", "left"]
                .iter()
                .any(|one| lower.contains(one))
            {
                for selector in selectors.split(',').take(50) {
                    self.add(selector.trim().trim_start_matches("<!--").trim(), declarations);
                }
            }
            rest = after;
        }
    }

    fn add(&mut self, selector: &str, declarations: &str) {
        let is_simple = !selector.is_empty()
            && selector
                .chars()
                .all(|character| character.is_alphanumeric() || matches!(character, '.' | '#' | '-' | '_'));
        if !is_simple {
            return;
        }
        let (before, id) = selector.split_once('#').unwrap_or((selector, ""));
        let (element, class) = before.split_once('.').unwrap_or((before, ""));
        if class.contains('.') || id.contains('.') {
            return;
        }
        if self.rules.len() >= MOST_RULES {
            self.is_cut = true;
            return;
        }
        let element = element.to_ascii_lowercase();
        let (places, name) = if !id.is_empty() {
            (&mut self.by_id, id)
        } else if !class.is_empty() {
            (&mut self.by_class, class)
        } else {
            (&mut self.by_element, element.as_str())
        };
        places.entry(name.to_owned()).or_default().push(self.rules.len());
        self.rules.push(Rule {
            element,
            class: class.to_owned(),
            id: id.to_owned(),
            declarations: declarations.chars().take(LONGEST_RULE).collect(),
        });
    }

    /// Applies every rule that meets an element, in order.
    pub fn apply(&mut self, element: &str, class: &str, id: &str, style: &mut Style) {
        let classes: Vec<&str> = class.split_whitespace().take(MOST_CLASSES).collect();
        let mut places: Vec<usize> =
            classes.iter().filter_map(|one| self.by_class.get(*one)).flatten().copied().collect();
        places.extend(self.by_element.get(element).into_iter().flatten());
        places.extend(self.by_id.get(id).into_iter().flatten());
        places.sort_unstable();
        places.dedup();
        self.applied += places.len();
        if self.applied > MOST_APPLIED {
            self.is_cut = true;
            return;
        }
        for rule in places.iter().filter_map(|place| self.rules.get(*place)) {
            let meets = (rule.element.is_empty() || rule.element == element)
                && (rule.class.is_empty() || classes.contains(&rule.class.as_str()))
                && (rule.id.is_empty() || rule.id == id);
            if meets {
                style.declare(&rule.declarations);
            }
        }
    }
}

/// What comes behind a block whose `{` was just read, blocks inside it included.
fn behind_block(text: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}
