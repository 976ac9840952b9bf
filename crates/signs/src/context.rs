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
    /// Hosts that receive the reader's mail, and what they write into it.
    pub receivers: Vec<Receiver>,
    /// Domains, or with an `@` single addresses, that the reader trusts when they authenticate.
    pub trusted_domains: Vec<String>,
    /// Domains of the reader's organisation beside those of the own addresses.
    pub own_domains: Vec<String>,
    /// Brands that the reader added to the directory.
    pub own_brands: Vec<OwnBrand>,
    /// How much it takes until something is said.
    pub sensitivity: Sensitivity,
}

/// A host that receives the reader's mail, as earlier mail has shown it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Receiver {
    /// Its organisational domain, by the `by` of its Received fields (RFC 5321 §4.4).
    pub host: String,
    /// authserv-ids (RFC 8601 §2.2) under which its results stand, the empty one where they bear none.
    pub ids: Vec<String>,
    /// Where they stand. In any other place nobody is believed in its name.
    pub place: ResultsPlace,
}

/// Where a host writes its results of authentication into a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ResultsPlace {
    /// Above the line in which it took the message.
    Above,
    /// Right below that line.
    Below,
    /// Nowhere.
    #[default]
    None,
}

/// A brand that the reader added: a payroll provider, the own organisation.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OwnBrand {
    /// How it is called; the first is the one that is shown.
    pub names: Vec<String>,
    /// Domains that are its own, those under them included.
    pub domains: Vec<String>,
}

/// How much it takes until something is said. Moves the thresholds (`[sensitivity]` in `data/weights.toml`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Earlier than was found best, at the price of more false alarms.
    Cautious,
    /// As it was measured.
    #[default]
    Normal,
    /// Later: only what there is little doubt about.
    Quiet,
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
