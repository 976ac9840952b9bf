//! HTML as a reader sees it: what is shown, what is hidden and how, and where it leads.
//!
//! The tokens come from a reader that follows the HTML standard. Over them runs a light stack of open elements, enough
//! to know which styles are in force; it is bounded, so that markup nested without end costs no more than its length.

mod tag;

use super::style::{self, Sheet, Style};
use crate::{Form, HiddenBy, HiddenText, LinkSource};
use html5gum::{
    Emitter, Error, ForwardingEmitter, Span, Tokenizer,
    emitters::callback::{Callback, CallbackEmitter, CallbackEvent},
};
use mekiki_knowledge::fold::is_invisible;
use std::{borrow::Cow, convert::Infallible};
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

/// What the page comes to.
#[derive(Default)]
pub(crate) struct Page {
    pub visible: String,
    pub hidden: Vec<HiddenText>,
    pub references: Vec<Reference>,
    pub image_alts: Vec<String>,
    pub images: usize,
    pub title: Option<String>,
    pub form: Option<Form>,
    pub has_script: bool,
    pub base: Option<String>,
    /// Whether there are more references that can be clicked than are kept.
    pub is_cut: bool,
    /// Whether there are more of the others, pictures for instance, than are kept.
    pub has_cut_pictures: bool,
    /// Whether there are more styles than are applied.
    pub has_cut_styles: bool,
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

struct Open {
    name: Vec<u8>,
    style: Style,
}

#[derive(Default)]
struct Reader {
    page: Page,
    open: Vec<Open>,
    /// Elements that were opened beyond [`DEEPEST`].
    beyond: usize,
    sheet: Sheet,
    /// Index of the anchor whose label is being read.
    anchor: Option<usize>,
    /// How many references can be clicked, and how many others there are.
    clickable: usize,
    others: usize,
    /// The element whose content is not text: style, script, title, textarea.
    raw: Option<Vec<u8>>,
    css: String,
    pending_space: bool,
}

/// Reads a page.
pub(crate) fn read(html: &str) -> Page {
    let mut reader = Reader::default();
    let mut emitter = CallbackEmitter::new(Events { reader: &mut reader, tag: Tag::default() });
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(html, Untroubled(emitter)) {
        // Neither reading from memory fails, nor are there tokens: the reader is told of everything as it comes.
        let Ok::<Infallible, Infallible>(_) = token;
    }
    let end = reader.page.visible.trim_end().len();
    reader.page.visible.truncate(end);
    reader.page.has_cut_styles = reader.sheet.is_cut();
    reader.page
}

/// Does without the standard's errors of parsing: nobody asks for them, and to find them takes a look at every byte.
struct Untroubled<'a>(CallbackEmitter<Events<'a>>);

impl ForwardingEmitter for Untroubled<'_> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}
}

/// Puts together tags and hands on what is complete.
struct Events<'a> {
    reader: &'a mut Reader,
    tag: Tag,
}

impl Callback<Infallible, ()> for Events<'_> {
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

impl Reader {
    fn style(&self) -> Style {
        self.open.last().map(|open| open.style).unwrap_or_default()
    }

