//! `path.forged-greeting`

use mekiki_facts::{AddressClass, Greeting};

use crate::{Detail, Evidence, Sign, case::Case};

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
pub struct ForgedGreeting;

impl Sign for ForgedGreeting {
    fn id(&self) -> &'static str {
        "path.forged-greeting"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Greeting, Detail::Ip]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(hop) = case.first_outside().filter(|hop| !hop.is_authenticated) else { return Vec::new() };
        let (Some(greeting), Some(ip)) = (&hop.greeting, hop.address) else { return Vec::new() };
        if hop.address_class != Some(AddressClass::Public) {
            return Vec::new();
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
        if is_forged {
            vec![Evidence::of(Detail::Greeting, greeting.to_string()).and(Detail::Ip, ip.to_string())]
        } else {
            Vec::new()
        }
    }
}

/// Names that no host on the net can have (RFC 6761, RFC 6762).
fn is_local_name(name: &str) -> bool {
    name == "localhost"
        || [".localhost", ".localdomain", ".local", ".invalid"].iter().any(|suffix| name.ends_with(suffix))
}
