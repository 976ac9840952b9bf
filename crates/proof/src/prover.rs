//! One message and what was proven of it so far, round by round.

use crate::{
    arc::Arc,
    dkim::Dkim,
    dmarc,
    dns::{Answer, Answers, Asker, Query},
    message::{BodyHash, Canon, Message},
    signature::{Bodies, Parsed},
    spf,
};
use mekiki_proven::{Bound, Envelope, Outcome, Proof, Reason, Signature};

/// Most rounds of questions. SPF may need one after the other: eleven records, and the hosts that ten terms name.
const MOST_ROUNDS: usize = 24;
/// Most questions that are asked for one message.
const MOST_QUESTIONS: usize = 150;

/// A message to be proven.
pub struct Prover<'a> {
    message: Message<'a>,
    bodies: Bodies,
    dkim: Dkim,
    arc: Option<Arc>,
    envelope: &'a Envelope,
    now: i64,
}

/// What one round gives.
#[derive(Debug, Clone)]
pub struct Round {
    /// What is proven so far.
    pub proof: Proof,
    /// What is still to be asked, in order.
    pub wanted: Vec<Query>,
}

impl<'a> Prover<'a> {
    /// Reads a message, and hashes its body. `now` is the time in seconds since 1970.
    pub fn new(raw: &'a [u8], envelope: &'a Envelope, now: i64) -> Self {
        let message = Message::read(raw);
        let at = envelope.received_at.unwrap_or(now);
        let dkim = Dkim::read(&message, envelope.author.as_deref(), at);
        let arc = Arc::read(&message, at);
        let latest = arc.as_ref().and_then(Arc::latest);
        let parsed: Vec<&Parsed> = dkim.checked().chain(latest).filter_map(|read| read.parsed.as_ref()).collect();
        let mut bodies = Bodies::new();
        for canon in [Canon::Simple, Canon::Relaxed] {
            let mut of_canon = parsed.iter().filter(|parsed| parsed.body_canon == canon).peekable();
            if of_canon.peek().is_some() {
                let lengths: Vec<u64> = of_canon.filter_map(|parsed| parsed.body_length).collect();
                bodies.insert(canon, BodyHash::of(message.body, canon, &lengths));
            }
        }
        Self { message, bodies, dkim, arc, envelope, now }
    }

    /// What the answers so far prove, and what is still to be asked.
    pub fn prove(&self, answers: &Answers) -> Round {
        let asker = Asker::new(answers);
        let signatures = self.dkim.check(&self.message, &self.bodies, &asker);
        let spf = spf::check(self.envelope, self.now, &asker);
        let arc = self.arc.as_ref().map(|arc| arc.check(&self.message, &self.bodies, &asker));
        let author = self.envelope.author.as_deref();
        let dmarc = author.map(|author| dmarc::check(author, &signatures, spf.as_ref(), &asker));
        let bounds = if self.dkim.is_cut { vec![Bound::Signatures] } else { Vec::new() };
        Round {
            proof: Proof { checked_at: self.now, signatures, spf, arc, dmarc, bounds },
            wanted: asker.into_wanted().into_iter().collect(),
        }
    }

    /// The course of asking, from the answers that are there.
    pub fn course(&self, answers: Answers) -> Course<'_, 'a> {
        Course { prover: self, answers, asked: 0, rounds: 0, bound: None }
    }

    /// Goes on, with the answers that `resolve` has to the questions of each round, until nothing is wanted or a bound
    /// is reached. What was not answered could not be checked.
    pub fn prove_with(&self, answers: &Answers, mut resolve: impl FnMut(&[Query]) -> Vec<Answer>) -> Proof {
        let mut course = self.course(answers.clone());
        loop {
            let wanted = course.wanted();
            if wanted.is_empty() {
                return course.into_proof();
            }
            let found = resolve(&wanted);
            course.answer(&wanted, found);
        }
    }

    /// What the answers prove, where nothing more is asked.
    pub fn prove_by(&self, answers: &Answers) -> Proof {
        self.prove_with(answers, |_| Vec::new())
    }
}

/// Proving one message, question by question, within bounds: the zones that are asked may be the sender's own.
pub struct Course<'p, 'a> {
    prover: &'p Prover<'a>,
    answers: Answers,
    asked: usize,
    rounds: usize,
    /// The bound that ended it.
    bound: Option<Bound>,
}

impl Course<'_, '_> {
    /// The questions of the next round; none where nothing more is wanted, or a bound is reached.
    pub fn wanted(&mut self) -> Vec<Query> {
        let mut wanted = self.prover.prove(&self.answers).wanted;
        if wanted.is_empty() {
            return wanted;
        }
        if self.rounds == MOST_ROUNDS {
            self.bound = Some(Bound::Rounds);
            return Vec::new();
        }
        wanted.truncate(MOST_QUESTIONS.saturating_sub(self.asked));
        if wanted.is_empty() {
            self.bound = Some(Bound::Questions);
        }
        self.rounds += 1;
        self.asked += wanted.len();
        wanted
    }

    /// Takes the answers to the questions of a round, each in its place; what has none was not answered.
    pub fn answer(&mut self, wanted: &[Query], found: Vec<Answer>) {
        let mut found = found.into_iter();
        for query in wanted {
            self.answers.insert(query, found.next().unwrap_or(Answer::Failed));
        }
    }

    /// What was proven.
    pub fn into_proof(self) -> Proof {
        let mut proof = self.prover.prove(&self.answers).proof;
        proof.bounds.extend(self.bound);
        closed(proof)
    }
}

/// What is still open when nothing more is asked could not be checked.
fn closed(mut proof: Proof) -> Proof {
    let close = |outcome: &mut Outcome| {
        if *outcome == Outcome::Pending {
            *outcome = Outcome::Temperror;
        }
    };
    let close_signature = |signature: &mut Signature| {
        if signature.outcome == Outcome::Pending {
            signature.reason = Some(Reason::KeyUnanswered);
            close(&mut signature.outcome);
        }
    };
    proof.signatures.iter_mut().for_each(close_signature);
    if let Some(spf) = &mut proof.spf {
        close(&mut spf.outcome);
    }
    if let Some(chain) = &mut proof.arc {
        close(&mut chain.outcome);
        for set in &mut chain.sets {
            close_signature(&mut set.seal);
            close_signature(&mut set.message);
        }
    }
    if let Some(dmarc) = &mut proof.dmarc {
        close(&mut dmarc.outcome);
    }
    proof
}
