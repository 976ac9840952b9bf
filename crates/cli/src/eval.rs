//! `mekiki eval`: what the verdict is worth, measured on folders of known mail.

use crate::{
    Outcome, check,
    input::{self, Entry},
    reading::{self, Missing, Reading},
    texts,
};
use anyhow::{Context as _, Result, bail};
use mekiki_facts::Facts;
use mekiki_publish::Texts;
use mekiki_signs::{Answers, Context, Level, Sensitivity, Weights, judge_by, weights};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Impersonation mail: messages, mbox files, Maildirs, folders of them
    #[arg(long, required = true, num_args = 1.., value_name = "DIR")]
    bad: Vec<PathBuf>,
    /// Legitimate mail
    #[arg(long, required = true, num_args = 1.., value_name = "DIR")]
    good: Vec<PathBuf>,
    /// Judge as if this sign or group of signs did not exist
    #[arg(long, value_name = "SIGN_OR_GROUP")]
    without: Vec<String>,
    /// Judge as if the receiving host had written nothing: no spam verdict, no results of authentication
    #[arg(long)]
    strip_receiver: bool,
    /// A CSV with the columns `file` (a file's name) and `class`: shares for each class besides
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// A JSON file that tells about the reader: ownAddresses, contacts, receivers, …
    #[arg(long, value_name = "FILE")]
    context: Option<PathBuf>,
    /// Print everything as one JSON object, with a record of each message
    #[arg(long)]
    json: bool,
    /// Language of the texts, such as ja or pt-BR; of an unknown one it is told which there are
    #[arg(long)]
    lang: Option<String>,
}

/// One message and what became of it.
#[derive(Serialize)]
struct Record {
    path: String,
    index: usize,
    is_bad: bool,
    /// The folder it lies in.
    folder: String,
    /// What kind of mail it is, see [`kind`].
    kind: &'static str,
    /// The organisation whose host received it.
    receiver: Option<String>,
    language: &'static str,
    year: Option<i32>,
    /// Display name and subject without digits: one campaign's mails share it.
    campaign: String,
    class: Option<String>,
    level: Level,
    score: f64,
    signs: BTreeSet<&'static str>,
    has_received: bool,
    missing: Vec<Missing>,
    #[serde(skip)]
    summaries: Vec<String>,
}

/// How many of a number of messages were at `suspicious` or above.
#[derive(Default, Serialize)]
struct Share {
    messages: usize,
    flagged: usize,
    dangerous: usize,
    /// `flagged` of `messages`.
    rate: f64,
    /// 95% interval of the rate (Wilson score, without continuity correction).
    interval: (f64, f64),
}

/// What one sign saw in each kind of mail.
#[derive(Serialize)]
struct Hits {
    id: &'static str,
    bad: usize,
    good: usize,
    bad_rate: f64,
    good_rate: f64,
    /// How much more often it is seen in bad mail than in good; half a message is added to each count.
    lift: f64,
}

#[derive(Serialize)]
struct Evaluation<'a> {
    bad: Share,
    good: Share,
    folders: BTreeMap<String, Share>,
    kinds: BTreeMap<String, Share>,
    receivers: BTreeMap<String, Share>,
    languages: BTreeMap<String, Share>,
    years: BTreeMap<String, Share>,
    classes: BTreeMap<String, Share>,
    readings: BTreeMap<String, Reading>,
    signs: Vec<Hits>,
    messages: &'a [Record],
}

#[derive(Deserialize)]
struct Label {
    file: String,
    class: String,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let judge = Judge {
        weights: weights_without(&arguments.without)?,
        context: check::context(arguments.context.as_deref())?,
        texts: texts::of(arguments.lang.as_deref())?,
        labels: labels(arguments.labels.as_deref())?,
        strip_receiver: arguments.strip_receiver,
    };
    let mut outcome = Outcome::Quiet;
    let mut records = Vec::new();
    for (paths, is_bad) in [(&arguments.bad, true), (&arguments.good, false)] {
        let files = input::files(paths);
        let judged: Vec<Vec<Result<Record>>> = files.paths.par_iter().map(|path| judge.file(path, is_bad)).collect();
        for record in files.errors.into_iter().map(Err).chain(judged.into_iter().flatten()) {
            match record {
                Ok(record) => records.push(record),
                Err(error) => {
                    eprintln!("mekiki: {error:#}");
                    outcome = Outcome::Unread;
                }
            }
        }
    }
    let evaluation = evaluate(&records);
    let mut out = io::stdout().lock();
    if arguments.json {
        serde_json::to_writer(&mut out, &evaluation)?;
        writeln!(out)?;
    } else {
        print(&mut out, &evaluation)?;
    }
    Ok(outcome)
}

/// How messages are judged in this run.
struct Judge {
    weights: Weights,
    context: Context,
    texts: Texts,
    labels: BTreeMap<String, String>,
    strip_receiver: bool,
}

