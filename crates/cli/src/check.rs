//! `mekiki check`: one line a message.

use crate::{
    Outcome,
    input::{self, Entry},
    proving::{self, Proving},
    texts,
};
use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};
use mekiki_facts::Facts;
use mekiki_proven::{Outcome as Proven, Proof};
use mekiki_publish::Texts;
use mekiki_signs::{Answers, Context, Evidence, Level, Report, Slot, Trick, judge};
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use std::{
    collections::BTreeSet,
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::Mutex,
};

/// Messages judged together: enough to keep every core busy, few enough to stay small in memory.
const BATCH: usize = 64;
/// Most signatures that a line tells of; JSON has them all.
const MOST_SIGNATURES: usize = 5;

#[derive(clap::Args)]
pub struct Arguments {
    /// Print one JSON object a message
    #[arg(long)]
    json: bool,
    /// A JSON file that tells about the reader: ownAddresses, contacts, receivers, …
    #[arg(long, value_name = "FILE")]
    context: Option<PathBuf>,
    /// Language of the texts, such as ja or pt-BR; of an unknown one it is told which there are
    #[arg(long)]
    lang: Option<String>,
    #[command(flatten)]
    proving: proving::Arguments,
    /// Messages, mbox files, Maildirs, folders of them, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    index: usize,
    #[serde(flatten)]
    report: ReportLine<'a>,
}

/// The report without what only a dissection needs, and with its signs in words.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportLine<'a> {
    level: Level,
    score: f64,
    signs: Vec<SignLine<'a>>,
    banner: Vec<BannerText>,
    claim: Option<String>,
    wanted: &'a [mekiki_signs::Question],
    from: &'a Option<mekiki_signs::From>,
    subject: &'a str,
    date: &'a Option<String>,
    trail: &'a [mekiki_signs::HopView],
    authentication: &'a [mekiki_signs::Authenticated],
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<&'a Proof>,
    unread: &'a [mekiki_facts::Unread],
    links: &'a [mekiki_signs::LinkView],
}

#[derive(Serialize)]
struct SignLine<'a> {
    id: &'static str,
    weight: f64,
    #[serde(serialize_with = "by_name")]
    evidence: &'a Evidence,
    summary: String,
}

/// A line of the banner, in words.
#[derive(Serialize)]
struct BannerText {
    slot: Slot,
    sign: Option<&'static str>,
    text: String,
}

/// Evidence as an object of names and values, which others script against.
fn by_name<S: Serializer>(evidence: &Evidence, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.collect_map(evidence.values().map(|(detail, value)| (detail.name(), value)))
}

/// What the messages of one run are judged and told by.
struct Run {
    context: Context,
    proving: Proving,
    texts: Texts,
    json: bool,
}

/// What became of one message.
struct Checked {
    path: String,
    index: usize,
    report: Result<Report>,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let texts = texts::of(arguments.lang.as_deref())?;
    let run = Run {
        context: context(arguments.context.as_deref())?,
        proving: Proving::of(&arguments.proving)?,
        texts,
        json: arguments.json,
    };
    let files = input::files(&arguments.paths);
    let mut outcome = Outcome::Quiet;
    for error in &files.errors {
        eprintln!("mekiki: {error:#}");
        outcome = Outcome::Unread;
    }
    let progress = progress(files.paths.len());
    let out = Mutex::new((io::stdout().lock(), outcome));

    let mut batch = Vec::with_capacity(BATCH);
    let mut failure = None;
    for path in &files.paths {
        input::read(path, &mut |entry| {
            batch.push(entry);
            if batch.len() >= BATCH {
                failure = flush(&mut batch, &run, &out).err();
            }
            failure.is_none()
        });
        progress.inc(1);
        if failure.is_some() {
            break;
        }
    }
    progress.finish_and_clear();
    match failure {
        Some(error) => return Err(error),
        None => flush(&mut batch, &run, &out)?,
    }
    run.proving.end()?;
    let (mut out, outcome) = out.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    out.flush().context("standard output")?;
    Ok(outcome)
}

