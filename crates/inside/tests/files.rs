//! Every file of `files/` holds what `files.csv` says; both are made by `make.py`, with programs that others wrote.

#![allow(clippy::unwrap_used, reason = "tests")]

use mekiki_facts::{FileKind, Inside};
use std::{fs, path::Path, time::Instant};

#[test]
fn files_hold_what_was_put_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut count = 0;
    for row in csv::ReaderBuilder::new().has_headers(false).from_path(folder.join("files.csv")).unwrap().into_records()
    {
        let row = row.unwrap();
        let [name, kind, links, codes, names, flags] = row.deserialize::<[&str; 6]>(None).unwrap();
        let kind = match kind {
            "picture" => FileKind::Picture,
            "pdf" => FileKind::Pdf,
            "archive" => FileKind::Archive,
            "document" => FileKind::Document,
            other => unreachable!("{other}"),
        };
        // Codes that are no addresses have spaces and lines in them.
        let list = |text: &str| -> Vec<String> {
            let is_one = text.starts_with("BEGIN") || text.starts_with("WIFI");
            if is_one { vec![text.to_owned()] } else { text.split_whitespace().map(str::to_owned).collect() }
        };
        let has = |flag: &str| flags.split(' ').any(|one| one == flag);
        let wanted = Inside {
            links: list(links),
            codes: list(codes),
            names: list(names),
            has_macros: has("macros"),
            is_locked: has("locked"),
            is_unread: has("unread"),
        };
        let content = fs::read(folder.join("files").join(name)).unwrap();
        let start = Instant::now();
        assert_eq!(mekiki_inside::look_into(kind, &content), wanted, "{name}");
        println!("{name}: {} bytes, {:?}", content.len(), start.elapsed());
        count += 1;
    }
    assert_eq!(count, fs::read_dir(folder.join("files")).unwrap().count());
}

/// Whatever is cut off and wherever, and whatever bit is another: nothing breaks down.
#[test]
fn broken_files_break_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    for entry in fs::read_dir(folder).unwrap() {
        let content = fs::read(entry.unwrap().path()).unwrap();
        // Those that are only large when unpacked take their time each.
        if content.len() > 20_000 {
            continue;
        }
        for step in 0..12 {
            let at = content.len() * step / 12;
            let mut changed = content.clone();
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= 0x55;
            }
            for kind in [FileKind::Picture, FileKind::Pdf, FileKind::Archive, FileKind::Document] {
                mekiki_inside::look_into(kind, &changed);
                mekiki_inside::look_into(kind, content.get(..at).unwrap());
            }
        }
    }
}
