use mekiki_facts::VerdictKind;

use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// A host on the way already took it for spam or phishing.
    ///
    /// # What it looks for
    ///
    /// X-Spam and its kin, and tags such as [SPAM] in the subject.
    ///
    /// # Why it matters
    ///
    /// The receiving host sees what no single message shows: how many others got it, and what its sender did before.
    ///
    /// # When it is wrong
    ///
    /// Filters err, most of all about newsletters; a sender can write such fields too, though none has reason to accuse
    /// himself. Never enough alone.
    id: "path.host-verdict",
    evidence: [Field, Value],
    banner: [],
    exempt: [],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    case.facts
        .host_verdicts
        .iter()
        .filter(|verdict| matches!(verdict.kind, VerdictKind::Spam | VerdictKind::Phish))
        .map(|verdict| Evidence::of(Detail::Field, &verdict.field).and(Detail::Value, &verdict.value))
        .collect()
}
