use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// It sends the recipient to get gift cards and wants their codes.
    ///
    /// # What it looks for
    ///
    /// That gift cards, or money on cards, are to be got, and in the same message that codes, numbers or photographs of
    /// them are to be passed on.
    ///
    /// # Why it matters
    ///
    /// The codes are money that nobody can get back. It is asked for in the name of a chief, a colleague or a priest,
    /// from a mailbox that is signed for and without a link, so that nothing else shows.
    ///
    /// # When it is wrong
    ///
    /// A family or an office that buys gift cards for one another. Shops sell gift cards and send codes, but do not ask
    /// for them; what the named company vouches for is let pass.
    id: "text.gift-cards",
    evidence: [Passage],
    banner: [Wants 96],
    exempt: [Answer, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    said(case, Purpose::CardsToGet)?;
    said(case, Purpose::CodesToSend).map(|passage| Evidence::of(Detail::Passage, passage))
}
