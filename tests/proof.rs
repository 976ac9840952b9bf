//! Mekiki's own proof, from the bytes of a message to its level: what it vouches for, what it takes away, and what a
//! resolver that is silent or lies can do. Messages are those that an independent implementation signed.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use mekiki_facts::Method;
use mekiki_proof::{Answer, Answers as Dns, Prover, Query, RecordType};
use mekiki_proven::Outcome;
use mekiki_signs::{Answers, Context, Level, Receiver, Report, ResultsPlace, Standing, envelope, inspect};
use mekiki_tests::root;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    net::UdpSocket,
    path::PathBuf,
    process::{Command, Output, Stdio},
    thread,
};

const NOW: i64 = 1_700_000_100;
const RECEIVED: &str = "Received: from mail.example.com (mail.example.com [192.0.2.1]) by mx.example.org with ESMTPS id 1; Tue, 14 Nov 2023 22:13:25 +0000\r\n";
/// What a sender writes who puts it where a host with a filter would.
const FORGED: &str = "Authentication-Results: mx.example.org; dkim=pass header.d=example.com; spf=pass smtp.mailfrom=a@example.com; dmarc=pass header.from=example.com\r\n";
const RETURN: &str = "Return-Path: <a@example.com>\r\n";

fn signed(name: &str) -> Vec<u8> {
    fs::read(root().join(format!("crates/proof/tests/signed/{name}.eml"))).unwrap()
}

fn keys() -> BTreeMap<String, String> {
    serde_json::from_str(&fs::read_to_string(root().join("crates/proof/tests/signed/keys.json")).unwrap()).unwrap()
}

/// What answers: the keys, and for example.com a sender policy and a policy for its authors.
fn zone(query: &Query) -> Answer {
    let text = match query.name.as_str() {
        "example.com" => "v=spf1 ip4:192.0.2.1 -all".to_owned(),
        "_dmarc.example.com" => "v=DMARC1; p=reject".to_owned(),
        name => match keys().get(name) {
            Some(key) => key.clone(),
            None => return Answer::NoSuchName,
        },
    };
    if query.kind == RecordType::Txt { Answer::Records(vec![text]) } else { Answer::NoData }
}

fn judged(raw: &[u8], context: &Context, answer: impl Fn(&Query) -> Answer) -> Report {
    let envelope = envelope(&mekiki_facts::read(raw));
    let proof =
        Prover::new(raw, &envelope, NOW).prove_with(&Dns::default(), |queries| queries.iter().map(&answer).collect());
    inspect(raw, context, &Answers { proof: Some(proof), ..Answers::default() })
}

fn unproven(raw: &[u8], context: &Context) -> Report {
    inspect(raw, context, &Answers::default())
}

/// A host that is known to write its results right below its line.
fn below() -> Context {
    let receiver =
        Receiver { host: "example.org".to_owned(), ids: vec!["mx.example.org".to_owned()], place: ResultsPlace::Below };
    Context { receivers: vec![receiver], ..Context::default() }
}

fn standings(report: &Report) -> Vec<Standing> {
    report.authentication.iter().map(|result| result.standing).collect()
}

fn is_author_certain(report: &Report) -> bool {
    report.from.as_ref().is_some_and(|from| from.trust.is_some())
}

fn with(header: &str, raw: &[u8]) -> Vec<u8> {
    [header.as_bytes(), raw].concat()
}

fn replaced(raw: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = raw.windows(from.len()).position(|window| window == from.as_bytes()).expect(from);
    [&raw[..at], to.as_bytes(), &raw[at + from.len()..]].concat()
}

