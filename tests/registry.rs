//! One name everywhere: what a sign needs, it has. The id of a sign is its file, its text keys, its folder of
//! messages and its line in the catalogue.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use mekiki_signs::{Exemption, Sign, Trick, documentation, registry, weights};
use mekiki_tests::{below, messages, root};
use serde_json::Value;
use std::{collections::BTreeSet, fs};

/// Parts of a sign's texts.
const PARTS: [&str; 3] = ["summary", "meaning", "check"];

/// Headings of a sign's documentation, in order.
const HEADINGS: [&str; 3] = ["# What it looks for", "# Why it matters", "# When it is wrong"];

fn locales() -> Vec<(String, Value)> {
    let folder = root().join("extension/_locales");
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let text = fs::read_to_string(path.join("messages.json")).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, serde_json::from_str(&text).unwrap())
        })
        .collect();
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    assert!(found.len() >= 2, "locales: {found:?}");
    found
}

fn key(id: &str) -> String {
    format!("sign_{}", id.replace(['.', '-'], "_"))
}

#[test]
fn ids_are_unique_and_well_formed() {
    let mut seen = BTreeSet::new();
    for sign in registry() {
        let id = sign.id();
        assert!(seen.insert(id), "{id} is registered twice");
        assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-')), "{id}");
        let name = id.split_once('.').expect("a group and a name").1;
        for vague in ["check-", "suspicious-", "possible-", "bad-"] {
            assert!(!name.starts_with(vague), "{id}: the name says what the message shows");
        }
    }
}

#[test]
fn every_sign_is_documented() {
    for (sign, text) in registry().iter().zip(documentation()) {
        let places: Vec<_> = HEADINGS.iter().map(|heading| text.find(heading)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}: headings {HEADINGS:?}", sign.id());
        let wrong = text.split(HEADINGS[2]).nth(1).unwrap_or_default();
        assert!(wrong.len() > 40, "{}: every sign has honest mail that resembles it: say which", sign.id());
    }
}

#[test]
fn every_sign_stands_in_the_file_of_its_name_and_is_listed() {
    let mut files = BTreeSet::new();
    for group in fs::read_dir(root().join("crates/signs/src/signs")).unwrap().map(|entry| entry.unwrap().path()) {
        if !group.is_dir() {
            continue;
        }
        for file in fs::read_dir(&group).unwrap().map(|entry| entry.unwrap().path()) {
            let stem = file.file_stem().unwrap().to_string_lossy().replace('_', "-");
            let id = format!("{}.{stem}", group.file_name().unwrap().to_string_lossy());
            if fs::read_to_string(&file).unwrap().contains("declare_sign! {") {
                files.insert(id);
            }
        }
    }
    let ids: BTreeSet<String> = registry().iter().map(|sign| sign.id().to_owned()).collect();
    assert_eq!(ids, files);
}

#[test]
fn an_exemption_is_declared_once_and_by_some_sign() {
    let mut used = BTreeSet::new();
    for sign in registry() {
        let words: BTreeSet<_> = sign.exempt().iter().map(|exemption| exemption.words()).collect();
        assert_eq!(words.len(), sign.exempt().len(), "{} declares one twice", sign.id());
        used.extend(words);
    }
    let all: BTreeSet<_> = Exemption::ALL.iter().map(|exemption| exemption.words()).collect();
    assert_eq!(used, all, "kinds of mail that no sign spares, or two with the same words");
}

