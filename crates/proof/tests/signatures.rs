//! Signatures made elsewhere: the examples of RFC 6376 and RFC 8463, and those of an independent implementation
//! (`signed/make.py`). Each verifies, and each change to it fails, for the right reason.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use base64::{Engine, engine::general_purpose::STANDARD};
use mekiki_proof::{Answer, Answers, Envelope, Proof, Prover, Query, RecordType};
use mekiki_proven::{Chain, ChainReason, Outcome, Reason, Signature};
use std::{collections::BTreeMap, fs, path::PathBuf};

const SIGNED_AT: i64 = 1_700_000_000;

fn message(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(format!("{name}.eml"));
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The keys that were published for `signed`.
fn keys() -> BTreeMap<String, String> {
    serde_json::from_str(include_str!("signed/keys.json")).unwrap()
}

fn answers(records: impl IntoIterator<Item = (String, String)>) -> Answers {
    let mut answers = Answers::default();
    for (name, record) in records {
        answers.insert(&Query::new(&name, RecordType::Txt), Answer::Records(vec![record]));
    }
    answers
}

/// What is proven where these are all the records that there are.
fn prove(raw: &[u8], answers: &Answers) -> Proof {
    let nothing_else = |queries: &[Query]| vec![Answer::NoSuchName; queries.len()];
    Prover::new(raw, &Envelope::default(), SIGNED_AT).prove_with(answers, nothing_else)
}

/// What is proven where nobody else answers.
fn prove_by(raw: &[u8], answers: &Answers) -> Proof {
    Prover::new(raw, &Envelope::default(), SIGNED_AT).prove_by(answers)
}

fn signatures(raw: &[u8]) -> Vec<Signature> {
    prove(raw, &answers(keys())).signatures
}

fn outcome(raw: &[u8]) -> (Outcome, Option<Reason>) {
    let signature = &signatures(raw)[0];
    (signature.outcome, signature.reason)
}

/// The outcome where a key record is another one.
fn outcome_by(name: &str, selector: &str, change: impl Fn(&str) -> String) -> Signature {
    let name_of_key = format!("{selector}._domainkey.example.com");
    let mut keys = keys();
    let changed = change(&keys[&name_of_key]);
    keys.insert(name_of_key, changed);
    prove(&message(name), &answers(keys)).signatures[0].clone()
}

fn replaced(raw: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = raw.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from:?} is not in the message"));
    [&raw[..at], to.as_bytes(), &raw[at + from.len()..]].concat()
}

const PASS: (Outcome, Option<Reason>) = (Outcome::Pass, None);
const BODY: (Outcome, Option<Reason>) = (Outcome::Fail, Some(Reason::BodyHash));
const HEADER: (Outcome, Option<Reason>) = (Outcome::Fail, Some(Reason::Mismatch));

#[test]
fn the_example_of_rfc_6376_verifies() {
    // Appendix A, with errata 3192 and 4926; the key as appendix C publishes it.
    let key = "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";
    let proof = prove(
        &message("examples/rfc6376-a"),
        &answers([("brisbane._domainkey.example.com".to_owned(), key.to_owned())]),
    );
    let signature = &proof.signatures[0];
    assert_eq!((signature.outcome, signature.reason, signature.key_bits), (Outcome::Pass, None, Some(1024)));
    assert_eq!(signature.identity.as_deref(), Some("joe@football.example.com"));
    assert_eq!(signature.signed_fields, ["received", "from", "to", "subject", "date", "message-id"]);
    assert!(signature.vouches());
    // Erratum 3017: the bare key inside that record is one as well.
    let info = STANDARD.decode(key.split("p=").nth(1).unwrap()).unwrap();
    let bare = format!("p={}", STANDARD.encode(&info[22..]));
    let answers = answers([("brisbane._domainkey.example.com".to_owned(), bare)]);
    assert_eq!(prove(&message("examples/rfc6376-a"), &answers).signatures[0].outcome, Outcome::Pass);
}

