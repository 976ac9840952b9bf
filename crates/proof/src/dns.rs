//! What was asked of the domain name system, and what it answered. Nothing here asks: a check that finds no answer
//! notes the question and gives up for this round.

use serde::{Deserialize, Serialize};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

/// Longest name that can be asked for, in bytes as text (RFC 1035 §2.3.4).
const LONGEST_NAME: usize = 253;
/// Longest label.
const LONGEST_LABEL: usize = 63;
/// Most records of one answer that are looked at.
pub(crate) const MOST_RECORDS: usize = 200;

/// A kind of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordType {
    /// An IPv4 address: `192.0.2.1`.
    A,
    /// An IPv6 address: `2001:db8::1`.
    Aaaa,
    /// A mail exchanger: `10 mx.example.net`.
    Mx,
    /// A name: `host.example.net`.
    Ptr,
    /// Text, its strings put together.
    Txt,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Query {
    /// The name, in lower case and without a final dot.
    pub name: String,
    /// The kind of records.
    #[serde(rename = "type")]
    pub kind: RecordType,
}

impl Query {
    /// The question for a name in any spelling.
    pub fn new(name: &str, kind: RecordType) -> Self {
        Self { name: normal(name), kind }
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Records, as text (see [`RecordType`]).
    Records(Vec<String>),
    /// The name is there and has no such records.
    NoData,
    /// There is no such name.
    NoSuchName,
    /// There was no answer, or none that can be used: silence, refusal, an error.
    Failed,
}

/// Every answer so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    known: BTreeMap<Query, Answer>,
}

impl Answers {
    /// Notes an answer.
    pub fn insert(&mut self, query: &Query, answer: Answer) {
        let answer = match answer {
            Answer::Records(records) if records.is_empty() => Answer::NoData,
            other => other,
        };
        self.known.insert(Query::new(&query.name, query.kind), answer);
    }

    /// What is known to a question.
    pub fn get(&self, query: &Query) -> Option<&Answer> {
        self.known.get(query)
    }

    /// Every question with its answer, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Query, &Answer)> {
        self.known.iter()
    }

    /// How many questions are answered.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

fn normal(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Whether a name can be asked for at all. No question is made of one that cannot.
pub(crate) fn is_askable(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.len() <= LONGEST_NAME
        && name.split('.').all(|label| !label.is_empty() && label.len() <= LONGEST_LABEL && is_label(label))
}

/// Characters that a label has as text: macros of SPF make blanks too, but no escapes are needed.
fn is_label(label: &str) -> bool {
    label.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'\\' | b'"'))
}

/// What a check gets to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// Records, at most [`MOST_RECORDS`] of them.
    Records(&'a [String]),
    /// None of that kind, or no such name.
    Nothing,
    /// No answer that can be used.
    Failed,
    /// It is still to be asked.
    Pending,
}

/// The answers, and the questions that come up while checks run.
pub(crate) struct Asker<'a> {
    answers: &'a Answers,
    wanted: RefCell<BTreeSet<Query>>,
}

impl<'a> Asker<'a> {
    pub(crate) fn new(answers: &'a Answers) -> Self {
        Self { answers, wanted: RefCell::default() }
    }

    /// The answer to a question. One that cannot be asked has no records.
    pub(crate) fn ask(&self, name: &str, kind: RecordType) -> Found<'a> {
        if !is_askable(name) {
            return Found::Nothing;
        }
        let query = Query::new(name, kind);
        match self.answers.get(&query) {
            Some(Answer::Records(records)) => Found::Records(records.get(..MOST_RECORDS).unwrap_or(records)),
            Some(Answer::NoData | Answer::NoSuchName) => Found::Nothing,
            Some(Answer::Failed) => Found::Failed,
            None => {
                self.wanted.borrow_mut().insert(query);
                Found::Pending
            }
        }
    }

    /// The questions that came up.
    pub(crate) fn into_wanted(self) -> BTreeSet<Query> {
        self.wanted.into_inner()
    }
}
