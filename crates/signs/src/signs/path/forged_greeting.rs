use mekiki_facts::{AddressClass, Greeting};

use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
    /// The sending host gave a name that cannot be its own.
    ///
    /// # What it looks for
    ///
    /// In the hop where the receiving side took the message from outside: a greeting (HELO, RFC 5321 §4.1.1.1) that is
    /// localhost, a loopback or private address, or the recipient's own domain, from an address out on the net.
    ///
    /// # Why it matters
    ///
    /// A mail server knows its own name. A program run on a hijacked or rented machine to send forged mail often does
    /// not bother.
    ///
    /// # When it is wrong
    ///
    /// A mail program that greets with its address at home when it hands in a mail: a submission that logged in is let
    /// pass. Badly set up small servers.
    id: "path.forged-greeting",
    evidence: [Greeting, Ip],
    banner: [],
    exempt: [Inside],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let hop = case.first_outside()?;
    let (Some(greeting), Some(ip)) = (&hop.greeting, hop.address) else { return None };
    if hop.address_class != Some(AddressClass::Public) {
        return None;
    }
    let is_forged = match greeting {
        Greeting::Address(address) => AddressClass::of(*address) != AddressClass::Public,
        Greeting::Name(name) => {
            is_local_name(name.as_str())
                || case.facts.identity.list.is_none()
                    && case.own_addresses().any(|own| own.domain.as_ref() == Some(name))
                    && !case.is_author_vouched()
        }
        Greeting::Other(_) => false,
    };
    (is_forged).then(|| Evidence::of(Detail::Greeting, greeting.to_string()).and(Detail::Ip, ip.to_string()))
}

/// Names that no host on the net can have (RFC 6761, RFC 6762).
fn is_local_name(name: &str) -> bool {
    name == "localhost"
        || [".localhost", ".localdomain", ".local", ".invalid"].iter().any(|suffix| name.ends_with(suffix))
}
