//! What a sender can do to whoever checks: he writes the message, and the zones that are asked.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use mekiki_proof::{Answer, Answers, Envelope, Proof, Prover, Query, RecordType};
use mekiki_proven::{Bound, ChainReason, Outcome, Reason};
use proptest::prelude::*;
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

const NOW: i64 = 1_700_000_000;
const SIGNATURE: &str = "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=evil.example; s=x; h=from; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWFhYQ==\r\n";
/// More than any of these takes by far, unoptimised and on a busy machine; what grows faster than its input takes longer.
const LONGEST: Duration = Duration::from_secs(10);

fn envelope() -> Envelope {
    Envelope {
        client: "192.0.2.1".parse().ok(),
        helo: Some("mail.evil.example".to_owned()),
        mail_from: Some("a@evil.example".to_owned()),
        author: Some("evil.example".to_owned()),
        received_at: None,
    }
}

/// Proves by a zone that is made up as it is asked. The questions are counted.
fn prove(raw: &[u8], mut answer: impl FnMut(&Query) -> Answer) -> (Proof, usize) {
    let envelope = envelope();
    let mut asked = 0;
    let begun = Instant::now();
    let proof = Prover::new(raw, &envelope, NOW).prove_with(&Answers::default(), |queries| {
        asked += queries.len();
        queries.iter().map(&mut answer).collect()
    });
    assert!(begun.elapsed() < LONGEST, "{:?}", begun.elapsed());
    (proof, asked)
}

fn txt(query: &Query, text: &str) -> Answer {
    match query.kind {
        RecordType::Txt => Answer::Records(vec![text.to_owned()]),
        _ => Answer::NoData,
    }
}

#[test]
fn a_thousand_signatures_hide_no_author() {
    let signed = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signed/rsa-1024.eml")).unwrap();
    let flood = |body: &[u8]| [SIGNATURE.repeat(1_000).as_bytes(), &signed, body].concat();
    let keys: std::collections::BTreeMap<String, String> =
        serde_json::from_str(include_str!("signed/keys.json")).unwrap();
    let envelope = Envelope { author: Some("example.com".to_owned()), ..Envelope::default() };
    let resolve = |queries: &[Query]| {
        queries
            .iter()
            .map(|query| keys.get(&query.name).map_or(Answer::NoSuchName, |key| Answer::Records(vec![key.clone()])))
            .collect()
    };
    let raw = flood(b"");
    let proof = Prover::new(&raw, &envelope, NOW).prove_with(&Answers::default(), resolve);
    assert_eq!(proof.bounds, [Bound::Signatures]);
    assert!(!proof.is_complete());
    assert_eq!(proof.dmarc.unwrap().aligned_signatures, ["example.com"]);
    let checked = proof.signatures.iter().filter(|signature| signature.reason != Some(Reason::TooMany)).count();
    assert_eq!((checked, proof.signatures.len()), (20, 100));
    // Each with a length of its own, over a long body.
    let lengths: String = (0..1_000).map(|l| SIGNATURE.replace("h=from", &format!("h=from; l={l}"))).collect();
    let raw = [lengths.as_bytes(), b"From: a@evil.example\r\n\r\n", &b"line of text\r\n".repeat(100_000)].concat();
    prove(&raw, |_| Answer::NoSuchName);
}