#[test]
fn a_signature_that_holds_vouches_though_nobody_wrote_so() {
    let raw = with(RECEIVED, &signed("rsa-1024"));
    assert!(!is_author_certain(&unproven(&raw, &Context::default())));
    let report = judged(&raw, &Context::default(), zone);
    assert!(is_author_certain(&report));
    assert_eq!(report.proof.as_ref().unwrap().signatures[0].outcome, Outcome::Pass);
    // Against the word of the receiving host as well: it saw the message before something of its own side put it right.
    for told in ["dkim=fail header.d=example.com; dmarc=fail header.from=example.com", "dkim=none; dmarc=fail"] {
        let denied = with(&format!("Authentication-Results: mx.example.org; {told}\r\n"), &raw);
        assert!(!is_author_certain(&unproven(&denied, &Context::default())));
        let report = judged(&denied, &Context::default(), zone);
        assert!(is_author_certain(&report), "{told}");
        assert_eq!(standings(&report), [Standing::Disproved; 2], "{told}");
    }
}

#[test]
fn what_vouches_for_nothing_changes_nothing() {
    for name in ["testing", "length-part", "length-none", "rsa-768", "rsa-sha1", "from-unsigned", "identity-elsewhere"]
    {
        let raw = with(RECEIVED, &signed(name));
        assert!(!is_author_certain(&judged(&raw, &Context::default(), zone)), "{name}");
    }
    let raw = with(RECEIVED, &signed("of-another-domain"));
    assert!(!is_author_certain(&judged(&raw, &Context::default(), zone)));
    // A second author on top, whom nobody signed.
    let raw = replaced(&with(RECEIVED, &signed("rsa-1024")), "\r\nFrom:", "\r\nFrom: Boss <boss@example.com>\r\nFrom:");
    assert!(!is_author_certain(&judged(&raw, &Context::default(), zone)));
}

#[test]
fn forged_results_do_not_stand_against_the_proof() {
    // Where the host was learned to write there, they are believed without proof.
    let raw = with(&format!("{RETURN}{RECEIVED}{FORGED}"), b"From: a@example.com\r\nTo: b@example.org\r\n\r\nx\r\n");
    assert!(is_author_certain(&unproven(&raw, &below())));
    let elsewhere = |query: &Query| match query.name.as_str() {
        "example.com" => Answer::Records(vec!["v=spf1 ip4:198.51.100.1 -all".to_owned()]),
        _ => zone(query),
    };
    let report = judged(&raw, &below(), elsewhere);
    assert_eq!(standings(&report), [Standing::Disproved; 3]);
    assert!(!is_author_certain(&report));
    // A signature that is the author's, under another text.
    let changed = replaced(&signed("rsa-1024"), "accounts", "passwords");
    let report = judged(&with(&format!("{RECEIVED}{FORGED}"), &changed), &below(), elsewhere);
    assert_eq!(standings(&report)[0], Standing::Disproved);
    // Above its line the host's word on SPF stands, but a broken signature is broken: it ceases to vouch, and accuses
    // nobody, since something on that side may have marked the message.
    let above = with(&format!("{FORGED}{RECEIVED}"), &changed);
    let report = judged(&above, &Context::default(), elsewhere);
    assert!(report.signs.iter().all(|sign| sign.id != "auth.dkim-fail"));
    // Where the key could not be had, all stays as it was.
    let silent = judged(&above, &Context::default(), |_| Answer::Failed);
    assert_eq!(standings(&silent), [Standing::Believed; 3]);
    assert_eq!(silent.proof.unwrap().signatures[0].outcome, Outcome::Fail);
    assert_eq!(standings(&report), [Standing::Disproved, Standing::Believed, Standing::Believed]);
    let signature_only = FORGED.replace(" spf=pass smtp.mailfrom=a@example.com;", "");
    let report = judged(&with(&format!("{signature_only}{RECEIVED}"), &changed), &Context::default(), elsewhere);
    assert_eq!(standings(&report), [Standing::Disproved; 2]);
    assert!(!is_author_certain(&report));
}

