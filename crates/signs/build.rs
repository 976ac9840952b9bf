//! Reads `data/weights.toml` and writes it as a table, so that the weights are data and cost nothing at run time.
//! A wrong file stops the build.

#![allow(clippy::expect_used, reason = "a build that cannot write its table has failed")]

use serde::Deserialize;
use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    prior: f64,
    levels: Levels,
    sensitivity: Sensitivity,
    caps: BTreeMap<String, f64>,
    most: BTreeMap<String, f64>,
    floors: BTreeMap<String, String>,
    weights: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Levels {
    notice: f64,
    suspicious: f64,
    dangerous: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sensitivity {
    cautious: f64,
    quiet: f64,
}

fn main() {
    let source = "data/weights.toml";
    println!("cargo::rerun-if-changed={source}");
    let text = fs::read_to_string(source).unwrap_or_else(|error| panic!("{source}: {error}"));
    let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{source}: {error}"));
    let Levels { notice, suspicious, dangerous } = file.levels;
    assert!(notice < suspicious && suspicious < dangerous, "{source}: levels must rise");
    let Sensitivity { cautious, quiet } = file.sensitivity;
    assert!(cautious < 0.0 && quiet > 0.0, "{source}: cautious must lower the levels, quiet raise them");
    for id in file.weights.keys() {
        let group = id.split_once('.').map(|(group, _)| group);
        assert!(group.is_some_and(|group| file.caps.contains_key(group)), "{source}: {id}: its group has no cap");
    }
    for (id, most) in &file.most {
        let weight = file.weights.get(id).unwrap_or_else(|| panic!("{source}: {id}: a bound without a weight"));
        assert!(weight <= most, "{source}: {id}: weighs more than it may");
    }
    let mut table = format!(
        "Weights {{ prior: {:?}, notice: {notice:?}, suspicious: {suspicious:?}, dangerous: {dangerous:?}, \
         cautious: {cautious:?}, quiet: {quiet:?}, caps: &[",
        file.prior
    );
    for (group, cap) in &file.caps {
        write!(table, "({group:?}, {cap:?}),").expect("writing to a string");
    }
    table.push_str("], most: &[");
    for (id, most) in &file.most {
        write!(table, "({id:?}, {most:?}),").expect("writing to a string");
    }
    table.push_str("], floors: &[");
    for (id, level) in &file.floors {
        assert!(file.weights.contains_key(id), "{source}: {id}: a floor without a weight");
        let level = match level.as_str() {
            "notice" => "Notice",
            "suspicious" => "Suspicious",
            other => panic!("{source}: {id}: {other:?} is no level that a sign gives without others"),
        };
        write!(table, "({id:?}, Level::{level}),").expect("writing to a string");
    }
    table.push_str("], signs: Cow::Borrowed(&[");
    for (id, weight) in &file.weights {
        write!(table, "({id:?}, {weight:?}),").expect("writing to a string");
    }
    table.push_str("]) }");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("weights.rs"), table).expect("OUT_DIR can be written");
}
