//! What the reader sees in each alternative, apart from what is hidden from the reader.

mod html;
mod style;

use crate::{UnreadKind, anomaly::Notes, mime::TextPart};
pub(crate) use html::{Reference, read as read_page};
use mekiki_knowledge::{
    fold::is_invisible,
    vocabulary::{self, FREQUENT, GREETING_BEGINS, GREETING_ENDS, LANGUAGES},
};
use serde::Serialize;
pub(crate) use style::Budget;

/// The text of the message.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// The alternatives, in the order of the message.
    pub alternatives: Vec<Alternative>,
    /// What may be seen as well, should our idea of what is shown be wrong: of each HTML part the lines that have hidden
    /// text in them, with it, and what is hidden as a whole without what is hidden inside it; each alternative that is
    /// not shown and says something else.
    pub unseen: Vec<String>,
    /// All that a client shows, one below the other, where that is more than one alternative.
    #[serde(skip)]
    joined: Option<String>,
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
    /// The last lines: signature, company, address, copyright (at most 12 lines and 800 characters); before them those
    /// above the first gap, where there is one.
    pub signature: Vec<String>,
    /// Whether there is a form, and whether it asks for a password.
    pub form: Option<Form>,
    /// Whether there is a script.
    pub has_script: bool,
    /// Cells of tables: pictures can be drawn with them.
    pub cells: usize,
}

impl Text {
    /// The text a client shows, or nothing where there is none.
    pub fn shown_text(&self) -> &str {
        let first = || self.shown_alternatives().next().map(|alternative| alternative.visible.as_str());
        self.joined.as_deref().or_else(first).unwrap_or_default()
    }

    /// The text above the first gap of many empty lines. What is poured in below one is not there to be read.
    pub fn above_gap(&self) -> &str {
        let shown = self.shown_text();
        let mut start = 0;
        for alternative in self.shown_alternatives() {
            if let Some(gap) = alternative.gap {
                return shown.get(..start + gap).unwrap_or(shown);
            }
            start += alternative.visible.trim_end().len() + 1;
        }
        shown
    }

