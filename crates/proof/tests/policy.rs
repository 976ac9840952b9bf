//! What domains say of who may write in their name: the examples of RFC 7208 (appendix A), and DMARC.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use mekiki_proof::{Answer, Answers, Envelope, Proof, Prover, Query, RecordType};
use mekiki_proven::{Dmarc, Outcome, Policy, Spf};
use std::{fs, path::Path};

const NOW: i64 = 1_700_000_000;

/// A zone as lines of name, kind and record; whatever it has not is no name.
struct Zone<'a>(&'a str);

impl Zone<'_> {
    fn answer(&self, query: &Query) -> Answer {
        let kind = serde_json::to_value(query.kind).unwrap();
        let lines = self.0.lines().filter_map(|line| {
            let mut words = line.trim().splitn(3, ' ');
            Some((words.next()?, words.next()?, words.next()?))
        });
        let of_name: Vec<_> = lines.filter(|(name, ..)| *name == query.name).collect();
        if of_name.is_empty() {
            return Answer::NoSuchName;
        }
        let records: Vec<_> =
            of_name.iter().filter(|(_, known, _)| *known == kind).map(|(.., record)| *record).collect();
        match records.as_slice() {
            [] => Answer::NoData,
            ["FAILED"] => Answer::Failed,
            records => Answer::Records(records.iter().map(|record| (*record).to_owned()).collect()),
        }
    }

    fn prove(&self, raw: &[u8], envelope: &Envelope) -> Proof {
        let resolve = |queries: &[Query]| queries.iter().map(|query| self.answer(query)).collect();
        Prover::new(raw, envelope, NOW).prove_with(&Answers::default(), resolve)
    }
}

/// Appendix A of RFC 7208, both sides of it.
const EXAMPLE: &str = "
    example.com A 192.0.2.10
    example.com A 192.0.2.11
    example.com MX 10 mail-a.example.com
    example.com MX 20 mail-b.example.com
    amy.example.com A 192.0.2.65
    bob.example.com A 192.0.2.66
    mail-a.example.com A 192.0.2.129
    mail-b.example.com A 192.0.2.130
    www.example.com A 192.0.2.10
    10.2.0.192.in-addr.arpa PTR example.com
    11.2.0.192.in-addr.arpa PTR example.com
    65.2.0.192.in-addr.arpa PTR amy.example.com
    66.2.0.192.in-addr.arpa PTR bob.example.com
    129.2.0.192.in-addr.arpa PTR mail-a.example.com
    130.2.0.192.in-addr.arpa PTR mail-b.example.com
    140.2.0.192.in-addr.arpa PTR mail-c.example.org
    example.org MX 10 mail-c.example.org
    mail-c.example.org A 192.0.2.140
    4.0.0.10.in-addr.arpa PTR bob.example.com
    2.0.0.127.bl.example A 127.0.0.2
    mary.mobile-users._spf.example.com A 127.0.0.2
    fred.mobile-users._spf.example.com A 127.0.0.2
    15.15.168.192.joel.remote-users._spf.example.com A 127.0.0.2
";

fn spf(records: &str, client: &str, mail_from: &str) -> Spf {
    let zone = format!("{EXAMPLE}\n{records}");
    let envelope =
        Envelope { client: client.parse().ok(), mail_from: Some(mail_from.to_owned()), ..Envelope::default() };
    Zone(&zone).prove(b"", &envelope).spf.unwrap()
}

