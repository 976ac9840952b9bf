//! What a message costs grows with its length and no faster, whatever it is made of; and what is too much is cut off
//! and told. Times are compared with one another, never with a clock: eight times the message may take some eight times
//! as long, where a quadratic reader takes sixty-four times as long.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail")]

use mekiki_facts::UnreadKind;
use mekiki_signs::{Answers, Context, inspect};
use std::{
    env, fs,
    hint::black_box,
    time::{Duration, Instant},
};

/// By how much messages are made longer, and by how much more their time may grow than that: a factor of three for what
/// caches and a busy machine do.
const FACTOR: usize = 8;
const ALLOWED: u32 = 24;

/// A message of one kind, of about so many repetitions.
type Make = fn(usize) -> String;

const HEAD: &str = "From: Taro <taro@example.jp>\r\nTo: hanako@example.com\r\nSubject: x\r\nX-About: a test\r\n";

fn field(text: &str) -> String {
    format!("{HEAD}{text}\r\n\r\nbody\r\n")
}

fn html(text: &str) -> String {
    format!("{HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n{text}\r\n")
}

fn plain(text: &str) -> String {
    format!("{HEAD}\r\n{text}\r\n")
}

fn multipart(text: &str) -> String {
    format!("{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{text}\r\n--b--\r\n")
}

