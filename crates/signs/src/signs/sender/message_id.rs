use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};
use mekiki_facts::Domain;

declare_sign! {
    /// The message's own number is missing, or was made by somebody who does not fit the sender.
    ///
    /// # What it looks for
    ///
    /// No Message-ID (RFC 5322 §3.6.4) on a message that came from outside; one without an `@`; one that the receiving
    /// host had to add; or one made on a machine with a name as it is delivered (`localhost`, `DESKTOP-…`, a rented
    /// server's), on a message that speaks for a brand.
    ///
    /// # Why it matters
    ///
    /// Every mail program gives each message a number with the name of its house. Scripts that send in bulk leave it
    /// out, or betray the machine they run on.
    ///
    /// # When it is wrong
    ///
    /// Printers, monitors and home-made scripts leave it out too; what a list passes on, and answers, are let pass.
    id: "sender.message-id",
    evidence: [Trick, Value],
    banner: [],
    exempt: [List, Answer, AuthorVouched, Inside],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let handover = case.first_outside()?;
    let found = |trick: Trick, id: &str| Some(Evidence::of(Detail::Trick, trick).and(Detail::Value, id));
    let Some(id) = &identity.message_id else {
        return found(Trick::Missing, "Message-ID");
    };
    let Some((_, host)) = id.rsplit_once('@') else { return found(Trick::NoAt, id) };
    // Some gateways write who added it behind the number.
    let host = host.split(|character: char| character.is_whitespace() || character == '>').next().unwrap_or_default();
    let by = handover.by.as_deref().and_then(Domain::parse);
    let is_added = Domain::parse(host).zip(by).is_some_and(|(host, by)| {
        is_one_host(&host, &by) && identity.author_domain().is_none_or(|author| !author.is_aligned_with(&host))
    });
    let is_for_brand = || case.claimed().is_some_and(|brand| !case.is_plausibly_from(brand));
    if is_added {
        found(Trick::AddedOnReceipt, id)
    } else if is_delivered_name(host) && is_for_brand() {
        found(Trick::NameAsDelivered, id)
    } else {
        None
    }
}

/// Whether two names are one host's: equal, or, in a house that names each machine several times over, with the same
/// first label.
fn is_one_host(first: &Domain, second: &Domain) -> bool {
    let label = |domain: &Domain| domain.as_str().split('.').next().map(str::to_owned);
    first == second || first.is_aligned_with(second) && label(first) == label(second)
}

/// Whether a machine still has the name with which its system, or its landlord, delivered it.
fn is_delivered_name(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let is_local = host == "localhost" || host.starts_with("localhost.");
    let is_numbered = ["desktop-", "laptop-", "win-"]
        .iter()
        .filter_map(|start| host.strip_prefix(start))
        .any(|rest| (7..=11).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    is_local || is_numbered || host.starts_with("ubuntu-s-") || host.starts_with("vultr")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delivered_names_are_told_from_given_ones() {
        for name in ["localhost", "localhost.localdomain", "DESKTOP-RQ5VPH2", "WIN-8OA3CCQAE4D", "ubuntu-s-1vcpu-1gb"] {
            assert!(is_delivered_name(name), "{name}");
        }
        for name in ["mail.example.com", "desktop-of-taro", "win-win.example", "ubuntu", "localhosts.example"] {
            assert!(!is_delivered_name(name), "{name}");
        }
    }
}
