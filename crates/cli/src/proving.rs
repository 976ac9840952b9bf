//! What proves the messages of one run: answers that were recorded, or a resolver.

use crate::resolver::Resolver;
use anyhow::{Context as _, Result};
use mekiki_facts::Facts;
use mekiki_proof::{Answer, Answers as Dns, Prover, Query, RecordType};
use mekiki_signs::{Answers, envelope};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs,
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

#[derive(clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Prove messages by answers of the domain name system that were recorded
    #[arg(long, value_name = "FILE", conflicts_with = "resolve")]
    answers: Option<PathBuf>,
    /// Prove messages by what a resolver answers: the system's, or the one at that address
    #[arg(long, value_name = "IP[:PORT]", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    resolve: Option<String>,
    /// Write down what the resolver answered, for --answers
    #[arg(long, value_name = "FILE", requires = "resolve")]
    record: Option<PathBuf>,
}

/// Recorded answers, as they stand in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    /// When they were given, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<i64>,
    /// Records by name.
    #[serde(default)]
    dns: BTreeMap<String, OfName>,
    /// Addresses by host name, for what links lead to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    addresses: BTreeMap<String, Vec<IpAddr>>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum OfName {
    /// Of each kind what there is.
    Kinds(BTreeMap<RecordType, Found>),
    /// The same for every kind.
    All(Word),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Found {
    Records(Vec<String>),
    Word(Word),
}

/// What stands for an answer without records.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    /// The name is there, without such records.
    Nodata,
    /// There is no such name.
    Nxdomain,
    /// There was no answer that can be used.
    Failed,
}

const KINDS: [RecordType; 5] = [RecordType::A, RecordType::Aaaa, RecordType::Mx, RecordType::Ptr, RecordType::Txt];

impl From<Found> for Answer {
    fn from(found: Found) -> Self {
        match found {
            Found::Records(records) => Self::Records(records),
            Found::Word(Word::Nodata) => Self::NoData,
            Found::Word(Word::Nxdomain) => Self::NoSuchName,
            Found::Word(Word::Failed) => Self::Failed,
        }
    }
}

impl From<&Answer> for Found {
    fn from(answer: &Answer) -> Self {
        match answer {
            Answer::Records(records) => Self::Records(records.clone()),
            Answer::NoData => Self::Word(Word::Nodata),
            Answer::NoSuchName => Self::Word(Word::Nxdomain),
            Answer::Failed => Self::Word(Word::Failed),
        }
    }
}

/// Proves messages, where that was asked for.
pub struct Proving {
    source: Source,
    now: i64,
    /// Every answer so far: what several messages ask is asked once.
    known: Mutex<Dns>,
    addresses: BTreeMap<String, Vec<IpAddr>>,
    record: Option<PathBuf>,
}

enum Source {
    Nothing,
    Recorded,
    Resolver(Resolver),
}

impl Proving {
    /// # Errors
    /// Where the file of answers cannot be read or is not what it should be, or no resolver is known.
    pub fn of(arguments: &Arguments) -> Result<Self> {
        let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
        let mut proving = Self {
            source: Source::Nothing,
            now,
            known: Mutex::default(),
            addresses: BTreeMap::new(),
            record: arguments.record.clone(),
        };
        if let Some(path) = &arguments.answers {
            proving.read(path).with_context(|| path.display().to_string())?;
        } else if let Some(text) = &arguments.resolve {
            proving.source = Source::Resolver(Resolver::of(text)?);
        }
        Ok(proving)
    }

    fn read(&mut self, path: &Path) -> Result<()> {
        let recorded: Recorded = serde_json::from_str(&fs::read_to_string(path)?)?;
        let mut known = Dns::default();
        for (name, of_name) in recorded.dns {
            match of_name {
                OfName::Kinds(kinds) => {
                    for (kind, found) in kinds {
                        known.insert(&Query::new(&name, kind), found.into());
                    }
                }
                OfName::All(word) => {
                    for kind in KINDS {
                        known.insert(&Query::new(&name, kind), Found::Word(word).into());
                    }
                }
            }
        }
        self.source = Source::Recorded;
        self.now = recorded.time.unwrap_or(self.now);
        self.known = Mutex::new(known);
        self.addresses = recorded.addresses;
        Ok(())
    }

    /// What was looked up for a message.
    pub fn answers(&self, raw: &[u8], facts: &Facts) -> Answers {
        if matches!(self.source, Source::Nothing) {
            return Answers::default();
        }
        let envelope = envelope(facts);
        let prover = Prover::new(raw, &envelope, self.now);
        let proof = prover.prove_with(&Dns::default(), |queries| self.resolved(queries));
        Answers { addresses: self.addresses.clone(), proof: Some(proof), ..Answers::default() }
    }

    fn resolved(&self, queries: &[Query]) -> Vec<Answer> {
        let known = |query: &Query| self.known().get(query).cloned();
        let Source::Resolver(resolver) = &self.source else {
            return queries.iter().map(|query| known(query).unwrap_or(Answer::Failed)).collect();
        };
        let new: Vec<Query> = queries.iter().filter(|query| known(query).is_none()).cloned().collect();
        let answers = resolver.answers(&new);
        let mut all = self.known();
        for (query, answer) in new.iter().zip(answers) {
            all.insert(query, answer);
        }
        queries.iter().map(|query| all.get(query).cloned().unwrap_or(Answer::Failed)).collect()
    }

    fn known(&self) -> MutexGuard<'_, Dns> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends a run: writes down what was answered, and says what was not.
    ///
    /// # Errors
    /// Where the record cannot be written.
    pub fn end(&self) -> Result<()> {
        if let Source::Resolver(resolver) = &self.source
            && let Some(complaint) = resolver.complaint()
        {
            eprintln!("mekiki: {complaint}");
        }
        let Some(path) = &self.record else { return Ok(()) };
        let mut by_name: BTreeMap<String, BTreeMap<RecordType, Found>> = BTreeMap::new();
        for (query, answer) in self.known().iter() {
            by_name.entry(query.name.clone()).or_default().insert(query.kind, answer.into());
        }
        let dns = by_name.into_iter().map(|(name, kinds)| (name, OfName::Kinds(kinds))).collect();
        let recorded = Recorded { time: Some(self.now), dns, addresses: BTreeMap::new() };
        let text = serde_json::to_string_pretty(&recorded)? + "\n";
        fs::write(path, text).with_context(|| path.display().to_string())
    }
}
