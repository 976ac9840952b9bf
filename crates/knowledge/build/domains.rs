//! The lists in `data/domains` for `src/domains.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use crate::few_enough;
use crate::suffixes::Suffixes;

/// The classes a list can have, and the variants of `DomainClass` that they become.
const CLASSES: &[(&str, &str)] = &[
    ("free-mail", "FreeMail"),
    ("provider-mail", "ProviderMail"),
    ("disposable-mail", "DisposableMail"),
    ("free-hosting", "FreeHosting"),
    ("dynamic-dns", "DynamicDns"),
    ("tunnel", "Tunnel"),
    ("ipfs-gateway", "IpfsGateway"),
    ("storage", "Storage"),
    ("form-builder", "FormBuilder"),
    ("shortener", "Shortener"),
    ("shared-page", "SharedPage"),
    ("list-host", "ListHost"),
    ("alias-relay", "AliasRelay"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    class: String,
    domains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delivery {
    service: Vec<Service>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    name: String,
    domains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redirectors {
    redirector: Vec<Redirector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redirector {
    name: String,
    kind: String,
    hosts: Vec<String>,
    #[serde(default)]
    path: String,
    target: String,
    #[serde(default)]
    query: Vec<String>,
    #[serde(default)]
    coding: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Risky {
    suffixes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    ordinary: Vec<String>,
    bait: Vec<String>,
}

pub struct Domains {
    /// The classes of each domain, as places in [`CLASSES`].
    classes: BTreeMap<String, BTreeSet<usize>>,
    services: Vec<Service>,
    redirectors: Vec<Redirector>,
    risky: Risky,
    pub ordinary: BTreeSet<String>,
    pub bait: BTreeSet<String>,
}

impl Domains {
    pub fn read(folder: &Path, suffixes: &Suffixes) -> Result<Self, String> {
        let mut classes: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut services = None;
        let mut redirectors = None;
        let mut risky = None;
        let mut words = None;
        for (stem, path) in crate::toml_files(folder)? {
            let fault = |what: String| format!("{}: {what}", path.display());
            match stem.as_str() {
                "delivery" => {
                    let file: Delivery = crate::read_dated(&path)?;
                    for domain in file.service.iter().flat_map(|service| &service.domains) {
                        well_formed(domain, suffixes).map_err(fault)?;
                    }
                    services = Some(file.service);
                }
                "redirectors" => {
                    let file: Redirectors = crate::read_dated(&path)?;
                    for domain in file.redirector.iter().flat_map(|entry| &entry.hosts) {
                        well_formed(domain, suffixes).map_err(fault)?;
                    }
                    for entry in &file.redirector {
                        variants(entry).map_err(fault)?;
                    }
                    redirectors = Some(file.redirector);
                }
                "risky-suffixes" => {
                    let file: Risky = crate::read_dated(&path)?;
                    risky = Some(file);
                }
                "lookalike-words" => {
                    let file: Words = crate::read_dated(&path)?;
                    words = Some(file);
                }
                _ => {
                    let file: List = crate::read_dated(&path)?;
                    let class = CLASSES.iter().position(|(name, _)| *name == file.class);
                    let class = class.ok_or_else(|| fault(format!("no class {}", file.class)))?;
                    for domain in file.domains {
                        well_formed(&domain, suffixes).map_err(fault)?;
                        if !classes.entry(domain.clone()).or_default().insert(class) {
                            return Err(fault(format!("{domain} stands twice")));
                        }
                    }
                }
            }
        }
        few_enough("domains with a class", classes.len())?;
        let missing = |name: &str| format!("{}: {name}.toml is missing", folder.display());
        let words: Words = words.ok_or_else(|| missing("lookalike-words"))?;
        Ok(Self {
            classes,
            services: services.ok_or_else(|| missing("delivery"))?,
            redirectors: redirectors.ok_or_else(|| missing("redirectors"))?,
            risky: risky.ok_or_else(|| missing("risky-suffixes"))?,
            // Family names and companies share the names of towns: Natori is no slip for Nitori.
            ordinary: words.ordinary.into_iter().chain(suffixes.japanese_places().map(str::to_owned)).collect(),
            bait: words.bait.into_iter().collect(),
        })
    }

    /// Whether strangers can have mailboxes at exactly this domain.
    pub fn is_public(&self, domain: &str) -> bool {
        self.classes.get(domain).is_some_and(|classes| classes.iter().any(|class| CLASSES[*class].0.ends_with("-mail")))
    }

    pub fn source(&self) -> String {
        let mut source = String::new();
        let mut groups: BTreeMap<&BTreeSet<usize>, Vec<&str>> = BTreeMap::new();
        for (domain, classes) in &self.classes {
            groups.entry(classes).or_default().push(domain);
        }
        let names = |classes: &BTreeSet<usize>| {
            classes.iter().map(|class| format!("DomainClass::{}", CLASSES[*class].1)).collect::<Vec<_>>().join(", ")
        };
        let every: BTreeSet<usize> = (0..CLASSES.len()).collect();
        let _ = writeln!(
            source,
            "static EVERY_CLASS: [DomainClass; {}] = [{}];\nstatic CLASSES: [(&[DomainClass], &str); {}] = [",
            every.len(),
            names(&every),
            groups.len()
        );
        for (classes, domains) in groups {
            let _ = writeln!(source, "(&[{}], {:?}),", names(classes), domains.join(" "));
        }
        source.push_str("];\n");

        let _ = writeln!(source, "static SERVICES: [DeliveryService; {}] = [", self.services.len());
        for service in &self.services {
            let _ =
                writeln!(source, "DeliveryService {{ name: {:?}, domains: &{:?} }},", service.name, service.domains);
        }
        source.push_str("];\n");
        let _ = writeln!(source, "static REDIRECTORS: [Redirector; {}] = [", self.redirectors.len());
        for entry in &self.redirectors {
            let (kind, target) = variants(entry).unwrap_or_default();
            let _ = writeln!(
                source,
                "Redirector {{ name: {:?}, kind: RedirectorKind::{kind}, hosts: &{:?}, path: {:?}, target: {target} }},",
                entry.name, entry.hosts, entry.path
            );
        }
        source.push_str("];\n");
        let risky: BTreeSet<&String> = self.risky.suffixes.iter().collect();
        let _ = writeln!(source, "static RISKY: [&str; {}] = {:?};", risky.len(), risky.iter().collect::<Vec<_>>());
        let _ = writeln!(
            source,
            "pub(crate) static BAIT: [&str; {}] = {:?};",
            self.bait.len(),
            self.bait.iter().collect::<Vec<_>>()
        );
        let _ = writeln!(
            source,
            "pub(crate) static ORDINARY: [&str; {}] = {:?};",
            self.ordinary.len(),
            self.ordinary.iter().collect::<Vec<_>>()
        );
        source
    }
}

/// The variants of `RedirectorKind` and `Target` that an entry names.
fn variants(entry: &Redirector) -> Result<(&'static str, String), String> {
    let kind = match entry.kind.as_str() {
        "gateway" => "Gateway",
        "open-redirect" => "OpenRedirect",
        "translator" => "Translator",
        "cache" => "Cache",
        "tracker" => "Tracker",
        other => return Err(format!("{}: no kind {other:?}", entry.name)),
    };
    let target = match entry.target.as_str() {
        "query" if !entry.query.is_empty() => {
            let coding = match entry.coding.as_str() {
                "" => "Plain",
                "base64" => "Base64",
                "bing" => "Bing",
                "url-defense-v2" => "UrlDefenseV2",
                other => return Err(format!("{}: no coding {other:?}", entry.name)),
            };
            return Ok((kind, format!("Target::Query(&{:?}, TargetCoding::{coding})", entry.query)));
        }
        "path" => "Target::Path",
        "host" => "Target::Host",
        "check-point" => "Target::CheckPoint",
        "url-defense-v3" => "Target::UrlDefenseV3",
        "hidden" => "Target::Hidden",
        other => return Err(format!("{}: no target {other:?}", entry.name)),
    };
    if !entry.query.is_empty() || !entry.coding.is_empty() {
        return Err(format!("{}: query and coding belong to the target \"query\"", entry.name));
    }
    Ok((kind, target.to_owned()))
}

/// A lower-case host name of at least two labels.
pub fn well_formed(domain: &str, suffixes: &Suffixes) -> Result<(), String> {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
    };
    if !domain.contains('.') || domain.len() > 253 || !domain.split('.').all(label) {
        return Err(format!("{domain:?} is no host name in lower-case ASCII"));
    }
    if suffixes.registrable(domain, false).is_none() {
        return Err(format!("{domain:?} is a public suffix"));
    }
    Ok(())
}
