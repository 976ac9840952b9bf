//! What the results of authentication are worth: which of them are the receiving host's word, and whom they vouch for.
//!
//! What stands above the last line of the receiving side nobody else can have written. Below it, in the name of the host
//! that wrote that line, stand the results of hosts whose filter writes there, and those that a sender forges: they are
//! believed where earlier mail has shown that the host writes there, or where what stands above says the same. Else they
//! can accuse, never vouch. Of results that contradict each other the failing one counts. Mekiki's own proof, where there
//! is one, outranks them all (`proof`).

use crate::{Context, Receiver, ResultsPlace, proof::Judged};
use mekiki_facts::{AuthenticationResults, Domain, Facts, Method, MethodResult, Outcome, Place};
use mekiki_proven::Proof;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is believed of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is the receiving host's word.
    Believed,
    /// It says "pass" where the receiving host's word could stand, and another field there says otherwise.
    Contradicted,
    /// Mekiki's own proof says otherwise.
    Disproved,
    /// It stands in the receiving host's name where a sender could have put it too.
    Unproven,
    /// It is in somebody else's name, or came with the message.
    Foreign,
}

/// One result, and what is believed of it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The field that it stands in.
    pub field: &'a AuthenticationResults,
    /// What it says.
    pub result: &'a MethodResult,
    /// What is believed of it.
    pub standing: Standing,
    /// Whether nobody but the receiving side can have written it.
    pub is_certain: bool,
}

/// All results of a message.
#[derive(Debug, Default)]
pub struct Results<'a> {
    told: Vec<Told<'a>>,
    fields: BTreeMap<usize, Standing>,
    /// What Mekiki's own proof says.
    own: Vec<MethodResult>,
    /// Domains that vouch for the message by the receiving host's word, whatever the proof says.
    vouched_by_word: Vec<Domain>,
    vouched: Vec<Domain>,
    is_author_disproved: bool,
}

impl<'a> Results<'a> {
    /// Weighs the results that a message has, by where they stand and what is known of the host that received it.
    pub(crate) fn of(facts: &'a Facts, context: &Context, proof: Option<&Proof>) -> Self {
        let author = facts.identity.author_domain();
        let above = Above::of(facts);
        let known = known_receiver(facts, context);
        let mut told = Vec::new();
        let mut fields = BTreeMap::new();
        for field in &facts.authentication.results {
            let trust = trust(field, author, &above, known);
            let is_certain = field.place == Place::Above || field.place == Place::Below && above.confirms(field);
            fields.insert(field.offset, trust.of_field());
            told.extend(field.methods.iter().map(|result| Told {
                field,
                result,
                standing: trust.of(result),
                is_certain,
            }));
        }
        if !fields.values().any(|standing| *standing == Standing::Believed) {
            let sealed = above.sealed.iter().flat_map(|field| field.methods.iter().map(move |result| (*field, result)));
            told.extend(sealed.map(|(field, result)| Told {
                field,
                result,
                standing: Standing::Believed,
                is_certain: true,
            }));
        }
        contradict(&mut told);
        let vouched_by_word = vouched(&told, &[]);
        let proof = proof.map(|proof| Judged::of(proof, facts));
        let mut own = Vec::new();
        if let Some(proof) = &proof {
            proof.correct(&mut told);
            own = proof.results(&told);
        }
        for told in &told {
            if matches!(told.standing, Standing::Contradicted | Standing::Disproved) {
                fields.insert(told.field.offset, told.standing);
            }
        }
        let vouched = vouched(&told, &own);
        Self {
            told,
            fields,
            own,
            vouched_by_word,
            vouched,
            is_author_disproved: proof.is_some_and(|proof| proof.disproves_author()),
        }
    }

    /// Every result, with what is believed of it.
    pub fn told(&self) -> &[Told<'a>] {
        &self.told
    }

    /// Results that are the receiving host's word.
    pub fn received(&self) -> impl Iterator<Item = &MethodResult> {
        self.told.iter().filter(|told| told.standing == Standing::Believed).map(|told| told.result)
    }

    /// Results that are the receiving host's word, and those of Mekiki's own proof.
    pub fn believed(&self) -> impl Iterator<Item = &MethodResult> {
        self.received().chain(&self.own)
    }

    /// Whether anybody checked anything, and said so: the receiving host, or Mekiki's own proof where it found a failure.
    pub fn has_any(&self) -> bool {
        let is_told = |told: &Told| matches!(told.standing, Standing::Believed | Standing::Disproved);
        let is_failure = |result: &MethodResult| matches!(result.outcome, Outcome::Fail | Outcome::Softfail);
        self.told.iter().any(is_told) || self.own.iter().any(is_failure)
    }

