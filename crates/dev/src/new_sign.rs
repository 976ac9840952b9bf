//! Makes the files of a new sign, each in its place, and says what is left to write. What is not written yet is marked
//! [`UNWRITTEN`], and a test fails as long as any of it is left.

use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Id of the sign, such as `link.brand-mismatch`
    id: String,
}

/// Stands before everything that a person has to write.
const UNWRITTEN: &str = "TO BE WRITTEN";

/// Where signs are listed, a group a block.
const LIST: &str = "crates/signs/src/signs/mod.rs";

/// Where their weights stand, sorted by id.
const WEIGHTS: &str = "crates/signs/data/weights.toml";

/// Where their texts stand, a folder a locale, sorted by key.
const LOCALES: &str = "extension/_locales";

pub fn run(arguments: &Arguments) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let id = &arguments.id;
    for path in make(&root, id)? {
        println!("{}", path.display());
    }
    println!(
        "\nThe sign holds where a message has an X-Template field. Left to do, all of it marked {UNWRITTEN}:\n\
         1. its documentation, evidence, exemptions and look() in its file\n\
         2. its weight in {WEIGHTS}, 0.0 for now\n\
         3. its three texts in every locale\n\
         4. its messages under tests/messages/{id}: at least two that fire it, two near misses\n\
         Then: UPDATE_SNAPSHOTS=1 cargo test -p mekiki-tests, cargo run -p mekiki-dev -- catalogue, and a look at the\n\
         difference. A row in docs/verdict.md once it was measured."
    );
    Ok(())
}

/// Makes the files below a folder that holds the project, and gives those that were made or changed.
fn make(root: &Path, id: &str) -> Result<Vec<PathBuf>> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let (group, name) = id
        .split_once('.')
        .filter(|(group, name)| is_word(group) && is_word(name))
        .with_context(|| format!("{id}: an id is group.name, in small letters and hyphens"))?;
    let module = name.replace('-', "_");
    let source = root.join(format!("crates/signs/src/signs/{group}/{module}.rs"));
    ensure!(!source.exists(), "{id}: there is one already");

    let mut changes = vec![
        (root.join(LIST), listed(&read(&root.join(LIST))?, group, &module)?),
        (root.join(WEIGHTS), weighed(&read(&root.join(WEIGHTS))?, id)?),
        (source, SOURCE.replace("{id}", id).replace("{unwritten}", UNWRITTEN)),
    ];
    let mut locales: Vec<PathBuf> = fs::read_dir(root.join(LOCALES))?
        .map(|entry| Ok(entry?.path().join("messages.json")))
        .collect::<Result<_>>()?;
    locales.sort();
    for path in locales {
        let texts = with_texts(&read(&path)?, id).with_context(|| path.display().to_string())?;
        changes.push((path, texts));
    }
    for (folder, file, field) in [
        ("fires", "first", "X-Template: first\n"),
        ("fires", "second", "X-Template: second\n"),
        ("quiet", "field-of-another-name", "X-Templates: first\n"),
        ("quiet", "word-in-the-subject", ""),
    ] {
        let message = MESSAGE.replace("{id}", id).replace("{unwritten}", UNWRITTEN).replace("{field}", field);
        changes.push((root.join(format!("tests/messages/{id}/{folder}/{file}.eml")), message));
    }
    // Nothing is written until all of it was made.
    for (path, text) in &changes {
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text).with_context(|| path.display().to_string())?;
    }
    Ok(changes.into_iter().map(|(path, _)| path.strip_prefix(root).map(Path::to_owned).unwrap_or(path)).collect())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// The list with the module's line in its group, by name.
fn listed(list: &str, group: &str, module: &str) -> Result<String> {
    let opening = format!("mod {group} {{\n");
    let start = list.find(&opening).with_context(|| format!("{LIST} has no group {group}"))? + opening.len();
    let line = format!("    pub mod {module};\n");
    let block = list.get(start..).unwrap_or_default();
    let at = before(block, |other| !other.starts_with("    pub mod ") || other > line.as_str());
    Ok(inserted(list, start + at, &line))
}

/// The weights with the sign's, by id.
fn weighed(weights: &str, id: &str) -> Result<String> {
    let heading = "[weights]\n";
    let start = weights.find(heading).with_context(|| format!("{WEIGHTS} has no weights"))? + heading.len();
    let line = format!("\"{id}\" = 0.0\n");
    let block = weights.get(start..).unwrap_or_default();
    Ok(inserted(weights, start + before(block, |other| !other.starts_with('"') || other > line.as_str()), &line))
}

/// A locale's texts with the sign's three, by key.
fn with_texts(texts: &str, id: &str) -> Result<String> {
    let stem = format!("sign_{}", id.replace(['.', '-'], "_"));
    let first = format!("  \"{stem}_check\": {{\n");
    let is_key = |line: &str| line.starts_with("  \"");
    let at = before(texts, |line| is_key(line) && line > first.as_str());
    if at == texts.len() {
        bail!("no text stands behind {stem}");
    }
    Ok(inserted(texts, at, &TEXTS.replace("{stem}", &stem).replace("{unwritten}", UNWRITTEN)))
}

/// Where the first line begins that holds, or the end.
fn before(text: &str, holds: impl Fn(&str) -> bool) -> usize {
    text.split_inclusive('\n').take_while(|line| !holds(line)).map(str::len).sum()
}

