use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Attachment, FileKind};

declare_sign! {
    /// A program comes with the message.
    ///
    /// # What it looks for
    ///
    /// A file that runs, installs or mounts, by its first bytes or its name; or an archive with hardly anything else in
    /// it.
    ///
    /// # Why it matters
    ///
    /// Who opens it hands over the computer. Companies let their customers fetch programs from a page of theirs.
    ///
    /// # When it is wrong
    ///
    /// Developers send one another scripts, and small firms their updates: on a mailing list that is proven to be one it
    /// does not count.
    id: "attach.program",
    evidence: [Name],
    banner: [Leads 96],
    exempt: [ListTalk],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    case.own_files().filter_map(program).map(|name| Evidence::of(Detail::Name, name)).collect()
}

/// Most files of an archive in which one program is what it was packed for: programs that are sent whole have more.
const FEW: usize = 4;

/// The name of the program that a file is, or that is packed in it.
fn program(file: &Attachment) -> Option<&str> {
    if file.kind == Some(FileKind::Program) && file.pretends.is_none() {
        return Some(file.label());
    }
    let names = &file.inside.as_ref()?.names;
    let is_program = |name: &&String| FileKind::of_name(name) == Some(FileKind::Program);
    names
        .iter()
        .find(is_program)
        .filter(|_| file.kind == Some(FileKind::Archive) && names.len() <= FEW)
        .map(String::as_str)
}
