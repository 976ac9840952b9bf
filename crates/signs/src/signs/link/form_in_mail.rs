use crate::{Detail, Evidence, Exemption, Trick, case::Case, sign::declare_sign};

declare_sign! {
    /// The message itself asks for input.
    ///
    /// # What it looks for
    ///
    /// A field for a password inside the message. Where it speaks for a brand that did not send it: any form to type
    /// into, and any script.
    ///
    /// # Why it matters
    ///
    /// What is typed into a mail goes wherever the sender likes, without any address bar to look at. Companies ask for
    /// nothing inside a mail.
    ///
    /// # When it is wrong
    ///
    /// Newsletters had search boxes and fields to subscribe, and still have buttons that are forms; templates bring
    /// scripts along. They count only in a brand's name that is not the sender's.
    id: "link.form-in-mail",
    evidence: [Trick],
    banner: [Wants 93],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let text = &case.facts.text;
    let is_judged = !case.is(Exemption::List) && !case.is(Exemption::Answer) && case.judged_brand().is_some();
    let trick = match &text.form {
        Some(form) if form.asks_password => Trick::PasswordField,
        Some(form) if is_judged && form.inputs > 0 => Trick::Form,
        _ if is_judged && text.has_script => Trick::Script,
        _ => return None,
    };
    Some(Evidence::of(Detail::Trick, trick))
}
