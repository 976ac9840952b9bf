//! What a message with very large attachments costs: its size, the time that the core takes for it, and how much memory
//! that takes besides the message itself, as one JSON object of bytes and milliseconds. Argument: megabytes (100).

#![allow(clippy::expect_used, reason = "a measurement that cannot be made has failed")]

use mekiki_signs::{Answers, Context, inspect};
use std::{env, fs, hint::black_box, time::Instant};

fn main() {
    let megabytes: usize = env::args().nth(1).map_or(100, |text| text.parse().expect("a number of megabytes"));
    let line = format!("{}\r\n", "QUJD".repeat(19));
    let file = line.repeat(megabytes * 1024 * 1024 / 4 / line.len());
    let mut raw = b"From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee https://example.com/\r\n"
        .to_vec();
    for number in 0..4 {
        raw.extend_from_slice(
            format!(
                "--b\r\nContent-Type: application/pdf; name={number}.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            )
            .as_bytes(),
        );
        raw.extend_from_slice(file.as_bytes());
    }
    raw.extend_from_slice(b"--b--\r\n");
    drop(file);
    // Writing 5 sets the mark of most memory back to what is held now, so that making the message does not count.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = peak();
    let start = Instant::now();
    drop(black_box(inspect(black_box(&raw), &Context::default(), &Answers::default())));
    let time = start.elapsed().as_millis();
    let memory = peak()
        .zip(before)
        .map_or_else(|| "null".to_owned(), |(after, before)| after.saturating_sub(before).to_string());
    println!("{{\"size\":{},\"milliseconds\":{time},\"memory\":{memory}}}", raw.len());
}

/// The most memory that this process ever held, in bytes, where the system tells.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}
