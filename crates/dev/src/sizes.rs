//! Says how large the add-on is, and refuses one over its budget.

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::DeflateEncoder};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Most that the module may take compressed, in bytes, without the brand and network data.
const MODULE: usize = 1_200 * 1024;
/// Most that the module which is loaded for files may take compressed, in bytes.
const INSIDE: usize = 600 * 1024;
/// Most that the module which is loaded for look-ups may take compressed, in bytes.
const PROOF: usize = 400 * 1024;
/// Most that the whole add-on may take, in bytes.
const ADD_ON: usize = 8 * 1024 * 1024;

#[derive(clap::Args)]
pub struct Arguments {
    /// The module as it is shipped
    module: PathBuf,
    /// The one that looks into files
    inside: PathBuf,
    /// The one that proves messages
    proof: PathBuf,
    /// The add-on
    add_on: PathBuf,
    /// Data embedded in the module that do not count: files, or folders of them
    #[arg(long, num_args = 0..)]
    data: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let module = fs::read(&arguments.module).with_context(|| arguments.module.display().to_string())?;
    let add_on = fs::metadata(&arguments.add_on).with_context(|| arguments.add_on.display().to_string())?.len();
    let add_on = usize::try_from(add_on)?;
    let mut data = 0;
    for path in &arguments.data {
        data += deflated(&content(path).with_context(|| path.display().to_string())?)?;
    }
    let compressed = deflated(&module)?;
    let own = compressed.saturating_sub(data);
    println!("module  {:>9} bytes raw", module.len());
    println!("        {compressed:>9} bytes compressed, of which {data} data; {own} of {MODULE} without");
    let inside = deflated(&content(&arguments.inside).with_context(|| arguments.inside.display().to_string())?)?;
    println!("inside  {inside:>9} bytes compressed, of {INSIDE}");
    let proof = deflated(&content(&arguments.proof).with_context(|| arguments.proof.display().to_string())?)?;
    println!("proof   {proof:>9} bytes compressed, of {PROOF}");
    println!("add-on  {add_on:>9} of {ADD_ON} bytes");
    if own > MODULE || inside > INSIDE || proof > PROOF || add_on > ADD_ON {
        bail!("over its budget");
    }
    Ok(())
}

/// A file's content, or that of all files of a folder in the order of their names.
fn content(path: &Path) -> Result<Vec<u8>> {
    if !path.is_dir() {
        return Ok(fs::read(path)?);
    }
    let mut files = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    files.sort();
    let mut content = Vec::new();
    for file in files {
        content.extend(fs::read(file)?);
    }
    Ok(content)
}

fn deflated(bytes: &[u8]) -> Result<usize> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