#[test]
fn every_sign_has_its_texts_in_every_locale() {
    let mut missing = Vec::new();
    for (locale, texts) in locales() {
        for sign in registry() {
            for part in PARTS {
                let key = format!("{}_{part}", key(sign.id()));
                let Some(text) = texts[&key]["message"].as_str().filter(|text| !text.trim().is_empty()) else {
                    missing.push(format!("{locale}: {key}"));
                    continue;
                };
                missing
                    .extend(wrong_placeholders(sign, text, &texts[&key]).map(|why| format!("{locale}: {key}: {why}")));
            }
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// Whoever knows nothing of mail reads the banner.
#[test]
fn what_the_banner_says_names_no_field_of_the_header_and_no_method() {
    let jargon = [
        "Authentication-Results",
        "DKIM",
        "DMARC",
        "From:",
        "From",
        "Message-ID",
        "MIME",
        "Received",
        "Reply-To",
        "Return-Path",
        "SMTP",
        "SPF",
        "X-",
    ];
    let in_banner = registry().iter().filter(|sign| sign.banner().is_some());
    let keys: Vec<_> = in_banner.map(|sign| format!("{}_summary", key(sign.id()))).collect();
    assert!(keys.len() > 50);
    let mut wrong = Vec::new();
    for (locale, texts) in locales() {
        let plain = texts.as_object().unwrap().keys().filter(|key| key.starts_with("plain_"));
        for key in keys.iter().chain(plain) {
            let text = texts[key]["message"].as_str().unwrap();
            let words: Vec<_> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != ':').collect();
            wrong.extend(
                words.iter().filter(|word| jargon.contains(word)).map(|word| format!("{locale} {key}: {word}")),
            );
            let numbers = text.split('$').step_by(2).any(|own| own.chars().any(|c| c.is_ascii_digit()));
            wrong.extend(numbers.then(|| format!("{locale} {key}: a number")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is wrong with the placeholders of a text: each names a detail of the sign's and stands at its number.
fn wrong_placeholders(sign: &Sign, text: &str, message: &Value) -> Option<String> {
    let used: BTreeSet<String> = text.split('$').skip(1).step_by(2).map(str::to_lowercase).collect();
    let declared: BTreeSet<String> =
        message["placeholders"].as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default();
    if used != declared {
        return Some(format!("uses {used:?}, declares {declared:?}"));
    }
    declared.iter().find_map(|name| {
        let at = sign.details().iter().position(|detail| detail.name().eq_ignore_ascii_case(name));
        let content = message["placeholders"][name]["content"].as_str();
        match at {
            None => Some(format!("{name} is no detail of the sign")),
            Some(at) if content != Some(format!("${}", at + 1).as_str()) => {
                Some(format!("{name} is number {}", at + 1))
            }
            Some(_) => None,
        }
    })
}

/// `mekiki-dev new-sign` marks what it leaves to be written.
#[test]
fn nothing_is_left_to_be_written() {
    const MARK: &str = "TO BE WRITTEN";
    let mut left = Vec::new();
    for (sign, text) in registry().iter().zip(documentation()) {
        left.extend(text.contains(MARK).then(|| format!("{}: documentation", sign.id())));
        for path in below(&messages().join(sign.id())) {
            let message = fs::read(&path).unwrap();
            left.extend(String::from_utf8_lossy(&message).contains(MARK).then(|| path.display().to_string()));
        }
    }
    for (locale, texts) in locales() {
        let texts = texts.as_object().unwrap().iter();
        let unwritten = texts.filter(|(_, text)| text["message"].as_str().is_some_and(|text| text.contains(MARK)));
        left.extend(unwritten.map(|(key, _)| format!("{locale}: {key}")));
    }
    assert!(left.is_empty(), "\n{}", left.join("\n"));
}

#[test]
fn every_locale_has_the_same_keys() {
    let locales = locales();
    let keys = |texts: &Value| -> BTreeSet<String> { texts.as_object().unwrap().keys().cloned().collect() };
    let (first, texts) = &locales[0];
    for (other, others) in &locales[1..] {
        let difference: Vec<_> = keys(texts).symmetric_difference(&keys(others)).cloned().collect();
        assert!(difference.is_empty(), "{first} and {other} differ in {difference:?}");
    }
}

#[test]
fn every_trick_has_its_words() {
    let names: BTreeSet<String> = Trick::ALL.iter().map(|trick| trick.name().replace('-', "_")).collect();
    let written: BTreeSet<String> = locales()[0]
        .1
        .as_object()
        .unwrap()
        .keys()
        .filter_map(|key| key.strip_prefix("trick_"))
        .map(str::to_owned)
        .collect();
    assert_eq!(names, written);
}

/// What is shown where English shows it: a translation neither drops a value nor makes one up.
#[test]
fn every_text_has_the_same_values_in_every_locale() {
    let used = |text: &Value| -> BTreeSet<String> {
        text["message"].as_str().unwrap().split('$').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let locales = locales();
    let (_, english) = locales.iter().find(|(locale, _)| locale == "en").unwrap();
    let mut different = Vec::new();
    for (locale, texts) in &locales {
        for (key, text) in texts.as_object().unwrap() {
            if used(text) != used(&english[key]) || text["placeholders"] != english[key]["placeholders"] {
                different.push(format!("{locale}: {key}"));
            }
        }
    }
    assert!(different.is_empty(), "\n{}", different.join("\n"));
}

#[test]
fn every_sign_has_messages_that_fire_it_and_near_misses() {
    let lacking: Vec<_> = registry()
        .iter()
        .flat_map(|sign| ["fires", "quiet"].map(|folder| (sign.id(), folder)))
        .filter(|(id, folder)| below(&messages().join(id).join(folder)).len() < 2)
        .map(|(id, folder)| format!("{id}/{folder}"))
        .collect();
    assert!(lacking.is_empty(), "fewer than two messages in:\n{}", lacking.join("\n"));
}

#[test]
fn every_folder_of_messages_belongs_to_a_sign() {
    let ids: BTreeSet<_> = registry().iter().map(|sign| sign.id()).collect();
    for folder in fs::read_dir(messages()).unwrap().map(|entry| entry.unwrap().path()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            ids.contains(name.as_str()) || ["honest", "hostile", "broken", "facts"].contains(&name.as_str()),
            "{name} is no sign"
        );
    }
}

#[test]
fn reassurance_alone_weighs_against_suspicion() {
    for (id, weight) in weights().signs.iter() {
        assert_eq!(id.starts_with("trust."), *weight < 0.0, "{id} weighs {weight}");
    }
}

/// Invisible and look-alike characters in data and source are written as escapes.
#[test]
fn nothing_invisible_stands_in_source_or_data() {
    let mut folders = ["crates", "extension", "tests", "docs"].map(|name| root().join(name)).to_vec();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if !["target", "node_modules", "artefacts", "messages"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if let Ok(text) = fs::read_to_string(&path) {
                let invisible = |character: &char| matches!(u32::from(*character), 0xAD | 0x61C | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xE0000..=0xE0FFF);
                if let Some(character) = text.chars().find(invisible) {
                    found.push(format!("{}: U+{:04X}", path.display(), u32::from(character)));
                }
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
