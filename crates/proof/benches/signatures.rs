//! What the check of one signature costs: everything from the bytes of a message to what is proven.

#![allow(missing_docs, reason = "criterion's macros make the functions")]
#![allow(clippy::unwrap_used, reason = "a measurement may fail")]

use criterion::{Criterion, criterion_group, criterion_main};
use mekiki_proof::{Answer, Answers, Envelope, Prover, Query, RecordType};
use std::{collections::BTreeMap, hint::black_box};

/// Messages of `tests/signed`, by how they are signed.
const MESSAGES: &[(&str, &[u8])] = &[
    ("rsa-1024", include_bytes!("../tests/signed/rsa-1024.eml")),
    ("rsa-2048", include_bytes!("../tests/signed/rsa-relaxed-relaxed.eml")),
    ("rsa-4096", include_bytes!("../tests/signed/rsa-4096.eml")),
    ("ed25519", include_bytes!("../tests/signed/ed25519-relaxed-relaxed.eml")),
];

fn signatures(criterion: &mut Criterion) {
    let keys: BTreeMap<String, String> = serde_json::from_str(include_str!("../tests/signed/keys.json")).unwrap();
    let mut answers = Answers::default();
    for (name, key) in keys {
        answers.insert(&Query::new(&name, RecordType::Txt), Answer::Records(vec![key]));
    }
    let envelope = Envelope::default();
    let prove = |raw| Prover::new(raw, &envelope, 0).prove(&answers).proof;
    let mut group = criterion.benchmark_group("signature");
    for (name, raw) in MESSAGES {
        assert!(prove(raw).signatures.iter().all(mekiki_proven::Signature::vouches));
        group.bench_function(*name, |bencher| bencher.iter(|| prove(black_box(raw))));
    }
    group.finish();
}

criterion_group!(benches, signatures);
criterion_main!(benches);
