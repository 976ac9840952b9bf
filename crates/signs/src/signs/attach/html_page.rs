use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};
use mekiki_facts::AttachedPage;

declare_sign! {
    /// An attached web page asks for a password, or does something on its own.
    ///
    /// # What it looks for
    ///
    /// An attached page with a field for a password. Where it has the recipient's address in it, is encoded so that it is
    /// made only as it runs, or comes in the name of a brand that did not send it: any form, any script, and any page that
    /// leads on by itself.
    ///
    /// # Why it matters
    ///
    /// Opened from an attachment, a page has no address to look at: it looks like any company's, and what is typed goes
    /// wherever it likes.
    ///
    /// # When it is wrong
    ///
    /// Some banks and hospitals send their letters as pages that open with a password.
    id: "attach.html-page",
    evidence: [Name, Trick],
    banner: [Leads 95],
    exempt: [],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let pages = case.own_files().filter_map(|file| Some((file, trick(case, file.page.as_ref()?)?)));
    pages.map(|(file, trick)| Evidence::of(Detail::Name, file.label()).and(Detail::Trick, trick)).collect()
}

fn trick(case: &Case, page: &AttachedPage) -> Option<Trick> {
    if page.form.as_ref().is_some_and(|form| form.asks_password) {
        return Some(Trick::PasswordField);
    }
    let is_for_recipient = || {
        let mut recipients = case.recipients().iter();
        recipients.any(|one| page.addresses.iter().any(|address| one.shown.eq_ignore_ascii_case(address)))
    };
    if !(page.is_encoded || case.judged_brand().is_some() || is_for_recipient()) {
        return None;
    }
    if page.form.as_ref().is_some_and(|form| form.inputs > 0) {
        Some(Trick::Form)
    } else if page.has_script || page.leads_on {
        Some(Trick::Script)
    } else {
        None
    }
}
