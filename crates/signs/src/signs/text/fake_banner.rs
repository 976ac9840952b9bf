use super::said::said;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// The text imitates a notice of the mail program: the sender is trusted, the message was checked.
    ///
    /// # What it looks for
    ///
    /// Phrases that only a mail program or the receiving host could say with any truth: "this message is from a trusted
    /// sender", "verified sender", "Mekiki found nothing".
    ///
    /// # Why it matters
    ///
    /// Whoever writes the message writes these words too. Real notices stand outside the text, where no sender can
    /// write.
    ///
    /// # When it is wrong
    ///
    /// Some gateways do write into the text, but to warn ("external sender"); antivirus programs boast in their last
    /// line ("scanned for viruses"). Neither is counted, nor is advice to open attachments of trusted senders only.
    id: "text.fake-banner",
    evidence: [Passage],
    banner: [Wants 50],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    said(case, Purpose::FakeBanner).map(|passage| Evidence::of(Detail::Passage, passage))
}
