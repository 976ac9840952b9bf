//! The phrases of `data/words/<language>.toml` as one table.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use serde::Deserialize;

use crate::{folding::Folds, read_toml, toml_files};

/// One file: phrases by purpose. Purposes that a language has no phrases for are left out.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct File {
    credentials: Vec<String>,
    money: Vec<String>,
    windfall: Vec<String>,
    summons: Vec<String>,
    deadline: Vec<String>,
    impersonal_greeting: Vec<String>,
    account_problem: Vec<String>,
    call_to_action: Vec<String>,
    fake_banner: Vec<String>,
    spam_tag: Vec<String>,
    company: Vec<String>,
    today: Vec<String>,
    tomorrow: Vec<String>,
    /// Warnings that turn what follows them.
    guard_before: Vec<String>,
    /// Warnings that turn what stands before them.
    guard_after: Vec<String>,
}

/// Stands in a phrase for anything short.
const GAP: char = '_';

struct Phrase {
    folded: String,
    kind: &'static str,
    language: usize,
}

pub struct Words {
    languages: Vec<String>,
    phrases: Vec<Phrase>,
}

impl Words {
    pub fn read(folder: &Path, folds: &Folds) -> Result<Self, String> {
        let mut words = Self { languages: Vec::new(), phrases: Vec::new() };
        let mut faults = Vec::new();
        for (stem, path) in toml_files(folder)? {
            let file: File = read_toml(&path)?;
            let name = path.display();
            if !(2..=3).contains(&stem.len()) || !stem.bytes().all(|byte| byte.is_ascii_lowercase()) {
                faults.push(format!("{name}: the file's name is no language code"));
            }
            let language = words.languages.len();
            words.languages.push(stem);
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            for (kind, phrases) in file.kinds() {
                for written in phrases {
                    match as_looked_for(&written, folds) {
                        Ok(text) => {
                            if let Some(other) = seen.insert(text.clone(), kind) {
                                faults.push(format!("{name}: {written:?} stands twice ({kind}, {other})"));
                            }
                            words.phrases.push(Phrase { folded: text, kind, language });
                        }
                        Err(fault) => faults.push(format!("{name}: {written:?} {fault}")),
                    }
                }
            }
        }
        if faults.is_empty() { Ok(words) } else { Err(faults.join("\n")) }
    }

    /// The phrases by kind and language, each kind's in one text.
    pub fn source(&self) -> String {
        let mut groups: BTreeMap<(&str, usize), Vec<&str>> = BTreeMap::new();
        for phrase in &self.phrases {
            groups.entry((phrase.kind, phrase.language)).or_default().push(&phrase.folded);
        }
        let mut source = format!("static PHRASES: [(Kind, &str, &str); {}] = [\n", groups.len());
        for ((kind, language), mut phrases) in groups {
            phrases.sort_unstable();
            let _ = writeln!(source, "(Kind::{kind}, {:?}, {:?}),", self.languages[language], phrases.join("\n"));
        }
        source.push_str("];\n");
        source
    }
}

impl File {
    fn kinds(self) -> [(&'static str, Vec<String>); 15] {
        [
            ("Hit(Purpose::Credentials)", self.credentials),
            ("Hit(Purpose::Money)", self.money),
            ("Hit(Purpose::Windfall)", self.windfall),
            ("Hit(Purpose::Summons)", self.summons),
            ("Hit(Purpose::Deadline)", self.deadline),
            ("Hit(Purpose::ImpersonalGreeting)", self.impersonal_greeting),
            ("Hit(Purpose::AccountProblem)", self.account_problem),
            ("Hit(Purpose::CallToAction)", self.call_to_action),
            ("Hit(Purpose::FakeBanner)", self.fake_banner),
            ("Hit(Purpose::SpamTag)", self.spam_tag),
            ("Hit(Purpose::Company)", self.company),
            ("Hit(Purpose::Today)", self.today),
            ("Hit(Purpose::Tomorrow)", self.tomorrow),
            ("GuardBefore", self.guard_before),
            ("GuardAfter", self.guard_after),
        ]
    }
}

/// A phrase as it is looked for: folded, gaps without spaces around them, no spaces beside unspaced characters.
fn as_looked_for(written: &str, folds: &Folds) -> Result<String, String> {
    let text = folds.text(written);
    let mut phrase = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == ' ' {
            let beside = |neighbour: Option<char>| neighbour.is_some_and(|c| is_unspaced(c) || c == GAP);
            if beside(phrase.chars().next_back()) || beside(characters.peek().copied()) {
                continue;
            }
        }
        phrase.push(character);
    }
    let first: Vec<char> = phrase.chars().take_while(|c| *c != GAP).collect();
    if first.len() < 2 {
        return Err("is too short, or its gap comes too early".to_owned());
    }
    if phrase.ends_with(GAP) || phrase.matches(GAP).count() > 2 {
        return Err("has a gap at its end or too many".to_owned());
    }
    if phrase.len() > 255 {
        return Err("is too long".to_owned());
    }
    Ok(phrase)
}

fn is_unspaced(character: char) -> bool {
    character >= '\u{2E80}' || matches!(character, '\u{1100}'..='\u{11FF}')
}
