//! Collections of whole messages, all of them ours: Japanese campaigns and genuine mail. The folder is the claim;
//! there are no snapshots here, only the level counts. What the verdict still gets wrong stands in
//! `collections/known-gaps.txt` and must stay wrong: put right, it fails here and leaves the list.

#![allow(clippy::expect_used, reason = "a test may fail")]

use mekiki_signs::{Answers, Context, Level, Report, inspect};
use mekiki_tests::{below, raw, root};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What a folder claims of every message in it.
struct Claim {
    folder: &'static str,
    at_least: usize,
    says: &'static str,
    holds: fn(Level) -> bool,
}

const CLAIMS: &[Claim] = &[
    Claim {
        folder: "japanese/impersonation",
        at_least: 150,
        says: "is suspicious or above",
        holds: |level| level >= Level::Suspicious,
    },
    Claim {
        folder: "japanese/genuine",
        at_least: 250,
        says: "is below suspicious",
        holds: |level| level < Level::Suspicious,
    },
    Claim { folder: "brands", at_least: 40, says: "is let pass", holds: |level| level == Level::None },
    Claim { folder: "everyday", at_least: 250, says: "is let pass", holds: |level| level == Level::None },
];

fn collections() -> PathBuf {
    root().join("tests/collections")
}

/// A message's path below the collections, with `/` between its parts: how the list of gaps names it.
fn name(path: &Path) -> String {
    let parts = path.strip_prefix(collections()).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Message and reason, a line each: `folder/message.eml: why`. Lines that begin with `#` say what the file is.
fn known_gaps() -> BTreeMap<String, String> {
    let text = fs::read_to_string(collections().join("known-gaps.txt")).expect("the list of known gaps");
    let mut gaps = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (message, why) = line.split_once(": ").expect("a message, a colon, and why");
        assert!(gaps.insert(message.to_owned(), why.to_owned()).is_none(), "{message} is listed twice");
    }
    gaps
}

fn told(report: &Report) -> String {
    let signs: Vec<_> = report.signs.iter().map(|finding| format!("{} {:+}", finding.id, finding.weight)).collect();
    format!("{:?} at {} by [{}]", report.level, report.score, signs.join(", "))
}

#[test]
fn every_folder_is_what_it_claims() {
    let gaps = known_gaps();
    let mut failed = Vec::new();
    for claim in CLAIMS {
        for path in below(&collections().join(claim.folder)) {
            let report = inspect(&raw(&path), &Context::default(), &Answers::default());
            let name = name(&path);
            match ((claim.holds)(report.level), gaps.contains_key(&name)) {
                (true, true) => failed.push(format!("{name}: {}: take it off known-gaps.txt", claim.says)),
                (false, false) => failed.push(format!("{name}: not so that it {}: {}", claim.says, told(&report))),
                (true, false) | (false, true) => {}
            }
        }
    }
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_folder_holds_enough() {
    let few: Vec<_> = CLAIMS
        .iter()
        .map(|claim| (claim.folder, below(&collections().join(claim.folder)).len(), claim.at_least))
        .filter(|(_, found, at_least)| found < at_least)
        .collect();
    assert!(few.is_empty(), "folder, messages found, expected at least: {few:?}");
    let claimed: usize = CLAIMS.iter().map(|claim| below(&collections().join(claim.folder)).len()).sum();
    assert_eq!(below(&collections()).len(), claimed, "a message lies in no folder that claims anything");
}

#[test]
fn every_known_gap_is_a_message() {
    let lost: Vec<_> = known_gaps().into_keys().filter(|message| !collections().join(message).is_file()).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn every_message_says_why_it_exists() {
    let silent: Vec<_> = below(&collections())
        .iter()
        .filter(|path| !raw(path).split(|byte| *byte == b'\n').any(|line| line.starts_with(b"X-About: ")))
        .map(|path| name(path))
        .collect();
    assert!(silent.is_empty(), "no X-About field:\n{}", silent.join("\n"));
}