fn numbered(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

/// Every kind, with the repetitions of its longest message.
const KINDS: &[(&str, usize, Make)] = &[
    ("many fields", 100_000, |n| field(&numbered(n, |at| format!("X-{at}: a\r\n")))),
    ("one long field", 2_000_000, |n| field(&format!("X-Long: {}", "a".repeat(n)))),
    ("a folded field", 100_000, |n| field(&format!("X-Long: a{}", "\r\n b".repeat(n)))),
    ("lines without colon", 100_000, |n| field(&"word\r\nX: a\r\n".repeat(n))),
    ("many subjects", 50_000, |n| field(&"Subject: a\r\n".repeat(n))),
    ("encoded words", 40_000, |n| field(&format!("Subject: {}", "=?utf-8?Q?a?= ".repeat(n)))),
    ("beginnings of encoded words", 80_000, |n| field(&format!("Subject: {}", "=?utf-8?Q?".repeat(n)))),
    ("charsets without end", 40_000, |n| field(&format!("Subject: {}", numbered(n, |at| format!("=?x{at}?Q?a?= "))))),
    ("many recipients", 40_000, |n| field(&format!("Cc: {}", "a@example.com, ".repeat(n)))),
    ("many authors", 40_000, |n| format!("From: {}\r\n\r\nbody\r\n", "A <a@example.com>, ".repeat(n))),
    ("colons behind an address", 400_000, |n| field(&format!("Cc: {}@{}", "a".repeat(n), ":".repeat(n)))),
    ("comments in an address", 400_000, |n| field(&format!("Cc: {}", "(".repeat(n)))),
    ("a name letter by letter", 400_000, |n| format!("From: \"{}\" <a@example.com>\r\n\r\nbody\r\n", "a b ".repeat(n))),
    ("brands in a name", 50_000, |n| format!("From: \"{}\" <a@example.com>\r\n\r\nbody\r\n", "paypal x ".repeat(n))),
    ("brands in a subject", 50_000, |n| field(&format!("Subject: {}", "paypal x ".repeat(n)))),
    ("brands in brackets", 50_000, |n| field(&format!("Subject: [{}]", "paypal x ".repeat(n)))),
    ("brands in one address", 50_000, |n| {
        format!("From: PayPal <a@example.com>\r\nSubject: PayPal\r\n\r\nPayPal\r\n{}\r\n", "paypal.x/".repeat(n))
    }),
    ("groups", 100_000, |n| field(&format!("Cc: {}", "a:;".repeat(n)))),
    ("hops", 20_000, |n| field(&"Received: from a (b [192.0.2.1]) by c; Tue, 3 Sep 2024 10:15:00 +0900\r\n".repeat(n))),
    ("results", 20_000, |n| field(&"Authentication-Results: a; spf=pass smtp.mailfrom=b\r\n".repeat(n))),
    ("methods", 50_000, |n| field(&format!("Authentication-Results: a{}", "; spf=pass (c) x.y=z".repeat(n)))),
    ("signatures", 20_000, |n| field(&"DKIM-Signature: v=1; d=example.com; h=a:b; b=c\r\n".repeat(n))),
    ("tags", 100_000, |n| field(&format!("DKIM-Signature: {}", "a=b; ".repeat(n)))),
    ("targets to unsubscribe", 20_000, |n| {
        field(&format!("List-Unsubscribe: {}", "<https://example.com/>, ".repeat(n)))
    }),
    ("references", 50_000, |n| field(&format!("References: {}", "<a@b> ".repeat(n)))),
    ("parameters", 50_000, |n| field(&format!("Content-Type: text/plain; {}", "a=b; ".repeat(n)))),
    ("continued parameters", 50_000, |n| {
        field(&format!("Content-Type: text/plain; {}", numbered(n, |at| format!("name*{at}*=a; "))))
    }),
    ("one long line", 9_000_000, |n| plain(&"a".repeat(n))),
    ("one long line of words", 500_000, |n| plain(&"word ".repeat(n))),
    ("blank lines", 500_000, |n| plain(&"\r\n".repeat(n))),
    ("addresses in text", 50_000, |n| plain(&numbered(n, |at| format!("https://example.com/{at} ")))),
    ("schemes in text", 200_000, |n| plain(&"https://".repeat(n))),
    ("closing brackets", 500_000, |n| plain(&format!("https://example.com/a{}", ")".repeat(n)))),
    ("numbers", 200_000, |n| plain(&"2023 ".repeat(n))),
    ("dates", 100_000, |n| plain(&"12 June 2023, ".repeat(n))),
    ("fullwidth dates", 50_000, |n| plain(&"\u{FF12}\u{FF10}\u{FF12}\u{FF13}\u{5E74}6\u{6708}12\u{65E5} ".repeat(n))),
    ("invisible characters", 200_000, |n| plain(&"a\u{200B}".repeat(n))),
    ("look-alikes", 100_000, |n| plain(&"p\u{0430}yp\u{0430}l ".repeat(n))),
    ("links", 50_000, |n| html(&numbered(n, |at| format!("<a href='https://example.com/{at}'>{at}</a> ")))),
    ("links that show addresses", 20_000, |n| {
        html(&numbered(n, |at| {
            format!("<a href='https://a.example/{at}'>https://b.example/{at}</a> https://c.example/{at} ")
        }))
    }),
    ("open links", 100_000, |n| html(&"<a href='https://example.com/'>".repeat(n))),
    ("nested tags", 100_000, |n| html(&"<div>".repeat(n))),
    ("nested tables", 50_000, |n| html(&"<table><tr><td>".repeat(n))),
    ("tags that end nothing", 200_000, |n| html(&"</p></div>".repeat(n))),
    ("attributes", 100_000, |n| html(&format!("<p {}>", numbered(n, |at| format!("a{at}=b "))))),
    ("the same attribute", 100_000, |n| html(&format!("<p {}>", "a=b ".repeat(n)))),
    ("entities", 400_000, |n| html(&"&amp;&#65;&bogus".repeat(n / 4))),
    ("comments", 100_000, |n| html(&"<!-- a b c d e f g h i -->".repeat(n))),
    ("a comment without end", 1_000_000, |n| html(&format!("<!--{}", "<a ".repeat(n / 3)))),
    ("hidden text", 50_000, |n| html(&"<p style='display:none'>secret</p>".repeat(n))),
    ("declarations", 200_000, |n| html(&format!("<p style='{}'>a</p>", "color:red;".repeat(n)))),
    ("a style sheet", 30_000, |n| {
        html(&format!("<style>{}</style>", numbered(n, |at| format!(".c{at}{{color:red}}"))))
    }),
    ("styles on everything", 30_000, |n| {
        html(&format!("<style>{}</style>{}", ".c{color:red}".repeat(2_000), "<p class=c>a".repeat(n)))
    }),
    ("styles on everything of many parts", 80, |n| {
        let rules = format!("{}{{{}}}", ".x,".repeat(50) + ".x", "color:#fff;background:#000;".repeat(80));
        let page =
            format!("--b\r\nContent-Type: text/html\r\n\r\n<style>{rules}</style>{}\r\n", "<b class=x>a".repeat(500));
        multipart(&page.repeat(n))
    }),
    ("rules for every element", 20_000, |n| {
        html(&format!("<style>{}</style>{}", "*{color:red}".repeat(1_000), "<p>a".repeat(n)))
    }),
    ("rules for descendants", 20_000, |n| {
        let rules = "div>i .x b,div .x b{display:none}".repeat(500);
        html(&format!("<style>{rules}</style>{}{}", "<div>".repeat(250), "<b>a</b>".repeat(n)))
    }),
    ("braces in a style sheet", 400_000, |n| html(&format!("<style>{}</style>", "@layer{".repeat(n / 7)))),
    ("comments in a style sheet", 100_000, |n| html(&format!("<style>{}</style>", "/**/a{".repeat(n)))),
    ("texts that styles write", 30_000, |n| {
        html(&format!("<style>b:before{{content:'word'}}</style>{}", "<b></b>".repeat(n)))
    }),
    ("hidden letters", 50_000, |n| html(&"wo<i hidden>x</i>rd ".repeat(n))),
    ("letters apart", 200_000, |n| plain(&"v e r i f y ".repeat(n / 6))),
    ("dots in words", 100_000, |n| plain(&"veri\u{B7}fy ".repeat(n))),
    ("svg in html", 50_000, |n| html(&"<svg><title><p>".repeat(n))),
    ("classes", 100_000, |n| html(&format!("<style>.c{{color:red}}</style><p class='{}'>a", "c ".repeat(n)))),
    ("style sheets", 20_000, |n| html(&"<style>p{color:red}</style>".repeat(n))),
    ("pictures", 50_000, |n| html(&"<img src='https://example.com/a.png' alt='a'>".repeat(n))),
    ("parts", 50_000, |n| multipart(&"--b\r\n\r\na\r\n".repeat(n))),
    ("parts in HTML", 20_000, |n| {
        multipart(&"--b\r\nContent-Type: text/html\r\n\r\n<a href=https://a.example>a\r\n".repeat(n))
    }),
    ("files", 20_000, |n| multipart(&"--b\r\nContent-Type: a/b; name=c\r\n\r\na\r\n".repeat(n))),
    ("boundaries that never come", 20_000, |n| {
        multipart(&numbered(n, |at| format!("--b\r\nContent-Type: multipart/mixed; boundary=n{at}\r\n\r\na\r\n")))
    }),
    ("nested multiparts", 20_000, |n| {
        multipart(&format!(
            "--b\r\n{}",
            numbered(n, |at| format!("Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n"))
        ))
    }),
    ("nested messages", 50_000, |n| format!("{HEAD}{}", "Content-Type: message/rfc822\r\n\r\n".repeat(n))),
    ("headers of parts that do not end", 50_000, |n| multipart(&"--b\r\nX: a\r\nX: b\r\n".repeat(n))),
    ("dashes", 500_000, |n| multipart(&"--\r\n".repeat(n))),
    ("base64", 60_000, |n| {
        multipart(&format!(
            "--b\r\nContent-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
            "QUJD".repeat(15).repeat(n)
        ))
    }),
    ("quoted-printable", 300_000, |n| {
        format!("{HEAD}Content-Transfer-Encoding: quoted-printable\r\n\r\n{}", "=E3=81=82=\r\n".repeat(n))
    }),
];

/// The shortest of a few turns.
fn time(raw: &[u8]) -> Duration {
    let (context, answers) = (Context::default(), Answers::default());
    (0..3)
        .map(|_| {
            let start = Start::now();
            drop(black_box(inspect(black_box(raw), &context, &answers)));
            start.elapsed()
        })
        .min()
        .unwrap()
}

/// A beginning, by the processor time of this thread where the system tells it: others at work do not make that longer.
struct Start {
    worked: Option<Duration>,
    clock: Instant,
}

impl Start {
    fn now() -> Self {
        Self { worked: worked(), clock: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        worked().zip(self.worked).map_or_else(|| self.clock.elapsed(), |(now, before)| now.saturating_sub(before))
    }
}

/// How long this thread worked so far (Linux).
fn worked() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[test]
fn time_grows_with_length_and_no_faster() {
    // The tables are read once.
    time(b"From: a@example.com\r\n\r\n");
    let mut failed = Vec::new();
    for (name, count, make) in KINDS {
        let (short, long) = (make(count / FACTOR), make(*count));
        let (short, long) = (time(short.as_bytes()), time(long.as_bytes()));
        // What takes no time to speak of is let pass: there the clock, which may be behind by a tick, is all noise.
        let floor = Duration::from_millis(10);
        if env::var_os("MEKIKI_SHOW_TIMES").is_some() {
            println!("{name:<40} {short:>12.2?} {long:>12.2?}");
        }
        if long > short.max(floor) * ALLOWED {
            failed.push(format!("{name}: {short:?}, and {long:?} for {FACTOR} times as much"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_is_too_much_is_cut_off_and_told() {
    for (name, wanted) in [
        ("many fields", UnreadKind::Fields),
        ("parts", UnreadKind::Parts),
        ("nested messages", UnreadKind::Depth),
        ("nested multiparts", UnreadKind::Depth),
        ("links", UnreadKind::Links),
        ("addresses in text", UnreadKind::Links),
        ("one long line", UnreadKind::Text),
        ("a style sheet", UnreadKind::Styles),
        ("styles on everything", UnreadKind::Styles),
        ("styles on everything of many parts", UnreadKind::Styles),
    ] {
        let (_, count, make) = KINDS.iter().find(|(known, ..)| *known == name).expect("a kind of the list");
        let facts = mekiki_facts::read(make(*count).as_bytes());
        assert!(facts.unread.iter().any(|unread| unread.kind == wanted), "{name}: {:?}", facts.unread);
        assert!(facts.identity.author_address().is_some(), "{name}");
    }
}

#[test]
fn a_long_comment_before_the_text_keeps_nothing_from_being_read() {
    let facts = mekiki_facts::read(html(&format!("<!--{}--><p>shown</p>", "x".repeat(1_100_000))).as_bytes());
    assert_eq!(facts.text.shown_text(), "shown");
}
