//! HTML as Thunderbird shows it, scripts off and nothing fetched: what is shown, what is hidden and how, and where it
//! leads.
//!
//! The tokens come from a tokenizer that follows the HTML standard. Over them runs so much of the standard's tree
//! construction as decides what is text: content of svg and math and the ways out of it, raw text, where the body
//! begins, which end tags end something. The stack of open elements is bounded, so that markup nested without end costs
//! no more than its length; Gecko lays out no deeper.
//!
//! Our idea of what is hidden can be wrong. Each line with hidden text in it is therefore also kept as it would read if
//! nothing was hidden ([`Page::unseen`]), and what is hidden as a whole as it would read with what is hidden inside it
//! left out ([`Page::opened`]).

mod element;
mod tag;

use super::{
    GAP,
    style::{self, Ancestor, Budget, Content, Element, Layout, Piece, Sheet, Style, Written},
};
use crate::{Form, HiddenBy, HiddenText, LinkSource};
use html5gum::{
    Emitter, Error, ForwardingEmitter, Span, State, Tokenizer,
    emitters::callback::{Callback, CallbackEmitter, CallbackEvent},
};
use mekiki_knowledge::fold::is_invisible;
use std::{borrow::Cow, convert::Infallible, ops::Range};
use tag::{Attribute, Tag};

/// Open elements that are followed; deeper ones take the style of the deepest.
const DEEPEST: usize = 256;

/// Most references of a part that are kept of those that can be clicked, and of the others: pictures take no room from
/// links.
const MOST_REFERENCES: usize = 2_000;
/// Most characters of hidden text that are kept of one piece.
const LONGEST_HIDDEN: usize = 500;
/// Most pieces of hidden text that are kept.
const MOST_HIDDEN: usize = 200;
/// Most bytes of a link's label that are gathered.
const LONGEST_LABEL: usize = 1_000;
/// How far up the stack elements are looked for that a start tag closes.
const IMPLIED: usize = 16;

/// What the page comes to.
#[derive(Default)]
pub(crate) struct Page {
    pub visible: String,
    pub hidden: Vec<HiddenText>,
    /// The lines with hidden text in them, as they would read if it was shown.
    pub unseen: String,
    /// What is hidden, as it would read if a press or a style showed it: without what is hidden once more inside it.
    /// Empty where nothing is.
    pub opened: String,
    pub references: Vec<Reference>,
    pub image_alts: Vec<String>,
    pub images: usize,
    pub title: Option<String>,
    pub form: Option<Form>,
    pub has_script: bool,
    /// Cells of tables.
    pub cells: usize,
    pub base: Option<String>,
    /// Whether there are more references that can be clicked than are kept.
    pub is_cut: bool,
    /// Whether there are more of the others, pictures for instance, than are kept.
    pub has_cut_pictures: bool,
    /// Whether there are more styles than are applied.
    pub has_cut_styles: bool,
    /// Whether text stands in elements deeper than are followed.
    pub is_too_deep: bool,
    /// Where the first gap of [`GAP`] empty lines stands in what is visible.
    pub gap: Option<usize>,
}

/// Something that leads somewhere.
pub(crate) struct Reference {
    pub source: LinkSource,
    /// As written, entities decoded.
    pub target: String,
    pub label: String,
    pub is_picture: bool,
    pub is_visible: bool,
    /// Attributes repeated, so that readers differ on the target.
    pub is_repeated: bool,
}

/// The language that an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Space {
    Html,
    Svg,
    Math,
}

struct Open {
    /// Where its name, class and id stand in [`Reader::names`].
    name: Range<usize>,
    class: Range<usize>,
    id: Range<usize>,
    space: Space,
    style: Style,
    /// HTML stands in it, though it is of svg or math.
    takes_html: bool,
    /// Text and most of HTML stands in it, though it is of math.
    takes_text: bool,
    /// In a template whose content is shown, which rules of the page do not reach.
    is_apart: bool,
    /// What a style writes behind its content.
    after: Option<Box<Written>>,
    /// Where text that is written backwards begins.
    backwards: Option<usize>,
}

/// The anchor whose label is being read.
#[derive(Clone, Copy)]
struct Anchor {
    /// Its place among the references.
    place: usize,
    is_hidden: bool,
    /// Of an element of MathML, which ends like any other: how many elements are open around it.
    around: Option<usize>,
}

struct Reader<'b> {
    page: Page,
    open: Vec<Open>,
    /// Hashes of the names of what is open.
    hashes: Vec<u32>,
    /// Names, classes and ids of what is open, one behind the other.
    names: Vec<u8>,
    /// Places of open elements that keep an end tag in them from what is around, and of those that keep one of a table.
    scopes: Vec<usize>,
    tables: Vec<usize>,
    /// Templates that are open, whose content is not shown.
    templates: usize,
    /// Elements that were opened beyond [`DEEPEST`].
    beyond: usize,
    /// Empty lines in a row so far.
    empty: usize,
    /// Whether the body has begun, and whether by its own tag.
    has_body: bool,
    has_body_tag: bool,
    sheet: Sheet,
    budget: &'b mut Budget,
    /// How many references can be clicked, and how many others there are.
    clickable: usize,
    others: usize,
    anchor: Option<Anchor>,
    /// The element whose content is not markup.
    raw: Option<Vec<u8>>,
    css: String,
    /// How the tokenizer is to go on.
    next: Option<State>,
    pending_space: bool,
    /// Where the line being written begins in `visible`; up to where it stands in `unseen`, if hidden text is in it.
    line: usize,
    copied: Option<usize>,
    /// Whether something is hidden inside what is hidden.
    is_hidden_inside: bool,
}

