//! Mekiki's own proof beside the results that stand in the header: what it adds, and what it takes away.
//!
//! Only a signature that holds vouches for anybody: it is arithmetic over the message. That an address may send for a
//! domain rests on the header's word for the address and on the resolver's for the record, so that SPF accuses and
//! contradicts only. Keys and policies that could not be had prove nothing in either direction, and those of today say
//! nothing against mail that was received long ago.

use crate::results::{Standing, Told, vouching};
use mekiki_facts::{Address, AddressClass, Domain, Facts, Greeting, Method, MethodResult, Outcome, Place};
use mekiki_knowledge::suffix;
use mekiki_proven::{Envelope, Outcome as Proven, Proof, Reason, Signature};

/// How long after a message was received answers tell what held then, in seconds.
const FRESH: i64 = 14 * 24 * 3_600;

/// What is known of a message's delivery, for whoever proves it.
pub fn envelope(facts: &Facts) -> Envelope {
    let hop = facts.trail.first_outside_hop();
    let is_outside = |class: Option<AddressClass>| matches!(class, Some(AddressClass::Public | AddressClass::Reserved));
    let shown = |address: Option<&Address>| address.map_or_else(String::new, |address| address.shown.clone());
    Envelope {
        // Whoever logged in may send from anywhere.
        client: hop.filter(|hop| is_outside(hop.address_class) && !hop.is_authenticated).and_then(|hop| hop.address),
        helo: hop.and_then(|hop| match &hop.greeting {
            Some(Greeting::Name(name)) => Some(name.to_string()),
            _ => None,
        }),
        mail_from: facts.identity.return_path.as_ref().map(|path| shown(path.address.as_ref())),
        author: facts.identity.author_domain().map(ToString::to_string),
        received_at: received_at(facts),
    }
}

/// When the receiving side took the message, in seconds since 1970.
fn received_at(facts: &Facts) -> Option<i64> {
    facts.trail.first_outside_hop().and_then(|hop| hop.time).map(|time| time.seconds)
}

/// Whether a domain as it was checked is of the same organisation as another.
fn is_of(checked: &str, domain: &Domain) -> bool {
    Domain::parse(checked).is_some_and(|checked| checked.is_aligned_with(domain))
}

/// What the proof says of the signatures of one organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signed {
    /// One of them vouches for the message.
    Proven,
    /// None of them does, each is broken or leaves out part of what is shown.
    Disproved,
    /// There is none.
    Nowhere,
    /// They could not be checked, or not for good.
    Unknown,
}

/// A proof, with what is asked of it again and again worked out.
pub(crate) struct Judged<'a> {
    proof: &'a Proof,
    facts: &'a Facts,
    author: Option<&'a Domain>,
    /// Whether the answers are of the time at which the message was received, so far as that is known.
    is_fresh: bool,
    /// Domains whose signatures vouch for the message.
    proven: Vec<Domain>,
}

impl<'a> Judged<'a> {
    pub(crate) fn of(proof: &'a Proof, facts: &'a Facts) -> Self {
        let mut proven: Vec<Domain> = proof
            .signatures
            .iter()
            .filter(|signature| signature.vouches())
            .filter_map(|signature| Domain::parse(&signature.domain))
            // Whoever signs for a public suffix signs for everybody who registers below it.
            .filter(|domain| suffix::registrable_domain(domain.as_str()).is_some())
            .collect();
        proven.dedup();
        let is_fresh = received_at(facts).is_none_or(|time| proof.checked_at.saturating_sub(time) <= FRESH);
        Self { proof, facts, author: facts.identity.author_domain(), is_fresh, proven }
    }

    fn signed(&self, domain: &Domain) -> Signed {
        if self.proven.iter().any(|proven| proven.is_aligned_with(domain)) {
            return Signed::Proven;
        }
        let mut own = self.proof.signatures.iter().filter(|signature| is_of(&signature.domain, domain)).peekable();
        let is_refuted = |signature: &Signature| {
            self.is_broken(signature) || signature.outcome == Proven::Pass && !signature.is_testing
        };
        if own.peek().is_none() {
            // Of those that were left out nobody knows whose they are.
            return if self.proof.bounds.is_empty() { Signed::Nowhere } else { Signed::Unknown };
        }
        if own.all(is_refuted) { Signed::Disproved } else { Signed::Unknown }
    }

    /// Whether a signature is broken for certain: its domain's key is there, and under the key's name no other can have
    /// stood.
    fn is_broken(&self, signature: &Signature) -> bool {
        signature.is_broken()
            && signature.key_bits.is_some()
            && (self.is_fresh || signature.reason == Some(Reason::BodyHash))
    }

    /// Whether the author's signatures are there and none of them holds.
    pub(crate) fn disproves_author(&self) -> bool {
        self.author.is_some_and(|author| self.signed(author) == Signed::Disproved)
    }

    /// Whether SPF was checked here to its end, for that domain, and did not pass.
    fn denies_spf(&self, domain: &Domain) -> bool {
        self.is_fresh
            && self.proof.spf.as_ref().is_some_and(|spf| {
                is_of(&spf.domain, domain) && !matches!(spf.outcome, Proven::Pass | Proven::Temperror | Proven::Pending)
            })
    }

