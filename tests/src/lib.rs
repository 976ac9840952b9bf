//! Finding the messages that the tests go through, and what is kept of what they give.

#![allow(clippy::expect_used, clippy::missing_panics_doc, reason = "a test that cannot read its own files has failed")]

pub mod properties;
pub mod shapes;
pub mod snapshot;
pub mod spent;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The top of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands below the top").to_owned()
}

/// The folder of the messages.
pub fn messages() -> PathBuf {
    root().join("tests/messages")
}

/// Every `.eml` file below `folder`, sorted; none where there is no such folder.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(folder, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a folder of ours can be read").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "eml") {
            found.push(path);
        }
    }
}

/// The message's bytes.
pub fn raw(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a message of ours can be read")
}
