//! How long the core takes for messages that are much of one thing (`mekiki_tests::shapes`), as a line of JSON for each
//! shape and size: bytes, and milliseconds to judge it and to publish its report. Arguments: the bytes of the messages,
//! and with `--into FOLDER` before them each message is written there as well, for others to measure; with `--only NAME`
//! that shape alone is measured.

#![allow(clippy::expect_used, reason = "a measurement that cannot be made has failed")]

use mekiki_publish::{Format, Texts, publish};
use mekiki_signs::{Answers, Context, inspect};
use mekiki_tests::{
    shapes::{SHAPES, of_size},
    spent::shortest,
};
use serde_json::json;
use std::{env, fs, hint::black_box, path::PathBuf, time::Duration};

fn main() {
    let mut arguments = env::args().skip(1).peekable();
    let folder = arguments.next_if_eq("--into").map(|_| PathBuf::from(arguments.next().expect("a folder")));
    let only = arguments.next_if_eq("--only").map(|_| arguments.next().expect("the name of a shape"));
    let sizes: Vec<usize> = arguments.map(|text| text.parse().expect("a number of bytes")).collect();
    assert!(!sizes.is_empty(), "name sizes in bytes");
    let (context, answers, texts) = (Context::default(), Answers::default(), Texts::default());
    // The tables are read once.
    drop(inspect(b"From: a@example.com\r\n\r\n", &context, &answers));
    for (at, shape) in SHAPES.iter().enumerate().filter(|(_, shape)| only.as_ref().is_none_or(|only| only == shape.0)) {
        for size in &sizes {
            let raw = of_size(shape, *size).into_bytes();
            let judging = shortest(|| drop(black_box(inspect(black_box(&raw), &context, &answers))));
            let report = inspect(&raw, &context, &answers);
            let publishing = shortest(|| drop(black_box(publish(&report, &context, &texts, Format::Text))));
            let file = format!("{at}-{size}.eml");
            if let Some(folder) = &folder {
                fs::write(folder.join(&file), &raw).expect("a folder to write into");
            }
            let milliseconds = |taken: Duration| taken.as_secs_f64() * 1e3;
            println!(
                "{}",
                json!({
                    "shape": shape.0, "size": size, "bytes": raw.len(), "file": file,
                    "judging": milliseconds(judging), "publishing": milliseconds(publishing),
                })
            );
        }
    }
}
