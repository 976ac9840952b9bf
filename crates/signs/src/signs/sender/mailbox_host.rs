use crate::{
    Detail, Evidence,
    case::Case,
    sign::declare_sign,
    signs::text::{passage::contains_word, said::passage_where},
};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::words::{self, Purpose};

declare_sign! {
    /// It speaks of trouble with the recipient's mailbox, and comes from nobody who runs it.
    ///
    /// # What it looks for
    ///
    /// A mailbox, its messages or its password, and beside it that it is full, expires, was blocked or has to be upgraded;
    /// an author who is neither of the recipient's domain nor of the host that received the mail; and a link that leads
    /// to neither of them nor to the author.
    ///
    /// # Why it matters
    ///
    /// Only whoever runs a mailbox knows how full it is. The page behind such a link wants its password.
    ///
    /// # When it is wrong
    ///
    /// Small hosting companies that write from one domain and have their panel at another. Known brands and providers
    /// that vouch for the mail, the recipient's own side, answers and reports of mail servers are let pass.
    id: "sender.mailbox-host",
    evidence: [Passage, Address],
    banner: [Sender 92],
    exempt: [Answer, MailServer, KnownAddress, KnownHouse, PlausibleBrand, Inside],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_address()?;
    let domain = author.domain.as_ref()?;
    let is_of_receiver = case.facts.trail.receivers.iter().any(|own| own.is_aligned_with(domain));
    if (is_of_receiver || is_of_recipient(case, domain)) && !case.is_rewritten_by_list() {
        return None;
    }
    let leads_elsewhere =
        case.stray_links().any(|link| link.final_domain().is_none_or(|host| !is_of_recipient(case, host)));
    let said = leads_elsewhere.then(|| said(case)).flatten()?;
    Some(Evidence::of(Detail::Passage, said).and(Detail::Address, &author.shown))
}

/// Whether a domain is the recipient's. Whom a message is said to go to is the sender's word: a copy to oneself makes
/// nobody the recipient's own side.
fn is_of_recipient(case: &Case, domain: &Domain) -> bool {
    let is_at = |address: &Address| address.domain.as_ref().is_some_and(|own| own.is_aligned_with(domain));
    let own: Vec<&Address> = case.own_addresses().collect();
    if own.is_empty() {
        !case.recipients().is_empty() && case.recipients().iter().all(is_at)
    } else {
        own.into_iter().any(is_at)
    }
}

/// The passage that speaks of such trouble.
fn said<'c>(case: &'c Case) -> Option<&'c str> {
    passage_where(case, |text, folded, hits| {
        let expiry = || {
            let mut expiries = hits.iter().filter(|hit| hit.purpose == Purpose::PasswordExpiry && !hit.negated);
            expiries.next().filter(|_| names_recipient(case, text)).map(|hit| hit.range.clone())
        };
        let place = words::beside(folded, hits, Purpose::Mailbox, TROUBLE).or_else(expiry)?;
        Some(folded.original(&place))
    })
}

/// What may be wrong with a mailbox.
const TROUBLE: &[Purpose] = &[Purpose::MailboxTrouble, Purpose::AccountProblem, Purpose::Deadline];

/// Whether a text names the recipient's address.
fn names_recipient(case: &Case, text: &str) -> bool {
    let text = text.to_lowercase();
    case.recipients().iter().any(|recipient| contains_word(&text, &recipient.shown.to_lowercase()))
}
