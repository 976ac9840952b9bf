//! Domains with a number each, found by the endings of a host in one pass over its letters.

use crate::hash;

/// A table that the build script made: rows by bucket, equal domains side by side.
pub(crate) struct Endings {
    pub(crate) rows: &'static [(&'static str, u16)],
    /// Where each bucket's rows begin; one more than there are buckets.
    pub(crate) buckets: &'static [u16],
    pub(crate) bits: u32,
}

impl Endings {
    /// The rows of every ending of a host that the table has, the shortest ending first. An ending begins at a label.
    pub(crate) fn of(&self, host: &str) -> impl Iterator<Item = &'static [(&'static str, u16)]> {
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

    fn rows(&self, hash: u32, domain: &str) -> Option<&'static [(&'static str, u16)]> {
        let bucket = hash::bucket(hash, self.bits);
        let range = usize::from(*self.buckets.get(bucket)?)..usize::from(*self.buckets.get(bucket + 1)?);
        let rows = self.rows.get(range)?;
        let first = rows.iter().position(|(known, _)| *known == domain)?;
        let rows = rows.get(first..)?;
        let count = rows.iter().take_while(|(known, _)| *known == domain).count();
        rows.get(..count)
    }
}
