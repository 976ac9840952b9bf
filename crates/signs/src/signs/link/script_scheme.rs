use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Link;
use std::collections::BTreeSet;

declare_sign! {
    /// A link leads nowhere, but carries a page or a program in itself.
    ///
    /// # What it looks for
    ///
    /// Links that begin with `javascript:`, `vbscript:` or `blob:`, and those that begin with `data:` and carry a page,
    /// a drawing with scripts in it, or a program.
    ///
    /// # Why it matters
    ///
    /// A page that comes inside the link needs no host that could be blocked, and its address shows no name at all.
    /// Mail programs do not follow such links; the sender hopes for one that does.
    ///
    /// # When it is wrong
    ///
    /// Pages that were copied into a mail bring empty commands along (`javascript:void(0)`); pictures and calendar
    /// entries are carried by `data:` too. None of them counts.
    id: "link.script-scheme",
    evidence: [Term, Url],
    banner: [Leads 87],
    exempt: [ListTalk],
    finds: Many(look),
}

/// Commands that do nothing a reader would mind.
const IDLE: &[&str] = &[
    "",
    "//",
    "0",
    "false",
    "history.back()",
    "history.go(-1)",
    "print()",
    "return false",
    "self.close()",
    "self.print()",
    "undefined",
    "void 0",
    "void()",
    "void(0)",
    "void(null)",
    "window.close()",
    "window.history.back()",
    "window.print()",
];

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.facts
        .links
        .iter()
        .filter(|link| link.is_clickable() && link.is_visible)
        .filter_map(|link| Some((link.scheme.as_deref()?, link)))
        .filter(|(scheme, link)| carries_program(scheme, link))
        .filter(|(_, link)| seen.insert(link.shown_target()))
        .map(|(scheme, link)| Evidence::of(Detail::Term, format!("{scheme}:")).and(Detail::Url, link.shown_target()))
        .collect()
}

fn carries_program(scheme: &str, link: &Link) -> bool {
    let content = link.url.as_deref().and_then(|url| url.split_once(':')).map_or("", |(_, content)| content);
    match scheme {
        "javascript" => {
            let command = content.replace("%20", " ").to_ascii_lowercase();
            !IDLE.contains(&command.trim().trim_end_matches([';', ' ']))
        }
        "vbscript" | "blob" => true,
        "data" => {
            let kind = content.split([',', ';']).next().unwrap_or_default().trim().to_ascii_lowercase();
            ["html", "svg", "xml", "javascript", "ecmascript", "octet-stream"].iter().any(|one| kind.contains(one))
        }
        _ => false,
    }
}
