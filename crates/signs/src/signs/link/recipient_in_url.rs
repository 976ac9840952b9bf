use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};
use mekiki_facts::{CarriedAddress, Coding, Link};
use mekiki_knowledge::vocabulary::ADMINISTRATION;
use std::collections::{BTreeSet, HashSet};

declare_sign! {
    /// A link to a stranger's page carries the reader's address.
    ///
    /// # What it looks for
    ///
    /// The address of a recipient in path, query or fragment of a link, in the open, percent-encoded, in base64 or in
    /// hexadecimal, where the link leads to neither the sender's domain, nor a known brand's, nor a delivery service's.
    /// In the open it counts where the message asks for secrets or speaks for a brand that did not send it; behind the
    /// `#` and encoded always.
    ///
    /// # Why it matters
    ///
    /// The page then greets the victim by name with the address filled in, and its maker learns who clicked.
    ///
    /// # When it is wrong
    ///
    /// Links to unsubscribe, to change settings or to answer a survey carry it in honest mail too: at the sender's own
    /// domain or a delivery service's as a rule, and else known by their words. So this weighs little alone.
    id: "link.recipient-in-url",
    evidence: [Address, Trick, Domain],
    banner: [Leads 45],
    exempt: [ListTalk, Answer, Relayed],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let is_bait = case.judged_brand().is_some() || case.asks_secrets();
    let recipients: HashSet<String> = case.recipients().iter().map(|address| address.shown.to_lowercase()).collect();
    let mut seen = BTreeSet::new();
    case.stray_links()
        .filter(|link| !is_administration(link))
        .filter_map(|link| {
            let is_meant = |carried: &&CarriedAddress| {
                recipients.contains(&carried.address)
                    && (is_bait || carried.in_fragment || is_concealed(carried.coding))
            };
            Some((link.carried.iter().find(is_meant)?, link))
        })
        .filter_map(|(carried, link)| Some((carried, link.final_host()?.to_string())))
        .filter(|(_, host)| seen.insert(host.clone()))
        .map(|(carried, host)| {
            Evidence::of(Detail::Address, &carried.address)
                .and(Detail::Trick, Trick::from(carried.coding))
                .and(Detail::Domain, host)
        })
        .collect()
}

/// Whether a link is there for unsubscribing, settings or a survey, by its text or its target.
fn is_administration(link: &Link) -> bool {
    let text = format!("{} {}", link.label, link.path).to_lowercase();
    ADMINISTRATION.iter().any(|word| text.contains(word))
}

const fn is_concealed(coding: Coding) -> bool {
    matches!(coding, Coding::Base64 | Coding::Hex)
}
