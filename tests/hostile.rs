//! Messages that nobody in their right mind would send: whatever comes, the core reads it, says the same twice, and ends
//! in good time, and what holds for any message (`mekiki_tests::properties`) does for these. Made up at random, and
//! mutated from the messages of these tests, the same ones in every run; `fuzz.rs` looks for new ones. What made it fail
//! is written to `target/hostile`, and belongs into `tests/messages/broken` with an `X-About` field once it is understood.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail")]

use mekiki_signs::{Answers, Context, inspect};
use mekiki_tests::{below, messages, properties, raw, root};
use proptest::{collection::vec, prelude::*, sample::select};
use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

/// The report as JSON; it breaks where a rule that holds for any message does not.
fn report(raw: &[u8]) -> String {
    properties::hold(raw);
    serde_json::to_string(&inspect(raw, &Context::default(), &Answers::default())).unwrap()
}

/// Pieces on which readers of mail have stumbled.
const PIECES: &[&[u8]] = &[
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b" ",
    b"\t",
    b"\r\n ",
    b":",
    b";",
    b",",
    b"<",
    b">",
    b"(",
    b")",
    b"\"",
    b"\\",
    b"@",
    b"=?utf-8?B?",
    b"=?iso-2022-jp?Q?",
    b"?=",
    b"=?",
    b"=",
    b"=3D",
    b"%00",
    b"--",
    b"--b",
    b"--b--",
    b"\r\n--b\r\n",
    b"\r\n\r\n",
    b"\xFF",
    b"\xE3\x81",
    b"\xE2\x80\x8B",
    b"\xE2\x80\xAE",
    b"\xF0\x9F\x98\x80",
    b"\x1B$B",
    b"\x1B(B",
    b"From: ",
    b"From ",
    b"\nFrom : a@example.com",
    b"Sender: ",
    b"Reply-To: ",
    b"Subject: ",
    b"Date: ",
    b"To: ",
    b"Received: from a (b [192.0.2.1]) by c; ",
    b"Return-Path: <",
    b"Authentication-Results: a; spf=pass ",
    b"DKIM-Signature: v=1; d=",
    b"List-Unsubscribe: <http://",
    b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"Content-Type: text/html; charset=",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"boundary*0*=utf-8''%62;",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Disposition: attachment; filename*=",
    b"<a href=\"",
    b"</a>",
    b"<style>",
    b"</style>",
    b"<!--",
    b"-->",
    b"<div style='display:none;font-size:0'>",
    b"<form action=",
    b"<base href=//",
    b"&#x200B;",
    b"&#0;",
    b"&amp",
    b"https://",
    b"http://[",
    b"hxxps://a[.]b/",
    b"javascript:",
    b"data:text/html,",
    b"https://www.google.com/url?q=",
    b"/v3/__https://a*b__;JSU!!",
    b"xn--",
    b"xn--a",
    b"2023\xE5\xB9\xB46\xE6\x9C\x8812\xE6\x97\xA5",
    b"99/99/9999",
    b"99999999999999999999",
    b"-1",
    b"Mon, 99 Foo 99999 99:99:99 +9999",
    b"shift_jis",
    b"utf-7",
    b"gb18030",
];

/// Something like a message: fields and parts of all sorts, in any order.
fn made_up() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => select(PIECES).prop_map(<[u8]>::to_vec),
        2 => "[ -~]{0,20}".prop_map(String::into_bytes),
        1 => "\\PC{0,8}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..8),
    ];
    vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(raw in vec(any::<u8>(), 0..2_000)) {
        prop_assert_eq!(report(&raw), report(&raw));
    }

    #[test]
    fn anything_like_a_message_is_read(raw in made_up()) {
        prop_assert_eq!(report(&raw), report(&raw));
    }

    #[test]
    fn line_ends_do_not_change_the_level(raw in made_up()) {
        let lf: Vec<u8> = raw.into_iter().filter(|byte| *byte != b'\r').collect();
        let crlf = lf.iter().fold(Vec::new(), |mut crlf, byte| {
            if *byte == b'\n' {
                crlf.push(b'\r');
            }
            crlf.push(*byte);
            crlf
        });
        let [lf, crlf] = [lf, crlf].map(|raw| inspect(&raw, &Context::default(), &Answers::default()).level);
        prop_assert_eq!(lf, crlf);
    }

    #[test]
    fn the_author_is_found_whatever_stands_below(rest in made_up()) {
        // Line by line, so that nothing before the blank line can be part of what follows.
        let raw = [&b"From: Taro <taro@example.jp>\r\nX-About: a test\r\n\r\n"[..], &rest].concat();
        let facts = mekiki_facts::read(&raw);
        let author = facts.identity.author_address().map(|address| address.shown.clone());
        prop_assert_eq!(author.as_deref(), Some("taro@example.jp"));
    }
}

/// A small generator of numbers (xorshift64*), so that a run can be had again by its seed.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit.max(1) as u64)).unwrap()
    }
}

/// Changes a message in one place.
fn mutate(raw: &mut Vec<u8>, others: &[Vec<u8>], numbers: &mut Numbers) {
    let at = numbers.below(raw.len() + 1);
    let end = (at + 1 + numbers.below(200)).min(raw.len());
    match numbers.below(8) {
        0 => raw.truncate(at),
        1 => {
            let noise = u8::try_from(numbers.below(256)).unwrap();
            if let Some(byte) = raw.get_mut(at) {
                *byte = noise;
            }
        }
        2 => drop(raw.drain(at.min(end)..end)),
        3 => {
            let copy = raw.get(at.min(end)..end).unwrap_or_default().repeat(1 + numbers.below(30));
            raw.splice(at..at, copy);
        }
        4 => {
            let other = others.get(numbers.below(others.len())).map_or(&[][..], Vec::as_slice);
            let from = numbers.below(other.len() + 1);
            let piece = other.get(from..(from + 500).min(other.len())).unwrap_or_default();
            raw.splice(at..at, piece.iter().copied());
        }
        _ => {
            let piece = PIECES.get(numbers.below(PIECES.len())).copied().unwrap_or_default();
            raw.splice(at..at, piece.repeat(1 + numbers.below(4)));
        }
    }
    raw.truncate(100_000);
}

#[test]
fn mutated_messages_are_read() {
    let seeds: Vec<Vec<u8>> = below(&messages()).iter().map(|path| raw(path)).collect();
    assert!(!seeds.is_empty());
    let mut numbers = Numbers(0x6D65_6B69_6B69);
    for run in 0..5_000 {
        let mut raw = seeds.get(numbers.below(seeds.len())).cloned().unwrap_or_default();
        for _ in 0..=numbers.below(12) {
            mutate(&mut raw, &seeds, &mut numbers);
        }
        let began = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| report(&raw)));
        // No message of this size takes a second but by a fault, however busy the machine.
        let is_slow = began.elapsed() > Duration::from_secs(20);
        if outcome.is_err() || is_slow {
            let folder = root().join("target/hostile");
            fs::create_dir_all(&folder).unwrap();
            let path = folder.join(format!("{run}.eml"));
            fs::write(&path, &raw).unwrap();
            panic!("{} by {}", if is_slow { "slow" } else { "panic" }, path.display());
        }
    }
}
