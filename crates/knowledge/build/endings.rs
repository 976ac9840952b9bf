//! Tables of domains for `src/endings.rs`.

use std::fmt::Write as _;

use crate::hash;

/// A table of that name. Rows of one domain keep their order.
pub fn source(name: &str, rows: impl Iterator<Item = (String, usize)>) -> String {
    let rows: Vec<_> = rows.collect();
    let bits = (usize::BITS - rows.len().leading_zeros()).max(1);
    let bucket = |domain: &str| hash::bucket(domain.bytes().rev().fold(hash::START, hash::add_byte), bits);
    let mut placed: Vec<_> = rows.iter().map(|(domain, number)| (bucket(domain), domain, number)).collect();
    placed.sort_by_key(|(bucket, domain, _)| (*bucket, *domain));
    let starts: Vec<usize> = (0..=1 << bits).map(|bucket| placed.partition_point(|(own, ..)| *own < bucket)).collect();
    let mut source = format!("static {name}: Endings = Endings {{ bits: {bits}, buckets: &{starts:?}, rows: &[\n");
    for (_, domain, number) in placed {
        let _ = writeln!(source, "({domain:?}, {number}),");
    }
    source.push_str("] };\n");
    source
}
