//! The directory of brands: one file each in `data/brands`, for `src/brands.rs` and
//! `src/lookalike.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use crate::domains::{Domains, well_formed};
use crate::few_enough;
use crate::folding::Folds;
use crate::suffixes::Suffixes;

/// What a brand can do.
const KINDS: &[&str] = &[
    "bank",
    "card",
    "securities",
    "insurance",
    "payment",
    "crypto",
    "shop",
    "marketplace",
    "carrier",
    "isp",
    "hosting",
    "mail",
    "software",
    "cloud",
    "social",
    "messenger",
    "streaming",
    "game",
    "delivery",
    "travel",
    "transport",
    "utility",
    "tax",
    "government",
    "health",
    "education",
    "telecom-device",
    "media",
    "employment",
    "food",
    "other",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    common: Vec<String>,
    kind: String,
    country: String,
    domains: Vec<String>,
    #[serde(default)]
    freemail: Vec<String>,
    #[serde(default)]
    offices: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
    #[serde(default)]
    networks: Vec<u32>,
    #[serde(default)]
    authenticates: bool,
    #[serde(default)]
    self_hosted: bool,
    parent: Option<String>,
    #[serde(default)]
    shared: BTreeMap<String, String>,
    abuse: Option<String>,
}

/// A spelling and one brand it stands for.
struct Name {
    folded: String,
    written: String,
    brand: usize,
    common: bool,
}

pub struct Brands {
    ids: Vec<String>,
    entries: Vec<Entry>,
    /// The group's head of each brand; itself where it has no parent.
    heads: Vec<usize>,
    names: Vec<Name>,
    tokens: BTreeMap<String, (usize, bool)>,
}

impl Brands {
    pub fn read(folder: &Path, suffixes: &Suffixes, domains: &Domains, folds: &Folds) -> Result<Self, String> {
        let mut ids = Vec::new();
        let mut entries = Vec::new();
        let mut faults = Vec::new();
        for (stem, path) in crate::toml_files(folder)? {
            match crate::read_dated::<Entry>(&path) {
                Ok(entry) => {
                    if let Err(what) = check(&stem, &entry, suffixes, domains) {
                        faults.push(format!("{}: {what}", path.display()));
                    }
                    ids.push(stem);
                    entries.push(entry);
                }
                Err(fault) => faults.push(fault),
            }
        }
        let heads = heads(&ids, &entries, &mut faults);
        owners(&ids, &entries, &heads, &mut faults);
        let names = names(&ids, &entries, &heads, folds, &mut faults);
        if !faults.is_empty() {
            return Err(faults.join("\n"));
        }
        few_enough("names of brands", names.len())?;
        few_enough("domains of brands", entries.iter().map(|entry| entry.domains.len() + entry.freemail.len()).sum())?;
        let tokens = tokens(&entries, &names, suffixes, domains);
        Ok(Self { ids, entries, heads, names, tokens })
    }

    pub fn source(&self) -> String {
        let mut source = String::new();
        self.directory(&mut source);
        let abuse: Vec<(usize, &str)> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(brand, entry)| Some((brand, entry.abuse.as_deref()?)))
            .collect();
        let _ = writeln!(source, "static ABUSE: [(u16, &str); {}] = {abuse:?};", abuse.len());
        self.name_table(&mut source);

        let mut patterns = Vec::new();
        for (brand, entry) in self.entries.iter().enumerate() {
            for pattern in &entry.patterns {
                if let Some((start, end)) = pattern.split_once('*') {
                    patterns.push((start, end, brand));
                }
            }
        }
        let _ = writeln!(source, "static PATTERNS: [(&str, &str, u16); {}] = {patterns:?};", patterns.len());

