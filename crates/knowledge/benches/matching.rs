//! Brands in text, look-alikes, suffixes: what each look-up costs.

#![allow(missing_docs, reason = "criterion's macros make the functions")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mekiki_knowledge::{brands, fold::fold, lookalike, suffix};
use std::hint::black_box;

/// A mail's worth of words in two scripts that names two brands.
fn text() -> String {
    let english =
        "Dear customer, your parcel could not be delivered because nobody was at home when our driver came by. ";
    let japanese = "いつもご利用いただきありがとうございます。お荷物のお届けにあがりましたが不在のため持ち帰りました。";
    format!("PayPal\n{}{}楽天カード株式会社", english.repeat(40), japanese.repeat(40))
}

fn matching(criterion: &mut Criterion) {
    let text = text();
    let folded = fold(&text);
    assert!(brands::find(&folded).len() >= 2);
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("fold", |bencher| bencher.iter(|| fold(black_box(&text))));
    group.bench_function("brands", |bencher| bencher.iter(|| brands::find(black_box(&folded))));
    group.finish();

    let mut group = criterion.benchmark_group("host");
    for host in ["www.example.co.jp", "paypa1-login.example.com", "amazon.co.jp.account.example.org"] {
        group.bench_function(format!("look-alike of {host}"), |bencher| {
            bencher.iter(|| lookalike::of_brand(black_box(host)));
        });
        group.bench_function(format!("suffix of {host}"), |bencher| {
            bencher.iter(|| suffix::registrable_domain(black_box(host)).map(str::len));
        });
        group.bench_function(format!("owner of {host}"), |bencher| {
            bencher.iter(|| brands::of_domain(black_box(host)).map(|brand| brand.id));
        });
    }
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
