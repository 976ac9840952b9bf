//! `link.form-in-mail`

use crate::{Detail, Evidence, Sign, Trick, case::Case};

/// The message itself asks for input.
///
/// # What it looks for
///
/// A field for a password inside the message. Where it speaks for a brand that did not send it: any form to type into,
/// and any script.
///
/// # Why it matters
///
/// What is typed into a mail goes wherever the sender likes, without any address bar to look at. Companies ask for
/// nothing inside a mail.
///
/// # When it is wrong
///
/// Newsletters had search boxes and fields to subscribe, and still have buttons that are forms; templates bring scripts
/// along. They count only in a brand's name that is not the sender's.
pub struct FormInMail;

impl Sign for FormInMail {
    fn id(&self) -> &'static str {
        "link.form-in-mail"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Trick]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let text = &case.facts.text;
        let is_judged = !case.is_through_list() && !case.is_report() && case.judged_brand().is_some();
        let trick = match &text.form {
            Some(form) if form.asks_password => Trick::PasswordField,
            Some(form) if is_judged && form.inputs > 0 => Trick::Form,
            _ if is_judged && text.has_script => Trick::Script,
            _ => return Vec::new(),
        };
        vec![Evidence::of(Detail::Trick, trick.name())]
    }
}
