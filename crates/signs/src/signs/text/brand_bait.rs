use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Domain;
use mekiki_knowledge::{
    brands::{self, Brand},
    words::Purpose,
};

declare_sign! {
    /// It promises or demands something in the name of a brand that its sender has nothing to do with.
    ///
    /// # What it looks for
    ///
    /// A brand that subject and first lines are about, though nobody signs with its name; words that promise money or
    /// prizes, report trouble with an account or ask to log in, or a picture in place of words; a sender, and links,
    /// none of which are the brand's.
    ///
    /// # Why it matters
    ///
    /// "You won a voucher of ..." works by the name. Whoever really gives away a shop's vouchers in the shop's name
    /// leads to the shop.
    ///
    /// # When it is wrong
    ///
    /// Newsletters about bargains and surveys that reward with a brand's gift card. So this is never enough alone;
    /// replies are let pass.
    id: "text.brand-bait",
    evidence: [Brand, Passage],
    banner: [Wants 75],
    exempt: [Answer],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let brand = case.topic.filter(|_| case.claimed().is_none())?;
    let is_theirs = case.facts.identity.author_domain().map(Domain::as_str).is_some_and(|author| {
        // A shop that is known itself sells what others make.
        let is_known_shop =
            brands::of_domain(author).is_some_and(|shop| shop.sends_from(author)) && case.is_author_vouched();
        brand.owns(author) || is_known_shop
    });
    if is_theirs || case.leads_home(brand) || is_own_word(case, brand) {
        return None;
    }
    let in_words = || BAIT.iter().find_map(|purpose| said(case, *purpose));
    let in_a_picture = || case.is_clicked_picture().then(|| case.facts.identity.subject_text());
    in_words()
        .or_else(in_a_picture)
        .map(|passage| Evidence::of(Detail::Brand, brand.name).and(Detail::Passage, passage))
}

/// Whether the brand's name is only a word of the sender's own name, which is the whole name of the author's domain: Loft
/// Yoga at loftyoga.example.
fn is_own_word(case: &Case, brand: &Brand) -> bool {
    let name: String = case.folded_name().as_str().chars().filter(char::is_ascii_alphanumeric).collect();
    let author = case.facts.identity.author_domain().and_then(|author| author.organisational().split('.').next());
    author.is_some_and(|label| label.len() > brand.name.len() + 2 && name.starts_with(label))
}

/// What forgers want a brand's name for.
const BAIT: &[Purpose] =
    &[Purpose::Credentials, Purpose::Money, Purpose::Windfall, Purpose::Summons, Purpose::AccountProblem];
