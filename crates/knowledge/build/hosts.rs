//! The lists in `data/hosts` for `src/hosts.rs`.

use std::{fmt::Write as _, path::Path};

use serde::Deserialize;

use crate::read_dated;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Relays {
    relay: Vec<Relay>,
    front_door: Vec<FrontDoor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relay {
    name: String,
    domains: Vec<String>,
    network: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontDoor {
    name: String,
    by: String,
    greeting: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filters {
    filter: Vec<Filter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    name: String,
    fields: Vec<String>,
    #[serde(default)]
    score: Vec<String>,
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Rule {
    says: String,
    begins: Option<Vec<String>>,
    is: Option<Vec<String>>,
    part: Option<Vec<String>>,
    holds: Option<Vec<String>>,
    at_least: Option<f64>,
}

impl Rule {
    /// What `src/hosts.rs` makes of it: the variants of `Verdict` and `When`.
    fn variants(&self) -> Result<(&'static str, String), String> {
        let says = match self.says.as_str() {
            "spam" => "Spam",
            "phish" => "Phish",
            "bulk" => "Bulk",
            "clean" => "Clean",
            other => return Err(format!("no verdict {other:?}")),
        };
        let lists = [("Begins", &self.begins), ("Is", &self.is), ("Part", &self.part), ("Holds", &self.holds)];
        let mut conditions: Vec<String> =
            lists.iter().filter_map(|(name, list)| Some(format!("When::{name}(&{:?})", list.as_ref()?))).collect();
        conditions.extend(self.at_least.map(|limit| format!("When::AtLeast({limit:?})")));
        match conditions.len() {
            0 => Ok((says, "When::Always".to_owned())),
            1 => Ok((says, conditions.remove(0))),
            _ => Err("a rule has one condition at most".to_owned()),
        }
    }
}

/// Reads both lists and writes their tables.
pub fn source(folder: &Path) -> Result<String, String> {
    let mut source = String::new();
    let path = folder.join("relays.toml");
    let file: Relays = read_dated(&path)?;
    let _ = writeln!(source, "static RELAYS: [Relay; {}] = [", file.relay.len());
    for Relay { name, domains, network } in &file.relay {
        let _ = writeln!(source, "// {name}\nRelay {{ domains: &{domains:?}, network: {network} }},");
    }
    let _ = writeln!(source, "];\nstatic FRONT_DOORS: [(&str, Option<&str>); {}] = [", file.front_door.len());
    for FrontDoor { name, by, greeting } in &file.front_door {
        let _ = writeln!(source, "// {name}\n({by:?}, {greeting:?}),");
    }
    source.push_str("];\n");

    let path = folder.join("filters.toml");
    let fault = |what: String| format!("{}: {what}", path.display());
    let file: Filters = read_dated(&path)?;
    let _ = writeln!(source, "static FILTERS: [Filter; {}] = [", file.filter.len());
    let mut seen: Vec<&String> = Vec::new();
    for Filter { name, fields, score, rules } in &file.filter {
        for field in fields {
            if *field != field.to_ascii_lowercase() || seen.contains(&field) {
                return Err(fault(format!("{field:?} stands twice or is not in lower case")));
            }
            seen.push(field);
        }
        let _ = write!(source, "// {name}\nFilter {{ fields: &{fields:?}, score: &{score:?}, rules: &[");
        for rule in rules {
            let (says, when) = rule.variants().map_err(fault)?;
            let _ = write!(source, "(Verdict::{says}, {when}), ");
        }
        source.push_str("] },\n");
    }
    source.push_str("];\n");
    Ok(source)
}