#[test]
fn the_examples_of_rfc_7208_come_out_as_it_says() {
    // A.1 and A.2: a record of example.com, addresses that pass, and some that do not.
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("v=spf1 +all", &["192.0.2.10", "203.0.113.1"], &[]),
        ("v=spf1 a -all", &["192.0.2.10", "192.0.2.11"], &["192.0.2.65", "192.0.2.129"]),
        ("v=spf1 a:example.org -all", &[], &["192.0.2.10", "192.0.2.140"]),
        ("v=spf1 mx -all", &["192.0.2.129", "192.0.2.130"], &["192.0.2.10", "192.0.2.140"]),
        ("v=spf1 mx:example.org -all", &["192.0.2.140"], &["192.0.2.129"]),
        ("v=spf1 mx mx:example.org -all", &["192.0.2.129", "192.0.2.130", "192.0.2.140"], &["192.0.2.10"]),
        ("v=spf1 mx/30 mx:example.org/30 -all", &["192.0.2.128", "192.0.2.131", "192.0.2.143"], &["192.0.2.132"]),
        ("v=spf1 ptr -all", &["192.0.2.10", "192.0.2.65", "192.0.2.66"], &["192.0.2.140", "10.0.0.4"]),
        ("v=spf1 ip4:192.0.2.128/28 -all", &["192.0.2.129", "192.0.2.143"], &["192.0.2.65", "192.0.2.144"]),
        ("v=spf1 exists:%{ir}.%{l1r+-}._spf.%{d} -all", &[], &["192.0.2.10"]),
    ];
    for (record, passing, failing) in cases {
        let of = |client| spf(&format!("example.com TXT {record}"), client, "strong-bad@example.com");
        for client in *passing {
            assert_eq!(of(client).outcome, Outcome::Pass, "{record} {client}");
        }
        for client in *failing {
            assert_eq!(of(client).outcome, Outcome::Fail, "{record} {client}");
        }
    }
    // A.2: records of several domains.
    let shared = "
        example.org TXT v=spf1 include:example.com include:example.net -all
        la.example.org TXT v=spf1 redirect=example.org
        example.com TXT v=spf1 ip4:192.0.2.129 ip4:192.0.2.130 ip4:192.0.2.131 -all
        example.net TXT v=spf1 ip4:192.0.2.140 -all";
    for from in ["a@example.org", "a@la.example.org"] {
        assert_eq!(spf(shared, "192.0.2.140", from).outcome, Outcome::Pass);
        assert_eq!(spf(shared, "192.0.2.66", from).outcome, Outcome::Fail);
    }
    // A.4: mobile users, each by name.
    let mobile = "
        example.com TXT v=spf1 mx include:mobile-users._spf.%{d} include:remote-users._spf.%{d} -all
        mobile-users._spf.example.com TXT v=spf1 exists:%{l1r+}.%{d}
        remote-users._spf.example.com TXT v=spf1 exists:%{ir}.%{l1r+}.%{d}";
    let of = |client, from| spf(mobile, client, from).outcome;
    assert_eq!(of("203.0.113.7", "mary@example.com"), Outcome::Pass);
    assert_eq!(of("203.0.113.7", "fred+tag@example.com"), Outcome::Pass);
    assert_eq!(of("203.0.113.7", "bob@example.com"), Outcome::Fail);
    assert_eq!(of("192.168.15.15", "joel@example.com"), Outcome::Pass);
    assert_eq!(of("192.168.15.16", "joel@example.com"), Outcome::Fail);
}

#[test]
fn the_term_that_decides_is_told() {
    let found = spf("example.com TXT v=spf1 a ?mx ~ip4:203.0.113.0/24 -all", "203.0.113.9", "a@example.com");
    assert_eq!((found.outcome, found.mechanism.as_deref()), (Outcome::Softfail, Some("~ip4:203.0.113.0/24")));
    let found = spf("example.com TXT v=spf1 a", "203.0.113.9", "a@example.com");
    assert_eq!((found.outcome, found.mechanism), (Outcome::Neutral, None));
    assert_eq!(spf("", "203.0.113.9", "a@example.com").outcome, Outcome::None);
    assert_eq!(spf("example.com TXT FAILED", "203.0.113.9", "a@example.com").outcome, Outcome::Temperror);
    let zone = Zone("mx.example.com TXT v=spf1 ip4:192.0.2.1 -all");
    let null_sender = Envelope {
        client: "::ffff:192.0.2.1".parse().ok(),
        helo: Some("MX.example.com".to_owned()),
        mail_from: Some(String::new()),
        ..Envelope::default()
    };
    let found = zone.prove(b"", &null_sender).spf.unwrap();
    assert_eq!((found.outcome, found.is_helo, found.domain.as_str()), (Outcome::Pass, true, "mx.example.com"));
    assert!(zone.prove(b"", &Envelope { client: None, ..null_sender }).spf.is_none());
}

