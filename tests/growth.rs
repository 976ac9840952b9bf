//! What a message costs grows with its length and no faster, whatever it is made of; and what is too much is cut off
//! and told. Times are compared with one another, never with a clock: eight times the message may take some eight times
//! as long, where a quadratic reader takes sixty-four times as long.

#![allow(clippy::expect_used, reason = "a test may fail")]

use mekiki_facts::UnreadKind;
use mekiki_publish::{Format, Texts, publish};
use mekiki_signs::{Answers, Context, inspect};
use mekiki_tests::{
    shapes::{SHAPES, Shape, html},
    spent::shortest,
};
use std::{env, hint::black_box, time::Duration};

/// By how much messages are made longer, and by how much more their time may grow than that: a factor of three for what
/// caches and a busy machine do.
const FACTOR: usize = 8;
const ALLOWED: u32 = 24;

/// Shapes in which it is hard to mask the recipient.
const PUBLISHED: &[&str] = &[
    "recipients and links that carry one",
    "recipients that begin alike",
    "runs that may be encodings",
    "signs that begin an encoding",
    "many recipients",
    "addresses it was delivered to",
    "fields that tell the recipient",
    "results",
    "hops",
    "signatures",
];

fn time(raw: &[u8]) -> Duration {
    let (context, answers) = (Context::default(), Answers::default());
    shortest(|| drop(black_box(inspect(black_box(raw), &context, &answers))))
}

fn time_to_publish(raw: &[u8]) -> Duration {
    let (context, texts) = (Context::default(), Texts::default());
    let report = inspect(raw, &context, &Answers::default());
    shortest(|| drop(black_box(publish(black_box(&report), &context, &texts, Format::Text))))
}

#[test]
fn time_grows_with_length_and_no_faster() {
    grows_with_length(SHAPES.iter(), time);
}

#[test]
fn publishing_takes_no_longer_either() {
    grows_with_length(PUBLISHED.iter().map(|name| named(name)), time_to_publish);
}

fn named(name: &str) -> &'static Shape {
    SHAPES.iter().find(|(known, ..)| *known == name).expect("a shape of the list")
}

fn grows_with_length(shapes: impl Iterator<Item = &'static Shape>, time: fn(&[u8]) -> Duration) {
    // The tables are read once.
    time(b"From: a@example.com\r\n\r\n");
    let mut failed = Vec::new();
    for (name, count, make) in shapes {
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
        let (_, count, make) = named(name);
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
