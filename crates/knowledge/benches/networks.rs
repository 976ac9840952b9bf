//! What a look-up in the table of networks costs, over addresses spread like a generator's and so never in a cache.
#![allow(missing_docs, reason = "criterion's macro makes a public function without a doc comment")]

use criterion::{Criterion, criterion_group, criterion_main};
use mekiki_knowledge::networks;
use std::{
    hint::black_box,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

fn spread() -> impl FnMut() -> u64 {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    }
}

fn look_up(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("networks");
    let mut next = spread();
    group.bench_function("ipv4", |bencher| {
        bencher.iter(|| networks::look_up(IpAddr::V4(Ipv4Addr::from_bits(black_box((next() >> 32) as u32)))));
    });
    // Inside 2a00::/12, where Europe's networks stand close together.
    group.bench_function("ipv6", |bencher| {
        bencher.iter(|| {
            let bits = 0x2A00 << 112 | u128::from(next() >> 12) << 64 | u128::from(next());
            networks::look_up(IpAddr::V6(Ipv6Addr::from_bits(black_box(bits))))
        });
    });
    group.finish();
}

criterion_group!(benches, look_up);
criterion_main!(benches);
