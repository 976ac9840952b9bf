//! What the embedder knows about the reader. Everything is optional; nothing of it leaves the machine.

use serde::{Deserialize, Serialize};

/// The reader's side.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Context {
    /// The reader's own mail addresses.
    pub own_addresses: Vec<String>,
    /// The reader's own names, as the reader's accounts show them to others.
    pub own_names: Vec<String>,
    /// The reader's contacts.
    pub contacts: Vec<Contact>,
    /// Addresses the reader has written to.
    pub correspondents: Vec<String>,
    /// Whether earlier mail from the author's address lies in the reader's folders; nothing where nobody looked.
    pub is_known_author: Option<bool>,
    /// authserv-ids (RFC 8601 §2.2) of the hosts that receive the reader's mail.
    pub receivers: Vec<String>,
    /// Domains, or with an `@` single addresses, that the reader trusts when they authenticate.
    pub trusted_domains: Vec<String>,
    /// The present moment, seconds since 1970, where it matters.
    pub now: Option<i64>,
}

/// One contact.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contact {
    /// The name it is shown by.
    pub name: String,
    /// Its mail address.
    pub address: String,
}
