//! `mekiki signs`: the catalogue.

use crate::{Outcome, texts};
use anyhow::{Context as _, Result};
use mekiki_publish::{Texts, sign_key};
use mekiki_signs::{DetailKind, registry, weights};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Language of the texts, such as ja or pt-BR; of an unknown one it is told which there are
    #[arg(long)]
    lang: Option<String>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'static str,
    group: &'static str,
    weight: f64,
    evidence: BTreeMap<&'static str, DetailKind>,
    meaning: &'a str,
    check: &'a str,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let texts = texts::of(arguments.lang.as_deref())?;
    let mut out = io::stdout().lock();
    write(&mut out, &texts, arguments.json).context("standard output")?;
    Ok(Outcome::Quiet)
}

fn write(out: &mut impl Write, texts: &Texts, json: bool) -> io::Result<()> {
    for sign in registry() {
        let meaning_key = format!("{}_meaning", sign_key(sign.id()));
        let check_key = format!("{}_check", sign_key(sign.id()));
        let entry = Entry {
            id: sign.id(),
            group: sign.group(),
            weight: weights().of(sign.id()),
            evidence: sign.details().iter().map(|detail| (detail.name(), detail.kind())).collect(),
            meaning: texts.text(&meaning_key),
            check: texts.text(&check_key),
        };
        if json {
            serde_json::to_writer(&mut *out, &entry)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}  ({:+.1})", entry.id, entry.weight)?;
            writeln!(out, "    {}", entry.meaning)?;
            writeln!(out, "    {}", entry.check)?;
        }
    }
    Ok(())
}
