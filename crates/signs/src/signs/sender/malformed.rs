use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};
use mekiki_facts::{AddressField, AddressQuirk};

declare_sign! {
    /// The sender is written so that two readers see two senders.
    ///
    /// # What it looks for
    ///
    /// Several From fields; an address that cannot be one; a display name with a comma outside quotes, a route, an
    /// encoded or control character in the address: forms that no mail program writes and that programs read
    /// differently.
    ///
    /// # Why it matters
    ///
    /// What the reader sees and what the checks look at are then two things. That is what such a form is for.
    ///
    /// # When it is wrong
    ///
    /// Home-made scripts forget the quotes around a name with a comma: a person's name, surname first, is let pass. So
    /// is a From without an address, as bounces have.
    id: "sender.malformed",
    evidence: [Trick, Value],
    banner: [Sender 25],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let fields = &case.facts.identity.from;
    let written = |at: usize| fields.get(at).map_or("", |field| field.raw.as_str());
    if fields.len() > 1 {
        return Some(Evidence::of(Detail::Trick, Trick::Twice).and(Detail::Value, written(1)));
    }
    let is_broken = |field: &&AddressField| {
        field.mailboxes.iter().all(|mailbox| mailbox.address.is_none()) && field.raw.contains('@')
    };
    if let Some(field) = fields.first().filter(is_broken) {
        return Some(Evidence::of(Detail::Trick, Trick::NoValidAddress).and(Detail::Value, &field.raw));
    }
    let quirks = fields.iter().flat_map(|field| &field.mailboxes).flat_map(|mailbox| &mailbox.quirks);
    quirks
        .filter(|quirk| **quirk != AddressQuirk::SplitName || !is_surname_first(written(0)))
        .filter_map(|quirk| trick(*quirk))
        .map(|trick| Evidence::of(Detail::Trick, trick).and(Detail::Value, written(0)))
        .next()
}

/// Whether the name is a person's, surname first, as home-made scripts write it without the quotes it needs:
/// `Example, Anna Maria <anna@example.com>`.
fn is_surname_first(raw: &str) -> bool {
    let is_word = |word: &str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '.' | '\'' | '\u{2019}'))
    };
    let is_name = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        (1..=3).contains(&words.len()) && words.into_iter().all(is_word)
    };
    let name = raw.split('<').next().unwrap_or_default();
    name.split_once(',').is_some_and(|(surname, given)| is_name(surname) && is_name(given))
}

/// What a telling form is called; nothing for those that honest programs write.
fn trick(quirk: AddressQuirk) -> Option<Trick> {
    match quirk {
        AddressQuirk::SplitName => Some(Trick::UnquotedComma),
        AddressQuirk::Route => Some(Trick::Route),
        AddressQuirk::EncodedAddress => Some(Trick::MisplacedEncodedWord),
        AddressQuirk::ControlCharacter => Some(Trick::ControlCharacters),
        AddressQuirk::InvisibleCharacter => Some(Trick::InvisibleCharacters),
        AddressQuirk::NoAddress
        | AddressQuirk::Comment
        | AddressQuirk::EncodedSyntax
        | AddressQuirk::QuotedLocal
        | AddressQuirk::SeveralAts
        | AddressQuirk::TrailingText
        | AddressQuirk::AddressLiteral
        | AddressQuirk::NonAscii
        | AddressQuirk::BadDomain
        | AddressQuirk::CommentAddress
        | AddressQuirk::Unbalanced => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_before_the_comma_is_told_from_a_trick() {
        for raw in ["Example, Anna <anna@example.com>", "O'Neil-Smith, J. R. <j@example.com>"] {
            assert!(is_surname_first(raw), "{raw}");
        }
        for raw in ["Account team ,_<a@example.com>", "Gutschein, jehd <a@example.com>", "\"Bank\", 25 <a@example.com>"]
        {
            assert!(!is_surname_first(raw), "{raw}");
        }
    }
}
