//! Finding the messages: files, mbox, Maildir, folders of them, standard input.

use anyhow::{Context, Result, anyhow, bail};
use mail_parser::mailbox::mbox::MessageIterator;
use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

/// The name of standard input on the command line.
const STANDARD_INPUT: &str = "-";

/// Most of one message that is read, in bytes: far above what any host delivers.
const LARGEST: u64 = 512 * 1024 * 1024;

/// One message, or why it could not be read.
pub struct Entry {
    /// Where it came from, as the user named it.
    pub path: String,
    /// Its number in an mbox, counted from 0; 0 for a file of one message.
    pub index: usize,
    /// The raw message.
    pub raw: Result<Vec<u8>>,
}

/// Files to read, in a stable order, and what was wrong with the paths.
#[derive(Default)]
pub struct Files {
    /// Files, and `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// Paths that lead to no message, each with the path in its text.
    pub errors: Vec<anyhow::Error>,
}

/// All files below `paths`. A folder counts with everything in it that looks like mail.
pub fn files(paths: &[PathBuf]) -> Files {
    let mut files = Files::default();
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT || path.is_file() {
            files.paths.push(path.clone());
        } else if path.is_dir() {
            let before = files.paths.len() + files.errors.len();
            walk(path, &mut files, 0);
            if files.paths.len() + files.errors.len() == before {
                files.errors.push(anyhow!("{}: no mail in this folder", path.display()));
            }
        } else if path.exists() {
            files.errors.push(anyhow!("{}: neither a file nor a folder", path.display()));
        } else {
            files.errors.push(anyhow!("{}: no such file or folder", path.display()));
        }
    }
    files
}

fn walk(folder: &Path, files: &mut Files, depth: usize) {
    if depth > 64 {
        files.errors.push(anyhow!("{}: nested too deeply", folder.display()));
        return;
    }
    let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect(),
        Err(error) => {
            files.errors.push(anyhow::Error::new(error).context(folder.display().to_string()));
            return;
        }
    };
    entries.sort();
    let is_maildir_box = matches!(folder.file_name().and_then(OsStr::to_str), Some("cur" | "new"));
    for path in entries {
        if path.is_symlink() && path.is_dir() {
            continue;
        }
        if path.is_dir() {
            // A message still being delivered.
            if path.file_name() != Some(OsStr::new("tmp")) {
                walk(&path, files, depth + 1);
            }
        } else if is_maildir_box || looks_like_mail(&path) {
            files.paths.push(path);
        }
    }
}

/// Whether a file in a folder is mail: by its name, or because it begins like an mbox or a header.
fn looks_like_mail(path: &Path) -> bool {
    if path.extension().and_then(OsStr::to_str).is_some_and(|ending| matches!(ending, "eml" | "mbox" | "mbx")) {
        return true;
    }
    let mut start = Vec::new();
    let Ok(file) = File::open(path) else { return false };
    if file.take(1024).read_to_end(&mut start).is_err() {
        return false;
    }
    start.starts_with(b"From ") || begins_with_field(&start)
}

/// Whether the first line is a header field (RFC 5322 §2.2): a name without spaces, a colon.
fn begins_with_field(start: &[u8]) -> bool {
    let line = start.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let name: Vec<u8> = line.iter().copied().take_while(|byte| *byte != b':').collect();
    (2..=60).contains(&name.len())
        && name.len() < line.len()
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Reads the messages of one file and hands each to `take`, until `take` says stop (`false`).
pub fn read(path: &Path, take: &mut dyn FnMut(Entry) -> bool) {
    let name = path.display().to_string();
    if let Err(error) = read_messages(path, &name, take) {
        take(Entry { path: name.clone(), index: 0, raw: Err(error.context(name)) });
    }
}

fn read_messages(path: &Path, name: &str, take: &mut dyn FnMut(Entry) -> bool) -> Result<()> {
    let (mut source, size): (Box<dyn Read>, u64) = if path.as_os_str() == STANDARD_INPUT {
        (Box::new(io::stdin().lock()), 0)
    } else {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        (Box::new(file), size)
    };
    let mut start = Vec::new();
    source.by_ref().take(5).read_to_end(&mut start)?;
    let is_mbox = start == b"From ";
    let mut source = io::Cursor::new(start).chain(source);
    if !is_mbox {
        if size > LARGEST {
            bail!("larger than {} MiB", LARGEST / 1024 / 1024);
        }
        let mut raw = Vec::new();
        source.take(LARGEST + 1).read_to_end(&mut raw)?;
        if raw.is_empty() {
            bail!("empty");
        }
        take(Entry { path: name.to_owned(), index: 0, raw: Ok(raw) });
        return Ok(());
    }
    let mut reader = BufReader::new(&mut source);
    for (index, message) in MessageIterator::new(&mut reader).enumerate() {
        let raw = message
            .map(mail_parser::mailbox::mbox::Message::unwrap_contents)
            .map_err(|error| anyhow!("{error:?}"))
            .with_context(|| format!("{name}, message {index}"));
        if !take(Entry { path: name.to_owned(), index, raw }) {
            break;
        }
    }
    Ok(())
}

/// Why `facts` are not those of a message: nothing in them is a header.
pub fn ensure_message(facts: &mekiki_facts::Facts) -> Result<()> {
    if facts.header.fields.is_empty() {
        bail!("not a mail message: it has no header");
    }
    Ok(())
}

/// The facts of the one message that `path` names.
///
/// # Errors
/// Where it cannot be read, is no message, or holds several; the error names the path.
pub fn one(path: &Path) -> Result<mekiki_facts::Facts> {
    if path.is_dir() {
        bail!("{}: a folder; name one message", path.display());
    }
    let mut entries = Vec::new();
    read(path, &mut |entry| {
        entries.push(entry);
        entries.len() < 2
    });
    if entries.len() > 1 {
        bail!("{}: holds several messages; name one", path.display());
    }
    let entry = entries.pop().ok_or_else(|| anyhow!("{}: no message in it", path.display()))?;
    let facts = mekiki_inside::read(&entry.raw?);
    ensure_message(&facts).with_context(|| path.display().to_string())?;
    Ok(facts)
}
