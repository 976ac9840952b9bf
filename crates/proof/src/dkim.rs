//! Every DKIM signature of a message (RFC 6376 §6).

use crate::{
    dns::Asker,
    message::Message,
    signature::{Bodies, Kind, Read, read},
};
use mekiki_knowledge::suffix;
use mekiki_proven::{Outcome, Reason, Signature};

/// Most signatures that are checked. Mail has one to four.
const MOST: usize = 20;
/// Most signatures that are told.
const MOST_TOLD: usize = 100;

/// The signatures of a message, read.
pub(crate) struct Dkim {
    /// Place of the field, what it says, and whether it is checked.
    signatures: Vec<(usize, Read, bool)>,
    /// Whether there are more than are checked.
    pub is_cut: bool,
}

impl Dkim {
    /// Reads the signatures. Where there are too many, those that can speak for the author come first: whoever else
    /// adds some shall not hide them.
    pub(crate) fn read(message: &Message, author: Option<&str>, now: i64) -> Self {
        let places = message.places("dkim-signature");
        let mut signatures: Vec<(usize, Read, bool)> = places
            .iter()
            .filter_map(|place| Some((*place, read(&message.fields.get(*place)?.text(), Kind::Dkim, now), false)))
            .collect();
        let author = author.map(|author| suffix::registrable_domain(author).unwrap_or(author).to_ascii_lowercase());
        let speaks_for_author =
            |read: &Read| author.is_some() && suffix::registrable_domain(&read.told.domain) == author.as_deref();
        let mut room = MOST;
        for is_authors in [true, false] {
            for (_, read, is_checked) in &mut signatures {
                if room > 0 && read.parsed.is_some() && !*is_checked && speaks_for_author(read) == is_authors {
                    *is_checked = true;
                    room -= 1;
                }
            }
        }
        let is_left = |(_, read, is_checked): &(usize, Read, bool)| read.parsed.is_some() && !is_checked;
        let is_cut = signatures.iter().any(is_left) || signatures.len() > MOST_TOLD;
        if signatures.len() > MOST_TOLD {
            let mut others =
                MOST_TOLD.saturating_sub(signatures.iter().filter(|(_, _, is_checked)| *is_checked).count());
            signatures.retain(|(_, _, is_checked)| {
                let is_kept = *is_checked || others > 0;
                if !*is_checked {
                    others = others.saturating_sub(1);
                }
                is_kept
            });
        }
        Self { signatures, is_cut }
    }

    /// Those whose body is to be hashed.
    pub(crate) fn checked(&self) -> impl Iterator<Item = &Read> {
        self.signatures.iter().filter(|(_, _, is_checked)| *is_checked).map(|(_, read, _)| read)
    }

    /// Checks every signature.
    pub(crate) fn check(&self, message: &Message, bodies: &Bodies, asker: &Asker) -> Vec<Signature> {
        self.signatures
            .iter()
            .map(|(place, read, is_checked)| match (is_checked, &read.parsed) {
                (true, _) | (_, None) => read.check(message, *place, bodies, asker),
                (false, Some(_)) => {
                    Signature { outcome: Outcome::Temperror, reason: Some(Reason::TooMany), ..read.told.clone() }
                }
            })
            .collect()
    }
}
