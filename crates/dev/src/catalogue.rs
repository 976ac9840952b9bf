//! Writes the catalogue of signs, `docs/signs.md`, from what each sign says about itself where it is written.

use anyhow::{Context, Result, bail};
use mekiki_signs::{Sign, registry, weights};
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Only say whether the page is up to date
    #[arg(long)]
    check: bool,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = root.join("docs/signs.md");
    let written = write(&root)?;
    if !arguments.check {
        return fs::write(&page, written).with_context(|| page.display().to_string());
    }
    if fs::read_to_string(&page).unwrap_or_default() != written {
        bail!("docs/signs.md is stale: run cargo run -p mekiki-dev -- catalogue");
    }
    Ok(())
}

fn write(root: &Path) -> Result<String> {
    let mut page = String::from(
        "# The catalogue of signs\n\nMade from the sources by `cargo run -p mekiki-dev -- catalogue`. Weights are natural \
         logarithms of likelihood ratios; how they come to a verdict stands in [verdict.md](verdict.md).\n",
    );
    let mut group = "";
    for sign in registry() {
        if sign.group() != group {
            group = sign.group();
            write!(page, "\n## {group}\n")?;
        }
        let details: Vec<_> = sign.details().iter().map(|detail| detail.name()).collect();
        let weight = weights().of(sign.id());
        write!(page, "\n### {}\n\nWeight {weight:+.1}. Evidence: {}.\n\n", sign.id(), details.join(", "))?;
        page.push_str(&documentation(root, *sign)?);
    }
    Ok(page)
}

/// The doc comment of a sign's type, with its headings as bold words.
fn documentation(root: &Path, sign: &dyn Sign) -> Result<String> {
    let (group, name) = sign.id().split_once('.').context("an id has a group and a name")?;
    let path: PathBuf = root.join(format!("crates/signs/src/signs/{group}/{}.rs", name.replace('-', "_")));
    let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut text = String::new();
    for line in
        source.lines().take_while(|line| !line.starts_with("pub struct")).filter_map(|line| line.strip_prefix("///"))
    {
        match line.trim().strip_prefix("# ") {
            Some(heading) => writeln!(text, "**{heading}.**")?,
            None if line.trim().is_empty() => {
                if !text.ends_with(".**\n") {
                    text.push('\n');
                }
            }
            None => writeln!(text, "{}", line.trim())?,
        }
    }
    Ok(text)
}
