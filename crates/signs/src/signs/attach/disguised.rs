use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Attachment, FileKind};

declare_sign! {
    /// A file is not what it says it is.
    ///
    /// # What it looks for
    ///
    /// A program whose name or type says it is a document, a picture or an archive, or whose name has the ending of one
    /// before its own (`invoice.pdf.exe`); a page with a form or a script that says it is a PDF or a picture; letters in
    /// a name that turn around what is read. Whatever else was found, the level is then `suspicious` at least.
    ///
    /// # Why it matters
    ///
    /// Nobody hides from the recipient what a file is, but for one reason.
    ///
    /// # When it is wrong
    ///
    /// Old programs save tables and letters as pages and call them documents: pages count only where they say that they are
    /// a PDF or a picture.
    id: "attach.disguised",
    evidence: [Name],
    banner: [Leads 98],
    exempt: [],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let disguised = case.own_files().filter(|file| is_disguised(file));
    disguised.map(|file| Evidence::of(Detail::Name, file.label())).collect()
}

/// Turns around the letters behind it (UAX #9): `exe.pdf` is read where `fdp.exe` stands.
const OVERRIDES: [char; 2] = ['\u{202E}', '\u{2067}'];

fn is_disguised(file: &Attachment) -> bool {
    let acts = || file.page.as_ref().is_some_and(|page| page.form.is_some() || page.has_script || page.leads_on);
    let is_turned = || file.name.as_ref().is_some_and(|name| name.contains(OVERRIDES));
    match (file.kind, file.pretends) {
        (Some(FileKind::Program), Some(_)) => true,
        (Some(FileKind::Page), Some(FileKind::Pdf | FileKind::Picture)) => acts(),
        (Some(FileKind::Program | FileKind::Page), None) => is_turned(),
        _ => false,
    }
}