fn signed(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signed").join(name)).unwrap()
}

/// DMARC of a message signed by example.com, from an author, with records beside the key.
fn dmarc(raw: &[u8], author: &str, records: &str) -> Dmarc {
    let keys: std::collections::BTreeMap<String, String> =
        serde_json::from_str(include_str!("signed/keys.json")).unwrap();
    let keys: String = keys.iter().map(|(name, key)| format!("{name} TXT {key}\n")).collect();
    let envelope = Envelope {
        client: "192.0.2.1".parse().ok(),
        mail_from: Some("bounce@mail.example.net".to_owned()),
        author: Some(author.to_owned()),
        ..Envelope::default()
    };
    Zone(&format!("{keys}{records}")).prove(raw, &envelope).dmarc.unwrap()
}

#[test]
fn a_domain_that_signed_vouches_for_its_authors() {
    let raw = signed("rsa-1024.eml");
    let reject = "_dmarc.example.com TXT v=DMARC1; p=reject; sp=quarantine";
    let found = dmarc(&raw, "example.com", reject);
    assert_eq!((found.outcome, found.policy), (Outcome::Pass, Some(Policy::Reject)));
    assert_eq!(found.aligned_signatures, ["example.com"]);
    let below = dmarc(&raw, "News.Example.com", reject);
    assert_eq!((below.outcome, below.policy), (Outcome::Pass, Some(Policy::Quarantine)));
    assert_eq!(below.record_domain.as_deref(), Some("example.com"));
    let strict = dmarc(&raw, "news.example.com", "_dmarc.news.example.com TXT v=DMARC1; p=none; adkim=s");
    assert_eq!((strict.outcome, strict.policy), (Outcome::Fail, Some(Policy::None)));
    // His own domain vouches for nobody else's.
    let other = dmarc(&raw, "example.org", "_dmarc.example.org TXT v=DMARC1; p=reject");
    assert_eq!((other.outcome, other.aligned_signatures.len()), (Outcome::Fail, 0));
    assert_eq!(dmarc(&raw, "example.org", "").outcome, Outcome::None);
}

#[test]
fn a_signature_that_proves_nothing_meets_no_policy() {
    let reject = "_dmarc.example.com TXT v=DMARC1; p=reject";
    for name in ["testing", "length-part", "rsa-768", "rsa-sha1", "from-unsigned"] {
        assert_eq!(dmarc(&signed(&format!("{name}.eml")), "example.com", reject).outcome, Outcome::Fail, "{name}");
    }
}

#[test]
fn spf_meets_the_policy_where_it_stands_for_the_author() {
    let records = |spf: &str, mode: &str| {
        format!("mail.example.net TXT v=spf1 {spf}\n_dmarc.example.net TXT v=DMARC1; p=reject{mode}")
    };
    let of = |spf: &str, mode: &str| dmarc(b"", "example.net", &records(spf, mode)).outcome;
    assert_eq!(of("ip4:192.0.2.1 -all", ""), Outcome::Pass);
    assert_eq!(of("ip4:192.0.2.1 -all", "; aspf=s"), Outcome::Fail);
    assert_eq!(of("-all", ""), Outcome::Fail);
    assert_eq!(of("?all", ""), Outcome::Fail);
    // What could not be checked may have passed.
    assert_eq!(of("include:silent.example", "\nsilent.example TXT FAILED"), Outcome::Temperror);
    let other = format!("{}\n_dmarc.example.org TXT v=DMARC1; p=reject", records("ip4:192.0.2.1 -all", ""));
    assert_eq!(dmarc(b"", "example.org", &other).outcome, Outcome::Fail);
}

