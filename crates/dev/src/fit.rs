//! Fits the weights of the signs to what `mekiki eval --json` saw in known mail.
//!
//! A logistic regression in the shape of the verdict: accusing weights never negative,
//! groups capped, reassurance as reviewed, no sign strong enough to raise the banner alone. Each weight is drawn towards the reviewed one, so
//! that a sign which the known mail hardly shows keeps it. Legitimate mail counts more than bad: a false alarm is
//! the worse error. Mails of one campaign share their say.

#![allow(clippy::indexing_slicing, reason = "every list here has one entry for each sign, or for each group")]

use anyhow::{Context, Result, ensure};
use mekiki_signs::{registry, weights};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
};

#[derive(clap::Args)]
pub struct Arguments {
    /// What `mekiki eval --json` printed: once as received, once with --strip-receiver, on the same mail
    #[arg(required = true, value_name = "JSON")]
    evaluations: Vec<PathBuf>,
    /// How much more a legitimate message counts than a bad one
    #[arg(long, default_value_t = 10.0)]
    good_counts: f64,
    /// How strongly weights are drawn towards the reviewed ones, in messages
    #[arg(long, default_value_t = 15.0)]
    reviewed_counts: f64,
}

#[derive(Deserialize)]
struct Evaluation {
    messages: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    is_bad: bool,
    folder: String,
    year: Option<i32>,
    campaign: String,
    signs: BTreeSet<String>,
}

/// One message as the fit sees it.
struct Case {
    is_bad: bool,
    /// Places of its signs in [`Model::weights`].
    signs: Vec<usize>,
    say: f64,
    /// Of bad mail.
    year: Option<i32>,
    /// Bad mail by year, good mail by campaign: no campaign stands in two.
    fold: u64,
}

/// What is fitted.
#[derive(Clone)]
struct Model {
    prior: f64,
    weights: Vec<f64>,
}

/// What stays as it is.
struct Frame {
    ids: Vec<&'static str>,
    /// Place of each sign's group in `caps`.
    groups: Vec<usize>,
    caps: Vec<f64>,
    reviewed: Vec<f64>,
    /// What each sign may weigh at most.
    most: Vec<f64>,
    reviewed_counts: f64,
}

const FOLDS: u64 = 5;
const STEPS: usize = 1_500;
/// A sign alone stays this far below `suspicious`.
const MARGIN: f64 = 0.5;

pub fn run(arguments: &Arguments) -> Result<()> {
    let mut records = Vec::new();
    for path in &arguments.evaluations {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let evaluation: Evaluation = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        records.extend(evaluation.messages);
    }
    ensure!(records.iter().any(|record| record.is_bad), "no bad mail among them");
    ensure!(records.iter().any(|record| !record.is_bad), "no legitimate mail among them");
    let frame = Frame::new(arguments.reviewed_counts);
    let cases = frame.cases(&records, arguments.good_counts);

    let fitted = frame.fit(&cases.iter().collect::<Vec<_>>());
    let mut tested = Tally::default();
    for fold in 0..FOLDS {
        let (held, learnt): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.fold % FOLDS == fold);
        tested.add(&frame, &frame.fit(&learnt), &held);
    }
    let mut whole = Tally::default();
    whole.add(&frame, &fitted, &cases.iter().collect::<Vec<_>>());
    println!("# On the mail it was fitted to: {whole}");
    println!("# Cross-validated, bad mail by year and good mail by campaign: {tested}");
    let years: BTreeSet<i32> = cases.iter().filter_map(|case| case.year).collect();
    for year in years {
        let (held, learnt): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.year == Some(year));
        let mut tally = Tally::default();
        tally.add(&frame, &frame.fit(&learnt), &held);
        println!("# Bad mail of {year}, fitted to all else: {tally}");
    }
    frame.print(&fitted);
    Ok(())
}

impl Frame {
    fn new(reviewed_counts: f64) -> Self {
        let in_force = weights();
        let ids: Vec<&'static str> = registry().iter().map(|sign| sign.id()).collect();
        let group = |id: &str| id.split('.').next().unwrap_or_default().to_owned();
        let groups = ids
            .iter()
            .map(|id| in_force.caps.iter().position(|(name, _)| *name == group(id)).unwrap_or_default())
            .collect();
        Self {
            groups,
            caps: in_force.caps.iter().map(|(_, cap)| *cap).collect(),
            reviewed: ids.iter().map(|id| in_force.of(id)).collect(),
            most: ids.iter().map(|id| in_force.most(id)).collect(),
            reviewed_counts,
            ids,
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "numbers of messages are far below 2^52")]
    fn cases(&self, records: &[Record], good_counts: f64) -> Vec<Case> {
        let mut campaigns: BTreeMap<(bool, &str, &str), f64> = BTreeMap::new();
        for record in records {
            *campaigns.entry((record.is_bad, &record.folder, &record.campaign)).or_default() += 1.0;
        }
        records
            .iter()
            .map(|record| {
                let mails = campaigns.get(&(record.is_bad, &record.folder, &record.campaign)).copied().unwrap_or(1.0);
                let mut hasher = DefaultHasher::new();
                let year = record.year.filter(|_| record.is_bad);
                match year {
                    Some(year) => year.hash(&mut hasher),
                    None => record.campaign.hash(&mut hasher),
                }
                Case {
                    is_bad: record.is_bad,
                    signs: (0..self.ids.len()).filter(|at| record.signs.contains(self.ids[*at])).collect(),
                    say: if record.is_bad { 1.0 } else { good_counts } / mails.sqrt(),
                    year,
                    fold: hasher.finish(),
                }
            })
            .collect()
    }

