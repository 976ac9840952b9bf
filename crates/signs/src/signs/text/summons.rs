//! `text.summons`

use super::said;
use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::words::Purpose;

/// It threatens with the law.
///
/// # What it looks for
///
/// Phrases of a summons, a charge, a fine to be paid, a licence to be taken, a seizure or execution: "notice to appear",
/// intimação, 差押, 法的措置.
///
/// # Why it matters
///
/// Fear of the law makes people open what they would not open otherwise. Courts and authorities announce such things
/// by letter.
///
/// # When it is wrong
///
/// Lawyers, collectors of real debts, news and newsletters on law do write so, which is why it is never enough alone.
/// What the named authority vouches for, lists and replies are let pass.
pub struct Summons;

impl Sign for Summons {
    fn id(&self) -> &'static str {
        "text.summons"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Passage]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        if case.is_wording_excused() {
            return Vec::new();
        }
        said(case, Purpose::Summons).map(|passage| Evidence::of(Detail::Passage, passage)).into_iter().collect()
    }
}
