//! `mekiki report`: the dissection of one message, ready to publish.

use crate::{Outcome, input, texts};
use anyhow::{Context as _, Result};
use clap::ValueEnum;
use mekiki_publish::publish;
use mekiki_signs::{Answers, Context, Level, judge};
use std::{
    io::{self, Write},
    path::PathBuf,
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Language of the texts, such as ja or pt-BR; of an unknown one it is told which there are
    #[arg(long)]
    lang: Option<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// A message, or - for standard input
    path: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Plain text
    Text,
    /// A page of its own
    Html,
    /// Markdown
    Md,
}

impl From<Format> for mekiki_publish::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Html => Self::Html,
            Format::Md => Self::Markdown,
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<Outcome> {
    let texts = texts::of(arguments.lang.as_deref())?;
    let facts = input::one(&arguments.path)?;
    let context = Context::default();
    let report = judge(&facts, &context, &Answers::default());
    let written = publish(&report, &context, &texts, arguments.format.into());
    io::stdout().lock().write_all(written.as_bytes()).context("standard output")?;
    Ok(if report.level >= Level::Suspicious { Outcome::Suspicious } else { Outcome::Quiet })
}
