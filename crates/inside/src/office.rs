//! What documents of office programs hold: links that lead out, QR codes in their pictures, macros, templates that are
//! fetched from elsewhere, a password.

use crate::{MOST, kept, picture, unread};
use mekiki_facts::Inside;
use memchr::memmem;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most bytes of one list of links or picture, and of all of them, unpacked.
const LONGEST: u64 = 4 * 1024 * 1024;
const MOST_UNPACKED: u64 = 24 * 1024 * 1024;

/// Looks into a document: a package of the Office Open XML or OpenDocument formats (ZIP), a compound file (OLE), or RTF.
pub(crate) fn look(content: &[u8], pixels: &mut u64) -> Inside {
    if content.starts_with(b"PK") {
        return of_package(content, pixels);
    }
    if content.starts_with(b"\xD0\xCF\x11\xE0") {
        let has = |name: &str| memmem::find(content, &wide(name)).is_some();
        return Inside {
            has_macros: has("_VBA_PROJECT"),
            // [MS-OFFCRYPTO] §2.3: a locked package stands in a compound file; the older formats have a stream for it.
            is_locked: has("EncryptedPackage") || has("EncryptedSummary"),
            ..Inside::default()
        };
    }
    if content.starts_with(b"{\\rtf") {
        let has = |word: &[u8]| memmem::find(content, word).is_some();
        return Inside { has_macros: has(b"\\objupdate") || has(b"\\objdata"), ..Inside::default() };
    }
    unread()
}

/// A name as compound files have it ([MS-CFB] §2.6.1): UTF-16, the low byte first.
fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn of_package(content: &[u8], pixels: &mut u64) -> Inside {
    let Ok(mut package) = ZipArchive::new(Cursor::new(content)) else {
        return unread();
    };
    let mut inside = Inside::default();
    let mut links = Vec::new();
    let mut codes = Vec::new();
    let mut left = MOST_UNPACKED;
    for at in 0..package.len().min(MOST * 10) {
        let Ok(file) = package.by_index_raw(at) else {
            inside.is_unread = true;
            continue;
        };
        let name = file.name().to_ascii_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        inside.is_locked |= file.encrypted();
        drop(file);
        // Office Open XML; OpenDocument.
        inside.has_macros |= name.ends_with("vbaproject.bin") || name.starts_with("basic/") && ending == "xml";
        let is_list = ending == "rels" || name == "content.xml";
        let is_picture = name.contains("/media/") || name.starts_with("pictures/");
        if !is_list && !is_picture {
            continue;
        }
        let mut unpacked = Vec::new();
        let limit = LONGEST.min(left);
        let is_whole = package
            .by_index(at)
            .ok()
            .and_then(|file| file.take(limit).read_to_end(&mut unpacked).ok())
            .is_some_and(|length| u64::try_from(length).is_ok_and(|length| length < limit));
        inside.is_unread |= !is_whole;
        left = left.saturating_sub(u64::try_from(unpacked.len()).unwrap_or(u64::MAX));
        if is_picture {
            // Vector drawings and the like are no pictures that are read here.
            codes.extend(picture::look(&unpacked, pixels).codes);
            continue;
        }
        let text = String::from_utf8_lossy(&unpacked);
        for element in text.split('<') {
            if element.starts_with("Relationship ") && attribute(element, "TargetMode") == Some("External") {
                let target = attribute(element, "Target").unwrap_or_default();
                let kind = attribute(element, "Type").unwrap_or_default();
                let is_web = target.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
                // A link is followed by a click; a template, a frame or an object when the document is opened.
                inside.has_macros |= is_web
                    && ["attachedTemplate", "oleObject", "frame", "subDocument"]
                        .iter()
                        .any(|fetched| kind.ends_with(fetched));
                links.push(unescaped(target));
            } else if element.starts_with("text:a ") {
                links.extend(attribute(element, "xlink:href").map(unescaped));
            }
        }
    }
    inside.codes = kept(codes);
    inside.links = kept(links.into_iter().filter(|link| link.contains(':')).collect());
    inside
}

/// The value of an attribute, as written.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!(" {name}="))?;
    let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    rest.get(1..)?.split(quote).next()
}

/// The entities that XML has of its own undone.
fn unescaped(value: &str) -> String {
    value.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