        source
    }

    /// The tables of `src/lookalike/tokens.rs`.
    pub fn tokens(&self) -> String {
        let mut tokens: Vec<(&String, &(usize, bool))> = self.tokens.iter().collect();
        tokens.sort_by_key(|(token, _)| (token.len(), *token));
        let longest = tokens.last().map_or(0, |(token, _)| token.len());
        // Where those of each length begin, and where their texts do.
        let lengths: Vec<usize> =
            (0..=longest + 1).map(|length| tokens.partition_point(|(token, _)| token.len() < length)).collect();
        let starts: Vec<usize> =
            lengths.iter().map(|&first| tokens.iter().take(first).map(|(token, _)| token.len()).sum()).collect();
        let brands: Vec<usize> =
            tokens.iter().map(|(_, (brand, weak))| brand | if *weak { 0x8000 } else { 0 }).collect();
        let texts: String = tokens.iter().map(|(token, _)| token.as_str()).collect();
        format!(
            "static TEXTS: &str = {texts:?};\nstatic LENGTHS: [u16; {0}] = {lengths:?};\n\
             static TEXT_STARTS: [u32; {0}] = {starts:?};\nstatic BRANDS: [u16; {1}] = {brands:?};\n",
            lengths.len(),
            tokens.len()
        )
    }

    /// The brands, a line each, as `Brand::of_line` reads them: texts compress to a fraction of what structures of
    /// pointers do.
    fn directory(&self, source: &mut String) {
        let lines: Vec<String> = self
            .ids
            .iter()
            .zip(&self.entries)
            .zip(&self.heads)
            .map(|((id, entry), head)| {
                let networks: Vec<String> = entry.networks.iter().map(u32::to_string).collect();
                let is_software = entry.kind == "software";
                let kinds = [(is_software, 's'), (entry.authenticates, 'a'), (entry.self_hosted, 'h')];
                [
                    id.clone(),
                    entry.name.clone(),
                    entry.aliases.join("\t"),
                    entry.country.clone(),
                    entry.domains.join("\t"),
                    entry.freemail.join("\t"),
                    entry.offices.join("\t"),
                    networks.join("\t"),
                    kinds.iter().filter(|(is_so, _)| *is_so).map(|(_, kind)| kind).collect(),
                    head.to_string(),
                    entry.parent.clone().unwrap_or_default(),
                ]
                .join("\u{1}")
            })
            .collect();
        let _ = writeln!(source, "static DIRECTORY: &str = {:?};", lines.join("\n"));
    }

    /// The names of every brand, a line each: the telling ones, then the common ones.
    fn name_table(&self, source: &mut String) {
        let mut lines = vec![[Vec::new(), Vec::new()]; self.entries.len()];
        for name in &self.names {
            lines[name.brand][usize::from(name.common)].push(name.folded.as_str());
        }
        let lines: Vec<String> =
            lines.into_iter().map(|line| line.map(|names| names.join("\t")).join("\u{1}")).collect();
        let _ = writeln!(source, "static NAMES: &str = {:?};", lines.join("\n"));
    }
}

fn check(id: &str, entry: &Entry, suffixes: &Suffixes, domains: &Domains) -> Result<(), String> {
    let kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !id.bytes().all(kebab) {
        return Err("the file's name is not kebab-case ASCII".to_owned());
    }
    if !KINDS.contains(&entry.kind.as_str()) {
        return Err(format!("no kind {:?}", entry.kind));
    }
    if entry.country.len() != 2 || !entry.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(format!("country is no ISO 3166-1 code: {:?}", entry.country));
    }
    if entry.domains.is_empty() && entry.freemail.is_empty() && entry.patterns.is_empty() {
        return Err("no domains".to_owned());
    }
    for domain in entry.domains.iter().chain(&entry.freemail) {
        well_formed(domain, suffixes)?;
    }
    for domain in &entry.domains {
        if domains.is_public(domain) {
            return Err(format!("{domain} gives mailboxes to anybody: list it under freemail"));
        }
    }
    for office in &entry.offices {
        let domain = office.split_once('@').map(|(_, domain)| domain.to_owned());
        if domain.is_none_or(|domain| !entry.freemail.contains(&domain)) || *office != office.to_lowercase() {
            return Err(format!("{office:?} is no address, in lower case, at a domain under freemail"));
        }
    }
    for pattern in &entry.patterns {
        let sample = pattern.replacen('*', "x", 1);
        well_formed(&sample, suffixes)?;
        if !pattern.contains('*') || suffixes.registrable(&sample, false) != Some(&sample) {
            return Err(format!("{pattern:?} is no registrable domain with one star"));
        }
    }
    let written: BTreeSet<&String> = entry.aliases.iter().chain([&entry.name]).collect();
    for name in &entry.common {
        if !written.contains(name) {
            return Err(format!("{name:?} is common, but neither name nor alias"));
        }
    }
    for domain in entry.shared.keys() {
        if !entry.domains.contains(domain) {
            return Err(format!("{domain:?} is shared, but not among the domains"));
        }
    }
    if entry.abuse.as_ref().is_some_and(|address| !address.contains('@')) {
        return Err("abuse is no address".to_owned());
    }
    Ok(())
}

fn heads(ids: &[String], entries: &[Entry], faults: &mut Vec<String>) -> Vec<usize> {
    let mut heads = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let mut head = index;
        for step in 0.. {
            let Some(parent) = entries[head].parent.as_ref() else { break };
            let Some(next) = ids.iter().position(|known| known == parent) else {
                faults.push(format!("data/brands/{id}.toml: no brand {parent:?}, named as parent"));
                break;
            };
            if step > 8 {
                faults.push(format!("data/brands/{id}.toml: its parents go round in a circle"));
                break;
            }
            head = next;
        }
        heads.push(head);
    }
    heads
}