    fn denies_dmarc(&self) -> bool {
        self.is_fresh && self.proof.dmarc.as_ref().is_some_and(|dmarc| dmarc.outcome == Proven::Fail)
    }

    /// Sets aside what the proof disproves.
    pub(crate) fn correct(&self, told: &mut [Told]) {
        let disproved: Vec<bool> = told.iter().map(|told| self.is_disproved(told)).collect();
        for (told, is_disproved) in told.iter_mut().zip(disproved) {
            if is_disproved {
                told.standing = Standing::Disproved;
            }
        }
        // What DMARC rested on may be gone.
        let Some(author) = self.author.filter(|author| self.signed(author) == Signed::Disproved) else { return };
        let still_passes = told.iter().any(|told| {
            matches!(told.standing, Standing::Believed | Standing::Unproven)
                && matches!(told.result.method, Method::Spf | Method::Dkim)
                && told.result.outcome == Outcome::Pass
                && told.result.domain.as_ref().is_some_and(|domain| domain.is_aligned_with(author))
        });
        let own_dmarc = |told: &&mut Told| told.result.method == Method::Dmarc && told.result.outcome == Outcome::Pass;
        if !still_passes {
            told.iter_mut().filter(own_dmarc).for_each(|told| told.standing = Standing::Disproved);
        }
    }

    fn is_disproved(&self, told: &Told) -> bool {
        if !matches!(told.standing, Standing::Believed | Standing::Unproven) || vouching(&told.result.method).is_none()
        {
            return false;
        }
        let domain = told.result.domain.as_ref();
        // Else a sender could have written it, whatever was learned.
        let is_certain = told.is_certain;
        match (&told.result.method, told.result.outcome) {
            (Method::Dkim, Outcome::Pass) => domain.is_some_and(|domain| match self.signed(domain) {
                Signed::Disproved => true,
                Signed::Nowhere => !is_certain,
                Signed::Proven | Signed::Unknown => false,
            }),
            (Method::Dkim, Outcome::Temperror) => false,
            (Method::Dkim, _) => match domain {
                Some(domain) => self.signed(domain) == Signed::Proven,
                None => !self.proven.is_empty(),
            },
            (Method::Spf, Outcome::Pass) => !is_certain && domain.is_some_and(|domain| self.denies_spf(domain)),
            (Method::Dmarc, Outcome::Pass) => !is_certain && self.denies_dmarc(),
            (Method::Dmarc, Outcome::Fail) => {
                self.author.is_some_and(|author| self.signed(author) == Signed::Proven) && !self.denies_dmarc()
            }
            _ => false,
        }
    }

    /// What the proof has to say itself, where the header says nothing that is believed.
    pub(crate) fn results(&self, told: &[Told]) -> Vec<MethodResult> {
        let result = |method, outcome, domain: &Domain| MethodResult {
            method,
            outcome,
            domain: Some(domain.clone()),
            properties: Vec::new(),
        };
        let mut results: Vec<MethodResult> =
            self.proven.iter().map(|domain| result(Method::Dkim, Outcome::Pass, domain)).collect();
        let is_told = |method: &Method| {
            told.iter().any(|told| {
                let is_received = match told.standing {
                    Standing::Believed => true,
                    Standing::Disproved => told.is_certain,
                    Standing::Contradicted | Standing::Unproven | Standing::Foreign => false,
                };
                told.result.method == *method && is_received
            })
        };
        let author_is = |signed| self.author.filter(|author| self.signed(author) == signed);
        if let Some(author) = author_is(Signed::Proven).filter(|_| !self.denies_dmarc()) {
            results.push(result(Method::Dmarc, Outcome::Pass, author));
        }
        // Filters of the receiving side mark mail after it was checked, which breaks signatures: where that side's own line
        // says that one held, it only ceases to vouch.
        if !is_told(&Method::Dkim) {
            let is_broken = |author: &&Domain| {
                let mut signatures = self.proof.signatures.iter();
                signatures.any(|signature| self.is_broken(signature) && is_of(&signature.domain, author))
            };
            results.extend(
                author_is(Signed::Disproved)
                    .filter(is_broken)
                    .map(|author| result(Method::Dkim, Outcome::Fail, author)),
            );
        }
        let has_spf = self.facts.authentication.received_spf.iter().any(|spf| spf.place == Place::Above);
        let own_spf = self.proof.spf.as_ref().filter(|_| self.is_fresh && !has_spf && !is_told(&Method::Spf));
        if let Some(spf) = own_spf {
            let outcome = match spf.outcome {
                Proven::Fail => Some(Outcome::Fail),
                Proven::Softfail => Some(Outcome::Softfail),
                _ => None,
            };
            results.extend(
                outcome.zip(Domain::parse(&spf.domain)).map(|(outcome, domain)| result(Method::Spf, outcome, &domain)),
            );
        }
        if self.proof.spf.is_some() && self.denies_dmarc() && !is_told(&Method::Dmarc) {
            results.extend(self.author.map(|author| result(Method::Dmarc, Outcome::Fail, author)));
        }
        results
    }
}
