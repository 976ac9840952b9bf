//! Domains with a number each, found by the endings of a host in one pass over its letters.

use crate::{hash, index::Index};

/// A domain and its number.
type Row = (&'static str, u16);

/// A table of domains: rows of one domain stand side by side.
pub(crate) struct Endings(Index<Row>);

impl Endings {
    /// The table of these rows. Those of one domain keep their order.
    pub(crate) fn new(rows: impl Iterator<Item = Row>) -> Self {
        let rows: Vec<(u32, Row)> =
            rows.map(|row| (row.0.bytes().rev().fold(hash::START, hash::add_byte), row)).collect();
        Self(Index::new(&rows, |first, second| first.0 < second.0))
    }

    /// The rows of every ending of a host that the table has, the shortest ending first. An ending begins at a label.
    pub(crate) fn of(&self, host: &str) -> impl Iterator<Item = &[Row]> {
        let mut hash = hash::START;
        let mut at = host.len();
        std::iter::from_fn(move || {
            while let Some(before) = at.checked_sub(1) {
                at = before;
                hash = hash::add_byte(hash, *host.as_bytes().get(at)?);
                let begins = at == 0 || host.as_bytes().get(at - 1) == Some(&b'.');
                if begins && let Some(found) = self.rows(hash, host.get(at..)?) {
                    return Some(found);
                }
            }
            None
        })
    }

    fn rows(&self, hash: u32, domain: &str) -> Option<&[Row]> {
        let rows = self.0.bucket(hash);
        let first = rows.iter().position(|(known, _)| *known == domain)?;
        let rows = rows.get(first..)?;
        let count = rows.iter().take_while(|(known, _)| *known == domain).count();
        rows.get(..count)
    }
}
