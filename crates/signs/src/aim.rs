//! What a message is after, as its signs and its words tell: one line for whoever reads no further.

use crate::{Finding, case::Case};
use mekiki_facts::FileKind;
use mekiki_knowledge::vocabulary::{CARD, PASSWORD};
use serde::Serialize;

/// What a message is after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aim {
    /// A password.
    Password,
    /// What is printed on a card that pays.
    Card,
    /// A log-in, whatever it takes.
    Login,
    /// Gift cards and their codes.
    GiftCards,
    /// A call.
    Call,
    /// Money.
    Money,
    /// A file is to be opened.
    File,
}

impl Aim {
    /// The name as it stands in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Card => "card",
            Self::Login => "login",
            Self::GiftCards => "gift-cards",
            Self::Call => "call",
            Self::Money => "money",
            Self::File => "file",
        }
    }
}

/// What a message is after, the most telling first.
pub(crate) fn of(case: &Case, findings: &[Finding]) -> Vec<Aim> {
    let found = |ids: &[&str]| findings.iter().any(|finding| ids.contains(&finding.id));
    let says = |words: &[&str]| {
        [&case.folded_subject, &case.folded_text]
            .iter()
            .any(|text| words.iter().any(|word| text.as_str().contains(word)))
    };
    let asks = found(&["text.asks-credentials", "link.form-in-mail"]);
    let is_password = asks && (says(&PASSWORD) || case.facts.text.form.as_ref().is_some_and(|form| form.asks_password));
    let is_card = asks && says(&CARD);
    let is_file =
        case.facts.attachments.iter().any(|file| file.pretends.is_some() || file.kind == Some(FileKind::Program));
    [
        (is_password, Aim::Password),
        (is_card, Aim::Card),
        (asks && !is_password && !is_card, Aim::Login),
        (found(&["text.gift-cards"]), Aim::GiftCards),
        (found(&["text.call-back"]), Aim::Call),
        (found(&["text.asks-money", "text.windfall"]), Aim::Money),
        (is_file || found(&["link.download"]), Aim::File),
    ]
    .into_iter()
    .filter_map(|(is_so, aim)| is_so.then_some(aim))
    .collect()
}
