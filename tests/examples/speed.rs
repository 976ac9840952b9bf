//! How long the core takes for a message, against the mail parser's own parse of it: medians of interleaved turns,
//! as one JSON object of nanoseconds. Arguments: the messages to measure.

#![allow(clippy::expect_used, clippy::cast_precision_loss, reason = "a measurement that cannot be made has failed")]

use mail_parser::MessageParser;
use mekiki_signs::{Answers, Context, inspect};
use std::{env, fs, hint::black_box, time::Instant};

const TURNS: usize = 101;

fn main() {
    let messages: Vec<Vec<u8>> =
        env::args().skip(1).map(|path| fs::read(&path).expect("a message to measure")).collect();
    assert!(!messages.is_empty(), "name messages to measure");
    let (context, answers) = (Context::default(), Answers::default());
    let mut ratios = Vec::new();
    let (mut parse_total, mut inspect_total) = (0.0, 0.0);
    for raw in &messages {
        let (mut parses, mut inspects) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            parses.push(nanoseconds(|| drop(black_box(MessageParser::default().parse(black_box(raw))))));
            inspects.push(nanoseconds(|| drop(black_box(inspect(black_box(raw), &context, &answers)))));
        }
        let (parse, inspect) = (median(parses), median(inspects));
        ratios.push(inspect / parse);
        parse_total += parse;
        inspect_total += inspect;
    }
    let count = messages.len() as f64;
    println!(
        "{{\"parse\":{:.0},\"inspect\":{:.0},\"ratio\":{:.2}}}",
        parse_total / count,
        inspect_total / count,
        median(ratios)
    );
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
