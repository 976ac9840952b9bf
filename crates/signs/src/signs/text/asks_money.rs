use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// It is about money that the reader is to send or would get.
    ///
    /// # What it looks for
    ///
    /// Phrases of payments, changed bank details, crypto coins, points, refunds, fees for parcels and
    /// extortion, in the subject or the text. What a stranger gives away is `text.windfall`, an errand for
    /// gift cards `text.gift-cards`.
    ///
    /// # Why it matters
    ///
    /// Money is the other thing a forger is after, and the bait that is used most.
    ///
    /// # When it is wrong
    ///
    /// Invoices, shops and banks write about money every day, so this weighs little alone.
    id: "text.asks-money",
    evidence: [Passage],
    banner: [Wants 85],
    exempt: [OwnName, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    said(case, Purpose::Money).map(|passage| Evidence::of(Detail::Passage, passage))
}
