use crate::{Detail, Evidence, case::Case, imitation, sign::declare_sign};
use mekiki_facts::Domain;
use mekiki_knowledge::{
    brands::{self, Brand},
    lookalike::{self, LookalikeKind},
};

declare_sign! {
    /// An address whose domain imitates another.
    ///
    /// # What it looks for
    ///
    /// A From, Reply-To or Return-Path domain that is made to look like a brand's, the reader's own or a contact's: in
    /// letters that look alike, with digits for letters, or with the whole domain in front of another. By a slip of one
    /// letter or with a word beside the name, where the message is about the brand or its sender's name or subject
    /// names it; as a sub-domain or under another suffix, where it speaks for the brand. Of the reader's own and
    /// contacts' domains slips count too.
    ///
    /// # Why it matters
    ///
    /// A forger cannot have the real domain, so he buys one that passes for it at a glance. All checks pass for it.
    ///
    /// # When it is wrong
    ///
    /// Firms that really have such names; a brand's agency or new domain that the directory does not know yet.
    /// Addresses the reader knows, lists, delivery services, and a brand's own mail with answers to such an address are
    /// let pass. Sister firms have a word beside the name: so of the reader's own and contacts' domains that counts
    /// only where secrets are asked for.
    id: "sender.lookalike-domain",
    evidence: [Address, OtherDomain, Field],
    banner: [Sender 97],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_address().map(|address| ("From", address));
    let replies = identity
        .reply_to
        .iter()
        .flat_map(|field| &field.mailboxes)
        .filter_map(|mailbox| Some(("Reply-To", mailbox.address.as_ref()?)));
    let envelope = identity.return_path.as_ref().and_then(|path| Some(("Return-Path", path.address.as_ref()?)));
    author.into_iter().chain(replies).chain(envelope).filter(|(_, address)| !case.is_known_address(address)).find_map(
        |(field, address)| {
            let imitated = imitated(case, address.domain.as_ref()?)?;
            let evidence = Evidence::of(Detail::Address, &address.shown);
            Some(evidence.and(Detail::OtherDomain, imitated).and(Detail::Field, field))
        },
    )
}

/// The domain that another imitates: one the reader knows, or a brand's.
fn imitated(case: &Case, domain: &Domain) -> Option<String> {
    // A house the reader knows imitates nobody, whatever its name.
    if !domain.as_str().contains('.') || case.known_domains().contains(domain.organisational()) {
        return None;
    }
    let of_known = imitation::of_known(case, domain).map(|(own, _)| own);
    of_known.or_else(|| of_brand(case, domain))
}

/// The brand's main domain, where an address imitates one of its names and honest houses would not.
fn of_brand(case: &Case, domain: &Domain) -> Option<String> {
    let (brand, found) = lookalike::of_brand(domain.as_str()).filter(|(brand, _)| !case.is_plausibly_from(brand))?;
    let is_same = |other: &Brand| brands::same_group(other, brand);
    let is_claimed = || case.claimed().is_some_and(is_same);
    let is_about = || is_claimed() || case.topic.is_some_and(is_same) || is_named(case, brand);
    let counts = match found.kind {
        LookalikeKind::Typo | LookalikeKind::BrandPlusWord => is_about(),
        LookalikeKind::SuffixSwap => is_claimed(),
        LookalikeKind::Confusable | LookalikeKind::DigitSwap | LookalikeKind::Subdomain => {
            is_claimed() || imitation::is_plain_to_see(brand, domain, &found)
        }
    };
    brand.domains.first().filter(|_| counts).map(|domain| (*domain).to_owned())
}

/// Whether sender's name or subject name a brand, by a name that is no ordinary word.
fn is_named(case: &Case, brand: &Brand) -> bool {
    [case.folded_name(), &case.folded_subject]
        .into_iter()
        .flat_map(|folded| case.own_brands().find(folded))
        .any(|mention| !mention.common && brands::same_group(mention.brand, brand))
}
