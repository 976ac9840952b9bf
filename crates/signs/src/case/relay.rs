//! Relays of aliases (addy.io, SimpleLogin, Firefox Relay, DuckDuckGo, Hide My Email): they pass mail on under an address of
//! their own, in which the original sender's stands.

use crate::{case::Case, named};
use mekiki_facts::Address;
use mekiki_knowledge::domains::{self, DomainClass};

impl Case<'_> {
    /// The original sender of a message that a relay of aliases passed on, as the relay names it. Proves nothing of that
    /// sender: a relay passes on what it is sent. Nothing where no results say that the relay sent it.
    pub fn relayed_from(&self) -> Option<&Address> {
        self.relayed.get_or_init(|| original(self)).as_ref()
    }
}

fn original(case: &Case) -> Option<Address> {
    let mailbox = case.facts.identity.author()?;
    let address = mailbox.address.as_ref()?;
    let domain = address.domain.as_ref()?.as_str();
    if !domains::classes(domain).contains(DomainClass::AliasRelay)
        || !(case.is_author_vouched() || case.is_author_vouched_unproven())
    {
        return None;
    }
    let name = mailbox.name.as_ref().map_or("", |name| &name.full);
    // SimpleLogin writes `Name - user(a)example.com` where it is not to look like an address.
    in_local_part(&address.local).or_else(|| named::addresses(&name.replace("(a)", "@")).into_iter().next())
}

/// `alias+local=domain` (addy.io), `local_at_domain_alias` (DuckDuckGo, SimpleLogin and Hide My Email, the last two with
/// the dots of the domain as underscores).
fn in_local_part(local: &str) -> Option<Address> {
    if let Some((_, written)) = local.split_once('+').filter(|(_, written)| written.contains('=')) {
        return Address::parse(&written.replacen('=', "@", 1));
    }
    let (before, behind) = local.rsplit_once("_at_")?;
    let pieces: Vec<&str> = behind.split('_').collect();
    let (first, (_, domain)) = (*pieces.first()?, pieces.split_last()?);
    let domain = if first.contains('.') { first.to_owned() } else { domain.join(".") };
    Address::parse(&format!("{before}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::in_local_part;

    #[test]
    fn the_original_sender_stands_in_the_local_part() {
        let shown = |local| in_local_part(local).map(|address| address.shown);
        assert_eq!(shown("shopping+service=paypal.co.uk").as_deref(), Some("service@paypal.co.uk"));
        assert_eq!(shown("order-update_at_amazon.co.jp_hanako").as_deref(), Some("order-update@amazon.co.jp"));
        assert_eq!(shown("no_reply_at_example_com_qzx81").as_deref(), Some("no_reply@example.com"));
        assert_eq!(shown("a1b2c3d4e"), None);
    }
}
