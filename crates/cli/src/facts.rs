//! `mekiki facts`: the fact tree of one message, for people who add signs.

use crate::{Outcome, input};
use anyhow::{Context as _, Result};
use std::{
    io::{self, Write},
    path::PathBuf,
};

#[derive(clap::Args)]
pub struct Arguments {
    /// A message, or - for standard input
    path: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let facts = input::one(&arguments.path)?;
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &facts).context("standard output")?;
    writeln!(out).context("standard output")?;
    Ok(Outcome::Quiet)
}