    fn start(&mut self, tag: &Tag, is_self_closing: bool) {
        let name = tag.name();
        self.close_implied(name);
        let style = self.styled(tag);
        if is_block(name) || name == b"br" {
            self.line_break();
        } else if matches!(name, b"td" | b"th") {
            self.pending_space = true;
        }
        self.refer(tag, &style);
        self.refer_to_background(tag, &style);
        match name {
            b"script" => self.page.has_script |= is_program(tag),
            b"form" => {
                let form = self.page.form.get_or_insert_with(Form::default);
                form.action = form.action.take().or_else(|| tag.get(Attribute::Action).map(Cow::into_owned));
            }
            b"input" | b"textarea" => self.input(tag),
            _ => {}
        }
        if matches!(name, b"style" | b"script" | b"title") {
            self.raw = Some(name.to_vec());
            self.css.clear();
        }
        if is_void(name) || is_self_closing && matches!(name, b"path" | b"v:fill") {
            return;
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open { name: name.to_vec(), style });
        } else {
            self.beyond += 1;
        }
    }

    /// The style of an element: what it inherits, the sheet's rules, its attributes, its own declarations.
    fn styled(&mut self, tag: &Tag) -> Style {
        let mut style = self.style();
        let name = tag.name();
        if matches!(name, b"head" | b"template" | b"noscript" | b"style" | b"script" | b"title" | b"datalist") {
            style.hide(HiddenBy::Display);
            style.is_outside = true;
        }
        if self.sheet.has_rules() {
            let class = tag.get(Attribute::Class).unwrap_or_default();
            let id = tag.get(Attribute::Id).unwrap_or_default();
            self.sheet.apply(&as_text(name), &class, &id, &mut style);
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
        if let Some(own) = tag.get(Attribute::Style) {
            style.declare(&own);
        }
        if tag.get(Attribute::Hidden).is_some() {
            style.hide(HiddenBy::Display);
        }
        style
    }

    fn close_implied(&mut self, name: &[u8]) {
        let closes: &[&[u8]] = match name {
            b"li" => &[b"li"],
            b"td" | b"th" => &[b"td", b"th"],
            b"tr" => &[b"tr", b"td", b"th"],
            b"option" => &[b"option"],
            b"dt" | b"dd" => &[b"dt", b"dd"],
            b"body" => &[b"head"],
            b"a" => &[b"a"],
            _ if is_block(name) => &[b"p"],
            _ => return,
        };
        let is_list = |open: &Open| matches!(open.name.as_slice(), b"table" | b"ul" | b"ol" | b"dl");
        let floor = if matches!(name, b"li" | b"td" | b"th" | b"tr" | b"dt" | b"dd") {
            self.open.iter().rposition(is_list).map_or(0, |at| at + 1)
        } else {
            0
        };
        let is_p = closes == [b"p".as_slice()];
        let found = self
            .open
            .iter()
            .enumerate()
            .skip(floor)
            .rev()
            .take(if is_p { 4 } else { 16 })
            .find(|(_, open)| closes.contains(&open.name.as_slice()));
        if let Some((at, _)) = found {
            self.open.truncate(at);
            if name == b"a" {
                self.anchor = None;
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.raw.as_deref() == Some(name) {
            self.raw = None;
            if name == b"style" {
                let css = std::mem::take(&mut self.css);
                self.sheet.read(&css);
            }
        }
        if name == b"a" {
            self.anchor = None;
        }
        if is_block(name) {
            self.line_break();
        }
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            self.open.truncate(at);
        }
    }

    fn line_break(&mut self) {
        let end = self.page.visible.trim_end_matches(' ').len();
        self.page.visible.truncate(end);
        if !self.page.visible.is_empty() && !self.page.visible.ends_with("\n\n") {
            self.page.visible.push('\n');
        }
        self.pending_space = false;
    }

    fn text(&mut self, text: &str) {
        match self.raw.as_deref() {
            Some(b"style") => {
                if self.css.len() < 256 * 1024 {
                    self.css.push_str(text);
                }
                return;
            }
            Some(b"title") => {
                self.page.title.get_or_insert_with(|| text.trim().chars().take(300).collect());
                return;
            }
            Some(_) => return,
            None => {}
        }
        let style = self.style();
        match style.hidden() {
            Some(_) if style.is_outside => {}
            Some(by) => self.hide(by, text),
            None => self.show(text, style.is_preformatted),
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
            } else if character.is_whitespace() && character != '\u{3000}' {
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
        if let Some(reference) = self.anchor.and_then(|at| self.page.references.get_mut(at))
            && reference.label.len() < 1_000
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

    fn input(&mut self, tag: &Tag) {
        let form = self.page.form.get_or_insert_with(Form::default);
        let kind = tag.get(Attribute::Type).unwrap_or_default().to_ascii_lowercase();
        match kind.as_str() {
            "password" => {
                form.asks_password = true;
                form.inputs += 1;
            }
            "hidden" | "submit" | "button" | "image" | "reset" | "checkbox" | "radio" => {}
            _ => form.inputs += 1,
        }
    }

    /// Notes where an element leads.
    fn refer(&mut self, tag: &Tag, style: &Style) {
        let name = tag.name();
        let href = || tag.get(Attribute::Href).or_else(|| tag.get(Attribute::XlinkHref));
        let (source, target) = match name {
            b"a" => (LinkSource::Anchor, href()),
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
            self.add_reference(source, target.into_owned(), label, style, tag.is_repeated());
        }
    }

    fn add_reference(&mut self, source: LinkSource, target: String, label: String, style: &Style, is_repeated: bool) {
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
            is_visible: style.hidden().is_none(),
            is_repeated,
        });
        if source == LinkSource::Anchor {
            self.anchor = Some(self.page.references.len() - 1);
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
            self.add_reference(LinkSource::Background, target.to_owned(), String::new(), style, false);
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
        if let Some(reference) = self.anchor.and_then(|at| self.page.references.get_mut(at)) {
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

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"address"
            | b"article"
            | b"aside"
            | b"blockquote"
            | b"body"
            | b"center"
            | b"dd"
            | b"div"
            | b"dl"
            | b"dt"
            | b"fieldset"
            | b"figure"
            | b"footer"
            | b"form"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"header"
            | b"hr"
            | b"li"
            | b"main"
            | b"nav"
            | b"ol"
            | b"p"
            | b"pre"
            | b"section"
            | b"table"
            | b"tr"
            | b"ul"
    )
}

fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
    use super::*;

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
    fn markup_without_end_is_survived() {
        read(&"<div>".repeat(100_000));
        read(&"<a href=x>".repeat(100_000));
        read(&"<td><tr><li>".repeat(50_000));
        read(&format!("<p {}>", "a=b ".repeat(100_000)));
    }
}