    /// Domains that vouch for the message, and those that do by the receiving host's word, whatever the proof says.
    pub fn vouched_by_word(&self) -> impl Iterator<Item = &Domain> {
        self.vouched.iter().chain(&self.vouched_by_word)
    }

    /// Whether Mekiki's own proof has it that the author's signatures do not hold.
    pub fn is_author_disproved(&self) -> bool {
        self.is_author_disproved
    }

    /// Domains that vouch for the message, by the receiving host's word (a passing DKIM signature, SPF or DMARC) or by
    /// Mekiki's own proof.
    pub fn vouched(&self) -> &[Domain] {
        &self.vouched
    }

    /// Domains that pass where the receiving host's word could stand, or a sender's.
    pub fn unproven(&self) -> impl Iterator<Item = &'a Domain> {
        let passing = |told: &&Told| told.standing == Standing::Unproven && passed(told.result).is_some();
        self.told.iter().filter(passing).filter_map(|told| told.result.domain.as_ref())
    }

    /// Whether that method was checked, and the check came to an end.
    pub fn has_checked(&self, method: &Method) -> bool {
        self.believed().any(|result| result.method == *method && result.outcome != Outcome::Temperror)
    }

    /// What is believed of the Authentication-Results field that begins at that byte; nothing where none does.
    pub fn standing_at(&self, offset: usize) -> Option<Standing> {
        self.fields.get(&offset).copied()
    }
}

/// What stands above the last line of the receiving side.
struct Above<'a> {
    /// The names under which results stand there.
    ids: BTreeSet<&'a str>,
    /// The ARC sets that the receiving side sealed: their results are its own (RFC 8617 §5.1).
    sealed: Vec<&'a AuthenticationResults>,
    /// What passed by them.
    passed: BTreeSet<(&'a str, &'static str, &'a str)>,
}

impl<'a> Above<'a> {
    fn of(facts: &'a Facts) -> Self {
        let authentication = &facts.authentication;
        let is_above = |field: &&AuthenticationResults| field.place == Place::Above;
        let sealed: Vec<_> =
            authentication.arc.iter().filter_map(|set| set.results.as_ref()).filter(is_above).collect();
        let own: Vec<_> = authentication.results.iter().filter(is_above).collect();
        let passed = own.iter().chain(&sealed).flat_map(|field| {
            let id = field.authserv_id.as_deref().unwrap_or_default();
            field.methods.iter().filter_map(move |result| passed(result).map(|(method, domain)| (id, method, domain)))
        });
        Self {
            ids: own.iter().chain(&sealed).filter_map(|field| field.authserv_id.as_deref()).collect(),
            passed: passed.collect(),
            sealed,
        }
    }

    /// Whether everything that passes in a field passes above it as well, under the same name.
    fn confirms(&self, field: &AuthenticationResults) -> bool {
        let Some(id) = field.authserv_id.as_deref() else { return false };
        let mut passing = field.methods.iter().filter_map(passed);
        self.ids.contains(id) && passing.all(|(method, domain)| self.passed.contains(&(id, method, domain)))
    }
}

/// Method and domain of a result that vouches for a domain.
fn passed(result: &MethodResult) -> Option<(&'static str, &str)> {
    let method = vouching(&result.method)?;
    let domain = result.domain.as_ref().filter(|_| result.outcome == Outcome::Pass)?;
    Some((method, domain.as_str()))
}

/// The methods by which a domain vouches for a message.
pub(crate) fn vouching(method: &Method) -> Option<&'static str> {
    match method {
        Method::Dkim => Some("dkim"),
        Method::Spf => Some("spf"),
        Method::Dmarc => Some("dmarc"),
        Method::Arc | Method::Compauth | Method::Other(_) => None,
    }
}

/// How far a field is believed before it is compared with others.
#[derive(Clone, Copy)]
enum Trust {
    /// In whole.
    Whole,
    /// Where it speaks against the message.
    Denials,
    /// Not at all.
    No(Standing),
}

impl Trust {
    fn of(self, result: &MethodResult) -> Standing {
        match self {
            Self::Denials if result.outcome == Outcome::Pass => Standing::Unproven,
            Self::Whole | Self::Denials => Standing::Believed,
            Self::No(standing) => standing,
        }
    }

    fn of_field(self) -> Standing {
        match self {
            Self::Whole | Self::Denials => Standing::Believed,
            Self::No(standing) => standing,
        }
    }
}

