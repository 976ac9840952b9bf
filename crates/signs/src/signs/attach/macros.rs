use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// A document brings programs along.
    ///
    /// # What it looks for
    ///
    /// Macros in a document of an office program, a template or an object that it fetches from elsewhere when it is opened,
    /// a PDF that runs a script or starts a program.
    ///
    /// # Why it matters
    ///
    /// A press on "Enable content" runs whatever the sender wrote.
    ///
    /// # When it is wrong
    ///
    /// Offices that calculate with macros send them to one another; forms in PDF check what is typed. From a known
    /// correspondent it does not alarm.
    id: "attach.macros",
    evidence: [Name],
    banner: [Leads 80],
    exempt: [ListTalk],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let runs = case.own_files().filter(|file| file.inside.as_ref().is_some_and(|inside| inside.has_macros));
    runs.map(|file| Evidence::of(Detail::Name, file.label())).collect()
}