impl Judge {
    fn file(&self, path: &Path, is_bad: bool) -> Vec<Result<Record>> {
        let mut records = Vec::new();
        input::read(path, &mut |entry| {
            records.push(self.record(path, entry, is_bad));
            true
        });
        records
    }

    fn record(&self, file: &Path, entry: Entry, is_bad: bool) -> Result<Record> {
        let Entry { path, index, raw } = entry;
        let mut facts = mekiki_inside::read(&raw?);
        input::ensure_message(&facts).with_context(|| path.clone())?;
        if self.strip_receiver {
            facts.strip_receiver();
        }
        let report = judge_by(&self.weights, &facts, &self.context, &Answers::default());
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let author = facts.identity.author().and_then(|author| author.name.as_ref()).map_or("", |name| &name.shown);
        let summaries = report
            .signs
            .iter()
            .filter(|finding| finding.weight != 0.0)
            .map(|finding| {
                let summary = texts::summary(&self.texts, finding.id, &finding.evidence);
                format!("{summary}  [{} {:+.1}]", finding.id, finding.weight)
            })
            .collect();
        Ok(Record {
            path,
            index,
            is_bad,
            folder: file.parent().map(|folder| folder.display().to_string()).unwrap_or_default(),
            kind: kind(&facts),
            receiver: report.receiver.map(|receiver| receiver.host),
            language: facts.text.language.unwrap_or("?"),
            year: facts.identity.date.map(|date| date.year),
            campaign: format!("{author}|{}", facts.identity.subject_text())
                .to_lowercase()
                .chars()
                .filter(|character| !character.is_ascii_digit())
                .collect(),
            class: self.labels.get(&name).cloned(),
            level: report.level,
            score: report.score,
            signs: report.signs.iter().map(|finding| finding.id).collect(),
            has_received: reading::has_received(&facts),
            missing: reading::missing(&facts),
            summaries,
        })
    }
}

/// The weights in force without what the user left out.
fn weights_without(left_out: &[String]) -> Result<Weights> {
    let mut kept = weights().clone();
    for id in left_out {
        let Some(without) = kept.without(id) else { bail!("{id}: neither a sign nor a group of signs") };
        kept = without;
    }
    Ok(kept)
}

fn labels(path: Option<&Path>) -> Result<BTreeMap<String, String>> {
    let Some(path) = path else { return Ok(BTreeMap::new()) };
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    reader
        .deserialize()
        .map(|row: csv::Result<Label>| {
            let label = row.with_context(|| path.display().to_string())?;
            Ok((label.file, label.class))
        })
        .collect()
}

fn evaluate(records: &[Record]) -> Evaluation<'_> {
    let side = |record: &Record| if record.is_bad { "bad" } else { "good" };
    let of_kind = |is_bad: bool| records.iter().filter(move |record| record.is_bad == is_bad);
    Evaluation {
        bad: share(of_kind(true)),
        good: share(of_kind(false)),
        folders: shares(records, |record| Some(record.folder.clone())),
        kinds: shares(records, |record| Some(format!("{} {}", side(record), record.kind))),
        receivers: shares(records, |record| {
            Some(format!("{} {}", side(record), record.receiver.as_deref().unwrap_or("?")))
        }),
        languages: shares(records, |record| Some(format!("{} {}", side(record), record.language))),
        years: shares(records, |record| {
            let year = record.year.map_or_else(|| "?".to_owned(), |year| year.to_string());
            Some(format!("{} {year}", side(record)))
        }),
        classes: shares(records, |record| record.class.clone()),
        readings: reading::by_folder(records.iter().map(|record| {
            (record.folder.as_str(), record.path.as_str(), record.has_received, record.missing.as_slice())
        })),
        signs: mekiki_signs::registry().iter().map(|sign| hits(sign.id(), records)).collect(),
        messages: records,
    }
}

fn shares(records: &[Record], key: impl Fn(&Record) -> Option<String>) -> BTreeMap<String, Share> {
    let mut grouped: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    for record in records {
        if let Some(key) = key(record) {
            grouped.entry(key).or_default().push(record);
        }
    }
    grouped.into_iter().map(|(key, records)| (key, share(records.into_iter()))).collect()
}

#[allow(clippy::cast_precision_loss, reason = "numbers of messages are far below 2^52")]
fn share<'a>(records: impl Iterator<Item = &'a Record>) -> Share {
    let mut share = Share::default();
    for record in records {
        share.messages += 1;
        share.flagged += usize::from(record.level >= Level::Suspicious);
        share.dangerous += usize::from(record.level >= Level::Dangerous);
    }
    if share.messages > 0 {
        share.rate = share.flagged as f64 / share.messages as f64;
        share.interval = wilson(share.rate, share.messages as f64);
    }
    share
}

