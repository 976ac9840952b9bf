//! The command as others script against it: what it takes, prints and returns.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use mekiki_tests::{messages, raw, root};
use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

fn seed() -> PathBuf {
    messages().join("hostile/seed-kagoya-iso-2022-jp.eml")
}

fn honest() -> PathBuf {
    messages().join("honest/kagoya-notice.eml")
}

/// The command, built once by cargo beside this test.
fn mekiki() -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(["run", "-q", "-p", "mekiki", "--"]).env("LC_ALL", "C.UTF-8");
    command
}

fn run(arguments: &[&str]) -> Output {
    mekiki().args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder of this test's own, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("mekiki-command-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn mbox(paths: &[PathBuf]) -> Vec<u8> {
    let mut mbox = Vec::new();
    for path in paths {
        mbox.extend_from_slice(b"From sender@example.com Sun Jun 11 14:32:05 2023\n");
        mbox.extend(raw(path).into_iter().filter(|byte| *byte != b'\r'));
        mbox.push(b'\n');
    }
    mbox
}

#[test]
fn the_exit_status_tells_the_verdict() {
    assert_eq!(run(&["check", honest().to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(run(&["check", seed().to_str().unwrap()]).status.code(), Some(1));
    assert_eq!(run(&["check", "/nowhere/at/all.eml"]).status.code(), Some(2));
    assert_eq!(run(&["check"]).status.code(), Some(2));
    assert_eq!(run(&["frobnicate"]).status.code(), Some(2));
}

#[test]
fn json_has_a_line_a_message() {
    let output = run(&["check", "--json", seed().to_str().unwrap(), honest().to_str().unwrap()]);
    let lines = lines(&output);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["path"].as_str().map(Path::new), Some(seed().as_path()));
    assert_eq!(lines[0]["index"], 0);
    assert_eq!(lines[0]["level"], "dangerous");
    assert!(lines[0]["score"].as_f64().unwrap() > lines[1]["score"].as_f64().unwrap());
    let signs = lines[0]["signs"].as_array().unwrap();
    assert!(
        signs.iter().all(|sign| sign["id"].is_string() && sign["weight"].is_number() && sign["evidence"].is_object())
    );
    let accused = signs.iter().find(|sign| sign["id"] == "link.brand-mismatch").unwrap();
    assert!(accused["evidence"]["domain"].is_string(), "evidence is an object of names and values");
    assert!(signs.iter().all(|sign| !sign["summary"].as_str().unwrap().contains('$')));
    assert_eq!(lines[0]["from"]["address"], "info@example.jp");
    assert!(lines[0]["wanted"].as_array().unwrap().iter().any(|question| question["host"] == "fablights.in"));
    assert_eq!(lines[1]["level"], "none");
}

#[test]
fn files_are_looked_into_without_being_asked() {
    let mail = messages().join("attach.program/fires/alone-in-an-archive.eml");
    let found = lines(&run(&["check", "--json", mail.to_str().unwrap()]));
    let signs = found[0]["signs"].as_array().unwrap();
    assert!(signs.iter().any(|sign| sign["id"] == "attach.program" && sign["evidence"]["name"] == "invoice.pdf.exe"));
    assert!(!found[0]["wanted"].as_array().unwrap().iter().any(|one| one["kind"] == "inside"));
}

#[test]
fn every_kind_of_mailbox_is_read() {
    let folder = Folder::new();
    let mbox_path = folder.file("some.mbox", &mbox(&[seed(), honest(), seed()]));
    folder.file("box/cur/1686461525.M1P1.host:2,S", &raw(&seed()));
    folder.file("box/new/1686461526.M2P1.host", &raw(&honest()));
    folder.file("box/tmp/1686461527.M3P1.host", &raw(&seed()));
    let maildir = folder.0.join("box");

    let found = lines(&run(&["check", "--json", &mbox_path]));
    assert_eq!(found.iter().map(|line| line["index"].as_u64().unwrap()).collect::<Vec<_>>(), [0, 1, 2]);
    let found = lines(&run(&["check", "--json", maildir.to_str().unwrap()]));
    assert_eq!(found.len(), 2, "what is still being delivered does not count");
    let everything = lines(&run(&["check", "--json", folder.0.to_str().unwrap()]));
    assert_eq!(everything.len(), 5);
}

#[test]
fn standard_input_is_read() {
    for content in [raw(&seed()), mbox(&[seed()])] {
        let mut child =
            mekiki().args(["check", "--json", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(&content).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(lines(&output)[0]["level"], "dangerous");
        assert_eq!(output.status.code(), Some(1));
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_checked() {
    let folder = Folder::new();
    let picture = folder.file("picture.eml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let empty = folder.file("empty.eml", b"");
    let output = run(&["check", "--json", &picture, &empty, "/nowhere.eml", seed().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(lines(&output).len(), 1);
    for name in ["picture.eml", "empty.eml", "/nowhere.eml"] {
        assert!(errors(&output).contains(name), "{name}: {}", errors(&output));
    }

    let bare = Folder::new();
    bare.file("notes.txt", b"nothing to see here\n");
    let output = run(&["check", bare.0.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("no mail"), "{}", errors(&output));
}

#[test]
fn a_wrong_context_is_refused_by_name() {
    let folder = Folder::new();
    let context = folder.file("context.json", br#"{"ownAdresses": []}"#);
    let output = run(&["check", "--context", &context, honest().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("context.json") && errors(&output).contains("ownAdresses"), "{}", errors(&output));
}

#[test]
fn languages_are_spoken_or_named() {
    let unknown = run(&["check", "--lang", "xx", seed().to_str().unwrap()]);
    assert_eq!(unknown.status.code(), Some(2));
    let folders: Vec<_> =
        fs::read_dir(root().join("extension/_locales")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(folders.len() > 1);
    for folder in folders {
        let locale = folder.file_name().unwrap().to_str().unwrap();
        let texts: Value = serde_json::from_str(&fs::read_to_string(folder.join("messages.json")).unwrap()).unwrap();
        let output = run(&["check", "--lang", locale, seed().to_str().unwrap()]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(texts["level_dangerous"]["message"].as_str().unwrap()), "{locale}: {said}");
        assert!(errors(&unknown).contains(locale), "{}", errors(&unknown));
    }
}

#[test]
fn the_dissection_can_be_published() {
    for format in ["text", "html", "md"] {
        let output = run(&["report", "--lang", "ja", "--format", format, seed().to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.contains("info@example"), "{format}: the recipient is masked");
        assert!(!text.contains("https://fablights.in"), "{format}: links are defanged");
        assert!(text.contains("fablights[.]in") || text.contains("fablights\\[.\\]in"), "{format}");
        assert!(text.contains("20.210.172.29"), "{format}");
    }
}

/// The add-on's tests hold the module to what the command writes of the same message.
#[test]
fn what_a_sender_writes_is_harmless_in_print() {
    let message = root().join("tests/published/whatever-a-sender-writes.eml");
    for format in ["text", "md", "html"] {
        let output = run(&["report", "--lang", "en", "--format", format, message.to_str().unwrap()]);
        let written = String::from_utf8(output.stdout).unwrap();
        let bare = written.to_lowercase().replace('\\', "");
        for trace in ["hanako", "suzuki", "\u{9234}\u{6728}", "3f5474ad", "https:", "www.", "@octocat", "\u{1B}"] {
            assert!(!bare.contains(trace), "{format}: {trace}");
        }
        assert!(bare.contains("login[.]evil[.]test"), "{format}");
    }
}

/// Growth aside, nobody waits for it.
#[test]
fn thousands_of_recipients_are_masked_at_once() {
    let recipients: Vec<_> = (0..3_000).map(|at| format!("user{at}@domain{at}.example")).collect();
    let links: String = recipients.iter().map(|to| format!("<a href='https://evil.test/?e={to}'>{to}</a>")).collect();
    let mail = format!("To: {}\r\nContent-Type: text/html\r\n\r\n{links}", recipients.join(","));
    let report =
        mekiki_signs::inspect(mail.as_bytes(), &mekiki_signs::Context::default(), &mekiki_signs::Answers::default());
    let begun = std::time::Instant::now();
    let texts = mekiki_publish::Texts::default();
    let written =
        mekiki_publish::publish(&report, &mekiki_signs::Context::default(), &texts, mekiki_publish::Format::Text);
    assert!(!written.contains("user2999") && written.contains("evil[.]test"));
    let published = begun.elapsed();
    assert!(published.as_secs() < 5, "{published:?}");
}

#[test]
fn facts_and_catalogue_are_printed() {
    let output = run(&["facts", seed().to_str().unwrap()]);
    let facts: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(facts["identity"]["from"][0]["mailboxes"][0]["address"]["shown"], "info@example.jp");
    let output = run(&["signs", "--json", "--lang", "en"]);
    assert_eq!(lines(&output).len(), mekiki_signs::registry().len());
}

#[test]
fn the_verdict_is_measured_on_known_mail() {
    let (bad, good) = (messages().join("hostile"), messages().join("honest"));
    let (bad, good) = (bad.to_str().unwrap(), good.to_str().unwrap());
    let output = run(&["eval", "--json", "--bad", bad, "--good", good]);
    assert!(output.status.success(), "{}", errors(&output));
    let evaluation = &lines(&output)[0];
    assert_eq!(evaluation["bad"]["rate"], 1.0);
    assert_eq!(evaluation["good"]["flagged"], 0);
    let of = |shares: &str, key: &str| evaluation[shares][key]["messages"].as_u64();
    assert!(of("kinds", "good letter") > Some(0) && of("kinds", "good list") > Some(0), "{}", evaluation["kinds"]);
    assert!(of("receivers", "bad example.jp") > Some(0), "{}", evaluation["receivers"]);
    let hits = |id: &str| {
        evaluation["signs"].as_array().unwrap().iter().find(|hits| hits["id"] == id).unwrap()["bad"].as_u64()
    };
    assert!(hits("sender.brand-name") > Some(0));

    let without = run(&[
        "eval",
        "--json",
        "--without",
        "sender",
        "--without",
        "link",
        "--without",
        "text",
        "--bad",
        bad,
        "--good",
        good,
    ]);
    assert!(lines(&without)[0]["bad"]["rate"].as_f64() < Some(1.0), "what is left out still counts");

    let unknown = run(&["eval", "--without", "no.such-sign", "--bad", bad, "--good", good]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(errors(&unknown).contains("no.such-sign"));
}
