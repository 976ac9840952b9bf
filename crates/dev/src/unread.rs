//! Lists what the core reads from a message and nothing uses: public fields of the facts, and purposes of words.
//!
//! Told by name from the source text: a field counts as used where another crate names it. So a field that shares its
//! name with a used one is not found.

use crate::files;
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// What is not used yet, and what will use it.
const AWAITED: &[(&str, &str)] = &[
    ("Attachment.sha256", "signs of attachments: looking a file up by its digest"),
    ("Link.baits", "the dissection shows them beside the host that is contacted"),
    ("ArcSet.instance", "the core's own check of ARC"),
    ("ReceivedSpf.client_ip", "the core's own check of SPF"),
    ("DkimSignature.signed_at", "the core's own check of DKIM: a signature that is older than the message"),
    ("Timestamp.month", "a part of the whole date, with which the facts themselves count"),
];

/// The crates that use facts and purposes.
const READERS: &[&str] = &["crates/signs/src", "crates/publish/src", "crates/cli/src", "crates/wasm/src"];

pub fn run() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut used = BTreeSet::new();
    for folder in READERS {
        for path in sources(&root.join(folder))? {
            used.extend(words(&shipped(&path)?).map(str::to_owned));
        }
    }
    let mut unused = Vec::new();
    for path in sources(&root.join("crates/facts/src"))? {
        let source = shipped(&path)?;
        unused.extend(
            fields(&source).filter(|(_, field)| !used.contains(*field)).map(|(of, name)| format!("{of}.{name}")),
        );
    }
    let words = shipped(&root.join("crates/knowledge/src/words.rs"))?;
    let purposes = variants(&words, "pub enum Purpose {");
    unused.extend(purposes.filter(|purpose| !used.contains(*purpose)).map(|purpose| format!("Purpose.{purpose}")));

    let is_awaited = |name: &String| AWAITED.iter().any(|(known, _)| known == name);
    let stale = AWAITED.iter().filter(|(known, _)| !unused.iter().any(|name| name == known));
    let faults: Vec<String> = unused
        .iter()
        .filter(|name| !is_awaited(name))
        .map(|name| format!("{name} is read from messages and used by nothing"))
        .chain(stale.map(|(name, _)| format!("{name} is used or gone, and still listed in crates/dev/src/unread.rs")))
        .collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    Ok(())
}

/// The Rust files under a folder.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    files::below(folder, |path| files::ends_in(path, "rs") && !path.ends_with("tests.rs"))
}

/// A file's source without comments and tests.
fn shipped(path: &Path) -> Result<String> {
    let source = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    Ok(code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |all, line| all + line + "\n"))
}

/// The names in a piece of source.
fn words(source: &str) -> impl Iterator<Item = &str> {
    source.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty())
}

/// The public fields of public structs, each with the name of its struct.
fn fields(source: &str) -> impl Iterator<Item = (&str, &str)> {
    blocks(source, "pub struct ").flat_map(|(name, body)| {
        body.lines().filter_map(move |line| Some((name, line.strip_prefix("    pub ")?.split_once(':')?.0)))
    })
}

/// The variants of an enum.
fn variants<'a>(source: &'a str, head: &str) -> impl Iterator<Item = &'a str> {
    blocks(source, head.trim_end_matches('{')).take(1).flat_map(|(_, body)| {
        body.lines()
            .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','))
            .filter(|line| words(line).count() == 1)
    })
}

/// What stands in braces behind each head at the beginning of a line, with the name behind the head.
fn blocks<'a>(source: &'a str, head: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let starts: Vec<usize> = source.match_indices(head).map(|(at, _)| at + head.len()).collect();
    starts.into_iter().filter_map(move |at| {
        let rest = source.get(at..)?;
        let (line, body) = rest.split_once("{\n")?;
        if line.contains('\n') {
            return None;
        }
        Some((words(line).next().unwrap_or_default(), body.split_once("\n}")?.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "pub struct One {\n    pub first: bool,\n    second: bool,\n}\n\npub struct Two<'a> {\n    pub third: &'a str,\n}\n\npub enum Kind {\n    A,\n    B,\n}\n";

    #[test]
    fn public_fields_are_found_with_their_structs() {
        assert_eq!(fields(SOURCE).collect::<Vec<_>>(), [("One", "first"), ("Two", "third")]);
        assert_eq!(variants(SOURCE, "pub enum Kind {").collect::<Vec<_>>(), ["A", "B"]);
    }

    #[test]
    fn names_are_whole_words() {
        let used: BTreeSet<&str> = words("link.first_host(&case).second").collect();
        assert!(used.contains("second") && !used.contains("first"));
    }
}
