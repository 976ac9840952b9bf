//! What a writer of forged mail who has read the source could gain: every transformation of `mekiki-evasion`, or every
//! pair of them, tried on the messages of folders that are accused as they are.

use crate::files;
use anyhow::{Context as _, Result, ensure};
use mekiki_evasion::{Mail, Transformation, all};
use mekiki_signs::{Answers, Context, Level, Report, inspect};
use rayon::prelude::*;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    iter::Sum,
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Folders of .eml files, those below them included
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Try pairs of transformations, one after the other, and each pair on so many messages only
    #[arg(long, value_name = "MESSAGES")]
    pairs: Option<usize>,
    /// Try transformations of this name only, and name the messages that they silence and the signs that are lost
    #[arg(long, value_name = "TRANSFORMATION")]
    only: Option<String>,
}

/// What a transformation achieved.
#[derive(Default, Clone, Copy)]
struct Tally {
    /// Messages it could be applied to.
    applied: usize,
    /// Of those, how many fell below `suspicious`.
    silenced: usize,
    /// How many fell from `dangerous` to `suspicious`.
    weakened: usize,
    /// How many kept their level at a lower score.
    lowered: usize,
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, one| Self {
            applied: sum.applied + one.applied,
            silenced: sum.silenced + one.silenced,
            weakened: sum.weakened + one.weakened,
            lowered: sum.lowered + one.lowered,
        })
    }
}

/// A message that is accused as it is.
struct Accused {
    path: PathBuf,
    mail: Mail,
    level: Level,
    score: f64,
    signs: BTreeSet<&'static str>,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let mut paths = Vec::new();
    for folder in &arguments.folders {
        paths.extend(files::below(folder, |path| files::ends_in(path, "eml"))?);
    }
    paths.sort();
    ensure!(!paths.is_empty(), "no .eml file in {:?}", arguments.folders);
    let accused: Vec<Accused> =
        paths.par_iter().map(|path| accused(path)).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    println!("{} messages, {} accused as they are", paths.len(), accused.len());
    let tallies: BTreeMap<String, Tally> = match arguments.pairs {
        None => {
            let only = arguments.only.as_deref();
            let meant = all().iter().filter(|one| only.is_none_or(|only| one.id == only));
            meant.map(|one| (one.id.clone(), tried(&[one], &accused, only.is_some()))).collect()
        }
        Some(most) => pairs(&accused, most),
    };
    print(&tallies, arguments.pairs.is_some());
    Ok(())
}

fn judged(mail: &Mail) -> Report {
    inspect(mail.raw(), &Context::default(), &Answers::default())
}

/// The accusing signs of a report, each once.
fn accusing(report: &Report) -> BTreeSet<&'static str> {
    report.signs.iter().filter(|finding| finding.weight > 0.0).map(|finding| finding.id).collect()
}

fn accused(path: &Path) -> Result<Option<Accused>> {
    let mail = Mail::new(&fs::read(path).with_context(|| path.display().to_string())?);
    let report = judged(&mail);
    let signs = accusing(&report);
    Ok((report.level >= Level::Suspicious).then(|| Accused {
        path: path.to_owned(),
        mail,
        level: report.level,
        score: report.score,
        signs,
    }))
}

/// Applies transformations one after the other to each message.
fn tried(transformations: &[&Transformation], accused: &[Accused], is_told: bool) -> Tally {
    accused
        .par_iter()
        .filter_map(|before| {
            let start = before.mail.clone();
            let after = transformations.iter().try_fold(start, |mail, transformation| transformation.apply(&mail))?;
            let report = judged(&after);
            let (level, score) = (report.level, report.score);
            let is_silenced = level < Level::Suspicious;
            if is_silenced && is_told {
                let signs = accusing(&report);
                let lost: Vec<_> = before.signs.difference(&signs).copied().collect();
                let Accused { path, level: from, score: of, .. } = before;
                println!("{}: {from:?} {of:.1} -> {level:?} {score:.1}, without {}", path.display(), lost.join(" "));
            }
            Some(Tally {
                applied: 1,
                silenced: usize::from(is_silenced),
                weakened: usize::from(!is_silenced && level < before.level),
                lowered: usize::from(level == before.level && score < before.score - 0.01),
            })
        })
        .sum()
}

/// Every ordered pair, each on its own share of the messages, so that all messages have their turn.
fn pairs(accused: &[Accused], most: usize) -> BTreeMap<String, Tally> {
    let mut tallies = BTreeMap::new();
    let mut turn = 0;
    for first in all() {
        for second in all().iter().filter(|second| second.id != first.id && !(first.is_large && second.is_large)) {
            let share: Vec<&Accused> = accused.iter().cycle().skip(turn).take(most.min(accused.len())).collect();
            turn = (turn + most) % accused.len().max(1);
            let sum = share.into_iter().map(|one| tried(&[first, second], std::slice::from_ref(one), false)).sum();
            tallies.insert(format!("{} + {}", first.id, second.id), sum);
        }
    }
    tallies
}

/// One line a transformation, what silences most first; of pairs only those that silence anything.
fn print(tallies: &BTreeMap<String, Tally>, is_short: bool) {
    let mut rows: Vec<_> = tallies.iter().filter(|(_, tally)| !is_short || tally.silenced > 0).collect();
    rows.sort_by_key(|(_, tally)| std::cmp::Reverse((tally.silenced, tally.weakened, tally.lowered)));
    println!("applied silenced weakened lowered  transformation");
    for (id, tally) in rows {
        println!("{:7} {:8} {:8} {:7}  {id}", tally.applied, tally.silenced, tally.weakened, tally.lowered);
    }
    let Tally { applied, silenced, .. } = tallies.values().copied().sum();
    println!("{applied} tries, {silenced} silenced");
}
