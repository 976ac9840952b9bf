//! Answers to the questions a report asked. The core asks nobody itself.

use mekiki_facts::Looked;
use mekiki_proven::{Envelope, Proof};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, net::IpAddr};

/// What was looked up so far.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Answers {
    /// Addresses (A and AAAA records) by host name; an empty list means that the name has none.
    pub addresses: BTreeMap<String, Vec<IpAddr>>,
    /// What is inside the message's files; nothing where nobody looked.
    pub inside: Option<Vec<Looked>>,
    /// What was proven of the message; nothing where nobody tried.
    pub proof: Option<Proof>,
}

/// Something a report would like to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Question {
    /// What can be proven of the message.
    Proof {
        /// What is known of its delivery.
        envelope: Envelope,
    },
    /// The addresses of a host.
    Addresses {
        /// The host's name.
        host: String,
    },
    /// What is inside the message's files.
    Inside,
}
