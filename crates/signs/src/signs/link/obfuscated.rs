use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};
use mekiki_facts::{Host, Link, LinkQuirk};
use mekiki_knowledge::networks;
use std::collections::BTreeSet;

declare_sign! {
    /// A link is written so that programs and people misread it.
    ///
    /// # What it looks for
    ///
    /// In scheme and host: control and invisible characters, backslashes, percent-encoding, fullwidth letters or dots,
    /// a number in octal, hexadecimal or as a whole in place of an address. Letters and digits that are percent-encoded
    /// without need, anywhere. A target put together from a `<base>` that leads away from the brand the message speaks
    /// for.
    ///
    /// # Why it matters
    ///
    /// Browsers undo all this, filters often do not. No program writes links this way; somebody did it on purpose.
    ///
    /// # When it is wrong
    ///
    /// Lines are folded inside long links, and characters copied along at their ends; escaped text shows backslashes.
    /// None of them counts, nor do slashes too many or too few, which are slips of the pen.
    id: "link.obfuscated",
    evidence: [Url, Trick],
    banner: [Leads 58],
    exempt: [ListTalk, Answer],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let mut seen = BTreeSet::new();
    case.web_links()
        .filter_map(|link| Some((link, link.quirks.iter().find_map(|quirk| trick(case, link, *quirk))?)))
        .filter(|(link, _)| seen.insert(&link.written))
        .map(|(link, trick)| {
            let written = if trick == Trick::Rebased { link.shown_target() } else { &link.written };
            Evidence::of(Detail::Url, written).and(Detail::Trick, trick)
        })
        .collect()
}

/// What a quirk is called, where it counts.
fn trick(case: &Case, link: &Link, quirk: LinkQuirk) -> Option<Trick> {
    let leads_away = || case.judged_brand().is_some_and(|brand| case.is_foreign(link, brand));
    match quirk {
        LinkQuirk::ControlCharacter => Some(Trick::ControlCharacters),
        LinkQuirk::InvisibleCharacter => Some(Trick::InvisibleCharacters),
        LinkQuirk::Backslash => Some(Trick::Backslashes),
        LinkQuirk::NeedlessEncoding => Some(Trick::NeedlessEncoding),
        LinkQuirk::CompatibilityForm => Some(Trick::FullwidthLetters),
        LinkQuirk::OddAddress if is_public_v4(link) => Some(Trick::CodedNumber),
        LinkQuirk::Rebased if leads_away() => Some(Trick::Rebased),
        _ => None,
    }
}

/// Whether a link leads to an IPv4 address on the public net. IPv6 has several ordinary notations.
fn is_public_v4(link: &Link) -> bool {
    matches!(link.host, Some(Host::Ip(address)) if address.is_ipv4() && networks::is_public(address))
}
