//! What of a message was not read: behind a bound, in a form that cannot be read, or encrypted. It is never silent: what
//! was not read cannot have been found harmless.

use serde::Serialize;

/// Most entries that are kept. Entries of one kind and name are one.
const MOST: usize = 50;
/// Longest name of what was not read, in characters.
const LONGEST: usize = 100;

/// Something that was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Unread {
    /// Why it was not read.
    pub kind: UnreadKind,
    /// What it is: a media type, a charset, a transfer encoding, the name of a field; empty where the kind says it all.
    pub what: String,
    /// Its share of the whole message, in percent, rounded down.
    pub percent: usize,
    /// Whether it stands where the message itself should be: a mail client shows it as the message, or as much of it.
    pub is_message_itself: bool,
    #[serde(skip)]
    bytes: usize,
}

/// Why something was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnreadKind {
    /// More header fields, or longer ones, than are read.
    Fields,
    /// More parts than are read.
    Parts,
    /// Parts nested deeper than is followed.
    Depth,
    /// More text than is read.
    Text,
    /// More links than are read.
    Links,
    /// More styles than are applied.
    Styles,
    /// Text in a charset that is not known.
    Charset,
    /// Content in a transfer encoding that is not known.
    Encoding,
    /// A part of a kind that cannot be read and that a mail client shows.
    MediaType,
    /// Encrypted content.
    Encrypted,
}

/// What was not read so far.
#[derive(Default)]
pub(crate) struct Unreads(Vec<Unread>);

impl Unreads {
    /// Notes something of so many bytes; more of the same kind and name is added to it.
    pub fn add(&mut self, kind: UnreadKind, what: &str, bytes: usize, is_message_itself: bool) {
        let what: String = what.trim().chars().take(LONGEST).collect();
        let is_full = self.0.len() >= MOST;
        // Where there are too many, one stands for the others of its kind.
        let is_same = |known: &&mut Unread| known.kind == kind && (known.what == what || is_full);
        if let Some(known) = self.0.iter_mut().find(is_same) {
            known.bytes += bytes;
            known.is_message_itself |= is_message_itself;
        } else {
            self.0.push(Unread { kind, what, percent: 0, is_message_itself, bytes });
        }
    }

    /// Adds what was not read of a piece of the message.
    pub fn append(&mut self, other: Self) {
        for one in other.0 {
            self.add(one.kind, &one.what, one.bytes, one.is_message_itself);
        }
    }

    /// All of it, as shares of a message of so many bytes.
    pub fn shares(mut self, size: usize) -> Vec<Unread> {
        for one in &mut self.0 {
            one.percent = (one.bytes.min(size) * 100).checked_div(size).unwrap_or_default();
        }
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_is_one_entry_and_its_share_grows() {
        let mut unread = Unreads::default();
        unread.add(UnreadKind::Text, "", 100, false);
        unread.add(UnreadKind::Charset, "x-a", 1, false);
        unread.add(UnreadKind::Text, "", 200, true);
        let seen: Vec<_> =
            unread.shares(1_000).into_iter().map(|one| (one.kind, one.percent, one.is_message_itself)).collect();
        assert_eq!(seen, [(UnreadKind::Text, 30, true), (UnreadKind::Charset, 0, false)]);
    }

    #[test]
    fn a_flood_hides_no_other_kind() {
        let mut unread = Unreads::default();
        for number in 0..10_000 {
            unread.add(UnreadKind::Charset, &number.to_string(), 1, false);
        }
        unread.add(UnreadKind::Text, "x", 1, true);
        let all = unread.shares(10_000);
        assert_eq!(all.len(), MOST + 1);
        assert!(all.iter().any(|one| one.kind == UnreadKind::Text && one.is_message_itself));
    }
}
