//! Being made.
use crate::fold::Folded;
use std::ops::Range;
/// Purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Credentials.
    Credentials,
}
/// Hit.
#[derive(Debug, Clone)]
pub struct WordHit {
    /// Purpose.
    pub purpose: Purpose,
    /// Range in the folded text.
    pub range: Range<usize>,
    /// Negated.
    pub negated: bool,
}
/// Find.
pub fn find(_: &Folded) -> Vec<WordHit> {
    Vec::new()
}