#[test]
fn only_one_readable_record_counts() {
    let of = |records: &str| {
        let found = dmarc(b"", "example.org", records);
        (found.outcome, found.policy)
    };
    let fails = |policy| (Outcome::Fail, Some(policy));
    let nothing = (Outcome::None, None);
    assert_eq!(
        of("_dmarc.example.org TXT v=DMARC1; p=Quarantine; pct=5; rua=mailto:a@b.example;"),
        fails(Policy::Quarantine)
    );
    assert_eq!(of("_dmarc.example.org TXT v=DMARC1;p=none\n_dmarc.example.org TXT v=DMARC1;p=reject"), nothing);
    assert_eq!(
        of("_dmarc.example.org TXT v=spf1 -all\n_dmarc.example.org TXT v=DMARC1;p=reject"),
        fails(Policy::Reject)
    );
    assert_eq!(of("_dmarc.example.org TXT p=reject; v=DMARC1"), nothing);
    assert_eq!(of("_dmarc.example.org TXT v=DMARC1; p=refuse"), nothing);
    assert_eq!(of("_dmarc.example.org TXT v=DMARC1; p=refuse; rua=mailto:a@b.example"), fails(Policy::None));
    assert_eq!(of("_dmarc.example.org TXT v=DMARC1"), nothing);
    assert_eq!(of("_dmarc.example.org TXT FAILED").0, Outcome::Temperror);
}

#[test]
fn the_names_above_are_asked_where_the_usual_ones_have_no_record() {
    let of = |author: &str, records: &str| {
        let found = dmarc(b"", author, records);
        (found.outcome, found.policy, found.record_domain)
    };
    let fails = |policy, at: &str| (Outcome::Fail, Some(policy), Some(at.to_owned()));
    let between = "_dmarc.b.example.org TXT v=DMARC1; p=none; sp=reject";
    assert_eq!(of("a.b.example.org", between), fails(Policy::Reject, "b.example.org"));
    assert_eq!(of("z.a.b.example.org", between), fails(Policy::Reject, "b.example.org"));
    assert_eq!(of("c.example.org", between), (Outcome::None, None, None));
    let usual = format!("{between}\n_dmarc.example.org TXT v=DMARC1; p=quarantine");
    assert_eq!(of("a.b.example.org", &usual), fails(Policy::Quarantine, "example.org"));
    // A public suffix speaks for those below it only where it says so.
    assert_eq!(of("a.example.co.jp", "_dmarc.co.jp TXT v=DMARC1; p=reject"), (Outcome::None, None, None));
    assert_eq!(of("a.example.co.jp", "_dmarc.co.jp TXT v=DMARC1; p=reject; psd=y"), fails(Policy::Reject, "co.jp"));
    assert_eq!(of("a.b.example.org", "_dmarc.b.example.org TXT FAILED").0, Outcome::Temperror);
}

#[test]
fn no_public_suffix_vouches_for_what_is_registered_below_it() {
    let suffix = Envelope {
        client: "192.0.2.1".parse().ok(),
        mail_from: Some("a@co.jp".to_owned()),
        author: Some("example.co.jp".to_owned()),
        ..Envelope::default()
    };
    let zone =
        Zone("co.jp TXT v=spf1 +all\n_dmarc.example.co.jp TXT v=DMARC1; p=reject\n_dmarc.co.jp TXT v=DMARC1; p=none");
    let proof = zone.prove(b"", &suffix);
    assert_eq!(proof.spf.unwrap().outcome, Outcome::Pass);
    assert_eq!(proof.dmarc.unwrap().outcome, Outcome::Fail);
}

#[test]
fn a_proof_is_plain_data() {
    let raw = signed("arc-2.eml");
    let envelope = Envelope { author: Some("example.com".to_owned()), ..Envelope::default() };
    let proof = Zone("").prove(&raw, &envelope);
    let json = serde_json::to_string(&proof).unwrap();
    assert_eq!(serde_json::from_str::<Proof>(&json).unwrap(), proof);
    assert!(json.contains("\"outcome\":\"permerror\",\"reason\":\"no-key\""), "{json}");
    assert_eq!(Query::new("A.Example.", RecordType::Aaaa).name, "a.example");
}