#[test]
fn a_broken_signature_is_no_plausible_one() {
    let raw = with(RECEIVED, &replaced(&signed("rsa-1024"), "accounts", "passwords"));
    let report = judged(&raw, &Context::default(), zone);
    assert!(report.signs.iter().any(|sign| sign.id == "auth.dkim-fail"), "{:?}", report.signs);
    // Whose key is gone may have been genuine.
    let gone = judged(&with(RECEIVED, &signed("rsa-1024")), &Context::default(), |_| Answer::NoSuchName);
    assert!(gone.signs.iter().all(|sign| sign.id != "auth.dkim-fail"));
}

/// A name for it, and what it answers.
type Resolver<'a> = (&'a str, &'a dyn Fn(&Query) -> Answer);

#[test]
fn no_resolver_lowers_a_level() {
    let brand = "From: PayPal <service@paypal.com>\r\nTo: b@example.org\r\nSubject: Important notice\r\n\r\nPlease verify your password: https://login.example.net/\r\n";
    let sent = [
        with(RECEIVED, brand.as_bytes()),
        with(&format!("{RETURN}{RECEIVED}{FORGED}"), brand.as_bytes()),
        with(&format!("Return-Path: <service@paypal.com>\r\n{RECEIVED}"), brand.as_bytes()),
        with(
            &format!("{RECEIVED}DKIM-Signature: v=1; a=rsa-sha256; d=paypal.com; s=x; h=from; bh=YWJj; b=YWJj\r\n"),
            brand.as_bytes(),
        ),
        // His own domain, signed as it should be.
        with(RECEIVED, &replaced(&signed("rsa-1024"), "From: Alice ", "From: PayPal Service ")),
        with(RECEIVED, &signed("of-another-domain")),
    ];
    let passes_all = |query: &Query| match query.kind {
        RecordType::Txt if query.name.starts_with("_dmarc") => Answer::Records(vec!["v=DMARC1; p=reject".to_owned()]),
        RecordType::Txt if query.name.contains("_domainkey") => {
            Answer::Records(vec![keys()["usual._domainkey.example.com"].clone()])
        }
        RecordType::Txt => Answer::Records(vec!["v=spf1 +all".to_owned()]),
        _ => Answer::Records(vec!["192.0.2.1".to_owned()]),
    };
    let silent = |_: &Query| Answer::Failed;
    let denying = |_: &Query| Answer::NoSuchName;
    let resolvers: [Resolver; 3] = [("silent", &silent), ("denying", &denying), ("passing all", &passes_all)];
    for (at, raw) in sent.iter().enumerate() {
        for context in [Context::default(), below()] {
            let without = unproven(raw, &context);
            for (name, resolver) in &resolvers {
                let report = judged(raw, &context, resolver);
                assert!(report.level >= without.level, "{at}, {name}: {:?} from {:?}", report.level, without.level);
            }
        }
    }
}

#[test]
fn his_own_proof_vouches_for_his_own_domain() {
    // Everything passes for the domain that he registered; the brand whose name he uses is another's.
    let text = "\r\nPlease verify your password: https://login.example.com/\r\n";
    let raw = with(
        &format!("{RETURN}{RECEIVED}"),
        format!(
            "From: PayPal <service@example.com>\r\nTo: b@example.org\r\nSubject: Your account is limited\r\n{text}"
        )
        .as_bytes(),
    );
    let report = judged(&raw, &Context::default(), zone);
    assert_eq!(report.proof.as_ref().unwrap().dmarc.as_ref().unwrap().outcome, Outcome::Pass);
    assert!(report.level >= Level::Suspicious, "{:?} {:?}", report.level, report.signs);
    // SPF rests on the header's word for the address, and on the resolver's: it vouches for nobody.
    assert!(!is_author_certain(&report));
    assert!(report.authentication.iter().all(|result| result.method != Method::Spf));
}

