use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Address;
use mekiki_knowledge::fold::{self, Folded};

declare_sign! {
    /// It carries the name of somebody the reader knows, and another address.
    ///
    /// # What it looks for
    ///
    /// A display name that is a contact's whole name or the reader's own, beside a From address that is none the reader
    /// knows.
    ///
    /// # Why it matters
    ///
    /// The chief who asks for gift cards, the friend who lost his purse: the name is copied, the address cannot be.
    ///
    /// # When it is wrong
    ///
    /// People have private and new addresses, and share their names with others: so this weighs little alone, and a
    /// name of one word does not count. That an address wrote before excuses nothing: it may have done so for this. Known
    /// houses that write in their users' names, lists and addresses that the reader has written to are let pass.
    id: "sender.contact-name",
    evidence: [Name, Address, OtherAddress],
    banner: [Sender 96],
    exempt: [List, Answer, KnownAddress, KnownHouse, Inside],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let mailbox = case.facts.identity.author()?;
    let (Some(name), Some(author)) = (&mailbox.name, &mailbox.address) else { return None };
    let words = person(case.folded_name())?;
    let context = case.context;
    let contacts = context.contacts.iter().map(|contact| (&contact.name, Some(&contact.address)));
    let own = context.own_names.iter().map(|name| (name, context.own_addresses.first()));
    contacts
        .chain(own)
        .filter(|(known, _)| person(&fold::fold(known)).is_some_and(|known| known == words))
        .filter_map(|(_, address)| Address::parse(address?))
        .map(|known| {
            Evidence::of(Detail::Name, &name.shown)
                .and(Detail::Address, &author.shown)
                .and(Detail::OtherAddress, known.shown)
        })
        .next()
}

/// The words of a folded name, sorted, so that `Yamada, Taro` is Taro Yamada. Nothing where it could be anybody's:
/// a single word of letters, or fewer than three characters of scripts that write without spaces.
fn person(folded: &Folded) -> Option<Vec<String>> {
    let parts = folded.as_str().split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = parts.map(str::to_owned).collect();
    words.sort_unstable();
    let length: usize = words.iter().map(|word| word.chars().count()).sum();
    // From U+2E80 on: scripts in which family and given name are written with or without a space between them.
    if words.iter().all(|word| word.chars().all(|character| character >= '\u{2E80}')) {
        let whole: String = folded.as_str().chars().filter(|character| character.is_alphanumeric()).collect();
        return (length >= 3).then(|| vec![whole]);
    }
    (words.len() >= 2 && length >= 6).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_known_in_every_order() {
        let person = |name| person(&fold::fold(name));
        assert_eq!(person("Yamada, Taro"), person("taro YAMADA"));
        assert_eq!(person("\u{5C71}\u{7530} \u{592A}\u{90CE}"), person("\u{5C71}\u{7530}\u{592A}\u{90CE}"));
        assert_ne!(person("Taro Yamada"), person("Jiro Yamada"));
        assert!(person("Taro").is_none() && person("\u{7530}\u{4E2D}").is_none() && person("A B").is_none());
    }
}