fn inserted(text: &str, at: usize, line: &str) -> String {
    let (head, tail) = text.split_at(at);
    format!("{head}{line}{tail}")
}

const SOURCE: &str = r#"use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// {unwritten}: what the message shows, in one sentence.
    ///
    /// # What it looks for
    ///
    /// {unwritten}.
    ///
    /// # Why it matters
    ///
    /// {unwritten}.
    ///
    /// # When it is wrong
    ///
    /// {unwritten}: every sign has honest mail that resembles it.
    id: "{id}",
    evidence: [Value],
    banner: [],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let field = case.facts.header.first("X-Template")?;
    Some(Evidence::of(Detail::Value, field.value.trim()))
}
"#;

const TEXTS: &str = r#"  "{stem}_check": {
    "message": "{unwritten}: how the recipient can check it."
  },
  "{stem}_meaning": {
    "message": "{unwritten}: why it matters."
  },
  "{stem}_summary": {
    "message": "{unwritten}: what was seen, “$VALUE$”.",
    "placeholders": {
      "value": {
        "content": "$1"
      }
    }
  },
"#;

const MESSAGE: &str = "\
Return-Path: <taro@example.com>
Delivered-To: info@example.jp
Received: from mail.example.com (mail.example.com [192.0.2.25])
	by mx1.example.jp (Postfix) with ESMTPS id 4WyX0Q1x5dz9rxM
	for <info@example.jp>; Tue, 3 Sep 2024 10:15:00 +0900
X-About: {unwritten}: why {id} fires here, or why it does not
{field}From: Taro Example <taro@example.com>
To: <info@example.jp>
Subject: Template
Date: Tue, 3 Sep 2024 10:15:00 +0900
Message-ID: <20240903101500.1A2B3C@mail.example.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=\"utf-8\"
Content-Transfer-Encoding: 8bit

Hello,

this message is a template.

Taro
";

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail")]

    use super::*;
    use serde_json::Value;

    /// What a new sign changes, copied out of the project.
    fn copy(name: &str) -> PathBuf {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let copy = std::env::temp_dir().join(format!("mekiki-new-sign-{name}-{}", std::process::id()));
        let locales = fs::read_dir(root.join(LOCALES)).unwrap().map(|entry| entry.unwrap().file_name());
        let locales = locales.map(|name| format!("{LOCALES}/{}/messages.json", name.to_string_lossy()));
        for path in [LIST, WEIGHTS].map(str::to_owned).into_iter().chain(locales) {
            let to = copy.join(&path);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(root.join(&path), to).unwrap();
        }
        copy
    }

    #[test]
    fn a_new_sign_has_all_it_needs_each_in_its_place() {
        let root = copy("whole");
        let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
        let keys = |text: &str| -> Vec<String> {
            let texts: Value = serde_json::from_str(text).expect("a locale stays JSON");
            texts.as_object().unwrap().keys().filter(|key| key.starts_with("sign_")).cloned().collect()
        };
        let before = keys(&read("extension/_locales/en/messages.json")).len();
        let made = make(&root, "link.quite-new").unwrap();

        assert!(read(LIST).contains("    pub mod quite_new;\n    pub mod recipient_in_url;\n"));
        assert!(read(WEIGHTS).contains("\"link.quite-new\" = 0.0\n\"link.recipient-in-url\""));
        assert!(read("crates/signs/src/signs/link/quite_new.rs").contains("id: \"link.quite-new\""));
        let locales: Vec<_> = made.iter().filter(|path| path.starts_with(LOCALES)).collect();
        assert_eq!(locales.len(), 10);
        for path in locales {
            let text = read(path.to_str().unwrap());
            let all = keys(&text);
            assert!(all.len() == before + 3 && all.contains(&"sign_link_quite_new_summary".to_owned()));
            let written: Vec<_> = text.lines().filter(|line| line.starts_with("  \"sign_")).collect();
            assert!(written.is_sorted(), "{}", path.display());
        }
        for folder in ["fires", "quiet"] {
            assert_eq!(fs::read_dir(root.join("tests/messages/link.quite-new").join(folder)).unwrap().count(), 2);
        }
        assert_eq!(made.len(), 3 + 10 + 4);
        assert!(make(&root, "link.quite-new").is_err(), "there is one already");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_first_and_last_of_a_group_find_their_places() {
        let root = copy("ends");
        make(&root, "sender.aa").unwrap();
        make(&root, "trust.zz").unwrap();
        let list = fs::read_to_string(root.join(LIST)).unwrap();
        assert!(list.contains("mod sender {\n    pub mod aa;\n    pub mod address_in_name;\n"), "{list}");
        assert!(list.contains("    pub mod zz;\n}\n"), "{list}");
        assert!(fs::read_to_string(root.join(WEIGHTS)).unwrap().contains("\"trust.zz\" = 0.0\n"));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn what_is_no_id_changes_nothing() {
        let root = copy("none");
        for id in ["link", "link.", "link.Quite", "nowhere.new", "../x.y", "link.brand_mismatch", "link.new.er"] {
            assert!(make(&root, id).is_err(), "{id}");
        }
        assert!(!root.join("tests").exists() && !root.join("crates/signs/src/signs/link").exists());
        fs::remove_dir_all(root).unwrap();
    }
}