    /// The alternatives a client shows, in order.
    pub fn shown_alternatives(&self) -> impl Iterator<Item = &Alternative> {
        self.alternatives.iter().filter(|alternative| alternative.is_shown)
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
    /// Whether a client shows it: every part of the message that is no attachment, and of alternatives to one another
    /// one.
    pub is_shown: bool,
    /// Charset as declared, lower-case.
    pub charset: Option<String>,
    /// What the reader sees: lines separated by `\n`, white space collapsed as a browser does (HTML),
    /// invisible characters removed.
    pub visible: String,
    /// What is in the part and not seen.
    pub hidden: Vec<HiddenText>,
    /// Where the first gap of many empty lines stands in what is visible.
    #[serde(skip)]
    gap: Option<usize>,
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

impl Script {
    /// Its name, as the data have it.
    fn name(self) -> &'static str {
        match self {
            Self::Latin => "latin",
            Self::Japanese => "japanese",
            Self::Han => "han",
            Self::Hangul => "hangul",
            Self::Cyrillic => "cyrillic",
            Self::Greek => "greek",
            Self::Arabic => "arabic",
            Self::Hebrew => "hebrew",
            Self::Thai => "thai",
            Self::Devanagari => "devanagari",
            Self::Other => "other",
        }
    }
}

/// Text beyond which a message with pictures is not "a picture".
const HARDLY_ANY_TEXT: usize = 80;

/// Most alternatives that are read; what follows is left out.
const MOST_ALTERNATIVES: usize = 500;

/// What the text parts come to.
pub(crate) struct Reading {
    /// The text.
    pub text: Text,
    /// Where the HTML parts lead, in the order of the message.
    pub pages: Vec<Page>,
}

/// Where one HTML part leads.
pub(crate) struct Page {
    /// The address that its relative ones depend on.
    pub base: Option<String>,
    /// Its references.
    pub references: Vec<Reference>,
}

/// Reads the text parts.
pub(crate) fn read(parts: Vec<TextPart>, notes: &mut Notes) -> Reading {
    let mut text = Text::default();
    let mut pages = Vec::new();
    let mut budget = Budget::default();
    let mut unshown_images = 0;
    let parts = joined(parts);
    let beyond: usize = parts.iter().skip(MOST_ALTERNATIVES).map(|part| part.text.len()).sum();
    if beyond > 0 {
        notes.unread.add(UnreadKind::Parts, "", beyond, true);
    }
    for part in parts.into_iter().take(MOST_ALTERNATIVES) {
        if !part.is_html {
            text.alternatives.push(plain(part));
            continue;
        }
        let page = html::read(&part.text, &mut budget);
        if page.is_cut || page.has_cut_pictures {
            notes.unread.add(UnreadKind::Links, "", 0, page.is_cut);
        }
        if page.is_too_deep {
            notes.unread.add(UnreadKind::Depth, "text/html", 0, part.is_shown);
        }
        if page.has_cut_styles {
            notes.unread.add(UnreadKind::Styles, "", 0, true);
        }
        text.unseen.extend([page.unseen, page.opened].into_iter().filter(|unseen| !unseen.is_empty()));
        if part.is_shown {
            text.images += page.images;
        } else {
            unshown_images += page.images;
        }
        text.image_alts.extend(page.image_alts);
        text.title = text.title.or(page.title);
        text.form = text.form.or(page.form);
        text.has_script |= page.has_script;
        text.cells += page.cells;
        pages.push(Page { base: page.base, references: page.references });
        text.alternatives.push(Alternative {
            kind: AlternativeKind::Html,
            is_shown: part.is_shown,
            charset: part.charset,
            visible: page.visible,
            hidden: page.hidden,
            gap: page.gap,
        });
    }
    let has_text = |alternative: &Alternative| !alternative.visible.trim().is_empty();
    // Where what should be shown says nothing, what else there is counts.
    if text.images == 0 && !text.shown_alternatives().any(has_text) {
        text.images = unshown_images;
        let best = text
            .alternatives
            .iter()
            .rposition(|one| one.kind == AlternativeKind::Html && (has_text(one) || unshown_images > 0))
            .or_else(|| text.alternatives.iter().position(has_text));
        for (at, alternative) in text.alternatives.iter_mut().enumerate() {
            alternative.is_shown = best == Some(at);
        }
    }
    if text.shown_alternatives().count() > 1 {
        let shown: Vec<&str> = text.shown_alternatives().map(|one| one.visible.trim_end()).collect();
        text.joined = Some(shown.join("\n"));
    }
    let others = besides(&text);
    text.unseen.extend(others);
    describe(&mut text);
    Reading { text, pages }
}

/// What alternatives say that are not shown, where they say something else: a mail client can be told to show them, and
/// our idea of which one it shows can be wrong.
fn besides(text: &Text) -> Vec<String> {
    let mut others = text.alternatives.iter().filter(|one| !one.is_shown).peekable();
    if others.peek().is_none() {
        return Vec::new();
    }
    let shown = triples(text.shown_text());
    let says_else = |other: &&Alternative| {
        let own = triples(&other.visible);
        own.iter().filter(|three| shown.binary_search(three).is_err()).count() * MOST_FOREIGN > own.len()
    };
    others.filter(says_else).map(|other| other.visible.clone()).collect()
}

/// An alternative of whose triples of letters more than one in so many is not in what is shown says something else.
const MOST_FOREIGN: usize = 2;
/// Bits of a code point (Unicode 16.0 §2.4: up to 10FFFF), and those of three.
const CODE_POINT: u32 = 21;
const THREE: u64 = (1 << (3 * CODE_POINT)) - 1;
/// Most letters of an alternative that are compared.
const MOST_COMPARED: usize = 100_000;

/// Every three letters that stand behind one another, wherever lines break: each once, as one number, in order.
fn triples(text: &str) -> Vec<u64> {
    let letters =
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).take(MOST_COMPARED);
    let three = letters.scan(0, |three: &mut u64, letter| {
        *three = (*three << CODE_POINT | u64::from(letter)) & THREE;
        Some(*three)
    });
    let mut all: Vec<u64> = three.skip(2).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Plain parts that stand behind one another and are shown, put together: many of them are still one text.
fn joined(parts: Vec<TextPart>) -> Vec<TextPart> {
    let mut all: Vec<TextPart> = Vec::with_capacity(parts.len().min(MOST_ALTERNATIVES));
    for part in parts {
        match all.last_mut() {
            Some(last) if last.is_shown && part.is_shown && !last.is_html && !part.is_html => {
                last.text.push('\n');
                last.text.push_str(&part.text);
                last.charset = last.charset.take().or(part.charset);
            }
            _ => all.push(part),
        }
    }
    all
}

/// A plain part as shown.
fn plain(part: TextPart) -> Alternative {
    let mut visible = String::with_capacity(part.text.len());
    let mut rest = part.text.as_str();
    while let Some(character) = rest.chars().next() {
        // Most text is lines of plain letters: what is plain is taken as a whole.
        let plain = rest.bytes().take_while(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')).count();
        let (taken, behind) = rest.split_at(plain.max(character.len_utf8()));
        rest = behind;
        if plain > 0 {
            visible.push_str(taken);
        } else if character == '\r' {
            if !rest.starts_with('\n') {
                visible.push('\n');
            }
        } else if matches!(character, '\n' | '\t') || !is_invisible(character) && !character.is_control() {
            visible.push(character);
        }
    }
    Alternative {
        kind: AlternativeKind::Plain,
        is_shown: part.is_shown,
        charset: part.charset,
        gap: gap(&visible),
        visible,
        hidden: Vec::new(),
    }
}

/// What can be said of the text that is shown.
fn describe(text: &mut Text) {
    let shown = text.shown_text().to_owned();
    text.script = script(&shown);
    text.language = text.script.and_then(|script| language(&shown, script));
    let letters = || shown.chars().filter(|character| character.is_alphanumeric()).take(HARDLY_ANY_TEXT).count();
    text.is_image_only = text.images > 0 && letters() < HARDLY_ANY_TEXT;
    let lines: Vec<&str> = shown.lines().map(str::trim).filter(|line| says_something(line)).collect();
    text.letterhead = take_lines(lines.iter().copied(), 5, 300);
    let above = shown.get(..text.above_gap().len()).unwrap_or_default();
    let mut signature = take_lines(lines.iter().rev().copied(), 12, 800);
    if above.len() < shown.len() {
        signature.extend(take_lines(above.lines().rev().map(str::trim).filter(|line| says_something(line)), 12, 800));
    }
    signature.reverse();
    text.signature = signature;
    text.greeting = lines.iter().take(8).find(|line| is_greeting(line)).map(|line| line.chars().take(120).collect());
}

fn says_something(line: &str) -> bool {
    line.chars().any(char::is_alphanumeric)
}

/// Empty lines in a row that put what stands below them out of sight.
pub(in crate::text) const GAP: usize = 20;

/// Where the first such gap of a plain text stands.
fn gap(plain: &str) -> Option<usize> {
    let (mut at, mut end, mut empty) = (0, 0, 0);
    for line in plain.split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if empty >= GAP && end > 0 {
            return Some(end);
        }
        (end, empty) = (at, 0);
    }
    None
}

fn take_lines<'a>(lines: impl Iterator<Item = &'a str>, most: usize, mut room: usize) -> Vec<String> {
    let mut taken = Vec::new();
    for line in lines.take(most) {
        let line: String = line.chars().take(room).collect();
        room -= line.chars().count();
        if line.is_empty() {
            break;
        }
        taken.push(line);
    }
    taken
}

