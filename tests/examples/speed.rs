//! How long the core takes for a message, against the mail parser's own parse of it: medians of interleaved turns, as a
//! JSON list of nanoseconds, a message each. Arguments: the messages to measure.

#![allow(clippy::expect_used, clippy::cast_precision_loss, reason = "a measurement that cannot be made has failed")]

use mail_parser::MessageParser;
use mekiki_signs::{Answers, Context, inspect};
use serde_json::json;
use std::{env, fs, hint::black_box, time::Instant};

const TURNS: usize = 31;

fn main() {
    let (context, answers) = (Context::default(), Answers::default());
    let measured: Vec<_> = env::args()
        .skip(1)
        .map(|path| {
            let raw = fs::read(path).expect("a message to measure");
            let (mut parses, mut inspects) = (Vec::new(), Vec::new());
            for _ in 0..TURNS {
                parses.push(nanoseconds(|| drop(black_box(MessageParser::default().parse(black_box(&raw))))));
                inspects.push(nanoseconds(|| drop(black_box(inspect(black_box(&raw), &context, &answers)))));
            }
            json!({ "parse": median(parses), "inspect": median(inspects) })
        })
        .collect();
    assert!(!measured.is_empty(), "name messages to measure");
    println!("{}", json!(measured));
}

fn nanoseconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_nanos() as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
