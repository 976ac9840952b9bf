use super::passage::contains_word;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Address;
use mekiki_knowledge::fold::fold;

declare_sign! {
    /// The recipient's mail address stands in the subject.
    ///
    /// # What it looks for
    ///
    /// A whole address of the recipient in the subject.
    ///
    /// # Why it matters
    ///
    /// A company that knows its customers calls them by name. A forger knows the address alone.
    ///
    /// # When it is wrong
    ///
    /// Bounces and reports about an address name it in the subject: these are let pass, and so are replies.
    id: "text.recipient-in-subject",
    evidence: [Address, Passage],
    banner: [Wants 35],
    exempt: [Answer],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    // Letters that only look like those of the address are read as it reads.
    let subject = case.folded_subject.as_str();
    if !subject.contains('@') {
        return None;
    }
    let is_named = |recipient: &&Address| contains_word(subject, fold(&recipient.shown).as_str());
    let recipient = case.recipients().iter().find(is_named)?;
    Some(Evidence::of(Detail::Address, &recipient.shown).and(Detail::Passage, case.facts.identity.subject_text()))
}