#[test]
fn records_of_today_say_nothing_against_old_mail() {
    let raw = with(&format!("{RETURN}{RECEIVED}{FORGED}"), b"From: a@example.com\r\nTo: b@example.org\r\n\r\nx\r\n");
    let mismatch = with(RECEIVED, &replaced(&signed("rsa-1024"), "To: Bob", "To: Rob"));
    let elsewhere = |query: &Query| match query.name.as_str() {
        "example.com" => Answer::Records(vec!["v=spf1 -all".to_owned()]),
        _ => zone(query),
    };
    let at = |raw: &[u8], days: i64| {
        let envelope = envelope(&mekiki_facts::read(raw));
        let proof = Prover::new(raw, &envelope, NOW + days * 24 * 3_600)
            .prove_with(&Dns::default(), |queries| queries.iter().map(elsewhere).collect());
        inspect(raw, &below(), &Answers { proof: Some(proof), ..Answers::default() })
    };
    assert_eq!(standings(&at(&raw, 13)), [Standing::Disproved; 3]);
    assert_eq!(standings(&at(&raw, 15)), [Standing::Disproved, Standing::Believed, Standing::Believed]);
    let accuses = |report: &Report| report.signs.iter().any(|sign| sign.id == "auth.dkim-fail");
    assert!(accuses(&at(&mismatch, 13)) && !accuses(&at(&mismatch, 15)));
    // Another text is another text for ever.
    assert!(accuses(&at(&with(RECEIVED, &replaced(&signed("rsa-1024"), "accounts", "passwords")), 999)));
}

#[test]
fn whoever_logged_in_may_send_from_anywhere() {
    let text = b"From: a@example.com\r\nTo: b@example.org\r\n\r\nx\r\n";
    let refused = |_: &Query| Answer::Records(vec!["v=spf1 -all".to_owned()]);
    let spf = |received: &str| {
        let raw = with(&format!("{RETURN}{received}"), text);
        judged(&raw, &Context::default(), refused).proof.unwrap().spf.map(|spf| spf.outcome)
    };
    assert_eq!(spf(RECEIVED), Some(Outcome::Fail));
    assert_eq!(spf(&RECEIVED.replace("ESMTPS", "ESMTPSA")), None);
    assert_eq!(spf(&RECEIVED.replace("192.0.2.1", "10.0.0.1")), None);
}

/// Recorded answers as the command takes them.
fn recorded() -> Value {
    let mut dns: serde_json::Map<String, Value> =
        keys().into_iter().map(|(name, key)| (name, json!({ "TXT": [key] }))).collect();
    dns.insert("example.com".to_owned(), json!({ "TXT": ["v=spf1 ip4:192.0.2.1 -all"], "MX": "nodata" }));
    dns.insert("_dmarc.example.com".to_owned(), json!({ "TXT": ["v=DMARC1; p=reject"] }));
    dns.insert("_dmarc.example.net".to_owned(), json!("nxdomain"));
    json!({ "time": NOW, "dns": dns })
}

/// A file of this test's own, removed at its end.
struct File(PathBuf);

impl File {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("mekiki-proof-{}-{name}", std::process::id()));
        fs::write(&path, content).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn check(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(["run", "-q", "-p", "mekiki", "--", "check"]).env("LC_ALL", "C.UTF-8");
    command.args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn report(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(text.lines().next().unwrap_or_else(|| panic!("{output:?}"))).unwrap()
}

#[test]
fn the_command_proves_by_recorded_answers() {
    let message = File::new("recorded.eml", &with(&format!("{RETURN}{RECEIVED}"), &signed("rsa-1024")));
    let answers = File::new("answers.json", recorded().to_string().as_bytes());
    let output = check(&["--json", "--answers", answers.path(), message.path()]);
    let proof = &report(&output)["proof"];
    assert_eq!(proof["signatures"][0]["outcome"], "pass");
    assert_eq!(proof["signatures"][0]["keyBits"], 1024);
    assert_eq!((&proof["spf"]["outcome"], &proof["spf"]["mechanism"]), (&json!("pass"), &json!("ip4:192.0.2.1")));
    assert_eq!((&proof["dmarc"]["outcome"], &proof["dmarc"]["policy"]), (&json!("pass"), &json!("reject")));
    let plain = check(&["--answers", answers.path(), message.path()]);
    let plain = String::from_utf8_lossy(&plain.stdout).into_owned();
    assert!(plain.contains("dkim=pass example.com; spf=pass example.com; dmarc=pass example.com"), "{plain}");
    // What was not recorded could not be checked.
    let nothing = File::new("nothing.json", b"{}");
    let proof = &report(&check(&["--json", "--answers", nothing.path(), message.path()]))["proof"];
    assert_eq!(proof["signatures"][0]["reason"], "key-unanswered");
    assert_eq!(proof["dmarc"]["outcome"], "temperror");
    // Without either nothing is proven, and nothing asked.
    assert!(report(&check(&["--json", message.path()])).get("proof").is_none());
    let wrong = File::new("wrong.json", b"{\"dns\": {\"a.example\": \"perhaps\"}}");
    let output = check(&["--answers", wrong.path(), message.path()]);
    assert!(output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).contains("wrong.json"));
}

