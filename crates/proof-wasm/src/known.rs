//! Answers that are kept as long as their zones allow.

use mekiki_dns::Reply;
use mekiki_proof::{Answer, Query};
use std::collections::BTreeMap;

/// Most answers that are kept.
const MOST: usize = 2_000;
/// Longest time that an answer is kept, in milliseconds, whatever its zone says.
const LONGEST: f64 = 24.0 * 3_600_000.0;
/// Shortest, so that one message asks nothing twice while it is proven.
const SHORTEST: f64 = 30_000.0;

/// Answers by question, each with the time until which it holds, in milliseconds.
#[derive(Default)]
pub struct Known(BTreeMap<Query, (Reply, f64)>);

impl Known {
    /// What is still known to a question.
    pub fn get(&self, query: &Query, now: f64) -> Option<Reply> {
        self.0.get(query).filter(|(_, until)| *until > now).map(|(reply, _)| reply.clone())
    }

    /// Keeps an answer. A failure is none: the next message asks again.
    pub fn insert(&mut self, query: &Query, reply: Reply, now: f64) {
        if reply.answer == Answer::Failed {
            return;
        }
        if self.0.len() >= MOST {
            self.0.retain(|_, (_, until)| *until > now);
        }
        if self.0.len() >= MOST {
            self.0.pop_first();
        }
        let until = now + (f64::from(reply.ttl) * 1000.0).clamp(SHORTEST, LONGEST);
        self.0.insert(query.clone(), (reply, until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mekiki_proof::RecordType;

    fn reply(answer: Answer, ttl: u32) -> Reply {
        Reply { answer, is_authentic: false, is_truncated: false, ttl }
    }

    #[test]
    fn an_answer_is_kept_as_long_as_its_zone_allows() {
        let query = Query::new("example.test", RecordType::A);
        let mut known = Known::default();
        known.insert(&query, reply(Answer::NoData, 60), 0.0);
        assert!(known.get(&query, 59_000.0).is_some());
        assert_eq!(known.get(&query, 61_000.0), None);
        known.insert(&query, reply(Answer::NoData, u32::MAX), 0.0);
        assert_eq!(known.get(&query, LONGEST), None);
    }

    #[test]
    fn a_failure_is_not_kept() {
        let query = Query::new("example.test", RecordType::A);
        let mut known = Known::default();
        known.insert(&query, reply(Answer::Failed, 60), 0.0);
        assert_eq!(known.get(&query, 1.0), None);
    }

    #[test]
    fn there_are_never_too_many() {
        let mut known = Known::default();
        for number in 0..MOST + 10 {
            known.insert(&Query::new(&format!("{number}.test"), RecordType::A), reply(Answer::NoData, 60), 0.0);
        }
        assert_eq!(known.0.len(), MOST);
    }
}
