//! How much of known mail can be read at all: the share with a sender, with a first outside hop, with text, and why the
//! others have none. A sign cannot see what was not read.

use mekiki_facts::{AddressClass, AnomalyKind, Facts};
use serde::Serialize;
use std::collections::BTreeMap;

/// What is missing in one message, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "what", content = "why", rename_all = "kebab-case")]
pub enum Missing {
    /// No address of an author.
    Sender(&'static str),
    /// No hop in which the receiving side took it from outside.
    FirstOutsideHop(&'static str),
    /// No text that a client shows.
    Text(&'static str),
}

/// What was read of a number of messages.
#[derive(Default, Serialize)]
pub struct Reading {
    messages: usize,
    with_sender: usize,
    with_received: usize,
    /// Of those with a Received field.
    with_first_outside_hop: usize,
    with_text: usize,
    /// Why not, with the messages.
    missing: Vec<Reason>,
}

#[derive(Serialize)]
struct Reason {
    #[serde(flatten)]
    missing: Missing,
    paths: Vec<String>,
}

/// What is missing in a message.
pub fn missing(facts: &Facts) -> Vec<Missing> {
    [sender(facts).map(Missing::Sender), hop(facts).map(Missing::FirstOutsideHop), text(facts).map(Missing::Text)]
        .into_iter()
        .flatten()
        .collect()
}

/// Whether a message tells of hops at all.
pub fn has_received(facts: &Facts) -> bool {
    !facts.trail.hops.is_empty()
}

fn sender(facts: &Facts) -> Option<&'static str> {
    let identity = &facts.identity;
    if identity.author_domain().is_some() {
        None
    } else if identity.from.is_empty() {
        Some("no From field")
    } else if identity.author().is_none() {
        Some("empty From field")
    } else if identity.author_address().is_some() {
        Some("From with a domain that is none")
    } else {
        Some("From without an address")
    }
}

fn hop(facts: &Facts) -> Option<&'static str> {
    let trail = &facts.trail;
    if trail.hops.is_empty() {
        return Some("no Received field");
    }
    if trail.first_outside_hop().is_some() {
        return None;
    }
    let classes: Vec<AddressClass> = trail.hops.iter().filter_map(|hop| hop.address_class).collect();
    Some(if classes.contains(&AddressClass::Public) {
        "public addresses of the receiving side alone"
    } else if classes.contains(&AddressClass::Reserved) {
        "addresses of documentation or reserved ones"
    } else if classes.is_empty() {
        "no address in any hop"
    } else {
        "private addresses alone"
    })
}

fn text(facts: &Facts) -> Option<&'static str> {
    if facts.text.shown_text().chars().any(char::is_alphanumeric) {
        return None;
    }
    let is_noted = |kind| facts.anomalies.iter().any(|anomaly| anomaly.kind == kind);
    Some(if facts.text.images > 0 {
        "pictures alone"
    } else if !facts.attachments.is_empty() && facts.text.alternatives.is_empty() {
        "files alone"
    } else if is_noted(AnomalyKind::BadBase64) || is_noted(AnomalyKind::BrokenBoundary) {
        "a damaged message"
    } else if facts.text.alternatives.iter().any(|alternative| !alternative.hidden.is_empty()) {
        "hidden text alone"
    } else {
        "an empty message"
    })
}

impl Reading {
    /// Counts one message.
    pub fn add(&mut self, path: &str, has_received: bool, missing: &[Missing]) {
        let lacks = |is_kind: fn(&Missing) -> bool| missing.iter().any(is_kind);
        self.messages += 1;
        self.with_sender += usize::from(!lacks(|missing| matches!(missing, Missing::Sender(_))));
        self.with_received += usize::from(has_received);
        self.with_first_outside_hop += usize::from(!lacks(|missing| matches!(missing, Missing::FirstOutsideHop(_))));
        self.with_text += usize::from(!lacks(|missing| matches!(missing, Missing::Text(_))));
        for one in missing {
            match self.missing.iter_mut().find(|reason| reason.missing == *one) {
                Some(reason) => reason.paths.push(path.to_owned()),
                None => self.missing.push(Reason { missing: one.clone(), paths: vec![path.to_owned()] }),
            }
        }
    }
}

/// What was read, by folder. Each message is its folder, its path, whether it tells of hops, and what is missing.
pub fn by_folder<'a>(
    messages: impl Iterator<Item = (&'a str, &'a str, bool, &'a [Missing])>,
) -> BTreeMap<String, Reading> {
    let mut readings: BTreeMap<String, Reading> = BTreeMap::new();
    for (folder, path, has_received, missing) in messages {
        readings.entry(folder.to_owned()).or_default().add(path, has_received, missing);
    }
    for reading in readings.values_mut() {
        reading.missing.sort_by(|one, other| one.missing.cmp(&other.missing));
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(raw: &str) -> Vec<Missing> {
        missing(&mekiki_facts::read(raw.as_bytes()))
    }

    #[test]
    fn what_is_missing_is_told_with_its_reason() {
        let whole = "Received: from a.example.net (a.example.net [133.242.0.3]) by b.example.jp; Tue, 3 Sep 2024 10:15:00 +0900\nFrom: a@example.net\n\nHello\n";
        assert!(of(whole).is_empty());
        assert_eq!(
            of("Received: from a ([10.0.0.1]) by b\nFrom: Nobody\nContent-Type: text/html\n\n<img src=x>\n"),
            [
                Missing::Sender("From without an address"),
                Missing::FirstOutsideHop("private addresses alone"),
                Missing::Text("pictures alone"),
            ]
        );
        assert_eq!(of("Subject: x\n\n\n").len(), 3);
    }

    #[test]
    fn folders_are_counted_apart() {
        let none: &[Missing] = &[];
        let no_text = &[Missing::Text("pictures alone")][..];
        let readings =
            by_folder([("a", "1", true, none), ("a", "2", false, no_text), ("b", "3", true, none)].into_iter());
        let seen: Vec<_> = readings.values().map(|one| (one.messages, one.with_received, one.with_text)).collect();
        assert_eq!(seen, [(2, 1, 1), (1, 1, 1)]);
    }
}