/// Whether a line greets the reader.
fn is_greeting(line: &str) -> bool {
    if line.chars().count() > 80 {
        return false;
    }
    let lower = line.to_lowercase();
    GREETING_BEGINS.iter().any(|beginning| lower.starts_with(beginning)) || {
        let line = line.trim_end_matches(['、', ',', '。', ' ', ':', '：']);
        GREETING_ENDS.iter().any(|end| line.ends_with(end))
    }
}

/// The script most letters belong to; Japanese where there are kana.
fn script(text: &str) -> Option<Script> {
    const SCRIPTS: [Script; 11] = [
        Script::Latin,
        Script::Japanese,
        Script::Han,
        Script::Hangul,
        Script::Cyrillic,
        Script::Greek,
        Script::Arabic,
        Script::Hebrew,
        Script::Thai,
        Script::Devanagari,
        Script::Other,
    ];
    if text.is_ascii() {
        return text.bytes().any(|byte| byte.is_ascii_alphabetic()).then_some(Script::Latin);
    }
    let mut counts = [0_usize; SCRIPTS.len()];
    for character in text.chars().filter(|character| character.is_alphabetic()).take(4_000) {
        let place = match u32::from(character) {
            0x41..=0x24F | 0x1E00..=0x1EFF => 0,
            0x3040..=0x30FF | 0xFF66..=0xFF9D => 1,
            0x3400..=0x9FFF | 0xF900..=0xFAFF => 2,
            0xAC00..=0xD7A3 | 0x1100..=0x11FF => 3,
            0x400..=0x52F => 4,
            0x370..=0x3FF | 0x1F00..=0x1FFF => 5,
            0x600..=0x6FF | 0x750..=0x77F => 6,
            0x590..=0x5FF => 7,
            0xE00..=0xE7F => 8,
            0x900..=0x97F => 9,
            _ => 10,
        };
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let [latin, kana, han, ..] = counts;
    if kana > 0 && (kana + han) * 3 > latin {
        return Some(Script::Japanese);
    }
    let (count, script) = counts.iter().zip(SCRIPTS).max_by_key(|(count, _)| **count)?;
    (*count > 0).then_some(script)
}

/// The language, by its most frequent small words where the script leaves it open.
fn language(text: &str, script: Script) -> Option<&'static str> {
    match script {
        Script::Latin => latin_language(text),
        other => vocabulary::of_script(other.name()).map(|language| language.code),
    }
}