/// Holds that a domain with two owners says why.
fn owners(ids: &[String], entries: &[Entry], heads: &[usize], faults: &mut Vec<String>) {
    let mut owners: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        for domain in entry.domains.iter().chain(&entry.freemail) {
            let owners = owners.entry(domain).or_default();
            if owners.contains(&index) {
                faults.push(format!("data/brands/{}.toml: {domain} stands twice", ids[index]));
            } else {
                owners.push(index);
            }
        }
    }
    for (domain, brands) in owners {
        for pair in brands.windows(2) {
            let [first, second] = pair else { continue };
            let explained = heads[*first] == heads[*second]
                || [first, second].iter().any(|&&brand| entries[brand].shared.contains_key(domain));
            if !explained {
                faults.push(format!(
                    "data/brands/{}.toml: {domain} belongs to {} as well: name a parent or say why under shared",
                    ids[*second], ids[*first]
                ));
            }
        }
    }
}

fn names(ids: &[String], entries: &[Entry], heads: &[usize], folds: &Folds, faults: &mut Vec<String>) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (brand, entry) in entries.iter().enumerate() {
        for written in entry.aliases.iter().chain([&entry.name]) {
            let folded = folds.name(written);
            let length = folded.chars().filter(|character| character.is_alphanumeric()).count();
            if length == 0 {
                faults.push(format!("data/brands/{}.toml: {written:?} is no name", ids[brand]));
                continue;
            }
            let common = entry.common.contains(written) || length < 3 && folded.is_ascii();
            let others = places.entry(folded.clone()).or_default();
            if let Some(&own) = others.iter().find(|&&other| names[other].brand == brand) {
                names[own].common |= common;
                continue;
            }
            for &other in others.iter() {
                let other = &names[other];
                if heads[other.brand] != heads[brand] && !(other.common && common) {
                    faults.push(format!(
                        "data/brands/{}.toml: {written:?} is a name of {} as well ({:?}): \
                         make it common in both or name a parent",
                        ids[brand], ids[other.brand], other.written
                    ));
                }
            }
            others.push(names.len());
            names.push(Name { folded, written: written.clone(), brand, common });
            if let Some(folded) = folds.resolved(written) {
                names.push(Name { folded, written: written.clone(), brand, common });
            }
        }
    }
    // What others make of a name comes after all names, and takes none of them.
    for index in 0..names.len() {
        let Name { brand, common, .. } = names[index];
        for (written, common) in variants(&names[index].written, common) {
            let folded = folds.name(&written);
            if !places.contains_key(&folded) {
                places.insert(folded.clone(), vec![names.len()]);
                names.push(Name { folded, written, brand, common });
            }
        }
    }
    names
}

/// Spellings that are not the brand's, but everybody's: without an apostrophe (Lowes), and with a space where a capital
/// stands inside (Media Markt), which may be ordinary words and so count in context only.
fn variants(written: &str, common: bool) -> Vec<(String, bool)> {
    let mut variants = Vec::new();
    let plain: String = written.chars().filter(|letter| !matches!(letter, '\'' | '\u{2019}')).collect();
    if plain != written && plain.chars().count() >= 5 {
        variants.push((plain, common));
    }
    let mut spaced = String::new();
    let mut previous = ' ';
    for letter in written.chars() {
        if previous.is_ascii_lowercase() && letter.is_ascii_uppercase() {
            spaced.push(' ');
        }
        spaced.push(letter);
        previous = letter;
    }
    if spaced != written && written.is_ascii() && written.len() >= 5 {
        variants.push((spaced, true));
    }
    variants
}

/// What a forged host would carry: the labels of the domains and the names that fit in a label.
/// Weak ones are short, ordinary words, or common names.
fn tokens(
    entries: &[Entry],
    names: &[Name],
    suffixes: &Suffixes,
    domains: &Domains,
) -> BTreeMap<String, (usize, bool)> {
    let mut tokens: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    let telling: BTreeSet<String> =
        names.iter().filter(|name| !name.common).map(|name| compact(&name.folded)).collect();
    let common: BTreeSet<String> = names
        .iter()
        .filter(|name| name.common)
        .map(|name| compact(&name.folded))
        .filter(|name| !telling.contains(name))
        .collect();
    let mut add = |token: String, brand: usize| {
        if token.len() < 3 || token.len() > 30 || token.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        let weak = token.len() < 5 || common.contains(&token) || domains.ordinary.contains(&token);
        tokens.entry(token).or_insert((brand, weak));
    };
    for name in names {
        if name.folded.is_ascii() {
            add(compact(&name.folded), name.brand);
        }
    }
    for (brand, entry) in entries.iter().enumerate() {
        for domain in entry.domains.iter().chain(&entry.freemail) {
            // `web.nhk`, `home.ne.jp`: a word that hosts of anybody carry is nothing to imitate.
            if let Some(label) = suffixes.registrable(domain, false).and_then(|domain| domain.split('.').next())
                && !domains.ordinary.contains(label)
                && !domains.bait.contains(label)
            {
                add(compact(label), brand);
            }
        }
    }
    tokens
}

fn compact(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}