#[test]
fn the_examples_of_rfc_8463_verify() {
    let keys = [
        ("brisbane", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="),
        (
            "test",
            "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
        ),
    ];
    let keys = keys.map(|(selector, key)| (format!("{selector}._domainkey.football.example.com"), key.to_owned()));
    let signatures = prove(&message("examples/rfc8463-a"), &answers(keys)).signatures;
    let told: Vec<_> = signatures
        .iter()
        .map(|signature| (signature.algorithm.as_str(), signature.outcome, signature.key_bits))
        .collect();
    assert_eq!(told, [("ed25519-sha256", Outcome::Pass, Some(256)), ("rsa-sha256", Outcome::Pass, Some(1024))]);
}

#[test]
fn what_another_implementation_signed_verifies() {
    for name in [
        "rsa-simple-simple",
        "rsa-simple-relaxed",
        "rsa-relaxed-simple",
        "rsa-relaxed-relaxed",
        "ed25519-simple-simple",
        "ed25519-simple-relaxed",
        "ed25519-relaxed-simple",
        "ed25519-relaxed-relaxed",
        "rsa-4096",
        "rsa-1024",
        "two",
        "of-another-domain",
        "oversigned",
        "from-twice-in-h",
        "with-received",
        "length-whole",
        "identity-below",
        "identity-same-strict",
        "expiring",
        "unknown-tag-and-query",
        "body-empty-simple",
        "body-empty-relaxed",
        "body-one-line-end-simple",
        "body-one-line-end-relaxed",
        "body-blank-lines-simple",
        "body-blank-lines-relaxed",
        "body-without-line-end-simple",
        "body-without-line-end-relaxed",
        "body-leading-blank-lines-simple",
        "body-leading-blank-lines-relaxed",
    ] {
        let raw = message(&format!("signed/{name}"));
        for signature in signatures(&raw) {
            assert_eq!((signature.outcome, signature.reason), PASS, "{name}");
            assert!(signature.vouches(), "{name}: {signature:?}");
        }
        // As mail clients store it.
        let stored: Vec<u8> = String::from_utf8(raw).unwrap().replace("\r\n", "\n").into_bytes();
        assert_eq!(outcome(&stored), PASS, "{name} with LF");
    }
    assert_eq!(signatures(&message("signed/two")).len(), 2);
}

#[test]
fn every_change_of_what_is_signed_is_found() {
    let changes = [
        ("accounts", "account", BODY),
        ("ready. \r\n", "ready. \r\n\r\n", BODY),
        ("Alice\r\n\r\n", "Alice\r\nP.S.: pay\r\n", BODY),
        ("Gr\u{fc}", "GR\u{fc}", BODY),
        ("From: Alice  <alice@", "From: Mallory  <alice@", HEADER),
        ("From: Alice  <alice@example.com>\r\n", "", HEADER),
        ("Subject: =?utf-8?q?Accounts?=", "Subject: =?utf-8?q?accounts?=", HEADER),
        ("To: Bob", "To:Bob <c@example.org>,", HEADER),
        // It is the last one of a name that is signed.
        ("Date: Tue", "Date: Mon, 13 Nov 2023 22:13:20 +0000\r\nX: ", HEADER),
        ("\r\n\r\nDear", "\r\nSubject: added\r\n\r\nDear", HEADER),
        ("t=1700000000", "t=1700000001", HEADER),
        ("from : to", "from : to : cc : to", HEADER),
        ("s=", "s=no", (Outcome::Permerror, Some(Reason::NoKey))),
        ("d=example.com", "d=example.net", (Outcome::Permerror, Some(Reason::NoKey))),
        ("d=example.com", "d=example .com", HEADER),
        ("v=1", "v=2", (Outcome::Permerror, Some(Reason::Version))),
        ("v=1; ", "", (Outcome::Permerror, Some(Reason::TagMissing))),
        ("-sha256", "-sha512", (Outcome::Permerror, Some(Reason::Algorithm))),
        ("from : ", "", (Outcome::Permerror, Some(Reason::FromUnsigned))),
        ("t=1700000000", "t=now", (Outcome::Permerror, Some(Reason::Malformed))),
        ("t=1700000000", "v=1", (Outcome::Permerror, Some(Reason::Malformed))),
        ("t=1700000000", "q=http", (Outcome::Permerror, Some(Reason::QueryMethod))),
        ("t=1700000000", "l=100000", (Outcome::Permerror, Some(Reason::BodyLength))),
        ("t=1700000000", "l=0", BODY),
        ("t=1700000000", "l=-1", (Outcome::Permerror, Some(Reason::Malformed))),
        ("t=1700000000", "x=1699999999", (Outcome::Permerror, Some(Reason::Expired))),
        ("t=1700000000", "i=@example.net", (Outcome::Permerror, Some(Reason::Identity))),
        ("t=1700000000", "i=@notexample.com", (Outcome::Permerror, Some(Reason::Identity))),
        ("c=", "c=nowsp", (Outcome::Permerror, Some(Reason::Canonicalization))),
    ];
    for signed in ["rsa-simple-simple", "rsa-relaxed-relaxed", "ed25519-simple-simple", "ed25519-relaxed-relaxed"] {
        let raw = message(&format!("signed/{signed}"));
        for (from, to, expected) in changes {
            assert_eq!(outcome(&replaced(&raw, from, to)), expected, "{signed}: {from:?} to {to:?}");
        }
        let bare = String::from_utf8(raw.clone()).unwrap();
        let value = bare.split(" b=").nth(1).unwrap().split("\r\nReceived").next().unwrap();
        let flipped = if value.starts_with('A') { "B" } else { "A" };
        let forged = replaced(&raw, &format!(" b={}", &value[..1]), &format!(" b={flipped}"));
        assert_eq!(outcome(&forged), HEADER, "{signed}: b=");
        assert_eq!(
            outcome(&replaced(&raw, value, "")),
            (Outcome::Permerror, Some(Reason::Malformed)),
            "{signed}: no b="
        );
    }
}

#[test]
fn what_relaxed_forgives_simple_does_not() {
    let harmless = [("of  \t November", "of November", HEADER), ("accounts \t are", "accounts are", BODY)];
    for (from, to, by_simple) in harmless {
        assert_eq!(outcome(&replaced(&message("signed/rsa-relaxed-relaxed"), from, to)), PASS);
        assert_eq!(outcome(&replaced(&message("signed/rsa-simple-simple"), from, to)), by_simple);
    }
    let renamed = replaced(&message("signed/rsa-relaxed-relaxed"), "\r\nFrom: ", "\r\nFROM :");
    assert_eq!(outcome(&renamed), PASS);
}

#[test]
fn another_author_on_top_is_not_vouched_for() {
    // The signed From stays the last one, so that the signature holds: what is shown may be the other one.
    for name in ["rsa-relaxed-relaxed", "from-twice-in-h"] {
        let raw = message(&format!("signed/{name}"));
        let added = replaced(&raw, "\r\nReceived:", "\r\nFrom: Boss <boss@example.com>\r\nReceived:");
        let signature = &signatures(&added)[0];
        // Signed as not there, it breaks the signature outright.
        let expected = if name == "from-twice-in-h" { HEADER } else { PASS };
        assert_eq!((signature.outcome, signature.reason), expected, "{name}");
        assert!(!signature.vouches(), "{name}");
    }
    let raw = message("signed/rsa-relaxed-relaxed");
    let added = replaced(&raw, "\r\nReceived:", "\r\nFr\u{0}om : Boss <boss@example.com>\r\nReceived:");
    assert_eq!(signatures(&added)[0].added_fields, ["from"]);
    let added = replaced(&raw, "\r\nReceived:", "\r\nSubject: Urgent\r\nReceived:");
    assert_eq!(signatures(&added)[0].added_fields, ["subject"]);
    // What was never signed says nothing.
    let added = replaced(&raw, "\r\nReceived:", "\r\nReply-To: c@example.com\r\nReceived:");
    assert!(signatures(&added)[0].vouches());
}

#[test]
fn a_signature_of_part_of_the_body_vouches_for_nothing() {
    for (name, length) in [("length-part", 11), ("length-none", 0)] {
        let signature = &signatures(&message(&format!("signed/{name}")))[0];
        assert_eq!((signature.outcome, signature.body_covered), (Outcome::Pass, Some(length)), "{name}");
        assert!(signature.body_length > length && !signature.vouches(), "{name}");
    }
    let whole = message("signed/length-whole");
    let appended = [whole.as_slice(), b"Pay here.\r\n"].concat();
    let signature = &signatures(&appended)[0];
    assert_eq!(signature.outcome, Outcome::Pass);
    assert!(signature.body_covered.is_some() && !signature.vouches());
    let cut = &whole[..whole.len() - 20];
    assert_eq!(outcome(cut), (Outcome::Permerror, Some(Reason::BodyLength)));
}

#[test]
fn weak_signatures_prove_nothing() {
    for (name, reason) in [("rsa-768", Reason::KeyTooShort), ("rsa-sha1", Reason::WeakAlgorithm)] {
        assert_eq!(outcome(&message(&format!("signed/{name}"))), (Outcome::Permerror, Some(reason)), "{name}");
    }
    assert_eq!(signatures(&message("signed/rsa-768"))[0].key_bits, Some(768));
}

#[test]
fn a_domain_that_only_tries_vouches_for_nothing() {
    let raw = message("signed/testing");
    let signature = &signatures(&raw)[0];
    assert!(signature.outcome == Outcome::Pass && signature.is_testing && !signature.vouches());
    let broken = &signatures(&replaced(&raw, "To: Bob", "To: Rob"))[0];
    assert!(broken.outcome == Outcome::Fail && !broken.is_broken());
}

#[test]
fn identities_are_those_of_the_domain() {
    let strict = &signatures(&message("signed/identity-below-strict"))[0];
    assert_eq!((strict.outcome, strict.reason), (Outcome::Permerror, Some(Reason::Identity)));
    let elsewhere = &signatures(&message("signed/identity-elsewhere"))[0];
    assert_eq!((elsewhere.outcome, elsewhere.reason), (Outcome::Permerror, Some(Reason::Identity)));
    assert_eq!(outcome(&message("signed/from-unsigned")), (Outcome::Permerror, Some(Reason::FromUnsigned)));
}

#[test]
fn a_signature_expires_by_the_time_of_receipt() {
    let raw = message("signed/expiring");
    let at = |received_at: Option<i64>, now: i64| {
        let envelope = Envelope { received_at, ..Envelope::default() };
        let proof = Prover::new(&raw, &envelope, now).prove_by(&answers(keys()));
        (proof.signatures[0].outcome, proof.signatures[0].reason)
    };
    let expired = (Outcome::Permerror, Some(Reason::Expired));
    assert_eq!(at(None, SIGNED_AT + 1000), PASS);
    assert_eq!(at(None, SIGNED_AT + 1001), expired);
    assert_eq!(at(Some(SIGNED_AT + 999), SIGNED_AT + 90_000), PASS);
    assert_eq!(at(Some(SIGNED_AT + 1001), SIGNED_AT + 1001), expired);
    assert_eq!(outcome(&message("signed/expired-before-signed")), (Outcome::Permerror, Some(Reason::Times)));
}

#[test]
fn keys_are_taken_as_their_records_mean_them() {
    let by = |change: &dyn Fn(&str) -> String| {
        let signature = outcome_by("signed/rsa-1024", "least", change);
        (signature.outcome, signature.reason)
    };
    let unfit = |reason| (Outcome::Permerror, Some(reason));
    // Without version, kind and everything that has a default (RFC 6376 §3.6.1), in RFC 4870's words, and with more.
    assert_eq!(by(&|key| key.replace("v=DKIM1; k=rsa; ", "")), PASS);
    assert_eq!(by(&|key| key.replace("v=DKIM1; ", "v=DKIM1; g=*; n=note; ")), PASS);
    assert_eq!(by(&|key| key.replace("k=rsa; ", "k=rsa; h=sha1:sha256; s=other : email; t=x:s; ")), PASS);
    assert_eq!(by(&|key| key.replace("p=MI", "p=M \t I")), PASS);
    assert_eq!(by(&|key| format!("{key};")), PASS);
    assert_eq!(by(&|key| key.replace("v=DKIM1", "v=DKIM2")), unfit(Reason::KeyMalformed));
    assert_eq!(by(&|key| format!("{}; v=DKIM1", key.replace("v=DKIM1; ", ""))), unfit(Reason::KeyMalformed));
    assert_eq!(by(&|key| key.replace("k=rsa", "k=ed25519")), unfit(Reason::KeyUnsuited));
    assert_eq!(by(&|key| key.replace("k=rsa", "h=sha1")), unfit(Reason::KeyUnsuited));
    assert_eq!(by(&|key| key.replace("k=rsa", "s=tlsrpt")), unfit(Reason::KeyService));
    assert_eq!(by(&|key| key.split("p=").next().unwrap().to_owned() + "p="), unfit(Reason::KeyRevoked));
    assert_eq!(by(&|key| key.split("p=").next().unwrap().to_owned()), unfit(Reason::KeyMalformed));
    assert_eq!(by(&|key| key.replace("p=MI", "p=M!")), unfit(Reason::KeyMalformed));
    assert_eq!(by(&|key| key[..key.len() - 40].to_owned()), unfit(Reason::KeyMalformed));
    assert_eq!(by(&|_| "google-site-verification=x".to_owned()), unfit(Reason::KeyMalformed));
    let other = keys()["usual._domainkey.example.com"].clone();
    assert_eq!(by(&|_| other.clone()), HEADER);
}

#[test]
fn of_several_keys_the_one_that_signed_is_taken() {
    let mut answers = answers(keys());
    let keys = keys();
    let records = ["v=spf1 -all", &keys["usual._domainkey.example.com"], &keys["least._domainkey.example.com"]];
    answers.insert(
        &Query::new("least._domainkey.example.com", RecordType::Txt),
        Answer::Records(records.map(str::to_owned).to_vec()),
    );
    assert_eq!(prove(&message("signed/rsa-1024"), &answers).signatures[0].outcome, Outcome::Pass);
}

#[test]
fn no_answer_is_no_failure() {
    let raw = message("signed/rsa-1024");
    let by = |answer: Option<Answer>| {
        let mut answers = Answers::default();
        if let Some(answer) = answer {
            answers.insert(&Query::new("least._domainkey.example.com", RecordType::Txt), answer);
        }
        let signature = prove_by(&raw, &answers).signatures[0].clone();
        (signature.outcome, signature.reason)
    };
    let unanswered = (Outcome::Temperror, Some(Reason::KeyUnanswered));
    assert_eq!(by(None), unanswered);
    assert_eq!(by(Some(Answer::Failed)), unanswered);
    assert_eq!(by(Some(Answer::NoSuchName)), (Outcome::Permerror, Some(Reason::NoKey)));
    assert_eq!(by(Some(Answer::NoData)), (Outcome::Permerror, Some(Reason::NoKey)));
    assert_eq!(by(Some(Answer::Records(Vec::new()))), (Outcome::Permerror, Some(Reason::NoKey)));
    // That the body was changed is known without anybody's answer.
    let changed = replaced(&raw, "accounts", "account");
    assert_eq!(prove_by(&changed, &Answers::default()).signatures[0].reason, Some(Reason::BodyHash));
    assert_eq!(prove_by(&changed, &Answers::default()).signatures[0].key_bits, None);
    assert_eq!(signatures(&changed)[0].key_bits, Some(1024));
    let wanted = Prover::new(&raw, &Envelope::default(), 0).prove(&Answers::default()).wanted;
    assert_eq!(wanted, [Query::new("least._domainkey.example.com", RecordType::Txt)]);
}

fn chain(raw: &[u8]) -> Chain {
    prove(raw, &answers(keys())).arc.unwrap()
}

fn chain_outcome(raw: &[u8]) -> (Outcome, Option<ChainReason>) {
    let chain = chain(raw);
    (chain.outcome, chain.reason)
}

#[test]
fn chains_of_another_implementation_hold() {
    for (name, sealers) in [
        ("arc-1", &["forwarder.example"][..]),
        ("arc-2", &["forwarder.example", "list.example"]),
        ("arc-3", &["forwarder.example", "list.example", "forwarder.example"]),
    ] {
        let chain = chain(&message(&format!("signed/{name}")));
        assert_eq!((chain.outcome, chain.reason), (Outcome::Pass, None), "{name}");
        let domains: Vec<_> = chain.sets.iter().map(|set| set.seal.domain.as_str()).collect();
        assert_eq!(domains, sealers, "{name}");
    }
    // The list changed the text: the author's signature is broken, the chain is not.
    assert_eq!(outcome(&message("signed/arc-2")), BODY);
}

#[test]
fn a_chain_breaks_at_each_of_its_links() {
    let failed = |reason| (Outcome::Fail, Some(reason));
    let raw = message("signed/arc-2");
    let by = |from: &str, to: &str| chain_outcome(&replaced(&raw, from, to));
    assert_eq!(by("the list", "a list"), failed(ChainReason::Message));
    assert_eq!(by("From: Alice", "From: Mallory"), failed(ChainReason::Message));
    // The results that were sealed, by the second and by the first.
    assert_eq!(by("i=2; list.example;\r\n arc=pass", "i=2; list.example;\r\n arc=none"), failed(ChainReason::Seal));
    assert_eq!(
        by("dkim=pass header.d=example.com\r\nAuth", "dkim=pass header.d=paypal.com\r\nAuth"),
        failed(ChainReason::Seal)
    );
    assert_eq!(by("cv=pass", "cv=none"), failed(ChainReason::Declared));
    assert_eq!(by("cv=none", "cv=pass"), failed(ChainReason::Declared));
    assert_eq!(by("i=1; cv", "i=3; cv"), failed(ChainReason::Structure));
    assert_eq!(by("i=1; cv", "i=2; cv"), failed(ChainReason::Structure));
    assert_eq!(by("i=1; cv", "i=0; cv"), failed(ChainReason::Structure));
    assert_eq!(by("ARC-Authentication-Results: i=1", "X: i=1"), failed(ChainReason::Structure));
    assert_eq!(by("ARC-Message-Signature: i=2", "X: i=2"), failed(ChainReason::Structure));
    assert_eq!(by("d=list.example", "d=list2.example"), failed(ChainReason::Seal));
    assert_eq!(chain_outcome(&message("signed/arc-broken-then-sealed")), failed(ChainReason::Declared));
    assert!(prove(&message("signed/two"), &Answers::default()).arc.is_none());
    // Without answers it could not be checked.
    assert_eq!(prove_by(&raw, &Answers::default()).arc.unwrap().outcome, Outcome::Temperror);
}
