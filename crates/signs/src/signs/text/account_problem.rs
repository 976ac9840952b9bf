use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// It reports trouble with the reader's account, mailbox or parcel.
    ///
    /// # What it looks for
    ///
    /// Phrases of a strange sign-in, an account or card that was limited, a mailbox that is full, a delivery that
    /// failed, in the subject or the text; not those that warn against such mails.
    ///
    /// # Why it matters
    ///
    /// Trouble gives a reason to act at once, through the link that stands below.
    ///
    /// # When it is wrong
    ///
    /// Banks, mail providers and parcel services report real trouble in the same words, so this weighs little alone.
    /// What the named company vouches for, bounces and replies are let pass.
    id: "text.account-problem",
    evidence: [Passage],
    banner: [Wants 70],
    exempt: [Answer, MailServer, OwnName, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    said(case, Purpose::AccountProblem)
        .or_else(|| said(case, Purpose::PasswordExpiry))
        .map(|passage| Evidence::of(Detail::Passage, passage))
}