fn trust(field: &AuthenticationResults, author: Option<&Domain>, above: &Above, known: Option<&Receiver>) -> Trust {
    let id = field.authserv_id.as_deref().unwrap_or_default();
    match (field.place, known) {
        (Place::Above, _) => Trust::Whole,
        (Place::Elsewhere, _) => Trust::No(Standing::Foreign),
        (Place::Below, _) if above.confirms(field) => Trust::Whole,
        // A host that writes above its line writes nothing below it.
        (Place::Below, _) if above.ids.contains(id) => Trust::No(Standing::Unproven),
        // The name is that of the host whose line stands above, so that the place is all there is to learn.
        (Place::Below, Some(known)) if known.place == ResultsPlace::Below => Trust::Whole,
        (Place::Below, Some(_)) => Trust::No(Standing::Unproven),
        // A forger has no use for a field that does not speak for the author.
        (Place::Below, None) => {
            let speaks_for_author = field.methods.iter().any(|result| {
                result
                    .domain
                    .as_ref()
                    .zip(author)
                    .is_some_and(|(domain, author)| passed(result).is_some() && domain.is_aligned_with(author))
            });
            if speaks_for_author { Trust::No(Standing::Unproven) } else { Trust::Denials }
        }
    }
}

/// Sets aside what passes where another field says that it failed: the same method for the same organisation, any
/// signature where there was none, anything for an author whose DMARC failed.
fn contradict(told: &mut [Told]) {
    // Of each denial the first and the last field that has it: one of them is another than the one that passes.
    let mut denials: BTreeMap<(&str, String), (usize, usize)> = BTreeMap::new();
    for Told { field, result, .. } in told.iter().filter(|told| told.standing == Standing::Believed) {
        let Some(method) = vouching(&result.method) else { continue };
        let is_denial = matches!(result.outcome, Outcome::Fail | Outcome::Softfail)
            || result.method == Method::Dkim && result.outcome == Outcome::None;
        if is_denial {
            let organisation = result.domain.as_ref().map_or("", Domain::organisational).to_owned();
            let found = denials.entry((method, organisation)).or_insert((field.offset, field.offset));
            *found = (found.0.min(field.offset), found.1.max(field.offset));
        }
    }
    for told in told.iter_mut().filter(|told| told.standing == Standing::Believed) {
        let Some((method, _)) = passed(told.result) else { continue };
        let organisation = told.result.domain.as_ref().map_or("", Domain::organisational).to_owned();
        let is_denied = |method: &'static str, organisation: String| {
            denials
                .get(&(method, organisation))
                .is_some_and(|(first, last)| *first != told.field.offset || *last != told.field.offset)
        };
        let is_unsigned = method == "dkim" && is_denied(method, String::new());
        if is_unsigned || is_denied("dmarc", organisation.clone()) || is_denied(method, organisation) {
            told.standing = Standing::Contradicted;
        }
    }
}

fn vouched(told: &[Told], own: &[MethodResult]) -> Vec<Domain> {
    let believed = told.iter().filter(|told| told.standing == Standing::Believed).map(|told| told.result);
    let passing =
        believed.chain(own).filter(|result| passed(result).is_some()).filter_map(|result| result.domain.as_ref());
    let mut seen = BTreeSet::new();
    passing.filter(|domain| seen.insert(domain.as_str())).cloned().collect()
}

/// What earlier mail has shown of the host that received the message.
fn known_receiver<'a>(facts: &Facts, context: &'a Context) -> Option<&'a Receiver> {
    let host = receiving_host(facts)?;
    context.receivers.iter().find(|known| known.host == host.organisational())
}