/// Reads a page. What its styles may cost comes out of a budget for the whole message.
pub(crate) fn read(html: &str, budget: &mut Budget) -> Page {
    let mut reader = Reader {
        page: Page::default(),
        open: Vec::new(),
        hashes: Vec::new(),
        names: Vec::new(),
        scopes: Vec::new(),
        tables: Vec::new(),
        templates: 0,
        beyond: 0,
        empty: 0,
        has_body: false,
        has_body_tag: false,
        sheet: Sheet::default(),
        budget,
        clickable: 0,
        others: 0,
        anchor: None,
        raw: None,
        css: String::new(),
        next: None,
        pending_space: false,
        line: 0,
        copied: None,
        is_hidden_inside: false,
    };
    let emitter = CallbackEmitter::new(Events { reader: &mut reader, tag: Tag::default() });
    for token in Tokenizer::new_with_emitter(html, Builder(emitter)) {
        // Neither reading from memory fails, nor are there tokens: the reader is told of everything as it comes.
        let Ok::<Infallible, Infallible>(_) = token;
    }
    reader.close(0);
    reader.line_break();
    let end = reader.page.visible.trim_end().len();
    reader.page.visible.truncate(end);
    reader.page.has_cut_styles = reader.budget.is_spent();
    if !reader.is_hidden_inside {
        reader.page.opened.clear();
    }
    reader.page
}

/// Tells the tokenizer what only tree construction knows, and does without the standard's errors of parsing: nobody
/// asks for them, and to find them takes a look at every byte.
struct Builder<'a, 'b>(CallbackEmitter<Events<'a, 'b>>);

impl ForwardingEmitter for Builder<'_, '_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        // It has no opinion of its own.
        let _ = self.0.emit_current_tag();
        self.0.callback_mut().reader.next.take()
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.0.callback_mut().reader.open.last().is_some_and(|open| open.space != Space::Html)
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}
}

/// Puts together tags and hands on what is complete.
struct Events<'a, 'b> {
    reader: &'a mut Reader<'b>,
    tag: Tag,
}

impl Callback<Infallible, ()> for Events<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag.open(name),
            CallbackEvent::AttributeName { name } => self.tag.attribute(name),
            CallbackEvent::AttributeValue { value } => self.tag.value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.reader.start(&self.tag, self_closing),
            CallbackEvent::EndTag { name } => self.reader.end(name),
            CallbackEvent::String { value } => self.reader.text(&as_text(value)),
            CallbackEvent::Comment { value } => self.reader.comment(&as_text(value)),
            CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }
}

/// What was a slice of a text and is one in all but odd cases.
fn as_text(bytes: &[u8]) -> Cow<'_, str> {
    str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

