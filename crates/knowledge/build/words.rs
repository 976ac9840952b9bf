//! The files of `data/words`, one for each language: phrases by purpose for `src/words.rs`, lists of words for
//! `src/vocabulary.rs`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use serde::Deserialize;

use crate::{few_enough, folding::Folds, read_dated, script::is_joined, toml_files};

/// One language. What it has no words for is left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Scripts that are taken for this language, as `mekiki_facts::Script` names them.
    #[serde(default)]
    scripts: Vec<String>,
    /// Countries whose people are written to in it, ISO 3166-1 alpha-2.
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    phrases: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    words: BTreeMap<String, Vec<String>>,
}

/// What phrases are for, and the row of `src/words.rs` that each becomes.
const PURPOSES: &[(&str, &str)] = &[
    ("credentials", "Hit(Purpose::Credentials)"),
    ("money", "Hit(Purpose::Money)"),
    ("cards-to-get", "Hit(Purpose::CardsToGet)"),
    ("codes-to-send", "Hit(Purpose::CodesToSend)"),
    ("windfall", "Hit(Purpose::Windfall)"),
    ("summons", "Hit(Purpose::Summons)"),
    ("deadline", "Hit(Purpose::Deadline)"),
    ("impersonal-greeting", "Hit(Purpose::ImpersonalGreeting)"),
    ("account-problem", "Hit(Purpose::AccountProblem)"),
    ("fake-banner", "Hit(Purpose::FakeBanner)"),
    ("mailbox", "Hit(Purpose::Mailbox)"),
    ("mailbox-trouble", "Hit(Purpose::MailboxTrouble)"),
    ("call", "Hit(Purpose::Call)"),
    ("charge", "Hit(Purpose::Charge)"),
    ("password-expiry", "Hit(Purpose::PasswordExpiry)"),
    // Warnings that turn what follows them, and what stands before them.
    ("guard-before", "GuardBefore"),
    ("guard-after", "GuardAfter"),
];

/// How the words of a list are compared, which is how they are kept.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// With folded text.
    Folded,
    /// With text in lower case.
    Lower,
    /// With text as it is written.
    Written,
    /// Two characters: what opens and what closes.
    Pair,
    /// In lower case, each with its language.
    OfLanguage,
}

/// The lists of words, and what each is.
const LISTS: &[(&str, Form, &str)] = &[
    ("company", Form::Folded, "Words that a sender puts beside its own name."),
    ("before-name", Form::Folded, "Words that are put before somebody's name, and name nobody."),
    ("thing", Form::Folded, "What stands behind a brand's name where it names a place or a thing."),
    ("rights-reserved", Form::Folded, "What stands behind a name in a copyright line."),
    ("after-katakana", Form::Folded, "Words that follow a name in katakana without being part of another word."),
    ("office-in-name", Form::Folded, "Words for offices, as a display name holds them."),
    ("office-behind-name", Form::Written, "Offices as they are joined to a brand's name: TetherTeam."),
    ("office-mailbox", Form::Lower, "Beginnings of local parts that an office writes under, not a person."),
    ("impersonal-mailbox", Form::Lower, "Local parts that say nothing of a person, whole."),
    ("greeting-begins", Form::Lower, "Beginnings of a line that greets."),
    ("greeting-ends", Form::Lower, "Ends of a line that greets."),
    ("frequent", Form::OfLanguage, "The most frequent small words of languages in Latin letters."),
    ("fraud", Form::Folded, "Words of a message that is about fraud."),
    ("password", Form::Folded, "Words for a password."),
    ("card", Form::Folded, "Words for a card that pays, and for what is printed on it."),
    ("reply-mark", Form::Lower, "What mail programs put before the subject of a reply."),
    ("forward-mark", Form::Lower, "What mail programs put before the subject of what is passed on."),
    ("quoted-begins", Form::Lower, "Beginnings of lines above or in front of what is quoted."),
    ("quoted-introduced", Form::Lower, "Ends of the line that introduces what is quoted."),
    ("quotation-marks", Form::Pair, "Quotation marks, opening and closing."),
    ("spam-tag", Form::Lower, "What filters put before a subject."),
    ("administration", Form::Lower, "Words of links that need to know who clicked: to unsubscribe, to answer."),
];

/// Stands in a phrase for anything short.
const GAP: char = '_';

struct Phrase {
    folded: String,
    kind: &'static str,
    language: usize,
}

struct Language {
    code: String,
    scripts: Vec<String>,
    countries: Vec<String>,
}

pub struct Words {
    languages: Vec<Language>,
    phrases: Vec<Phrase>,
    /// The words of each list, with the place of a language that has it.
    lists: BTreeMap<&'static str, BTreeSet<(String, usize)>>,
}

impl Words {
    pub fn read(folder: &Path, folds: &Folds) -> Result<Self, String> {
        let mut words = Self { languages: Vec::new(), phrases: Vec::new(), lists: BTreeMap::new() };
        let mut faults = Vec::new();
        for (stem, path) in toml_files(folder)? {
            let file: File = read_dated(&path)?;
            let mut fault = |what: String| faults.push(format!("{}: {what}", path.display()));
            if !(2..=3).contains(&stem.len()) || !stem.bytes().all(|byte| byte.is_ascii_lowercase()) {
                fault("the file's name is no language code".to_owned());
            }
            words.take_phrases(file.phrases, folds, &mut fault);
            words.take_lists(file.words, folds, &mut fault);
            words.languages.push(Language { code: stem, scripts: file.scripts, countries: file.countries });
        }
        if faults.is_empty() {
            few_enough("phrases", words.phrases.len())?;
            Ok(words)
        } else {
            Err(faults.join("\n"))
        }
    }

