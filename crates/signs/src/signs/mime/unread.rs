use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};
use mekiki_facts::{Unread, UnreadKind};

declare_sign! {
    /// The message could not be read completely, and what is missing may be what it says.
    ///
    /// # What it looks for
    ///
    /// Something that was not read and that a mail client may show: behind a bound on text, parts, links or nesting, in
    /// a transfer encoding that is not known, or of a kind that is not read. It stands where the message itself should
    /// be, or makes up a quarter of it and more. Whatever else was found, the level is then `suspicious` at least.
    ///
    /// # Why it matters
    ///
    /// The bounds lie far beyond what mail programs write. Who goes beyond them wants a part of the message not to be
    /// looked at.
    ///
    /// # When it is wrong
    ///
    /// Machines that mail whole logs or tables as the text of a message, and archives that put hundreds of messages
    /// into one. Encrypted mail is let pass: of it the header was looked at, and the report says so.
    id: "mime.unread",
    evidence: [Trick],
    banner: [Wants 97],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let graves = case.facts.unread.iter().filter(|unread| is_grave(unread));
    let gravest = graves.max_by_key(|unread| unread.percent)?;
    Some(Evidence::of(Detail::Trick, Trick::from(gravest.kind)))
}

/// From this share of the message on, in percent, what was not read may be what it says.
const LARGE_SHARE: usize = 25;

fn is_grave(unread: &Unread) -> bool {
    unread.kind != UnreadKind::Encrypted && (unread.is_message_itself || unread.percent >= LARGE_SHARE)
}