/// The reader's side from a file, or nothing known of it.
///
/// # Errors
/// Where the file cannot be read or is not what it should be; the error names it.
pub fn context(path: Option<&Path>) -> Result<Context> {
    let Some(path) = path else { return Ok(Context::default()) };
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn flush(batch: &mut Vec<Entry>, run: &Run, out: &Mutex<(io::StdoutLock<'_>, Outcome)>) -> Result<()> {
    let checked: Vec<Checked> = std::mem::take(batch).into_par_iter().map(|entry| check(entry, run)).collect();
    let mut out = out.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    for Checked { path, index, report } in checked {
        match report {
            Ok(report) => {
                if report.level >= Level::Suspicious {
                    out.1 = out.1.max(Outcome::Suspicious);
                }
                write_line(&mut out.0, &path, index, &report, run).context("standard output")?;
            }
            Err(error) => {
                out.1 = Outcome::Unread;
                eprintln!("mekiki: {error:#}");
            }
        }
    }
    Ok(())
}

fn check(entry: Entry, run: &Run) -> Checked {
    let Entry { path, index, raw } = entry;
    let report = raw.and_then(|raw| {
        let looked = mekiki_inside::look(&raw);
        let facts: Facts = mekiki_facts::read_with(&raw, &looked);
        input::ensure_message(&facts).with_context(|| path.clone())?;
        let answers = Answers { inside: Some(looked), ..run.proving.answers(&raw, &facts) };
        Ok(judge(&facts, &run.context, &answers))
    });
    Checked { path, index, report }
}

fn write_line(out: &mut impl Write, path: &str, index: usize, report: &Report, run: &Run) -> io::Result<()> {
    let texts = &run.texts;
    let signs = report.signs.iter().map(|finding| SignLine {
        id: finding.id,
        weight: finding.weight,
        evidence: &finding.evidence,
        summary: texts::summary(texts, finding.id, &finding.evidence),
    });
    if run.json {
        let report = ReportLine {
            level: report.level,
            score: report.score,
            signs: signs.collect(),
            banner: banner(report, texts),
            claim: report.claim.clone(),
            wanted: &report.wanted,
            from: &report.from,
            subject: &report.subject,
            date: &report.date,
            trail: &report.trail,
            authentication: &report.authentication,
            proof: report.proof.as_ref(),
            unread: &report.unread,
            links: &report.links,
        };
        serde_json::to_writer(&mut *out, &Line { path, index, report })?;
        return writeln!(out);
    }
    writeln!(
        out,
        "{path}{}: {}",
        if index > 0 { format!(" #{index}") } else { String::new() },
        texts.level(report.level)
    )?;
    if report.level >= Level::Notice {
        for sign in signs.filter(|sign| sign.weight > 0.0) {
            writeln!(out, "    {}  [{} {:+.1}]", sign.summary, sign.id, sign.weight)?;
        }
    }
    if let Some(proof) = report.proof.as_ref().map(proven).filter(|proof| !proof.is_empty()) {
        writeln!(out, "    {proof}")?;
    }
    let unread: BTreeSet<&str> = report.unread.iter().map(|unread| Trick::from(unread.kind).name()).collect();
    for trick in unread {
        writeln!(out, "    {}", texts.filled("unread_told", &[&texts.trick(trick)]))?;
    }
    Ok(())
}

/// What was proven, in the words of Authentication-Results (RFC 8601), which no language translates.
fn proven(proof: &Proof) -> String {
    let word = |outcome: Proven| match outcome {
        Proven::Pass => "pass",
        Proven::Fail => "fail",
        Proven::Softfail => "softfail",
        Proven::Neutral => "neutral",
        Proven::None => "none",
        Proven::Temperror | Proven::Pending => "temperror",
        Proven::Permerror => "permerror",
    };
    let mut told: Vec<String> = Vec::new();
    let mut tell = |method: &str, outcome, domain: &str| {
        told.push(format!("{method}={} {domain}", word(outcome)).trim_end().to_owned());
    };
    for signature in proof.signatures.iter().take(MOST_SIGNATURES) {
        tell("dkim", signature.outcome, &signature.domain);
    }
    if let Some(spf) = &proof.spf {
        tell("spf", spf.outcome, &spf.domain);
    }
    if let Some(dmarc) = &proof.dmarc {
        tell("dmarc", dmarc.outcome, &dmarc.domain);
    }
    if let Some(chain) = &proof.arc {
        tell("arc", chain.outcome, chain.sets.last().map_or("", |set| &set.seal.domain));
    }
    told.join("; ")
}

/// What the banner says, where there is one.
fn banner(report: &Report, texts: &Texts) -> Vec<BannerText> {
    let lines = report.banner.iter().filter(|_| report.level >= Level::Suspicious);
    lines.map(|line| BannerText { slot: line.slot, sign: line.sign, text: texts::banner(texts, line) }).collect()
}

/// A progress bar where a person looks on and there is something to wait for.
fn progress(files: usize) -> ProgressBar {
    if files < 100 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}