impl Reader<'_> {
    fn style(&self) -> Style {
        self.open.last().map(|open| open.style).unwrap_or_default()
    }

    fn name(&self, at: usize) -> &[u8] {
        self.open.get(at).and_then(|open| self.names.get(open.name.clone())).unwrap_or_default()
    }

    fn start(&mut self, tag: &Tag, is_self_closing: bool) {
        if self.is_foreign(tag.name()) {
            if element::breaks_out(tag) {
                self.leave_foreign();
            } else {
                let space = self.open.last().map_or(Space::Html, |open| open.space);
                return self.insert(tag, tag.name(), space, is_self_closing);
            }
        }
        let name = match tag.name() {
            b"image" => b"img",
            name => name,
        };
        match name {
            b"html" if self.open.is_empty() && !self.has_body => {}
            b"head" if !self.has_body && self.templates == 0 => {}
            b"html" | b"head" | b"frameset" => return,
            b"body" if self.has_body_tag => {
                // A second one only adds what the first has not: its colours are those of a mail within a mail.
                let (style, ..) = self.styled(tag, name);
                if let Some(last) = self.open.last_mut() {
                    last.style.colours(&style);
                }
                return;
            }
            b"body" => {
                self.begin_body();
                self.has_body_tag = true;
            }
            _ if element::is_of_head(name) => {}
            _ => self.begin_body(),
        }
        let space = match name {
            b"svg" => Space::Svg,
            b"math" => Space::Math,
            _ => Space::Html,
        };
        self.insert(tag, name, space, is_self_closing && space != Space::Html);
    }

    /// Whether a start tag belongs to svg or math.
    fn is_foreign(&self, name: &[u8]) -> bool {
        let is_of_math = matches!(name, b"mglyph" | b"malignmark");
        self.open
            .last()
            .is_some_and(|open| open.space != Space::Html && !open.takes_html && (!open.takes_text || is_of_math))
    }

    /// Closes svg and math down to HTML.
    fn leave_foreign(&mut self) {
        let is_home = |open: &Open| open.space == Space::Html || open.takes_html || open.takes_text;
        let keep = self.open.iter().rposition(is_home).map_or(0, |at| at + 1);
        self.beyond = 0;
        self.close(keep);
    }

    /// What stands in the head is closed by the first thing that cannot.
    fn begin_body(&mut self) {
        if !self.has_body && self.templates == 0 {
            self.has_body = true;
            let keep = usize::from(!self.open.is_empty() && self.name(0) == b"html");
            self.close(keep);
        }
    }

    fn insert(&mut self, tag: &Tag, name: &[u8], space: Space, is_self_closing: bool) {
        if space == Space::Html {
            self.close_implied(name);
        }
        let (style, before, after) = self.styled(tag, name);
        if style.layout == Layout::Block || name == b"br" && space == Space::Html {
            if style.is_gone() {
                let opened = self.page.opened.len();
                self.unseen_break();
                // What is hidden inside something hidden parts no words of it.
                if style.is_hidden_inside {
                    self.is_hidden_inside = true;
                    self.page.opened.truncate(opened);
                }
            } else {
                self.line_break();
                self.empty += usize::from(name == b"br");
            }
        } else if style.layout == Layout::Cell && !style.is_gone() {
            self.pending_space = true;
        }
        self.refer(tag, name, space, &style);
        self.refer_to_background(tag, &style);
        if space == Space::Html {
            self.note(tag, name);
        }
        if let Some(before) = before {
            self.write(&before, tag, &style);
        }
        if space == Space::Html && (name == b"input") {
            self.input(tag, &style);
        }
        if is_self_closing || space == Space::Html && element::is_void(name) {
            return;
        }
        if self.open.len() >= DEEPEST {
            self.beyond += 1;
            return;
        }
        if space == Space::Html {
            self.next = element::content(name);
            if self.next.is_some() && !matches!(name, b"textarea" | b"plaintext" | b"xmp") {
                self.raw = Some(name.to_vec());
                self.css.clear();
            }
        }
        self.push(tag, name, space, style);
        if let Some(open) = self.open.last_mut() {
            open.after = after.map(|mut after| {
                after.content = Content(vec![Piece::Text(written(&after.content, tag))]);
                Box::new(after)
            });
        }
    }

    fn push(&mut self, tag: &Tag, name: &[u8], space: Space, style: Style) {
        let at = self.open.len();
        let mut keep = |bytes: &[u8]| {
            let from = self.names.len();
            self.names.extend_from_slice(bytes);
            from..self.names.len()
        };
        let name_at = keep(name);
        // Only rules ask for these.
        let (class, id) = if self.sheet.has_rules() {
            let class = keep(tag.get(Attribute::Class).unwrap_or_default().as_bytes());
            (class, keep(tag.get(Attribute::Id).unwrap_or_default().as_bytes()))
        } else {
            (0..0, 0..0)
        };
        let takes_html = match space {
            Space::Html => false,
            Space::Svg => matches!(name, b"foreignobject" | b"desc" | b"title"),
            Space::Math => {
                name == b"annotation-xml"
                    && tag.get(Attribute::Encoding).is_some_and(|encoding| {
                        ["text/html", "application/xhtml+xml"].iter().any(|kind| encoding.eq_ignore_ascii_case(kind))
                    })
            }
        };
        let is_template = space == Space::Html && name == b"template";
        if is_template || takes_html || matches!(name, b"table" | b"td" | b"th" | b"caption" | b"object" | b"marquee") {
            self.scopes.push(at);
        }
        if is_template || name == b"table" {
            self.tables.push(at);
        }
        self.templates += usize::from(is_template && style.is_outside);
        let is_apart = self.open.last().is_some_and(|open| open.is_apart) || is_template;
        let is_backwards = name == b"bdo" && tag.get(Attribute::Dir).is_some_and(|dir| dir.eq_ignore_ascii_case("rtl"));
        self.hashes.push(element::hash(name));
        self.open.push(Open {
            name: name_at,
            class,
            id,
            space,
            style,
            takes_html,
            takes_text: space == Space::Math && matches!(name, b"mi" | b"mo" | b"mn" | b"ms" | b"mtext"),
            is_apart,
            after: None,
            backwards: is_backwards.then_some(self.page.visible.len()),
        });
    }

    /// Closes what is open from a place on.
    fn close(&mut self, keep: usize) {
        if self.anchor.is_some_and(|anchor| anchor.around.is_some_and(|around| keep <= around)) {
            self.anchor = None;
        }
        while self.open.len() > keep {
            let is_svg_style = self.open.last().is_some_and(|open| open.space == Space::Svg)
                && self.hashes.last() == Some(&element::hash(b"style"));
            if is_svg_style {
                self.take_css();
            }
            let is_template = self.name(self.open.len() - 1) == b"template";
            let after = self.open.last_mut().and_then(|open| open.after.take());
            let Some(style) = self.open.last().map(|open| open.style) else { return };
            if let Some(after) = after {
                self.write_text(&after.content, &after.usual, &style);
            }
            let Some(open) = self.open.pop() else { return };
            self.hashes.pop();
            self.names.truncate(open.name.start);
            self.templates -= usize::from(is_template && open.style.is_outside && self.templates > 0);
            if let Some(from) = open.backwards {
                self.backwards(from);
            }
        }
        while self.scopes.last().is_some_and(|at| *at >= keep) {
            self.scopes.pop();
        }
        while self.tables.last().is_some_and(|at| *at >= keep) {
            self.tables.pop();
        }
    }

    /// Reads the styles that were gathered. Those of a template concern nothing outside of it.
    fn take_css(&mut self) {
        let css = std::mem::take(&mut self.css);
        if !self.open.last().is_some_and(|open| open.is_apart) {
            self.sheet.read(&css, self.budget);
        }
    }

    /// The style of an element: what it inherits, its attributes, the sheet's rules, its own declarations; and what its
    /// style writes before and behind it.
    fn styled(&mut self, tag: &Tag, name: &[u8]) -> (Style, Option<Written>, Option<Written>) {
        let mut style = self.style().inherited(element::layout(name));
        if self.budget.is_spent() {
            // Nobody knows what holds: everything counts as seen.
            let mut plain = Style::default().inherited(style.layout);
            plain.is_outside = element::is_never_shown(tag, name) || element::is_outside(name);
            return (plain, None, None);
        }
        if let Some(colour) = tag.get(Attribute::Bgcolor) {
            style.paper(style::colour(&colour));
        }
        if name == b"font"
            && let Some(colour) = tag.get(Attribute::Color)
        {
            style.ink(style::colour(&colour));
        }
        if tag.get(Attribute::Background).is_some() {
            style.paper(None);
        }
        let is_apart = self.open.last().is_some_and(|open| open.is_apart);
        let mut won = if self.sheet.has_rules() && !is_apart {
            let class = tag.get(Attribute::Class).unwrap_or_default();
            let id = tag.get(Attribute::Id).unwrap_or_default();
            let name = as_text(name);
            let element = Element { name: &name, class: &class, id: &id, attribute: &|name| tag.by_name(name) };
            let names = &self.names;
            let part = |range: &Range<usize>| {
                names.get(range.clone()).and_then(|part| str::from_utf8(part).ok()).unwrap_or_default()
            };
            let around = self.open.iter().rev().map(|open| Ancestor {
                name: part(&open.name),
                class: part(&open.class),
                id: part(&open.id),
            });
            self.sheet.apply(&element, &around, self.budget)
        } else {
            style::Won::default()
        };
        if let Some(content) = won.doubtful.take() {
            let text = written(&content, tag);
            self.add_unseen(&text);
            self.unseen_break();
        }
        if let Some(own) = tag.get(Attribute::Style) {
            let own = style::declarations(&own);
            won.usual.overlay(&own.usual);
            if let Some(important) = &won.important {
                won.usual.overlay(important);
            }
            if let Some(important) = &own.important {
                won.usual.overlay(important);
            }
        } else if let Some(important) = &won.important {
            won.usual.overlay(important);
        }
        style.apply(&won.usual, element::is_outside(name), element::is_hidden(tag, name));
        style.is_outside |= element::is_never_shown(tag, name);
        (style, won.before, won.after)
    }

    fn close_implied(&mut self, name: &[u8]) {
        let closes: &[&[u8]] = match name {
            b"li" => &[b"li"],
            b"td" | b"th" => &[b"td", b"th"],
            b"tr" => &[b"tr", b"td", b"th"],
            b"option" => &[b"option"],
            b"dt" | b"dd" => &[b"dt", b"dd"],
            b"a" => &[b"a"],
            _ if element::is_block(name) => &[b"p"],
            _ => return,
        };
        let floor = match name {
            b"td" | b"th" | b"tr" => self.tables.last().map_or(0, |at| at + 1),
            _ => self.scopes.last().map_or(0, |at| at + 1),
        };
        let is_list = |at: usize| matches!(self.name(at), b"ul" | b"ol" | b"dl");
        let found = (floor..self.open.len())
            .rev()
            .take(IMPLIED)
            .take_while(|at| !matches!(name, b"li" | b"dt" | b"dd") || !is_list(*at))
            .find(|at| closes.contains(&self.name(*at)));
        if let Some(at) = found {
            self.close(at);
            if name == b"a" {
                self.anchor = None;
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.raw.as_deref() == Some(name) {
            self.raw = None;
            if name == b"style" {
                self.take_css();
            }
        }
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let is_foreign = self.open.last().is_some_and(|open| open.space != Space::Html);
        if is_foreign && matches!(name, b"br" | b"p") {
            self.leave_foreign();
        }
        let hash = element::hash(name);
        let found = self.hashes.iter().rposition(|one| *one == hash).filter(|at| self.name(*at) == name);
        let floor = match name {
            b"table" | b"tbody" | b"thead" | b"tfoot" | b"tr" | b"td" | b"th" | b"caption" | b"template" => {
                self.tables.last().copied()
            }
            _ => self.scopes.last().copied(),
        };
        match found.filter(|at| is_foreign || floor.is_none_or(|floor| *at >= floor)) {
            // Whatever comes behind the end of a body is put into it.
            Some(_) if matches!(name, b"body" | b"html") => {}
            Some(at) => {
                let style = self.open.get(at).map(|open| open.style).unwrap_or_default();
                self.close(at);
                if style.layout == Layout::Block {
                    if style.is_gone() {
                        self.unseen_break();
                    } else {
                        self.line_break();
                    }
                }
                if name == b"a" {
                    self.anchor = None;
                }
            }
            // These two stand for an element of their own.
            None if matches!(name, b"p" | b"br") => {
                self.begin_body();
                if self.style().is_gone() {
                    self.unseen_break();
                } else {
                    self.line_break();
                }
            }
            None => {}
        }
    }

    fn line_break(&mut self) {
        self.unseen_break();
        let end = self.page.visible.trim_end_matches(' ').len();
        self.page.visible.truncate(end);
        if !self.page.visible.is_empty() && !self.page.visible.ends_with("\n\n") {
            self.page.visible.push('\n');
        }
        self.pending_space = false;
        self.line = self.page.visible.len();
    }

    /// Ends a line of what would be read if nothing was hidden.
    fn unseen_break(&mut self) {
        if let Some(from) = self.copied.take() {
            self.page.unseen.push_str(self.page.visible.get(from..).unwrap_or_default());
            self.page.unseen.push('\n');
            self.page.opened.push('\n');
        }
        self.line = self.page.visible.len();
    }

    /// Puts hidden text where it stands in its line.
    fn add_unseen(&mut self, text: &str) {
        let from = self.copied.unwrap_or(self.line);
        let unseen = &mut self.page.unseen;
        unseen.push_str(self.page.visible.get(from..).unwrap_or_default());
        self.copied = Some(self.page.visible.len());
        append(unseen, text, self.pending_space);
    }

    /// Text that is written backwards is read forwards as well.
    fn backwards(&mut self, from: usize) {
        let text: String = self.page.visible.get(from..).unwrap_or_default().chars().rev().collect();
        if !text.is_empty() {
            self.unseen_break();
            self.page.unseen.push_str(&text);
            self.page.unseen.push('\n');
        }
    }

    fn text(&mut self, text: &str) {
        self.page.is_too_deep |= self.beyond > 0 && text.contains(char::is_alphanumeric);
        let is_svg_style = self.open.last().is_some_and(|open| open.space == Space::Svg)
            && self.hashes.last() == Some(&element::hash(b"style"));
        match self.raw.as_deref() {
            Some(b"style") => self.css.push_str(text),
            None if is_svg_style => {
                self.css.push_str(text);
                return;
            }
            Some(b"title") => {
                self.page.title.get_or_insert_with(|| text.trim().chars().take(300).collect());
            }
            // The frame is shown, what stands in its place is not.
            Some(b"iframe") => return,
            Some(_) => {}
            None if self.has_body || text.bytes().all(|byte| byte.is_ascii_whitespace()) => {}
            None => self.begin_body(),
        }
        self.put(text, &self.style());
    }

    /// Shows text or hides it.
    fn put(&mut self, text: &str, style: &Style) {
        if style.is_outside {
            return;
        }
        if let Some(by) = style.hidden() {
            self.hide(by, text);
            self.add_unseen(text);
            if style.is_hidden_inside {
                self.is_hidden_inside = true;
            } else {
                append(&mut self.page.opened, text, false);
            }
            if let Some(anchor) = self.anchor.filter(|anchor| anchor.is_hidden)
                && let Some(reference) = self.page.references.get_mut(anchor.place)
                && reference.label.len() < LONGEST_LABEL
            {
                reference.label.push_str(text);
            }
        } else {
            self.count_empty(text, style.is_preformatted);
            self.show(text, style.is_preformatted);
        }
    }

    /// Counts lines that nothing stands in: line breaks and no-break spaces, since ends of elements come in crowds.
    fn count_empty(&mut self, text: &str, is_preformatted: bool) {
        if text.chars().any(|character| !is_gap(character) && !is_invisible(character)) {
            if self.empty >= GAP && self.page.gap.is_none() && !self.page.visible.is_empty() {
                self.page.gap = Some(self.page.visible.trim_end().len());
            }
            self.empty = 0;
        } else if is_preformatted {
            self.empty += text.matches('\n').count();
        } else {
            self.empty += usize::from(text.contains('\u{A0}'));
        }
    }

    /// Puts in what a style writes.
    fn write(&mut self, what: &Written, tag: &Tag, around: &Style) {
        let content = Content(vec![Piece::Text(written(&what.content, tag))]);
        self.write_text(&content, &what.usual, around);
    }

    fn write_text(&mut self, content: &Content, usual: &style::Declarations, around: &Style) {
        let mut style = around.inherited(Layout::Inline);
        style.apply(usual, false, false);
        for piece in &content.0 {
            if let Piece::Text(text) = piece {
                self.put(text, &style);
            }
        }
    }

    fn hide(&mut self, by: HiddenBy, text: &str) {
        if self.page.hidden.len() >= MOST_HIDDEN {
            return;
        }
        // Preheaders are padded with invisible characters: those alone are no text.
        let text = match text.trim() {
            ascii if ascii.is_ascii() => Cow::Borrowed(ascii),
            other => other.chars().filter(|character| !is_invisible(*character)).collect(),
        };
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let length = text.chars().count();
        self.page.hidden.push(HiddenText { by, text: text.chars().take(LONGEST_HIDDEN).collect(), length });
    }

    fn show(&mut self, text: &str, is_preformatted: bool) {
        let visible = &mut self.page.visible;
        let from = visible.len();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            if character == '\n' && is_preformatted {
                visible.push('\n');
                self.pending_space = false;
            } else if is_gap(character) {
                self.pending_space = true;
            } else if !is_invisible(character) && !character.is_control() {
                if self.pending_space && !visible.is_empty() && !visible.ends_with('\n') {
                    visible.push(' ');
                }
                self.pending_space = false;
                // Most text is words of plain letters: each is taken as a whole.
                let word = rest.bytes().take_while(u8::is_ascii_graphic).count().max(character.len_utf8());
                visible.push_str(rest.get(..word).unwrap_or_default());
                rest = rest.get(word..).unwrap_or_default();
                continue;
            }
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
        }
        let added = visible.get(from..).unwrap_or_default();
        if let Some(reference) = self.anchor.and_then(|anchor| self.page.references.get_mut(anchor.place))
            && reference.label.len() < LONGEST_LABEL
        {
            reference.label.push_str(added);
        }
    }

    fn comment(&mut self, comment: &str) {
        // Conditional comments for Outlook are markup; anything that reads like sentences is hidden text.
        if comment.trim_start().starts_with("[if") || comment.contains('<') || comment.contains('{') {
            return;
        }
        if comment.split_whitespace().count() >= 8 {
            self.hide(HiddenBy::Comment, comment);
        }
    }

    /// What an element tells besides what is in it.
    fn note(&mut self, tag: &Tag, name: &[u8]) {
        match name {
            b"script" => self.page.has_script |= is_program(tag),
            b"form" => {
                let form = self.page.form.get_or_insert_with(Form::default);
                form.action = form.action.take().or_else(|| tag.get(Attribute::Action).map(Cow::into_owned));
            }
            b"textarea" => self.page.form.get_or_insert_with(Form::default).inputs += 1,
            _ => {}
        }
    }

    /// An input, and the text that stands in it.
    fn input(&mut self, tag: &Tag, style: &Style) {
        let form = self.page.form.get_or_insert_with(Form::default);
        let kind = tag.get(Attribute::Type).unwrap_or_default().to_ascii_lowercase();
        let shown = match kind.as_str() {
            "password" => {
                form.asks_password = true;
                form.inputs += 1;
                tag.get(Attribute::Placeholder)
            }
            "hidden" | "checkbox" | "radio" => None,
            "submit" | "button" | "reset" => tag.get(Attribute::Value),
            "image" => tag.get(Attribute::Alt),
            _ => {
                form.inputs += 1;
                tag.get(Attribute::Value).filter(|value| !value.is_empty()).or_else(|| tag.get(Attribute::Placeholder))
            }
        };
        if let Some(text) = shown {
            self.put(&text, style);
        }
    }

    /// Notes where an element leads.
    fn refer(&mut self, tag: &Tag, name: &[u8], space: Space, style: &Style) {
        self.page.cells += usize::from(name == b"td");
        let href = || tag.get(Attribute::Href).or_else(|| tag.get(Attribute::XlinkHref));
        let (source, target) = match name {
            b"a" => (LinkSource::Anchor, href()),
            // Every element of math may lead somewhere.
            _ if space == Space::Math => (LinkSource::Anchor, href()),
            b"area" => (LinkSource::Area, tag.get(Attribute::Href)),
            b"form" => (LinkSource::Form, tag.get(Attribute::Action)),
            b"button" | b"input" => (LinkSource::Button, tag.get(Attribute::Formaction)),
            b"base" => {
                let target = tag.get(Attribute::Href);
                self.page.base = self.page.base.take().or_else(|| target.as_deref().map(str::to_owned));
                (LinkSource::Base, target)
            }
            b"meta" => (LinkSource::Refresh, refresh(tag).map(Cow::Owned)),
            b"iframe" | b"frame" | b"embed" => (LinkSource::Frame, tag.get(Attribute::Src)),
            b"object" => (LinkSource::Frame, tag.get(Attribute::Data)),
            b"img" => {
                self.picture(tag, style);
                (LinkSource::Image, tag.get(Attribute::Src))
            }
            b"image" | b"use" => (LinkSource::Svg, href()),
            _ if name.starts_with(b"v:") => (LinkSource::Vml, tag.get(Attribute::Href)),
            _ => (LinkSource::Background, tag.get(Attribute::Background)),
        };
        if let Some(target) = target {
            let label = match name {
                b"area" | b"img" => tag.get(Attribute::Alt).map(Cow::into_owned).unwrap_or_default(),
                _ => String::new(),
            };
            self.add_reference(source, target.into_owned(), label, style, (tag.is_repeated(), space == Space::Math));
        }
    }

    fn add_reference(
        &mut self,
        source: LinkSource,
        target: String,
        label: String,
        style: &Style,
        (is_repeated, is_foreign): (bool, bool),
    ) {
        if target.trim().is_empty() {
            return;
        }
        let taken = if source.is_clickable() { &mut self.clickable } else { &mut self.others };
        if *taken >= MOST_REFERENCES {
            self.page.is_cut |= source.is_clickable();
            self.page.has_cut_pictures |= !source.is_clickable();
            return;
        }
        *taken += 1;
        self.page.references.push(Reference {
            source,
            target,
            label,
            is_picture: source == LinkSource::Area,
            is_visible: !style.is_outside,
            is_repeated,
        });
        if source == LinkSource::Anchor {
            self.anchor = Some(Anchor {
                place: self.page.references.len() - 1,
                is_hidden: style.hidden().is_some(),
                around: is_foreign.then_some(self.open.len()),
            });
        }
    }

    /// Notes the `url()` of a style.
    fn refer_to_background(&mut self, tag: &Tag, style: &Style) {
        let Some(declarations) = tag.get(Attribute::Style).filter(|declarations| declarations.contains('(')) else {
            return;
        };
        for (_, behind) in
            declarations.match_indices("url(").take(10).map(|(at, found)| declarations.split_at(at + found.len()))
        {
            let target = behind.split(')').next().unwrap_or_default().trim().trim_matches(['"', '\'']);
            self.add_reference(LinkSource::Background, target.to_owned(), String::new(), style, (false, false));
        }
    }

    fn picture(&mut self, tag: &Tag, style: &Style) {
        let is_dot =
            |side: Attribute| tag.get(side).is_some_and(|size| matches!(size.trim_end_matches("px").trim(), "0" | "1"));
        if style.hidden().is_some() || is_dot(Attribute::Width) || is_dot(Attribute::Height) {
            return;
        }
        self.page.images += 1;
        let alt = tag.get(Attribute::Alt);
        let alt = alt.as_deref().map(str::trim).filter(|alt| !alt.is_empty());
        if let Some(reference) = self.anchor.and_then(|anchor| self.page.references.get_mut(anchor.place)) {
            reference.is_picture = true;
            if let Some(alt) = alt {
                if !reference.label.is_empty() {
                    reference.label.push(' ');
                }
                reference.label.extend(alt.chars().take(300));
            }
        }
        if let Some(alt) = alt.filter(|_| self.page.image_alts.len() < 200) {
            self.page.image_alts.push(alt.chars().take(300).collect());
        }
    }
}

