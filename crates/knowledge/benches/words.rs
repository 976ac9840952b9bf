//! How fast words are found, in megabytes of folded text a second.
#![allow(missing_docs, reason = "criterion's macro makes a public function without a doc comment")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mekiki_knowledge::{fold::fold, words};
use std::hint::black_box;

const ENGLISH: &str = "Dear customer, thank you for your order. The parcel leaves our house tomorrow and reaches you in \
    about three days. Should anything be missing, please write to us; we never ask for your password by mail. ";
const JAPANESE: &str = "いつもご利用いただきありがとうございます。ご注文の品は明日発送いたします。到着まで三日ほどお待ち\
    ください。当社がメールで暗証番号をお伺いすることはございません。";

fn find(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("words");
    for (name, text) in [("english", ENGLISH), ("japanese", JAPANESE)] {
        let text = fold(&text.repeat(500));
        group.throughput(Throughput::Bytes(text.as_str().len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| words::find(black_box(&text))));
    }
    group.finish();
}

criterion_group!(benches, find);
criterion_main!(benches);
