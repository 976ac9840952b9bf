use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// It threatens with the law.
    ///
    /// # What it looks for
    ///
    /// Phrases of a summons, a charge, a fine to be paid, a licence to be taken, a seizure or execution: "notice to
    /// appear", intimação, 差押, 法的措置.
    ///
    /// # Why it matters
    ///
    /// Fear of the law makes people open what they would not open otherwise. Courts and authorities announce such
    /// things by letter.
    ///
    /// # When it is wrong
    ///
    /// Lawyers, collectors of real debts, news and newsletters on law do write so, which is why it is never enough
    /// alone. What the named authority vouches for, and replies, are let pass.
    id: "text.summons",
    evidence: [Passage],
    banner: [Wants 82],
    exempt: [Answer, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    said(case, Purpose::Summons).map(|passage| Evidence::of(Detail::Passage, passage))
}
