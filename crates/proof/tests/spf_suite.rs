//! The openspf.org test suite for RFC 7208, in whole.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

use mekiki_proof::{Answer, Answers, Envelope, Prover, Query, RecordType};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const SUITE: &str = include_str!("rfc7208/rfc7208-tests.json");
/// What the suite writes where nobody explains a failure.
const DEFAULT: &str = "DEFAULT";

#[derive(Deserialize)]
struct Scenario {
    description: String,
    tests: BTreeMap<String, Test>,
    zonedata: BTreeMap<String, Vec<Value>>,
}

#[derive(Deserialize)]
struct Test {
    helo: String,
    host: String,
    mailfrom: String,
    result: Value,
    explanation: Option<String>,
}

impl Scenario {
    /// Answers as the suite's own driver does: SPF records stand for TXT where a name has none, an alias is followed
    /// once, and `TIMEOUT` is silence for whatever else is asked.
    fn answer(&self, name: &str, kind: RecordType, is_alias: bool) -> Answer {
        let zone = self.zonedata.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let Some((_, records)) = zone else {
            return if name.starts_with("error.") { Answer::Failed } else { Answer::NoSuchName };
        };
        let of = |wanted: &str| -> Vec<&Value> { records.iter().filter_map(|record| record.get(wanted)).collect() };
        let key = match kind {
            RecordType::A => "A",
            RecordType::Aaaa => "AAAA",
            RecordType::Mx => "MX",
            RecordType::Ptr => "PTR",
            RecordType::Txt if of("TXT").is_empty() => "SPF",
            RecordType::Txt => "TXT",
        };
        let found: Vec<String> = of(key).into_iter().filter(|value| *value != "NONE").map(text).collect();
        if !found.is_empty() {
            return Answer::Records(found);
        }
        if records.iter().any(|record| record == "TIMEOUT") {
            return Answer::Failed;
        }
        match of("CNAME").first() {
            Some(alias) if !is_alias => self.answer(alias.as_str().unwrap(), kind, true),
            Some(_) => Answer::Failed,
            None => Answer::NoData,
        }
    }
}

/// A record's value: strings put together, or preference and host.
fn text(value: &Value) -> String {
    match value {
        Value::Array(parts) if parts.first().is_some_and(Value::is_number) => {
            format!("{} {}", parts[0], parts[1].as_str().unwrap())
        }
        Value::Array(parts) => parts.iter().map(|part| part.as_str().unwrap()).collect(),
        value => value.as_str().unwrap().to_owned(),
    }
}

#[test]
fn every_test_of_the_suite_passes() {
    let scenarios: Vec<Scenario> = serde_json::from_str(SUITE).unwrap();
    let mut count = 0;
    let mut wrong = Vec::new();
    for scenario in &scenarios {
        for (id, test) in &scenario.tests {
            count += 1;
            let envelope = Envelope {
                client: test.host.parse().ok(),
                helo: Some(test.helo.clone()),
                mail_from: Some(test.mailfrom.clone()),
                ..Envelope::default()
            };
            let resolve = |queries: &[Query]| {
                queries.iter().map(|query| scenario.answer(&query.name, query.kind, false)).collect()
            };
            let proof = Prover::new(b"", &envelope, 0).prove_with(&Answers::default(), resolve);
            let spf = proof.spf.expect("checked");
            let outcome = serde_json::to_value(spf.outcome).unwrap();
            let is_right = test.result == outcome || test.result.as_array().is_some_and(|all| all.contains(&outcome));
            let expected = test.explanation.as_deref();
            let is_explained = expected.is_none_or(|text| spf.explanation.as_deref().unwrap_or(DEFAULT) == text);
            if !is_right || !is_explained {
                wrong.push(format!(
                    "{} / {id}: {} and {:?}, should be {} and {expected:?}",
                    scenario.description, outcome, spf.explanation, test.result
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(count, 203);
}
