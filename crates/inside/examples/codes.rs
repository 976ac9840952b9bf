//! What the QR codes in pictures say: a line for each file named, with the milliseconds it took and the codes, parted by
//! tabs.

#![allow(clippy::expect_used, reason = "a measurement that cannot be made has failed")]

use mekiki_facts::FileKind;
use std::{env, fs, time::Instant};

fn main() {
    for path in env::args().skip(1) {
        let content = fs::read(&path).expect("a file to read");
        let start = Instant::now();
        let inside = mekiki_inside::look_into(FileKind::Picture, &content);
        println!("{path}\t{:.2}\t{}", start.elapsed().as_secs_f64() * 1e3, inside.codes.join("\t"));
    }
}