#[test]
fn giant_tags_and_fields_take_no_longer_than_they_are_long() {
    let names = format!("h=from{}", ":x".repeat(500_000));
    let body = b"From: a@evil.example\r\n\r\n";
    for raw in [
        [SIGNATURE.replace("h=from", &names).as_bytes(), body].concat(),
        [SIGNATURE.replace("b=YW", &format!("b={}YW", "A".repeat(1_000_000))).as_bytes(), body].concat(),
        [SIGNATURE.replace("h=from", &format!("h=from{}", "; t=1".repeat(200_000))).as_bytes(), body].concat(),
        [SIGNATURE.replace("s=x", &format!("s={}", "x.".repeat(100_000))).as_bytes(), body].concat(),
        [SIGNATURE.replace("d=evil", &format!("d={}evil", "\u{e9}".repeat(100_000))).as_bytes(), body].concat(),
        [SIGNATURE.as_bytes(), "From: a\r\n".repeat(100_000).as_bytes(), body].concat(),
        [
            SIGNATURE.repeat(20).replace("h=from", &format!("h=from{}", ":to".repeat(50_000))).as_bytes(),
            &b"To: a\r\n".repeat(50_000),
            body,
        ]
        .concat(),
        [SIGNATURE.as_bytes(), b"From:", &b" \r\n".repeat(500_000), body].concat(),
        [SIGNATURE.as_bytes(), body, &b" \t".repeat(1_000_000)].concat(),
        [SIGNATURE.as_bytes(), body, &b"\r\n".repeat(1_000_000), b"x"].concat(),
        b"DKIM-Signature:".repeat(100_000),
        b":\n".repeat(500_000),
    ] {
        prove(&raw, |_| Answer::NoSuchName);
    }
}

#[test]
fn a_chain_without_end_is_none() {
    let set = |i: usize| {
        format!(
            "ARC-Seal: i={i}; cv=pass; a=rsa-sha256; d=evil.example; s=x; b=YWFh\r\nARC-Message-Signature: i={i}; a=rsa-sha256; d=evil.example; s=x; h=from; bh=YWFh; b=YWFh\r\nARC-Authentication-Results: i={i}; evil.example; {}\r\n",
            "dkim=pass ".repeat(1_000)
        )
    };
    let sets = |count: usize| (1..=count).map(set).collect::<String>();
    let chain = |raw: &str| prove(raw.as_bytes(), |_| Answer::NoSuchName).0.arc.unwrap();
    assert_eq!(chain(&sets(51)).reason, Some(ChainReason::TooMany));
    assert_eq!(chain(&sets(50)).reason, Some(ChainReason::Declared));
    assert_eq!(chain(&sets(1_000)).outcome, Outcome::Fail);
    let same = format!("{}{}", set(1), set(1));
    assert_eq!(chain(&same).reason, Some(ChainReason::Structure));
}

#[test]
fn zones_without_end_are_left() {
    // Each record leads to the next, which is made up as it is asked.
    for term in ["include", "redirect"] {
        let mut next = 0;
        let (proof, asked) = prove(b"", |query| {
            next += 1;
            let separator = if term == "redirect" { '=' } else { ':' };
            txt(query, &format!("v=spf1 {term}{separator}n{next}.evil.example"))
        });
        assert_eq!(proof.spf.unwrap().outcome, Outcome::Permerror, "{term}");
        assert!(asked < 40, "{term}: {asked}");
    }
    // Records that lead back to themselves.
    let (proof, asked) = prove(b"", |query| txt(query, "v=spf1 include:evil.example -all"));
    assert_eq!(proof.spf.unwrap().outcome, Outcome::Permerror);
    assert!(asked < 10, "{asked}");
    // As many hosts as there may be, behind every term.
    let (proof, asked) = prove(b"", |query| {
        match query.kind {
        RecordType::Txt => {
            Answer::Records(vec!["v=spf1 mx:a.evil.example mx:b.evil.example mx:c.evil.example mx:d.evil.example mx:e.evil.example mx:f.evil.example mx:g.evil.example mx:h.evil.example mx:i.evil.example mx:j.evil.example -all".to_owned()])
        }
        RecordType::Mx => {
            Answer::Records((0..10).map(|i| format!("1 {i}.{}", query.name)).collect())
        }
        RecordType::A => Answer::Records((0..1_000).map(|i| format!("198.51.{}.{}", i / 256, i % 256)).collect()),
        _ => Answer::NoData,
    }
    });
    assert_eq!(proof.spf.unwrap().outcome, Outcome::Fail);
    assert!(asked <= 150, "{asked}");
    // More than that is never asked.
    let (proof, _) = prove(b"", |query| match query.kind {
        RecordType::Mx => Answer::Records((0..11).map(|i| format!("1 {i}.{}", query.name)).collect()),
        _ => txt(query, "v=spf1 mx -all"),
    });
    assert_eq!(proof.spf.unwrap().outcome, Outcome::Permerror);
}

