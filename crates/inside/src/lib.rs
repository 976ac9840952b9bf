//! What is inside the files of a message: where links of documents lead, what QR codes say, what archives hold, whether
//! programs run in it. Nothing is run and nothing is fetched.
//!
//! All of it is hostile. Each reader stops at a bound, and says so: [`Inside::is_unread`]. Few messages have files, and
//! looking takes longer than reading a message, so this is apart from the rest: [`look`] at a message gives what
//! `mekiki_signs::Answers` takes.

mod archive;
mod drawn;
mod office;
mod pdf;
mod picture;

use mekiki_facts::{Facts, File, FileKind, Inside, Looked};
use std::collections::BTreeSet;

/// Most links, codes and names of one file that are kept.
const MOST: usize = 200;

/// Reads a message, and looks into its files.
pub fn read(raw: &[u8]) -> Facts {
    mekiki_facts::read_with(raw, &look(raw))
}

/// Looks into the files of a message, as it was transmitted or stored.
pub fn look(raw: &[u8]) -> Vec<Looked> {
    let (files, texts) = mekiki_facts::files(raw);
    let mut pixels = picture::MOST_PIXELS;
    let mut looked: Vec<Looked> = files
        .into_iter()
        .map(|File { attachment, kind, content }| {
            let inside = match content {
                Some(content) => look_within(kind, &content, &mut pixels),
                None => unread(),
            };
            Looked { attachment, inside }
        })
        .collect();
    let codes = texts.iter().flat_map(|text| drawn::codes(text)).collect();
    looked.push(Looked { attachment: None, inside: Inside { codes: kept(codes), ..Inside::default() } });
    // What says nothing is left out, but for files of a message, which are then known to hold nothing.
    looked.retain(|one| one.attachment.is_some() || one.inside != Inside::default());
    looked
}

/// Looks into one file.
pub fn look_into(kind: FileKind, content: &[u8]) -> Inside {
    look_within(kind, content, &mut { picture::MOST_PIXELS })
}

/// Looks into a file where so many pixels are left.
fn look_within(kind: FileKind, content: &[u8], pixels: &mut u64) -> Inside {
    match kind {
        FileKind::Pdf => pdf::look(content, pixels),
        FileKind::Picture => picture::look(content, pixels),
        FileKind::Archive => archive::look(content),
        FileKind::Document => office::look(content, pixels),
        FileKind::Program | FileKind::Page => Inside::default(),
    }
}

/// What is known of a file that could not be looked into.
fn unread() -> Inside {
    Inside { is_unread: true, ..Inside::default() }
}

/// Each once, in order, and no more than are kept.
fn kept(all: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    all.into_iter().filter(|one| seen.insert(one.clone())).take(MOST).collect()
}
