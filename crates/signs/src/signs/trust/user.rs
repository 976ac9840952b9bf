use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Address, Domain};
use mekiki_knowledge::{domains, suffix};

declare_sign! {
    /// The reader said that this sender is genuine.
    ///
    /// # What it looks for
    ///
    /// A From address at a domain on the reader's list, or the very address, for whose domain the receiving host found
    /// a passing DKIM signature, SPF or DMARC. The words of From alone are never enough, and a domain at which the
    /// public has mailboxes is trusted for single addresses only.
    ///
    /// # Why it matters
    ///
    /// The reader knows better, and the word binds to what cannot be forged.
    ///
    /// # When it is wrong
    ///
    /// A trusted sender's server or mailbox that was broken into.
    id: "trust.user",
    evidence: [Domain],
    banner: [],
    exempt: [],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_address().filter(|_| identity.from.len() == 1)?;
    let is_trusted = case.context.trusted_domains.iter().any(|trusted| is_meant(trusted, author));
    match &author.domain {
        Some(domain) if is_trusted && case.is_author_vouched() => Some(Evidence::of(Detail::Domain, domain.as_str())),
        _ => None,
    }
}

/// Whether an entry of the reader's list means an address: the address itself, or its domain or one above it that somebody
/// registered.
fn is_meant(trusted: &str, author: &Address) -> bool {
    if let Some(address) = Address::parse(trusted) {
        return address.is_same_mailbox(author);
    }
    let (Some(trusted), Some(domain)) = (Domain::parse(trusted), &author.domain) else { return false };
    let domain = domain.as_str();
    let is_under = domain.strip_suffix(trusted.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    is_under && suffix::registrable_domain(trusted.as_str()).is_some() && !domains::is_consumer_mail(domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_binds_to_what_was_named() {
        let is_trusted =
            |trusted: &str, author: &str| Address::parse(author).is_some_and(|author| is_meant(trusted, &author));
        assert!(is_trusted("example.com", "a@example.com") && is_trusted("Example.com", "a@news.example.com"));
        assert!(is_trusted("a@example.com", "A@example.com"));
        for (trusted, author) in [
            ("example.com", "a@myexample.com"),
            ("news.example.com", "a@example.com"),
            ("a@example.com", "b@example.com"),
            ("com", "a@example.com"),
            ("co.jp", "a@example.co.jp"),
            ("gmail.com", "a@gmail.com"),
        ] {
            assert!(!is_trusted(trusted, author), "{trusted} {author}");
        }
    }
}
