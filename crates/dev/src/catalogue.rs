//! Writes the catalogue of signs, `docs/signs.md`, from what each sign says about itself where it is written.

use anyhow::{Context, Result, bail};
use mekiki_signs::{documentation, registry, weights};
use std::{fmt::Write as _, fs, path::Path};

#[derive(clap::Args)]
pub struct Arguments {
    /// Only say whether the page is up to date
    #[arg(long)]
    check: bool,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = root.join("docs/signs.md");
    let written = write()?;
    if !arguments.check {
        return fs::write(&page, written).with_context(|| page.display().to_string());
    }
    if fs::read_to_string(&page).unwrap_or_default() != written {
        bail!("docs/signs.md is stale: run cargo run -p mekiki-dev -- catalogue");
    }
    Ok(())
}

fn write() -> Result<String> {
    let mut page = String::from(
        "# The catalogue of signs\n\nMade from the sources by `cargo run -p mekiki-dev -- catalogue`. Weights are natural \
         logarithms of likelihood ratios; how they come to a verdict stands in [verdict.md](verdict.md).\n",
    );
    let mut group = "";
    for (sign, documentation) in registry().iter().zip(documentation()) {
        if sign.group() != group {
            group = sign.group();
            write!(page, "\n## {group}\n")?;
        }
        let details: Vec<_> = sign.details().iter().map(|detail| detail.name()).collect();
        let weight = weights().of(sign.id());
        write!(page, "\n### {}\n\nWeight {weight:+.1}. Evidence: {}.", sign.id(), details.join(", "))?;
        if let Some((slot, telling)) = sign.banner() {
            write!(page, " In the banner: {} ({telling}).", slot.words())?;
        }
        let exempt: Vec<_> = sign.exempt().iter().map(|exemption| exemption.words()).collect();
        if !exempt.is_empty() {
            write!(page, " Not for: {}.", exempt.join("; "))?;
        }
        page.push_str("\n\n");
        page.push_str(&with_bold_headings(documentation)?);
    }
    Ok(page)
}

fn with_bold_headings(documentation: &str) -> Result<String> {
    let mut text = String::new();
    for line in documentation.lines().map(str::trim) {
        match line.strip_prefix("# ") {
            Some(heading) => writeln!(text, "**{heading}.**")?,
            None if line.is_empty() => {
                if !text.ends_with(".**\n") {
                    text.push('\n');
                }
            }
            None => writeln!(text, "{line}")?,
        }
    }
    Ok(text)
}
