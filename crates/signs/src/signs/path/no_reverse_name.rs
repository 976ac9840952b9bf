//! `path.no-reverse-name`

use mekiki_facts::AddressClass;

use crate::{Detail, Evidence, Sign, case::Case};

/// The sending address has no name.
///
/// # What it looks for
///
/// The receiving host noted that the address it took the message from has no reverse name, or one that does not
/// lead back to it.
///
/// # Why it matters
///
/// Mail servers in earnest have a name for their address: many hosts refuse mail from those that do not.
///
/// # When it is wrong
///
/// Small companies and home servers whose provider gives no reverse names; receiving hosts that do not look names
/// up and write "unknown" for all.
pub struct NoReverseName;

impl Sign for NoReverseName {
    fn id(&self) -> &'static str {
        "path.no-reverse-name"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Ip]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(hop) = case.first_outside().filter(|hop| hop.is_unnamed && !hop.is_authenticated) else {
            return Vec::new();
        };
        match hop.address {
            Some(ip) if hop.address_class == Some(AddressClass::Public) => {
                vec![Evidence::of(Detail::Ip, ip.to_string())]
            }
            _ => Vec::new(),
        }
    }
}