    /// The score, and the signs that moved it (those beyond a group's cap did not).
    fn score(&self, model: &Model, case: &Case) -> (f64, Vec<usize>) {
        let mut used = vec![0.0; self.caps.len()];
        let mut score = model.prior;
        let mut moving = Vec::new();
        let mut signs = case.signs.clone();
        signs.sort_by(|a, b| model.weights[*b].total_cmp(&model.weights[*a]));
        for at in signs {
            let weight = model.weights[at];
            if self.reviewed[at] < 0.0 {
                score += weight;
                moving.push(at);
                continue;
            }
            let group = self.groups[at];
            let counted = weight.min(self.caps[group] - used[group]).max(0.0);
            used[group] += counted;
            score += counted;
            if counted >= weight {
                moving.push(at);
            }
        }
        (score, moving)
    }

    #[allow(clippy::cast_precision_loss, reason = "a number of steps")]
    fn fit(&self, cases: &[&Case]) -> Model {
        let mut model = Model { prior: weights().prior, weights: self.reviewed.clone() };
        let mut seen = vec![self.reviewed_counts; model.weights.len()];
        let mut all = 1.0;
        for case in cases {
            all += case.say;
            for at in &case.signs {
                seen[*at] += case.say;
            }
        }
        for step in 0..STEPS {
            let pace = 4.0 / (1.0 + step as f64 / 150.0);
            let mut slopes: Vec<f64> = model
                .weights
                .iter()
                .zip(&self.reviewed)
                .map(|(weight, reviewed)| self.reviewed_counts * (reviewed - weight))
                .collect();
            let mut prior_slope = 0.0;
            for case in cases {
                let (score, moving) = self.score(&model, case);
                let error = (f64::from(case.is_bad) - 1.0 / (1.0 + (-score).exp())) * case.say;
                prior_slope += error;
                for at in moving {
                    slopes[at] += error;
                }
            }
            model.prior = (model.prior + pace * prior_slope / all).clamp(-5.0, -3.0);
            let most = -model.prior - MARGIN;
            for (at, slope) in slopes.into_iter().enumerate() {
                let moved = model.weights[at] + pace * slope / seen[at];
                model.weights[at] = match self.reviewed[at].total_cmp(&0.0) {
                    // Reassurance is a matter of what is proven, not of what the known mail happens to hold.
                    std::cmp::Ordering::Less | std::cmp::Ordering::Equal => self.reviewed[at],
                    std::cmp::Ordering::Greater => moved.clamp(0.0, most.min(self.most[at])),
                };
            }
        }
        model
    }

    fn print(&self, model: &Model) {
        println!("prior = {:.2}\n\n[weights]", model.prior);
        let mut rows: Vec<(&str, f64)> = self.ids.iter().copied().zip(model.weights.iter().copied()).collect();
        rows.sort_by(|a, b| a.0.cmp(b.0));
        for (id, weight) in rows {
            if weight != 0.0 {
                println!("\"{id}\" = {weight:.2}");
            }
        }
    }
}

/// How messages came out.
#[derive(Default)]
struct Tally {
    bad: u32,
    caught: u32,
    good: u32,
    accused: u32,
}

impl Tally {
    fn add(&mut self, frame: &Frame, model: &Model, cases: &[&Case]) {
        for case in cases {
            let is_flagged = u32::from(frame.score(model, case).0 >= weights().suspicious);
            if case.is_bad {
                self.bad += 1;
                self.caught += is_flagged;
            } else {
                self.good += 1;
                self.accused += is_flagged;
            }
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |part: u32, all: u32| f64::from(part) * 100.0 / f64::from(all.max(1));
        write!(
            out,
            "recall {:.1}% of {}, false alarms {:.2}% of {}",
            share(self.caught, self.bad),
            self.bad,
            share(self.accused, self.good),
            self.good
        )
    }
}
