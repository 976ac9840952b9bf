use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// It gives away what nobody asked for.
    ///
    /// # What it looks for
    ///
    /// Phrases that name the reader the winner of a prize, heir of a stranger, or the one to whom coins, a donation, a
    /// compensation, a benefit or a cheap loan is to be paid: "you have won", "claim your tokens", "donate the sum",
    /// 還付金を受け取.
    ///
    /// # Why it matters
    ///
    /// A fortune for nothing is the oldest bait. Apart from `text.asks-money`, since honest mail writes of payments
    /// every day but hardly ever of these: of the mail it was measured on, a fourteenth of the bad mail has such
    /// phrases, and one in three thousand of the legitimate mail (phrases of payments: a third, and one in two
    /// hundred).
    ///
    /// # When it is wrong
    ///
    /// Real lotteries, sweepstakes that one took part in, crypto newsletters, an authority's or a newspaper's notice of
    /// benefits. Points and vouchers of shops, of which honest shops write much, are not counted here; what the named
    /// company vouches for, and replies, are let pass.
    id: "text.windfall",
    evidence: [Passage],
    banner: [Wants 84],
    exempt: [Answer, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    said(case, Purpose::Windfall).map(|passage| Evidence::of(Detail::Passage, passage))
}