/// The 95% interval of a share of `n` (E. B. Wilson, 1927).
fn wilson(rate: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_964;
    let squared = Z * Z;
    let middle = rate + squared / (2.0 * n);
    let half = Z * (rate * (1.0 - rate) / n + squared / (4.0 * n * n)).sqrt();
    let whole = 1.0 + squared / n;
    (((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0))
}

#[allow(clippy::cast_precision_loss, reason = "numbers of messages are far below 2^52")]
fn hits(id: &'static str, records: &[Record]) -> Hits {
    let count = |is_bad: bool| {
        let of_kind = || records.iter().filter(|record| record.is_bad == is_bad);
        let hits = of_kind().filter(|record| record.signs.contains(id)).count();
        (hits, of_kind().count() as f64)
    };
    let ((bad, all_bad), (good, all_good)) = (count(true), count(false));
    let smoothed = |hits: usize, all: f64| (hits as f64 + 0.5) / (all + 1.0);
    Hits {
        id,
        bad,
        good,
        bad_rate: bad as f64 / all_bad.max(1.0),
        good_rate: good as f64 / all_good.max(1.0),
        lift: smoothed(bad, all_bad) / smoothed(good, all_good),
    }
}

fn print(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    writeln!(out, "At `suspicious` or above")?;
    print_share(out, "recall", &evaluation.bad)?;
    print_share(out, "false alarms", &evaluation.good)?;
    for (title, shares) in [
        ("By folder", &evaluation.folders),
        ("By class", &evaluation.classes),
        ("By kind", &evaluation.kinds),
        ("By receiving host", &evaluation.receivers),
        ("By language", &evaluation.languages),
        ("By year", &evaluation.years),
    ] {
        if !shares.is_empty() {
            writeln!(out, "\n{title}")?;
        }
        for (key, share) in shares {
            print_share(out, key, share)?;
        }
    }
    writeln!(out, "\nSigns: share of bad mail, of good mail, lift")?;
    for hits in &evaluation.signs {
        writeln!(
            out,
            "  {:<32} {:>6.2}% {:>6.2}% {:>8.1}",
            hits.id,
            hits.bad_rate * 100.0,
            hits.good_rate * 100.0,
            hits.lift
        )?;
    }
    for (title, is_bad) in [("False alarms", false), ("Missed", true)] {
        writeln!(out, "\n{title}")?;
        let is_flagged = |record: &&Record| record.level >= Level::Suspicious;
        for record in
            evaluation.messages.iter().filter(|record| record.is_bad == is_bad && is_flagged(record) != is_bad)
        {
            let silent = if is_bad { "" } else { silent_at(record.score) };
            writeln!(out, "  {}#{} {:+.1}{silent}", record.path, record.index, record.score)?;
            for summary in &record.summaries {
                writeln!(out, "      {summary}")?;
            }
        }
    }
    Ok(())
}

/// The sensitivity at which a false alarm would have been none.
fn silent_at(score: f64) -> &'static str {
    let loud = |sensitivity| score >= weights().suspicious + weights().moved_by(sensitivity);
    match (loud(Sensitivity::Normal), loud(Sensitivity::Quiet)) {
        (false, _) => ", by a least level",
        (true, false) => ", silent where set to quiet",
        (true, true) => ", at every sensitivity",
    }
}

/// What kind of mail a message is, by what its own header says.
fn kind(facts: &Facts) -> &'static str {
    let has = |name: &str| facts.header.first(name).is_some();
    let is_report = facts
        .header
        .first("Content-Type")
        .is_some_and(|field| field.value.to_ascii_lowercase().contains("multipart/report"));
    let list = facts.identity.list.as_ref();
    if is_report {
        "report"
    } else if has("List-Post") || list.is_some_and(|list| list.id.is_some() && list.unsubscribe.is_empty()) {
        "list"
    } else if list.is_some() {
        "newsletter"
    } else if has("Auto-Submitted") || has("Precedence") || has("X-Auto-Response-Suppress") {
        "automatic"
    } else if facts.identity.references.is_empty() {
        "letter"
    } else {
        "answer"
    }
}

fn print_share(out: &mut impl Write, name: &str, share: &Share) -> io::Result<()> {
    let (low, high) = share.interval;
    writeln!(
        out,
        "  {name:<32} {:>6} of {:>6}  {:>6.2}% ({:.2} to {:.2}), dangerous {}",
        share.flagged,
        share.messages,
        share.rate * 100.0,
        low * 100.0,
        high * 100.0,
        share.dangerous
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // Newcombe (1998), table I: 15 of 148, Wilson score without continuity correction.
        let (low, high) = wilson(15.0 / 148.0, 148.0);
        assert!((low - 0.0624).abs() < 0.0001 && (high - 0.1605).abs() < 0.0001, "{low} {high}");
        assert!(wilson(0.0, 10.0).0.abs() < f64::EPSILON);
    }

    #[test]
    fn nothing_is_left_out_that_does_not_exist() {
        assert!(weights_without(&["link.nonsense".to_owned()]).is_err());
        let without = weights_without(&["link".to_owned()]).unwrap_or_else(|error| panic!("{error}"));
        assert!(without.signs.iter().all(|(id, _)| !id.starts_with("link.")) && !without.signs.is_empty());
    }
}
