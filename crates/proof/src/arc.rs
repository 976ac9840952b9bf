//! The chain of those who passed a message on (RFC 8617 §5.2).

use crate::{
    dns::Asker,
    message::{Canon, Field, Message},
    signature::{Bodies, Kind, Read, read},
    tags::Tags,
};
use mekiki_proven::{Chain, ChainReason, Outcome, Set, Signature};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Most sets that a chain may have (RFC 8617 §4.2.1).
const MOST: u32 = 50;

const RESULTS: &str = "arc-authentication-results";
const MESSAGE: &str = "arc-message-signature";
const SEAL: &str = "arc-seal";

/// The sets of a message, read.
pub(crate) struct Arc {
    sets: Result<Vec<ReadSet>, ChainReason>,
}

/// One set: the places of its fields, and what they say.
struct ReadSet {
    instance: u32,
    message: (usize, Read),
    seal: (usize, Read),
    /// `cv=` of the seal.
    validation: String,
    /// What the seal signs.
    sealed: [u8; 32],
}

#[derive(Default)]
struct Places {
    results: Vec<usize>,
    message: Vec<usize>,
    seal: Vec<usize>,
}

impl Arc {
    /// Reads the sets; nothing where the message has none.
    pub(crate) fn read(message: &Message, now: i64) -> Option<Self> {
        let mut places: BTreeMap<Option<u32>, Places> = BTreeMap::new();
        for name in [RESULTS, MESSAGE, SEAL] {
            for place in message.places(name) {
                let instance = message.fields.get(*place).and_then(|field| instance(field, name));
                let set = places.entry(instance).or_default();
                match name {
                    RESULTS => set.results.push(*place),
                    MESSAGE => set.message.push(*place),
                    _ => set.seal.push(*place),
                }
            }
        }
        (!places.is_empty()).then(|| Self { sets: sets(message, &places, now) })
    }

    /// The latest signature of the message, whose body is to be hashed.
    pub(crate) fn latest(&self) -> Option<&Read> {
        self.sets.as_ref().ok()?.last().map(|set| &set.message.1)
    }

    /// Checks the chain: the latest signature of the message, and every seal.
    pub(crate) fn check(&self, message: &Message, bodies: &Bodies, asker: &Asker) -> Chain {
        let sets = match &self.sets {
            Ok(sets) => sets,
            Err(reason) => return failed(*reason, Vec::new()),
        };
        let last = sets.last().map(|set| set.instance);
        let told: Vec<Set> = sets
            .iter()
            .map(|set| Set {
                instance: set.instance,
                seal: set.seal.1.check_seal(set.sealed, asker),
                // Earlier ones need not hold any more: that the message was changed is what a chain is for.
                message: if last == Some(set.instance) {
                    set.message.1.check(message, set.message.0, bodies, asker)
                } else {
                    Signature { outcome: Outcome::Neutral, ..set.message.1.told.clone() }
                },
            })
            .collect();
        let is_declared =
            |set: &ReadSet| if set.instance == 1 { set.validation == "none" } else { set.validation == "pass" };
        if !sets.iter().all(is_declared) {
            return failed(ChainReason::Declared, told);
        }
        let message = told.last().map_or(Outcome::None, |set| set.message.outcome);
        let seals: Vec<Outcome> = told.iter().map(|set| set.seal.outcome).collect();
        if matches!(message, Outcome::Fail | Outcome::Permerror) {
            return failed(ChainReason::Message, told);
        }
        if seals.iter().any(|seal| matches!(seal, Outcome::Fail | Outcome::Permerror)) {
            return failed(ChainReason::Seal, told);
        }
        let is = |outcome: Outcome| message == outcome || seals.contains(&outcome);
        let outcome = if is(Outcome::Pending) {
            Outcome::Pending
        } else if is(Outcome::Temperror) {
            Outcome::Temperror
        } else {
            Outcome::Pass
        };
        Chain { outcome, reason: None, sets: told }
    }
}

fn failed(reason: ChainReason, sets: Vec<Set>) -> Chain {
    Chain { outcome: Outcome::Fail, reason: Some(reason), sets }
}

/// The instance that a field belongs to.
fn instance(field: &Field, name: &str) -> Option<u32> {
    let text = field.text();
    let value = if name == RESULTS {
        // Its first element is the instance, whatever the rest is made of (RFC 8617 §4.1.1).
        let (tag, value) = text.split(';').next()?.split_once('=')?;
        (tag.trim() == "i").then(|| value.trim().to_owned())?
    } else {
        Tags::parse(&text)?.get("i")?.to_owned()
    };
    value.parse().ok().filter(|instance| *instance > 0)
}

fn sets(message: &Message, places: &BTreeMap<Option<u32>, Places>, now: i64) -> Result<Vec<ReadSet>, ChainReason> {
    // What the seals sign is the sets before them and their own: hashed once, and copied for each.
    let mut before = Sha256::new();
    let mut sets = Vec::new();
    for (expected, (instance, places)) in (1_u32..).zip(places) {
        if expected > MOST {
            return Err(ChainReason::TooMany);
        }
        let ([results], [message_at], [seal_at]) = (&*places.results, &*places.message, &*places.seal) else {
            return Err(ChainReason::Structure);
        };
        if *instance != Some(expected) {
            return Err(ChainReason::Structure);
        }
        let field = |place: &usize| message.fields.get(*place).ok_or(ChainReason::Structure);
        let (message_field, seal_field) = (field(message_at)?, field(seal_at)?);
        let seal_text = seal_field.text();
        let seal = read(&seal_text, Kind::ArcSeal, now);
        let tags = Tags::parse(&seal_text).unwrap_or_default();
        for field in [field(results)?, message_field] {
            field.hash(Canon::Relaxed, None, &mut before);
            before.update(b"\r\n");
        }
        let mut own = before.clone();
        seal_field.hash(Canon::Relaxed, seal.parsed.as_ref().map(|parsed| parsed.span), &mut own);
        seal_field.hash(Canon::Relaxed, None, &mut before);
        before.update(b"\r\n");
        sets.push(ReadSet {
            instance: expected,
            message: (*message_at, read(&message_field.text(), Kind::ArcMessage, now)),
            validation: tags.get("cv").unwrap_or_default().to_ascii_lowercase(),
            seal: (*seal_at, seal),
            sealed: own.finalize().into(),
        });
    }
    Ok(sets)
}
