//! Other ways in which a text of the message may be read than as it stands there.

use mekiki_facts::{Identity, Text};
use mekiki_knowledge::{
    fold::{self, Folded},
    words::{self, WordHit, apart},
};

/// Subjects and authors' names beside the first: which of them is shown is the mail client's affair.
fn others(identity: &Identity) -> String {
    let subjects = identity.subject.iter().skip(1).map(|subject| subject.full.as_str());
    let names = identity.other_authors().filter_map(|mailbox| mailbox.name.as_ref()).map(|name| name.full.as_str());
    subjects.chain(names).collect::<Vec<_>>().join("\n")
}

/// Most lines of one that are looked at as a letterhead, and as a signature, with the longest of them in characters.
const LETTERHEAD: usize = 5;
const SIGNATURE: usize = 12;
const LONGEST_LINE: usize = 300;

/// A text as it may be read.
pub struct Reading {
    /// The text.
    pub text: String,
    /// The same, folded for matching.
    pub folded: Folded,
    /// Its telling phrases.
    pub words: Vec<WordHit>,
    /// Whether a sender may name itself in it: not in the texts of pictures, which name whom they show.
    names_sender: bool,
}

impl Reading {
    fn new(text: String, names_sender: bool) -> Self {
        let folded = fold::fold(&text);
        Self { words: words::find(&folded), folded, text, names_sender }
    }

    /// The further readings of a message: what may be seen though it was taken for hidden; the texts of pictures, where
    /// they say more than the message does, since they stand where pictures are not loaded; and every text in which
    /// letters stand apart, put together.
    pub fn further(identity: &Identity, text: &Text) -> Vec<Self> {
        let subject = identity.subject_text();
        let shown = text.shown_text();
        let length: usize = text.image_alts.iter().map(String::len).sum();
        let alts = if length > shown.len() { text.image_alts.join("\n") } else { String::new() };
        let unseen = text.unseen.iter().cloned();
        let apart =
            [subject, shown].into_iter().chain(text.unseen.iter().map(String::as_str)).filter_map(apart::together);
        let own = unseen.chain([others(identity)]).map(|text| (text, true)).chain([(alts, false)]);
        own.filter(|(text, _)| text.contains(char::is_alphanumeric))
            .chain(apart.map(|text| (text, true)))
            .map(|(text, names_sender)| Self::new(text, names_sender))
            .collect()
    }

    /// Its first lines.
    pub fn letterhead(&self) -> impl Iterator<Item = &str> {
        self.lines().take(LETTERHEAD)
    }

    /// Its last lines.
    pub fn signature(&self) -> impl Iterator<Item = &str> {
        let lines: Vec<&str> = self.lines().collect();
        let from = lines.len().saturating_sub(SIGNATURE);
        lines.into_iter().skip(from)
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        let text = if self.names_sender { self.text.as_str() } else { "" };
        let lines = text.lines().map(str::trim).filter(|line| line.contains(char::is_alphanumeric));
        lines.filter(|line| line.chars().count() <= LONGEST_LINE)
    }
}