#[test]
fn bounds_are_told_and_are_no_failure() {
    // Signatures and seals with keys of their own, and SPF with all that it may ask: more questions than are asked.
    let signatures: String = (0..20).map(|i| SIGNATURE.replace("s=x", &format!("s=x{i}"))).collect();
    let sets: String = (1..=30).map(|i| {
        let validation = if i == 1 { "none" } else { "pass" };
        format!("ARC-Seal: i={i}; cv={validation}; a=rsa-sha256; d=evil.example; s=y{i}; b=YWFh\r\nARC-Message-Signature: i={i}; c=relaxed/relaxed; a=rsa-sha256; d=evil.example; s=x; h=from; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWFh\r\nARC-Authentication-Results: i={i}; evil.example; none\r\n")
    }).collect();
    let terms: String = (0..10).map(|i| format!("mx:{i}.evil.example ")).collect();
    let answer = |query: &Query| match query.kind {
        RecordType::Txt if query.name == "evil.example" => Answer::Records(vec![format!("v=spf1 {terms} -all")]),
        RecordType::Mx => Answer::Records((0..10).map(|i| format!("1 {i}.{}", query.name)).collect()),
        RecordType::A => Answer::Records(vec!["198.51.100.1".to_owned()]),
        _ => Answer::Failed,
    };
    let without = format!("{signatures}From: a@evil.example\r\n\r\n");
    let (proof, asked) = prove(without.as_bytes(), answer);
    assert_eq!((asked, proof.bounds.as_slice()), (132, &[][..]));
    assert_eq!(proof.spf.unwrap().outcome, Outcome::Fail);
    let with = format!("{sets}{without}");
    let (proof, asked) = prove(with.as_bytes(), answer);
    assert_eq!((asked, proof.bounds.as_slice()), (150, &[Bound::Questions][..]));
    assert_eq!(proof.spf.unwrap().outcome, Outcome::Temperror);
    assert_eq!(proof.arc.unwrap().outcome, Outcome::Temperror);
}

#[test]
fn a_silent_resolver_proves_nothing_and_disproves_nothing() {
    let raw = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signed/arc-3.eml")).unwrap();
    let envelope = Envelope { author: Some("example.com".to_owned()), ..envelope() };
    for answers in [&[][..], &[Answer::Failed]] {
        let proof = Prover::new(&raw, &envelope, NOW).prove_with(&Answers::default(), |_| answers.to_vec());
        assert_eq!(proof.spf.as_ref().unwrap().outcome, Outcome::Temperror);
        assert_eq!(proof.dmarc.as_ref().unwrap().outcome, Outcome::Temperror);
        assert_eq!(proof.arc.as_ref().unwrap().outcome, Outcome::Temperror);
        assert!(!proof.is_complete());
        assert!(proof.signatures.iter().all(|signature| !signature.vouches()));
    }
}

