//! `text.account-problem`

use super::said;
use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::words::Purpose;

/// It reports trouble with the reader's account, mailbox or parcel.
///
/// # What it looks for
///
/// Phrases of a strange sign-in, an account or card that was limited, a mailbox that is full, a delivery that failed,
/// in the subject or the text; not those that warn against such mails.
///
/// # Why it matters
///
/// Trouble gives a reason to act at once, through the link that stands below.
///
/// # When it is wrong
///
/// Banks, mail providers and parcel services report real trouble in the same words, so this weighs little alone. What
/// the named company vouches for, bounces, lists and replies are let pass.
pub struct AccountProblem;

impl Sign for AccountProblem {
    fn id(&self) -> &'static str {
        "text.account-problem"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Passage]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        if is_mail_host(case) || case.is_wording_excused() {
            return Vec::new();
        }
        said(case, Purpose::AccountProblem).map(|passage| Evidence::of(Detail::Passage, passage)).into_iter().collect()
    }
}

/// Whether a mail host itself writes, as in bounces.
fn is_mail_host(case: &Case) -> bool {
    case.facts.identity.author_address().is_some_and(|author| author.local.eq_ignore_ascii_case("mailer-daemon"))
}