/// Whether a `<script>` runs: without a type or with that of a program. Others carry data, like the JSON-LD that mail
/// programs read bookings and orders from.
fn is_program(tag: &Tag) -> bool {
    let kind = tag.get(Attribute::Type).unwrap_or_default().trim().to_ascii_lowercase();
    kind.is_empty()
        || kind == "module"
        || ["javascript", "ecmascript", "jscript", "vbscript"].iter().any(|one| kind.contains(one))
}

/// The target of `<meta http-equiv=refresh content="0; url=…">`.
fn refresh(tag: &Tag) -> Option<String> {
    tag.get(Attribute::HttpEquiv).filter(|kind| kind.trim().eq_ignore_ascii_case("refresh"))?;
    let content = tag.get(Attribute::Content)?;
    let at = content.to_ascii_lowercase().find("url")?;
    let target = content.get(at + 3..)?.trim_start().strip_prefix('=')?.trim();
    Some(target.trim_matches(['"', '\'']).to_owned())
}

/// What a style writes, attributes looked up.
fn written(content: &Content, tag: &Tag) -> String {
    let pieces = content.0.iter().map(|piece| match piece {
        Piece::Text(text) => Cow::Borrowed(text.as_str()),
        Piece::Attribute(name) => tag.by_name(name).unwrap_or_default(),
    });
    pieces.collect()
}

