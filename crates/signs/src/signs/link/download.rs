use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{FileKind, Host, Link};
use std::collections::BTreeSet;

declare_sign! {
    /// A link loads a program from a stranger.
    ///
    /// # What it looks for
    ///
    /// A link to a stranger's host whose path or query ends in the name of a program, a script, an installer, a disk
    /// image or a document with macros. Archives count from a bare address, and where the message speaks for a brand
    /// that did not send it.
    ///
    /// # Why it matters
    ///
    /// One click then brings the file; a second one runs it.
    ///
    /// # When it is wrong
    ///
    /// Makers of programs link to their own downloads: under their own domain or at a known code host, which do not
    /// count. Friends pass on links to programs and to archives with pictures. So this weighs little alone.
    id: "link.download",
    evidence: [Term, Url],
    banner: [Leads 82],
    exempt: [ListTalk, Answer],
    finds: Many(look),
}

/// Endings of documents with macros.
const MACROS: &[&str] = &["docm", "xlsm"];

/// Endings of programs that in links are those of hosts and of what pages are made of.
const OF_PAGES: &[&str] = &["com", "js"];

/// What a link loads, by the ending of the file's name; documents with macros run as programs do.
fn loads(ending: &str) -> Option<FileKind> {
    let kind = if MACROS.contains(&ending) { Some(FileKind::Program) } else { FileKind::of_ending(ending) };
    kind.filter(|kind| matches!(kind, FileKind::Program | FileKind::Archive) && !OF_PAGES.contains(&ending))
}

fn look(case: &Case) -> Vec<Evidence> {
    let is_judged = case.judged_brand().is_some();
    let mut seen = BTreeSet::new();
    case.stray_links()
        .filter_map(|link| Some((file_ending(link)?, link)))
        .filter(|(ending, link)| {
            loads(ending) == Some(FileKind::Program) || is_judged || matches!(link.final_host(), Some(Host::Ip(_)))
        })
        .filter(|(_, link)| seen.insert(link.shown_target()))
        .map(|(ending, link)| Evidence::of(Detail::Term, format!(".{ending}")).and(Detail::Url, link.shown_target()))
        .collect()
}

/// The ending of the program or archive that a link names at the end of its path or of a query field.
fn file_ending(link: &Link) -> Option<String> {
    let rest = link.shown_target().split_once("://")?.1.split_once('/')?.1;
    let rest = rest.split('#').next()?;
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    path.rsplit('/').take(1).chain(query.split(['&', '=', '/'])).find_map(|name| {
        let (stem, ending) = name.rsplit_once('.')?;
        let ending = ending.to_ascii_lowercase();
        loads(&ending).filter(|_| !stem.is_empty()).map(|_| ending)
    })
}
