//! Turns the data files into static tables. A file that is wrong stops the build with its name.

#![allow(clippy::indexing_slicing, reason = "reads our own data when building, indices are the script's own")]

#[path = "build/brands.rs"]
mod brands;
#[path = "build/domains.rs"]
mod domains;
#[path = "build/folding.rs"]
mod folding;
#[path = "build/hosts.rs"]
mod hosts;
#[path = "src/kanji.rs"]
mod kanji;
#[allow(dead_code, reason = "the library reads the rest of it")]
#[path = "src/script.rs"]
mod script;
#[path = "build/suffixes.rs"]
mod suffixes;
#[path = "build/words.rs"]
mod words;

use std::path::{Path, PathBuf};
use std::{env, fs, process};

fn main() {
    if let Err(message) = run() {
        eprintln!("error: {message}");
        process::exit(1);
    }
}

fn run() -> Result<(), String> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/kanji.rs");
    println!("cargo::rerun-if-changed=src/script.rs");
    println!("cargo::rerun-if-changed=data/brands");
    println!("cargo::rerun-if-changed=data/domains");
    println!("cargo::rerun-if-changed=data/hosts");
    println!("cargo::rerun-if-changed=data/suffixes");
    println!("cargo::rerun-if-changed=data/words");
    let out = PathBuf::from(env::var("OUT_DIR").map_err(|error| error.to_string())?);
    let data = Path::new("data");

    let folds = folding::Folds::new();
    write(&out.join("folding.rs"), &folds.source())?;
    let suffixes = suffixes::Suffixes::read(&data.join("suffixes/public_suffix_list.dat"))?;
    write(&out.join("suffixes.rs"), &suffixes.source())?;
    let domains = domains::Domains::read(&data.join("domains"), &suffixes)?;
    write(&out.join("domains.rs"), &domains.source())?;
    let words = words::Words::read(&data.join("words"), &folds)?;
    write(&out.join("words.rs"), &words.phrases())?;
    write(&out.join("vocabulary.rs"), &words.vocabulary())?;
    write(&out.join("hosts.rs"), &hosts::source(&data.join("hosts"))?)?;
    let brands = brands::Brands::read(&data.join("brands"), &suffixes, &domains, &folds)?;
    write(&out.join("tokens.rs"), &brands.tokens())?;
    write(&out.join("brands.rs"), &brands.source())
}

/// Most rows of a table that `src/index.rs` can find: it counts them in 16 bits.
const MOST_ROWS: usize = u16::MAX as usize;

/// Refuses a table with more rows than can be found.
fn few_enough(what: &str, rows: usize) -> Result<(), String> {
    if rows > MOST_ROWS { Err(format!("{rows} {what}: src/index.rs finds {MOST_ROWS} at most")) } else { Ok(()) }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads one TOML file, strictly.
fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The same of a file that says where its facts come from and when they were looked through: a fact without source and
/// date is a rumour.
fn read_dated<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let fault = |what: String| format!("{}: {what}", path.display());
    let mut table: toml::Table = read_toml(path)?;
    let mut text = |key: &str| match table.remove(key) {
        Some(toml::Value::String(text)) if !text.trim().is_empty() => Ok(text),
        _ => Err(fault(format!("{key} is missing"))),
    };
    let (_, checked) = (text("source")?, text("checked")?);
    let parts: Vec<&str> = checked.split('-').collect();
    let is_date = matches!(parts.as_slice(), [year, month, day @ ..]
        if year.len() == 4 && month.len() == 2 && day.len() <= 1
            && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())));
    if !is_date {
        return Err(fault(format!("checked is no date: {checked:?}")));
    }
    table.try_into().map_err(|error| fault(error.to_string()))
}

/// The TOML files of a folder with their stems, in the order of their names.
fn toml_files(folder: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            files.push((stem.unwrap_or_default(), path));
        }
    }
    files.sort();
    Ok(files)
}
