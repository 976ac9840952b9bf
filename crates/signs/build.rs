//! Writes two tables: the registry, of the modules that `src/signs/mod.rs` lists, and the weights, of
//! `data/weights.toml`, so that they are data and cost nothing at run time. A wrong file stops the build, and so does a
//! sign without a weight, or a weight without a sign.

#![allow(clippy::expect_used, reason = "a build that cannot write its table has failed")]

use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::Path,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    prior: f64,
    levels: Levels,
    sensitivity: Sensitivity,
    caps: BTreeMap<String, f64>,
    causes: BTreeMap<String, Cause>,
    most: BTreeMap<String, f64>,
    floors: BTreeMap<String, String>,
    weights: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cause {
    cap: f64,
    signs: Vec<String>,
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
    let modules = modules();
    let ids: BTreeSet<String> =
        modules.iter().map(|(group, name)| format!("{group}.{}", name.replace('_', "-"))).collect();
    write_out("registry.rs", &registry(&modules));
    write_out("weights.rs", &weights(&ids));
}

fn read(source: &str) -> String {
    println!("cargo::rerun-if-changed={source}");
    fs::read_to_string(source).unwrap_or_else(|error| panic!("{source}: {error}"))
}

fn write_out(name: &str, text: &str) {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join(name), text).expect("OUT_DIR can be written");
}

/// Group and name of the module of each sign, as `src/signs/mod.rs` lists them: in a group's block, those that are `pub`.
fn modules() -> Vec<(String, String)> {
    let source = "src/signs/mod.rs";
    let mut group = None;
    let mut modules = Vec::new();
    for line in read(source).lines() {
        if let Some(opened) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {")) {
            group = Some(opened.to_owned());
        } else if let Some(name) = line.strip_prefix("    pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            let group = group.clone().unwrap_or_else(|| panic!("{source}: {name} stands in no group"));
            modules.push((group, name.to_owned()));
        }
    }
    assert!(!modules.is_empty(), "{source}: lists no sign");
    modules
}

fn registry(modules: &[(String, String)]) -> String {
    let all = |what: &str| -> String {
        modules.iter().map(|(group, name)| format!("    &{group}::{name}::{what},\n")).collect()
    };
    format!(
        "static REGISTRY: &[&Sign] = &[\n{}];\n\nstatic DOCUMENTATION: &[&str] = &[\n{}];\n",
        all("SIGN"),
        all("DOCUMENTATION").replace('&', "")
    )
}

fn weights(ids: &BTreeSet<String>) -> String {
    let source = "data/weights.toml";
    let file: File = toml::from_str(&read(source)).unwrap_or_else(|error| panic!("{source}: {error}"));
    let Levels { notice, suspicious, dangerous } = file.levels;
    assert!(notice < suspicious && suspicious < dangerous, "{source}: levels must rise");
    let Sensitivity { cautious, quiet } = file.sensitivity;
    assert!(cautious < 0.0 && quiet > 0.0, "{source}: cautious must lower the levels, quiet raise them");
    for id in ids {
        assert!(file.weights.contains_key(id), "{source}: {id}: a sign without a weight");
        let group = id.split_once('.').map(|(group, _)| group);
        assert!(group.is_some_and(|group| file.caps.contains_key(group)), "{source}: {id}: its group has no cap");
    }
    for id in file.weights.keys() {
        assert!(ids.contains(id), "{source}: {id}: a weight without a sign");
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
    table.push_str("], causes: &[");
    for (cause, Cause { cap, signs }) in &file.causes {
        for id in signs {
            let weight = file.weights.get(id).unwrap_or_else(|| panic!("{source}: {id}: of {cause} without a weight"));
            assert!(weight <= cap, "{source}: {id}: weighs more than {cause}");
        }
        write!(table, "({cap:?}, &{signs:?}),").expect("writing to a string");
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
    table
}