#[test]
fn keys_of_any_size_and_kind_are_looked_at_without_harm() {
    let raw = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signed/rsa-1024.eml")).unwrap();
    let by = |modulus: &[u8], exponent: &[u8]| {
        let key = format!("v=DKIM1; p={}", base64(&rsa_key(modulus, exponent)));
        let begun = Instant::now();
        let answers = Answers::default();
        let proof = Prover::new(&raw, &Envelope::default(), NOW)
            .prove_with(&answers, |queries| vec![Answer::Records(vec![key.clone()]); queries.len()]);
        assert!(begun.elapsed() < LONGEST);
        (proof.signatures[0].reason, proof.signatures[0].key_bits)
    };
    let odd = |bytes: usize| [&[0xC1][..], &vec![0x5A; bytes - 2], &[0x11]].concat();
    assert_eq!(by(&odd(2_048), &[1, 0, 1]), (Some(Reason::KeyTooLong), Some(16_384)));
    assert_eq!(by(&odd(100_000), &[1, 0, 1]).0, Some(Reason::KeyTooLong));
    assert_eq!(by(&odd(64), &[3]), (Some(Reason::KeyTooShort), Some(512)));
    assert_eq!(by(&odd(1_024), &[1, 0, 1]).0, Some(Reason::Mismatch));
    assert_eq!(by(&[0xFF; 128], &[0xFF; 128]).0, Some(Reason::KeyMalformed));
    assert_eq!(by(&[&[0xC0; 127][..], &[0x10]].concat(), &[1, 0, 1]).0, Some(Reason::KeyMalformed));
    assert_eq!(by(&odd(128), &[0]).0, Some(Reason::KeyMalformed));
    assert_eq!(by(&odd(128), &[1]).0, Some(Reason::KeyMalformed));
    assert_eq!(by(&[0], &[0]).0, Some(Reason::KeyTooShort));
}

/// DER of an RSAPublicKey.
fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
    let element = |tag: u8, content: &[u8]| {
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x84][..], &length, content].concat()
    };
    let short = |tag: u8, content: &[u8]| match content.len() {
        length @ 0..=127 => [&[tag, u8::try_from(length).unwrap()][..], content].concat(),
        length @ 128..=255 => [&[tag, 0x81, u8::try_from(length).unwrap()][..], content].concat(),
        length @ 256..=65_535 => [&[tag, 0x82][..], &u16::try_from(length).unwrap().to_be_bytes(), content].concat(),
        length @ 65_536..=0xFF_FFFF => {
            [&[tag, 0x83][..], &u32::try_from(length).unwrap().to_be_bytes()[1..], content].concat()
        }
        _ => element(tag, content),
    };
    let number = |bytes: &[u8]| {
        let sign: &[u8] = if bytes[0] & 0x80 == 0 { &[] } else { &[0] };
        short(2, &[sign, bytes].concat())
    };
    short(0x30, &[number(modulus), number(exponent)].concat())
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_breaks_it(
        header in "((DKIM-Signature|ARC-Seal|ARC-Message-Signature|ARC-Authentication-Results|From|[a-z:]{0,4}):([ a-z0-9=;:/.@\r\n\t]{0,60}|[ ]*v=1; a=rsa-sha256; d=a.example; s=b; [a-z]=[a-z0-9 ]{0,9}; h=[a-z:]{0,9}; bh=[A-Za-z=]{0,8}; b=[A-Za-z=]{0,8})\r?\n){0,5}",
        body in proptest::collection::vec(any::<u8>(), 0..80),
        record in "(v=spf1|v=DKIM1;|v=DMARC1;|)([ a-z0-9=;:/.%{}+-]{0,60}|( (mx|a|ptr|include|exists|redirect|exp|ip4|ip6)[:=/][%{}a-z0-9./:-]{0,20}){0,4}| p=[A-Za-z=]{0,20})",
        sender in "[a-z%{}@.]{0,20}",
        address in any::<[u8; 16]>(),
    ) {
        let raw = [header.as_bytes(), b"\r\n", &body].concat();
        let envelope = Envelope {
            client: Some(std::net::IpAddr::from(address)),
            helo: Some(sender.clone()),
            mail_from: Some(format!("a@{sender}.example")),
            author: Some(sender),
            received_at: None,
        };
        let mut asked = 0;
        Prover::new(&raw, &envelope, NOW).prove_with(&Answers::default(), |queries| {
            asked += queries.len();
            vec![Answer::Records(vec![record.clone()]); queries.len()]
        });
        prop_assert!(asked <= 150);
    }
}
