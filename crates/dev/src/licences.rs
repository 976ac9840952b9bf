//! Refuses dependencies whose licence does not go together with the MPL 2.0.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::process::Command;

/// Licences that the add-on may carry parts under.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
}

pub fn run() -> Result<()> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()
        .context("cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let refused: Vec<_> = metadata
        .packages
        .iter()
        .filter(|package| !package.license.as_deref().is_some_and(is_allowed))
        .map(|package| {
            format!("{} {}: {}", package.name, package.version, package.license.as_deref().unwrap_or("none"))
        })
        .collect();
    if !refused.is_empty() {
        bail!("licences that were not agreed on:\n{}", refused.join("\n"));
    }
    println!("{} packages, all under agreed licences", metadata.packages.len());
    Ok(())
}

/// Whether an SPDX expression can be met with the allowed licences: every `AND` part by one of its `OR` parts.
fn is_allowed(expression: &str) -> bool {
    expression
        .replace(['(', ')'], "")
        .split(" AND ")
        .all(|part| part.split(" OR ").flat_map(|one| one.split('/')).any(|one| ALLOWED.contains(&one.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read() {
        assert!(is_allowed("MIT OR GPL-3.0"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(is_allowed("Unlicense/MIT"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
    }
}