/// Puts a text behind another, white space drawn together; a gap before it where the two are `is_spaced`.
fn append(written: &mut String, text: &str, mut is_spaced: bool) {
    let gap = |written: &mut String| {
        if !written.is_empty() && !written.ends_with([' ', '\n']) {
            written.push(' ');
        }
    };
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        if is_gap(character) || character.is_control() {
            is_spaced = true;
            continue;
        }
        if is_spaced {
            gap(written);
        }
        is_spaced = false;
        written.push(character);
    }
    if is_spaced {
        gap(written);
    }
}

/// Whether a character parts words. The wide space of Japanese stays as it is, and so do thin spaces, which part none.
fn is_gap(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{3000}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
    use super::*;

    fn read(html: &str) -> Page {
        super::read(html, &mut Budget::default())
    }

    #[test]
    fn what_is_hidden_as_a_whole_is_read_without_what_is_hidden_inside_it() {
        let opened = |html: &str| read(html).opened.trim().to_owned();
        let letters = "Pay<i style='font-size:0'>x</i>Pal <b>Service</b>";
        assert_eq!(opened(&format!("<p>seen</p><div popover><p>{letters}</p><p>two</p></div>")), "PayPal Service\ntwo");
        assert_eq!(opened("<div hidden>De<i hidden>x</i>ar</div>"), "Dear");
        assert_eq!(opened("<div style='color:#fff'>De<i style='display:none'>x</i>ar</div>"), "Dear");
        assert_eq!(opened(letters), "");
        assert_eq!(opened("<div hidden style='font-size:0;opacity:0'>one</div>"), "");
    }

    #[test]
    fn text_is_laid_out_as_a_browser_does() {
        let page = read(
            "<html><head><title>T</title><style>p{color:red}</style></head><body><p>One&nbsp;\n two</p><p>Three<br>four</p><ul><li>a<li>b</ul><script>x</script>",
        );
        assert_eq!(page.visible, "One two\n\nThree\nfour\n\na\nb");
        assert_eq!(page.title.as_deref(), Some("T"));
        assert!(page.has_script && page.hidden.is_empty());
    }

    #[test]
    fn every_way_of_hiding_is_told_apart() {
        for (html, by) in [
            ("<div style='display:none'>secret</div>", HiddenBy::Display),
            ("<p hidden>secret</p>", HiddenBy::Display),
            ("<span style='visibility: hidden'>secret</span>", HiddenBy::Visibility),
            ("<span style='opacity:0.01'>secret</span>", HiddenBy::Opacity),
            ("<span style='font-size:0px'>secret</span>", HiddenBy::Size),
            ("<span style='font-size:1px'>secret</span>", HiddenBy::Size),
            ("<font color='#ffffff'>secret</font>", HiddenBy::Colour),
            ("<td bgcolor='#000'><span style='color:#010101'>secret</span></td>", HiddenBy::Colour),
            ("<div style='position:absolute;left:-9999px'>secret</div>", HiddenBy::Position),
            ("<div style='text-indent:-9999px'>secret</div>", HiddenBy::Position),
            ("<div style='max-height:0;overflow:hidden'>secret</div>", HiddenBy::Clip),
            ("<style>.x{display:none}</style><div class='a x'>secret</div>", HiddenBy::Display),
            ("<style>#y{font-size:0}</style><div id=y>secret</div>", HiddenBy::Size),
            ("<!-- this comment is a whole sentence of plain words -->", HiddenBy::Comment),
        ] {
            let page = read(&format!("<p>shown</p>{html}<p>end</p>"));
            assert_eq!(page.hidden.first().map(|hidden| hidden.by), Some(by), "{html}");
            assert!(!page.visible.contains("secret") && page.visible.contains("end"), "{html}");
        }
    }

    #[test]
    fn visible_text_is_not_taken_for_hidden() {
        for html in [
            "<td bgcolor='#003366'><font color='#ffffff'>shown</font></td>",
            "<div style='background:#222;color:white'>shown</div>",
            "<div style='background-image:url(x.png);color:#fff'>shown</div>",
            "<div style='font-size:12px;line-height:1.4'>shown</div>",
            "<div style='font-size:0'><span style='font-size:14px'>shown</span></div>",
            "<div style='visibility:hidden'><b style='visibility:visible'>shown</b></div>",
            "<style>@media (max-width:600px){.x{display:none}}</style><p class=x>shown</p>",
        ] {
            let page = read(html);
            assert_eq!(page.visible, "shown", "{html}");
        }
    }

    #[test]
    fn references_have_their_labels() {
        let page = read(
            "<a href='https://a.example/?x=1&amp;y=2'><b>Log</b> in</a> <a href='https://b.example/'><img src='cid:1' alt='Logo'></a><form action='https://c.example/'><input type=password></form>",
        );
        let seen: Vec<_> =
            page.references.iter().map(|one| (one.source, one.target.as_str(), one.label.as_str())).collect();
        assert_eq!(seen[0], (LinkSource::Anchor, "https://a.example/?x=1&y=2", "Log in"));
        assert_eq!(seen[1], (LinkSource::Anchor, "https://b.example/", "Logo"));
        assert!(page.references[1].is_picture);
        assert!(page.form.unwrap().asks_password);
    }

    #[test]
    fn data_for_mail_programs_is_no_script() {
        let has_script = |html: &str| read(html).has_script;
        assert!(has_script("<script>x</script>"));
        assert!(has_script("<script type='text/javascript'>x</script>"));
        assert!(!has_script("<script type='application/ld+json'>{}</script>"));
    }

    #[test]
    fn invisible_characters_break_no_words() {
        let page = read("<p>Your Pay&#8203;Pal account</p>");
        assert_eq!(page.visible, "Your PayPal account");
    }

    #[test]
    fn trees_are_built_as_the_standard_says() {
        for (html, wanted) in [
            ("<svg><style></svg><p>shown</p>", "shown"),
            ("<svg><title></svg><p>shown</p>", "shown"),
            ("<svg><style><p>shown</p>", "shown"),
            ("<svg><![CDATA[shown]]></svg>", "shown"),
            ("<math><mtext><style></style></mtext></math>shown", "shown"),
            ("<noscript>shown</noscript>", "shown"),
            ("<head><noscript><p>shown", "shown"),
            ("<body>a<head style='display:none'> shown", "a shown"),
            ("<title style='display:block'>head</title><body>shown", "head\n\nshown"),
            ("<template>not</template>shown", "shown"),
            ("<div><template shadowrootmode=open>shown</template></div>", "shown"),
            ("<plaintext><b>", "<b>"),
            ("<textarea><b></textarea>", "<b>"),
            ("<table><td></div>De</div>ar", "Dear"),
            ("De<br style='display:none'>ar", "Dear"),
            ("De<div style='display:inline'>a</div>r", "Dear"),
            ("De<i style='display:inline-block;transform:scale(0)'>x</i>ar", "Dear"),
            ("De<i style='position:absolute;right:9999px'>x</i>ar", "Dear"),
            ("De<i style='color:transparent'>x</i>ar", "Dear"),
            ("<style>p i{display:none}</style><p>De<i>x</i>ar", "Dear"),
            ("<style>b::before{content:'De'}</style><b>ar</b>", "Dear"),
            ("<input value=shown><input type=hidden value=not>", "shown"),
            ("<details>shown</details><dialog>not</dialog>", "shown"),
        ] {
            assert_eq!(read(html).visible.trim(), wanted, "{html}");
        }
    }

    #[test]
    fn what_is_hidden_is_read_in_its_line() {
        let unseen = |html: &str| read(html).unseen.trim().to_owned();
        assert_eq!(unseen("<p>one</p><p>De<i hidden>x</i>ar <b>Taro</b></p><p>two</p>"), "Dexar Taro");
        assert_eq!(unseen("<div hidden><p>one</p><p>two</p></div>"), "one\ntwo");
        assert_eq!(unseen("<html popover><body><p>one</p></body></html>"), "one");
        assert_eq!(unseen("<p>one</p><dialog>two</dialog>"), "two");
        assert_eq!(unseen("<frameset><noframes>one</noframes></frameset>"), "one");
        assert_eq!(unseen("<p>one</p><template>two</template><script>three</script>"), "");
        assert_eq!(unseen("<bdo dir=rtl>nwohs</bdo>"), "shown");
        assert_eq!(unseen("<style>b:first-child:before{content:'shown'}</style><p><b></b></p>"), "shown");
    }

    #[test]
    fn the_cascade_decides() {
        for (html, is_shown) in [
            ("<p style='display:none;display:block'>x", true),
            ("<p style='display:block;display:none'>x", false),
            ("<p style='display:none;display:nonsense'>x", false),
            ("<p style='display:none!important;display:block'>x", false),
            ("<p style='opacity:0;opacity:1'>x", true),
            ("<p style='dis/**/play:none'>x", true),
            (r"<p style='d\69splay:none'>x", false),
            ("<p style='display:var(--x);'>x", true),
            ("<p style='all:initial' hidden>x", true),
            ("<style>.x{display:none}.x{display:block}</style><p class=x>x", true),
            ("<style>#x{display:block}.x{display:none}</style><p class=x id=x>x", true),
            ("<style>.x{display:none!important}</style><p class=x style='display:block'>x", false),
            ("<style>[hidden]{display:block!important}</style><p hidden>x", true),
            ("<style>/* {} .x{display:none} */</style><p class=x>x", true),
            ("<style>.x,:{display:none}</style><p class=x>x", true),
            ("<style>.x{display:none}p:nth-child(1){display:block}</style><p class=x>x", true),
            ("<style>@supports(display:block){.x{display:none}}</style><p class=x>x", true),
            ("<style>a{b{c:d}}.x{display:none</style><p class=x>x", false),
            ("<p style='left:-9999px'>x", true),
            ("<p style='font:0/0 a'>x", false),
            ("<p style='font-size:2px'><b style='font-size:.1em'>x", false),
        ] {
            assert_eq!(read(html).visible == "x", is_shown, "{html}");
        }
    }

    #[test]
    fn markup_without_end_is_survived() {
        read(&"<div>".repeat(100_000));
        read(&"<a href=x>".repeat(100_000));
        read(&"<td><tr><li>".repeat(50_000));
        read(&format!("<p {}>", "a=b ".repeat(100_000)));
    }
}