    fn take_phrases(&mut self, given: BTreeMap<String, Vec<String>>, folds: &Folds, fault: &mut impl FnMut(String)) {
        let mut seen: BTreeMap<String, (&str, String)> = BTreeMap::new();
        for (purpose, phrases) in given {
            let Some(&(purpose, kind)) = PURPOSES.iter().find(|(name, _)| *name == purpose) else {
                fault(format!("no purpose {purpose:?}"));
                continue;
            };
            for written in phrases {
                match as_looked_for(&written, folds) {
                    Ok(folded) => {
                        if let Some((other, first)) = seen.insert(folded.clone(), (purpose, written.clone())) {
                            // Simplified and traditional spelling of one phrase.
                            if other == purpose && first != written {
                                continue;
                            }
                            fault(format!("{written:?} stands twice ({purpose}, {other})"));
                        }
                        self.phrases.push(Phrase { folded, kind, language: self.languages.len() });
                    }
                    Err(what) => fault(format!("{written:?} {what}")),
                }
            }
        }
    }

    fn take_lists(&mut self, given: BTreeMap<String, Vec<String>>, folds: &Folds, fault: &mut impl FnMut(String)) {
        for (name, written) in given {
            let Some(&(name, form, _)) = LISTS.iter().find(|(known, ..)| *known == name) else {
                fault(format!("no list {name:?}"));
                continue;
            };
            let list = self.lists.entry(name).or_default();
            let mut seen = BTreeSet::new();
            for word in written {
                let kept = if form == Form::Folded { folds.text(&word) } else { word.clone() };
                let is_wrong = match form {
                    Form::Lower | Form::OfLanguage => kept != kept.to_lowercase(),
                    Form::Pair => kept.chars().count() != 2,
                    Form::Folded | Form::Written => false,
                };
                if kept.is_empty() || is_wrong || !seen.insert(kept.clone()) {
                    fault(format!("{word:?} ({name}) is empty, stands twice, or is not as such words are written"));
                }
                list.insert((kept, self.languages.len()));
            }
        }
    }

    /// The phrases by kind and language, each kind's in one text.
    pub fn phrases(&self) -> String {
        let mut groups: BTreeMap<(&str, usize), Vec<&str>> = BTreeMap::new();
        for phrase in &self.phrases {
            groups.entry((phrase.kind, phrase.language)).or_default().push(&phrase.folded);
        }
        let mut source = format!("static PHRASES: [(Kind, &str, &str); {}] = [\n", groups.len());
        for ((kind, language), mut phrases) in groups {
            phrases.sort_unstable();
            let _ = writeln!(source, "(Kind::{kind}, {:?}, {:?}),", self.languages[language].code, phrases.join("\n"));
        }
        source.push_str("];\n");
        source
    }

    /// The lists, each in order, and the languages.
    pub fn vocabulary(&self) -> String {
        let mut source = String::new();
        for (name, form, about) in LISTS {
            let words = self.lists.get(name).into_iter().flatten();
            let (kind, rows) = match form {
                Form::OfLanguage => {
                    let rows: Vec<String> = words.map(|(word, language)| format!("({word:?}, {language})")).collect();
                    ("(&str, usize)", rows)
                }
                Form::Pair => {
                    let pairs: BTreeSet<&String> = words.map(|(word, _)| word).collect();
                    let halves = |pair: &&String| {
                        let (open, close) = (pair.chars().next(), pair.chars().next_back());
                        Some(format!("({:?}, {:?})", open?, close?))
                    };
                    ("(char, char)", pairs.iter().filter_map(halves).collect())
                }
                Form::Folded | Form::Lower | Form::Written => {
                    let once: BTreeSet<&String> = words.map(|(word, _)| word).collect();
                    ("&str", once.iter().map(|word| format!("{word:?}")).collect())
                }
            };
            let name = name.to_uppercase().replace('-', "_");
            let _ =
                writeln!(source, "/// {about}\npub static {name}: [{kind}; {}] = [{}];", rows.len(), rows.join(", "));
        }
        let _ = writeln!(
            source,
            "/// The languages, by code.\npub static LANGUAGES: [Language; {}] = [",
            self.languages.len()
        );
        for Language { code, scripts, countries } in &self.languages {
            let _ =
                writeln!(source, "Language {{ code: {code:?}, scripts: &{scripts:?}, countries: &{countries:?} }},");
        }
        source.push_str("];\n");
        source
    }
}

/// A phrase as it is looked for: folded, gaps without spaces around them, no spaces beside unspaced characters.
fn as_looked_for(written: &str, folds: &Folds) -> Result<String, String> {
    let text = folds.text(written);
    let mut phrase = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == ' ' {
            let beside = |neighbour: Option<char>| neighbour.is_some_and(|c| is_joined(c) || c == GAP);
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
