//! Rows found by a hash of their keys. The order of the rows is made at the first look-up, within a millisecond: texts
//! in the order of the data compress well, while shipped in the order of their hashes they would take twice the room.

use crate::hash;

/// A table of rows by bucket.
#[derive(Debug)]
pub(crate) struct Index<T> {
    rows: Vec<T>,
    /// Where each bucket's rows begin; one more than there are buckets.
    starts: Vec<u16>,
    bits: u32,
}

impl<T: Clone> Index<T> {
    /// The table of these rows, each with the hash of its key: at most 65,535. In a bucket they are put in order; where
    /// neither of two comes `before` the other, they stay as given.
    pub(crate) fn new(given: &[(u32, T)], before: impl Fn(&T, &T) -> bool) -> Self {
        let bits = usize::BITS - given.len().leading_zeros() + 1;
        let mut starts = vec![0_u16; (1 << bits) + 1];
        for (hash, _) in given {
            if let Some(count) = starts.get_mut(hash::bucket(*hash, bits) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut filled = vec![0_u16; 1 << bits];
        let mut rows: Vec<T> = given.iter().map(|(_, row)| row.clone()).collect();
        for (hash, row) in given {
            let bucket = hash::bucket(*hash, bits);
            let (Some(start), Some(filled)) = (starts.get(bucket), filled.get_mut(bucket)) else { continue };
            let start = usize::from(*start);
            *filled += 1;
            let Some(bucket) = rows.get_mut(start..start + usize::from(*filled)) else { continue };
            if let Some(last) = bucket.last_mut() {
                last.clone_from(row);
            }
            let place = bucket.iter().position(|other| before(row, other)).unwrap_or(bucket.len() - 1);
            if let Some(later) = bucket.get_mut(place..) {
                later.rotate_right(1);
            }
        }
        Self { rows, starts, bits }
    }

    /// The rows whose keys may have a hash.
    pub(crate) fn bucket(&self, hash: u32) -> &[T] {
        let bucket = hash::bucket(hash, self.bits);
        let start = self.starts.get(bucket).copied().map_or(0, usize::from);
        let end = self.starts.get(bucket + 1).copied().map_or(0, usize::from);
        self.rows.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_in_its_order() {
        let rows: Vec<(u32, (u32, u32))> = (0..1_000).map(|row| (row % 300, (row % 7, row))).collect();
        let index = Index::new(&rows, |first, second| first.0 < second.0);
        for hash in 0..300 {
            let mut wanted: Vec<_> = rows.iter().filter(|row| row.0 == hash).map(|row| row.1).collect();
            wanted.sort_by_key(|row| row.0);
            let found: Vec<_> = index.bucket(hash).iter().filter(|row| row.1 % 300 == hash).copied().collect();
            assert_eq!(found, wanted);
        }
    }
}
