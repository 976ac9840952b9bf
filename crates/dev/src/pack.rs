//! Packs a folder into an archive that depends on nothing but the names and contents of its files.

use crate::files;
use anyhow::{Context, Result, ensure};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::PathBuf,
};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

#[derive(clap::Args)]
pub struct Arguments {
    /// The folder to pack
    folder: PathBuf,
    /// The archive to write
    archive: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<()> {
    let files = files::below(&arguments.folder, |_| true)?;
    ensure!(!files.is_empty(), "{} has no files to pack", arguments.folder.display());

    let out = File::create(&arguments.archive).with_context(|| format!("writing {}", arguments.archive.display()))?;
    let mut archive = ZipWriter::new(BufWriter::new(out));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for file in &files {
        let name: Vec<_> = file.strip_prefix(&arguments.folder)?.iter().map(|part| part.to_string_lossy()).collect();
        archive.start_file(name.join("/"), options)?;
        archive.write_all(&fs::read(file).with_context(|| format!("reading {}", file.display()))?)?;
    }
    archive.finish()?.flush().with_context(|| format!("writing {}", arguments.archive.display()))
}
