//! What the coverage-guided fuzzer feeds (`./build.sh fuzz`): the whole way from bytes to the report, and what holds for
//! any message. One that breaks it is written to `target/fuzz/found`, and belongs into `tests/messages/broken` or
//! `hostile` once it is understood.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mekiki_signs::{Answers, Context, inspect};
use mekiki_tests::properties;

fuzz_target!(|raw: &[u8]| {
    let looked = mekiki_inside::look(raw);
    assert_eq!(looked, mekiki_inside::look(raw));
    let first = serde_json::to_string(&inspect(raw, &Context::default(), &Answers::default()));
    let second = serde_json::to_string(&inspect(raw, &Context::default(), &Answers::default()));
    assert!(first.is_ok_and(|first| second.is_ok_and(|second| first == second)), "two reports of one message differ");
    properties::hold(raw);
});
