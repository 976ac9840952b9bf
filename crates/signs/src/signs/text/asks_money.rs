//! `text.asks-money`

use super::said;
use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::words::Purpose;

/// It is about money that the reader is to send or would get.
///
/// # What it looks for
///
/// Phrases of payments, changed bank details, gift cards, crypto coins, points, refunds, fees for parcels and
/// extortion, in the subject or the text. What a stranger gives away is `text.windfall`.
///
/// # Why it matters
///
/// Money is the other thing a forger is after, and the bait that is used most.
///
/// # When it is wrong
///
/// Invoices, shops and banks write about money every day, so this weighs little alone.
pub struct AsksMoney;

impl Sign for AsksMoney {
    fn id(&self) -> &'static str {
        "text.asks-money"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Passage]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        said(case, Purpose::Money).map(|passage| Evidence::of(Detail::Passage, passage)).into_iter().collect()
    }
}
