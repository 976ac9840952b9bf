//! The Public Suffix List as a tree of labels in breadth-first order, for `src/suffix.rs`.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const RULE: u8 = 1;
const WILDCARD: u8 = 2;
const EXCEPTION: u8 = 4;
/// The same three for the private section, shifted by this.
const PRIVATE_SHIFT: u8 = 3;

#[derive(Default)]
struct Node {
    children: BTreeMap<String, Node>,
    flags: u8,
}

pub struct Suffixes {
    root: Node,
}

impl Suffixes {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut root = Node::default();
        let mut is_dated = false;
        let mut shift = 0;
        for line in text.lines().map(str::trim) {
            if let Some(comment) = line.strip_prefix("//") {
                if comment.contains("===BEGIN PRIVATE DOMAINS===") {
                    shift = PRIVATE_SHIFT;
                }
                is_dated |= comment.trim().starts_with("VERSION: ");
                continue;
            }
            let Some(rule) = line.split_whitespace().next() else { continue };
            let (rule, flag) = if let Some(rule) = rule.strip_prefix("*.") {
                (rule, WILDCARD)
            } else if let Some(rule) = rule.strip_prefix('!') {
                (rule, EXCEPTION)
            } else {
                (rule, RULE)
            };
            let ascii =
                idna::domain_to_ascii(rule).map_err(|_| format!("{}: cannot read the rule {rule}", path.display()))?;
            insert(&mut root, &ascii, flag << shift);
            if ascii != rule {
                insert(&mut root, rule, flag << shift);
            }
        }
        if is_dated { Ok(Self { root }) } else { Err(format!("{}: no line says its VERSION", path.display())) }
    }

    /// The prefectures and towns of Japan, which have suffixes of their own: `kanazawa.ishikawa.jp`.
    pub fn japanese_places(&self) -> impl Iterator<Item = &str> {
        let is_registry = |node: &Node| node.flags & RULE != 0;
        self.root
            .children
            .get("jp")
            .into_iter()
            .flat_map(|japan| &japan.children)
            .filter(move |(name, prefecture)| {
                name.is_ascii() && is_registry(prefecture) && prefecture.children.values().any(is_registry)
            })
            .flat_map(move |(name, prefecture)| {
                let towns = prefecture.children.iter().filter(move |(_, town)| is_registry(town));
                std::iter::once(name.as_str()).chain(towns.map(|(town, _)| town.as_str()))
            })
    }

    /// The label before the suffix and the domain of which it is the first label, if any.
    /// With `private`, hosting platforms count as suffixes.
    pub fn registrable<'a>(&self, host: &'a str, private: bool) -> Option<&'a str> {
        let mask: u8 = if private { 0x3F } else { 0x07 };
        let labels: Vec<&str> = host.split('.').collect();
        let mut node = &self.root;
        let mut suffix = 1;
        for (depth, label) in labels.iter().rev().enumerate() {
            let flags = node.flags & mask;
            if flags & (WILDCARD | WILDCARD << PRIVATE_SHIFT) != 0 {
                suffix = suffix.max(depth + 1);
            }
            let Some(child) = node.children.get(*label) else { break };
            node = child;
            let flags = node.flags & mask;
            if flags & (EXCEPTION | EXCEPTION << PRIVATE_SHIFT) != 0 {
                suffix = depth;
                break;
            }
            if flags & (RULE | RULE << PRIVATE_SHIFT) != 0 {
                suffix = depth + 1;
            }
        }
        let first = labels.len().checked_sub(suffix + 1)?;
        let skipped: usize = labels.iter().take(first).map(|label| label.len() + 1).sum();
        host.get(skipped..)
    }

    pub fn source(&self) -> String {
        let mut labels = String::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut queue = VecDeque::from([("", &self.root)]);
        let (mut names, mut firsts, mut flags) = (String::new(), String::new(), String::new());
        let mut count = 0_usize;
        let mut next_child = 1_usize;
        while let Some((label, node)) = queue.pop_front() {
            let place = *places.entry(label).or_insert_with(|| {
                let place = labels.len();
                labels.push_str(label);
                place
            });
            let _ = write!(names, "{},", place << 6 | label.len());
            let _ = write!(firsts, "{next_child},");
            let _ = write!(flags, "{},", node.flags);
            count += 1;
            next_child += node.children.len();
            for (label, child) in &node.children {
                queue.push_back((label, child));
            }
        }
        let _ = write!(firsts, "{next_child}");
        format!(
            "static LABELS: &str = {labels:?};\n\
             static NODE_LABEL: [u32; {count}] = [{names}];\n\
             static NODE_FIRST: [u16; {}] = [{firsts}];\n\
             static NODE_FLAGS: [u8; {count}] = [{flags}];\n",
            count + 1
        )
    }
}

fn insert(root: &mut Node, rule: &str, flag: u8) {
    let mut node = root;
    for label in rule.rsplit('.') {
        node = node.children.entry(label.to_owned()).or_default();
    }
    node.flags |= flag;
}
