//! The command `mekiki`: the same judgement as in the add-on, for mailboxes, scripts and people who publish
//! dissections.
//!
//! Exit status: 0 nothing suspicious, 1 something at `suspicious` or above, 2 something could not be read or bad
//! usage.

mod catalogue;
mod check;
mod eval;
mod facts;
mod input;
mod proving;
mod reading;
mod report;
mod resolver;
mod texts;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "mekiki", version, about = "Sees who really sent it: unmasks impersonation mail")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Judge messages: one line for each
    Check(check::Arguments),
    /// Write the dissection of one message, defanged and with the recipient masked
    Report(report::Arguments),
    /// Print everything that was read from one message, as JSON
    Facts(facts::Arguments),
    /// Measure the verdict on folders of known mail: recall, false alarms, what each sign is worth
    Eval(eval::Arguments),
    /// Print the catalogue of signs
    Signs(catalogue::Arguments),
}

/// What the exit status tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Quiet,
    Suspicious,
    Unread,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Quiet => 0,
            Outcome::Suspicious => 1,
            Outcome::Unread => 2,
        })
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.command {
        Command::Check(arguments) => check::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Facts(arguments) => facts::run(arguments),
        Command::Eval(arguments) => eval::run(arguments),
        Command::Signs(arguments) => catalogue::run(arguments),
    };
    match done {
        Ok(outcome) => outcome.into(),
        // Whoever reads our output has seen enough (`mekiki check … | head`).
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mekiki: {error:#}");
            Outcome::Unread.into()
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
