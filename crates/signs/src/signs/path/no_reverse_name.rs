use mekiki_facts::AddressClass;

use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
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
    id: "path.no-reverse-name",
    evidence: [Ip],
    banner: [],
    exempt: [Inside],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let hop = case.first_outside().filter(|hop| hop.is_unnamed)?;
    match hop.address {
        Some(ip) if hop.address_class == Some(AddressClass::Public) => Some(Evidence::of(Detail::Ip, ip.to_string())),
        _ => None,
    }
}