/// Answers questions for TXT records as `zone` does, on a port of its own.
fn serve() -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap().to_string();
    thread::spawn(move || {
        let mut buffer = [0; 1_500];
        while let Ok((length, from)) = socket.recv_from(&mut buffer) {
            socket.send_to(&reply(&buffer[..length]), from).unwrap();
        }
    });
    address
}

/// A reply in wire format (RFC 1035 §4.1).
fn reply(question: &[u8]) -> Vec<u8> {
    let mut labels = Vec::new();
    let mut at = 12;
    while question[at] != 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).into_owned());
        at = end;
    }
    let asked = &question[12..at + 5];
    let kind = if question[at + 2] == 16 { RecordType::Txt } else { RecordType::A };
    let answer = zone(&Query::new(&labels.join("."), kind));
    let (code, count) = match &answer {
        Answer::Records(_) => (0, 1),
        Answer::NoSuchName => (3, 0),
        Answer::NoData | Answer::Failed => (0, 0),
    };
    let mut bytes = [&question[..2], &[0x81, 0x80 | code, 0, 1, 0, count, 0, 0, 0, 0], asked].concat();
    if let Answer::Records(records) = answer {
        let data: Vec<u8> = records[0]
            .as_bytes()
            .chunks(255)
            .flat_map(|part| [&[u8::try_from(part.len()).unwrap()], part].concat())
            .collect();
        bytes.extend([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
        bytes.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(data);
    }
    bytes
}

#[test]
fn the_command_asks_a_resolver_and_writes_down_what_it_answered() {
    let message = File::new("resolved.eml", &with(&format!("{RETURN}{RECEIVED}"), &signed("two")));
    let record = File::new("record.json", b"");
    let resolve = format!("--resolve={}", serve());
    let output = check(&["--json", &resolve, "--record", record.path(), message.path()]);
    let asked = report(&output);
    assert_eq!(asked["proof"]["signatures"][1]["outcome"], "pass", "{output:?}");
    assert_eq!(asked["proof"]["dmarc"]["outcome"], "pass");
    assert!(output.stderr.is_empty(), "{output:?}");
    let repeated = report(&check(&["--json", "--answers", record.path(), message.path()]));
    assert_eq!(repeated, asked);
}

#[test]
fn the_command_says_where_a_resolver_was_silent() {
    let message = File::new("silent.eml", &with(&format!("{RETURN}{RECEIVED}"), &signed("rsa-1024")));
    // Somebody there who never answers.
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    let output = check(&["--json", &format!("--resolve={address}"), message.path()]);
    let proof = &report(&output)["proof"];
    assert_eq!(
        (&proof["signatures"][0]["outcome"], &proof["spf"]["outcome"]),
        (&json!("temperror"), &json!("temperror"))
    );
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains(&address.to_string()) && told.contains("could not be checked"), "{told}");
    let without = report(&check(&["--json", message.path()]));
    assert_eq!(report(&output)["level"], without["level"]);
    let output = check(&["--resolve=nowhere", message.path()]);
    assert_eq!(output.status.code(), Some(2));
}
