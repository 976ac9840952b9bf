use crate::{
    Detail, Evidence,
    case::{Case, is_office},
    named,
    sign::declare_sign,
};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::{brands, domains};

declare_sign! {
    /// The name shows an address, and the real one is another.
    ///
    /// # What it looks for
    ///
    /// A mail address in the display name, or a known brand's domain that is the whole name, of another organisation
    /// than the From address.
    ///
    /// # Why it matters
    ///
    /// Many programs show the name alone. Who reads an address there takes it for the sender's, and no check looks at
    /// it.
    ///
    /// # When it is wrong
    ///
    /// Lists, calendars, forms and document services write for others and say so in the name: known ones, those whose
    /// name says "via", and answers that go to the address shown are let pass. So are a person's address at a provider
    /// where anybody gets a mailbox, the same local part in two places, and the name of the house in both domains.
    id: "sender.address-in-name",
    evidence: [OtherAddress, Address],
    banner: [Sender 88],
    exempt: [List, Relayed],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let mailbox = case.facts.identity.author()?;
    let (Some(name), Some(author)) = (&mailbox.name, &mailbox.address) else { return None };
    if named::is_through_service(&name.shown, author) {
        return None;
    }
    let mut shown = named::addresses(&name.shown);
    shown.retain(is_telling);
    if let Some(other) = shown.first() {
        // The reader's own address in a name is a sign of its own.
        let is_explained = shown.iter().any(|shown| {
            is_related(shown, author)
                || is_answered(case, shown)
                || case.recipients().iter().any(|recipient| recipient.is_same_mailbox(shown))
        });
        let is_quiet = is_explained || case.is_from_known_house() && brand_of(other).is_none();
        return (!is_quiet).then(|| evidence(&other.shown, author));
    }
    let (domain, real) = named::whole_domain(&name.shown).zip(author.domain.as_ref())?;
    let is_anothers = brands::of_domain(domain.as_str())
        .is_some_and(|brand| !brand.owns(real.as_str()) && case.claimed() != Some(brand));
    let is_service = domains::delivery_service(real.as_str()).is_some();
    (is_anothers && !is_service && !domain.is_aligned_with(real)).then(|| evidence(domain.as_str(), author))
}

/// Whether an address has a whole domain, and is not a person's at a provider where anybody gets a mailbox.
fn is_telling(address: &Address) -> bool {
    let domain = address.domain.as_ref().map_or("", Domain::as_str);
    domain.contains('.') && (is_office(address) || !domains::is_consumer_mail(domain))
}

fn evidence(shown: &str, author: &Address) -> Evidence {
    Evidence::of(Detail::OtherAddress, shown).and(Detail::Address, &author.shown)
}

/// The brand that writes from an address's domain, where the public has no mailboxes there.
fn brand_of(address: &Address) -> Option<&'static brands::Brand<'static>> {
    let domain = address.domain.as_ref()?.as_str();
    brands::of_domain(domain).filter(|brand| brand.sends_from(domain) && !domains::is_consumer_mail(domain))
}

/// Whether answers go to an address, or the agent who wrote has it.
fn is_answered(case: &Case, shown: &Address) -> bool {
    let identity = &case.facts.identity;
    brand_of(shown).is_none()
        && identity
            .reply_to
            .iter()
            .chain(&identity.sender)
            .flat_map(|field| &field.mailboxes)
            .filter_map(|mailbox| mailbox.address.as_ref())
            .any(|address| address.is_same_mailbox(shown))
}

/// Whether two addresses look like those of one house or one person.
fn is_related(shown: &Address, author: &Address) -> bool {
    let (Some(first), Some(second)) = (&shown.domain, &author.domain) else { return true };
    if let Some(brand) = brand_of(shown) {
        return brand.owns(second.as_str());
    }
    let is_one_person = !is_office(shown) && is_in(&plain(&shown.local), &plain(&author.local));
    let house = |domain: &Domain| plain(domain.organisational().split('.').next().unwrap_or_default());
    let is_one_house = is_in(&house(first), &plain(&author.shown)) || is_in(&house(second), &plain(&shown.shown));
    is_one_person || is_one_house
}

/// Whether one of two words of four letters at least holds the other.
fn is_in(first: &str, second: &str) -> bool {
    first.len().min(second.len()) >= 4 && (first.contains(second) || second.contains(first))
}

fn plain(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
