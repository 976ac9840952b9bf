//! Says how much of a list of forged addresses the directory of brands knows.

use anyhow::{Context, Result, bail};
use mekiki_knowledge::{brands, fold::fold};
use serde::Deserialize;
use std::{collections::BTreeMap, path::PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// A CSV with a column `brand`, one row an address, and if there is one a column `rows_in_source`: how many
    /// addresses of that brand the list was drawn from
    list: PathBuf,
    /// Fail below this share of rows, in per cent
    #[arg(long, default_value_t = 0.0)]
    least: f64,
}

#[derive(Deserialize)]
struct Row {
    brand: String,
    rows_in_source: Option<u64>,
}

/// What the list has of one brand.
#[derive(Default)]
struct Share {
    rows: u64,
    /// The brand's rows in the list's source, or in the list itself.
    in_source: u64,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let mut reader = csv::Reader::from_path(&arguments.list).with_context(|| arguments.list.display().to_string())?;
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for row in reader.deserialize() {
        let Row { brand, rows_in_source } = row?;
        let share = shares.entry(brand).or_default();
        share.rows += 1;
        share.in_source = rows_in_source.unwrap_or(share.rows);
    }
    let sum = |known: bool, count: fn(&Share) -> u64| -> u64 {
        shares.iter().filter(|(label, _)| !known || is_known(label)).map(|(_, share)| count(share)).sum()
    };
    let rows = per_cent(sum(true, |share| share.rows), sum(false, |share| share.rows));
    let in_source = per_cent(sum(true, |share| share.in_source), sum(false, |share| share.in_source));
    let known = shares.keys().filter(|label| is_known(label)).count();

    let mut missing: Vec<_> = shares.iter().filter(|(label, _)| !is_known(label)).collect();
    missing.sort_by_key(|(label, share)| (std::cmp::Reverse(share.rows), *label));
    println!("not in the directory:");
    for (label, share) in missing {
        println!("{:>7} rows  {label}", share.rows);
    }
    println!("{known} of {} labels, {rows:.2}% of rows, {in_source:.2}% of rows in the source", shares.len());
    if rows < arguments.least {
        bail!("below {}% of rows", arguments.least);
    }
    Ok(())
}

/// Whether a label names a brand: by a name of its own, or as a whole by one that is also an ordinary word.
fn is_known(label: &str) -> bool {
    let folded = fold(label);
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).count();
    brands::find(&folded).iter().any(|mention| !mention.common || letters(mention.name) == letters(folded.as_str()))
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
fn per_cent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_known_by_name_not_by_a_word_in_them() {
        assert!(is_known("KAGOYA"));
        assert!(is_known("PayPal / ペイパル"));
        assert!(is_known("VISA"));
        assert!(!is_known("Visa application desk of Nowhere"));
        assert!(!is_known("Nobody Knows Example"));
    }
}