/// The language most of whose small words stand in the first words of a text.
fn latin_language(text: &str) -> Option<&'static str> {
    let mut hits = [0_usize; LANGUAGES.len()];
    let mut count = 0;
    let mut lower = String::new();
    for word in text.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()).take(600) {
        count += 1;
        // No small word is longer, in either case.
        if word.len() > 12 {
            continue;
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let from = FREQUENT.partition_point(|(known, _)| *known < lower.as_str());
        let known = FREQUENT.iter().skip(from).take_while(|(known, _)| *known == lower);
        for (_, place) in known {
            if let Some(hits) = hits.get_mut(*place) {
                *hits += 1;
            }
        }
    }
    let (hits, language) =
        hits.into_iter().zip(LANGUAGES.iter().map(|language| language.code)).max_by_key(|(hits, _)| *hits)?;
    (hits >= 3 && hits * 25 >= count).then_some(language)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn of(text: &str) -> Text {
        let part = TextPart { is_html: false, is_shown: true, charset: None, text: text.to_owned() };
        read(vec![part], &mut Notes::default()).text
    }

    #[test]
    fn languages_are_told_by_script_and_small_words() {
        assert_eq!(of("平素よりご利用いただきありがとうございます。Amazon Prime").language, Some("ja"));
        assert_eq!(
            of("Wir bitten Sie, Ihre Daten mit uns zu prüfen. Das ist für Sie und uns wichtig.").language,
            Some("de")
        );
        assert_eq!(of("Please confirm your account with the link to have access for this year.").language, Some("en"));
        assert_eq!(of("尊敬的客户，您的帐户已被锁定").language, Some("zh"));
        assert_eq!(of("12345").language, None);
    }

    #[test]
    fn greeting_letterhead_and_signature_are_found() {
        let text = of(
            "【KAGOYA】お知らせ\n\n山田太郎 様\n\n本文です。\n\nカゴヤ・ジャパン株式会社\nhttps://www.example.jp/\n",
        );
        assert_eq!(text.greeting.as_deref(), Some("山田太郎 様"));
        assert_eq!(text.letterhead.first().map(String::as_str), Some("【KAGOYA】お知らせ"));
        assert!(text.signature.iter().any(|line| line.contains("株式会社")));
    }

    #[test]
    fn the_html_alternative_is_the_one_shown() {
        let parts = vec![
            TextPart { is_html: false, is_shown: false, charset: None, text: "plain".to_owned() },
            TextPart { is_html: true, is_shown: true, charset: None, text: "<p>shown</p>".to_owned() },
        ];
        assert_eq!(read(parts, &mut Notes::default()).text.shown_text(), "shown");
    }

    #[test]
    fn what_only_another_alternative_says_may_be_seen() {
        let unseen = |html: &str| {
            let parts = vec![
                TextPart {
                    is_html: false,
                    is_shown: false,
                    charset: None,
                    text: "Confirm\nyour password now".to_owned(),
                },
                TextPart { is_html: true, is_shown: true, charset: None, text: html.to_owned() },
            ];
            read(parts, &mut Notes::default()).text.unseen
        };
        assert_eq!(unseen("<p>Kind regards</p>"), ["Confirm\nyour password now"]);
        assert!(unseen("<p>Confirm your <b>password</b> now, please</p>").is_empty());
    }

    #[test]
    fn a_message_of_pictures_is_told() {
        let part = TextPart {
            is_html: true,
            is_shown: true,
            charset: None,
            text: "<a href=x><img src=cid:1 width=600></a>".to_owned(),
        };
        assert!(read(vec![part], &mut Notes::default()).text.is_image_only);
    }
}