/// The host that wrote the last line of the receiving side.
pub(crate) fn receiving_host(facts: &Facts) -> Option<Domain> {
    facts.trail.last_own_hop().and_then(|hop| hop.by.as_deref()).and_then(Domain::parse)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;
    use crate::{Answers, LineRole, Report, inspect};

    const LINE: &str = "Received: from mail.example.net (mail.example.net [133.242.0.3]) by mx.example.jp with ESMTPS id 1; Tue, 3 Sep 2024 10:15:00 +0900\r\n";
    const REST: &str = "From: PayPal <service@paypal.com>\r\nTo: a@example.jp\r\n\r\nx\r\n";

    fn results(told: &str) -> String {
        format!("Authentication-Results: mx.example.jp; {told}\r\n")
    }

    fn report(header: &str, places: &[ResultsPlace]) -> Report {
        let receivers =
            places.iter().map(|place| Receiver { host: "example.jp".to_owned(), ids: Vec::new(), place: *place });
        let context = Context { receivers: receivers.collect(), ..Context::default() };
        inspect(format!("{header}{REST}").as_bytes(), &context, &Answers::default())
    }

    fn standings(header: &str, places: &[ResultsPlace]) -> Vec<Standing> {
        report(header, places).authentication.iter().map(|result| result.standing).collect()
    }

    fn roles(header: &str) -> Vec<LineRole> {
        let lines = report(header, &[]).header;
        let is_results = |line: &&crate::HeaderLine| line.field.name == "Authentication-Results";
        lines.iter().filter(is_results).map(|line| line.role).collect()
    }

    const PASS: &str = "dkim=pass header.d=paypal.com";
    const FAIL: &str = "dkim=fail header.d=paypal.com";

    #[test]
    fn above_the_line_everything_is_believed() {
        for places in [&[][..], &[ResultsPlace::None], &[ResultsPlace::Below]] {
            assert_eq!(standings(&format!("{}{LINE}", results(PASS)), places), [Standing::Believed]);
        }
    }

    #[test]
    fn below_the_line_a_pass_is_believed_where_the_place_was_learned() {
        let below = format!("{LINE}{}", results(PASS));
        assert_eq!(standings(&below, &[ResultsPlace::Below]), [Standing::Believed]);
        for places in [&[][..], &[ResultsPlace::None], &[ResultsPlace::Above]] {
            assert_eq!(standings(&below, places), [Standing::Unproven]);
        }
        // A failure is no use to a forger.
        assert_eq!(standings(&format!("{LINE}{}", results(FAIL)), &[]), [Standing::Believed]);
        assert_eq!(standings(&format!("{LINE}{}", results(FAIL)), &[ResultsPlace::None]), [Standing::Unproven]);
    }

    #[test]
    fn what_stands_above_confirms_what_stands_below() {
        let sealed =
            |told: &str| format!("ARC-Authentication-Results: i=1; mx.example.jp; {told}\r\n{LINE}{}", results(PASS));
        assert_eq!(standings(&sealed(PASS), &[]), [Standing::Believed]);
        // What the host sealed is its word where the field below is not.
        assert_eq!(standings(&sealed("dkim=none"), &[]), [Standing::Unproven, Standing::Believed]);
    }

    #[test]
    fn of_two_that_contradict_each_other_the_failing_one_counts() {
        let two = |one: &str, other: &str| {
            standings(&format!("{LINE}{}{}", results(one), results(other)), &[ResultsPlace::Below])
        };
        let set_aside = [Standing::Believed, Standing::Contradicted];
        assert_eq!(two(FAIL, PASS), set_aside);
        assert_eq!(two("dkim=none", PASS), set_aside);
        assert_eq!(two("dmarc=fail header.from=paypal.com", PASS), set_aside);
        assert_eq!(
            two("spf=softfail smtp.mailfrom=a@paypal.com", "spf=pass smtp.mailfrom=b@mail.paypal.com"),
            set_aside
        );
        assert_eq!(two("spf=softfail smtp.mailfrom=a@paypal.com", PASS), [Standing::Believed; 2]);
        assert_eq!(two("dkim=fail header.d=example.net", PASS), [Standing::Believed; 2]);
        // Inside one field both are one host's word: two signatures.
        let both = format!("{}{LINE}", results(&format!("{FAIL}; {PASS}")));
        assert_eq!(standings(&both, &[]), [Standing::Believed; 2]);
    }

    #[test]
    fn a_line_is_what_the_core_believes_of_it_whatever_its_name() {
        let forged = format!("{}{LINE}{}", results("dkim=none"), results(PASS));
        assert_eq!(roles(&forged), [LineRole::OwnResults, LineRole::UnprovenResults]);
        let nameless = format!("Authentication-Results: spf=pass smtp.mailfrom=example.net; dkim=none\r\n{LINE}");
        assert_eq!(roles(&nameless), [LineRole::OwnResults]);
    }

    #[test]
    fn what_a_message_teaches_of_its_receiver_is_told() {
        let taught = |header: &str| report(header, &[]).receiver.unwrap().place;
        assert_eq!(taught(&format!("{}{LINE}", results(PASS))), Some(ResultsPlace::Above));
        assert_eq!(taught(&format!("{LINE}{}", results(PASS))), Some(ResultsPlace::Below));
        assert_eq!(taught(LINE), Some(ResultsPlace::None));
        assert_eq!(
            taught(&format!("{LINE}Authentication-Results: other.example; {PASS}\r\n")),
            Some(ResultsPlace::None)
        );
        // In a name foreign to the host.
        assert_eq!(taught(&format!("Authentication-Results: other.example; {PASS}\r\n{LINE}")), None);
        assert_eq!(taught(&format!("{}{}{LINE}", results(FAIL), results(PASS))), None);
        assert!(report("", &[]).receiver.is_none());
    }
}
