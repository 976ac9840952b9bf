//! Passages of a text: what stands at a place, and what stands around it.

use std::ops::Range;

/// What stands at a range, which may end inside a letter that was folded into a shorter one.
pub(super) fn written<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    let end = text.ceil_char_boundary(range.end);
    text.get(range.start..end).unwrap_or_default()
}

/// The sentence or line around a hit, at most 60 characters to either side.
pub(super) fn passage<'t>(text: &'t str, hit: &Range<usize>) -> &'t str {
    let stops = ['\n', '。', '!', '?', '！', '？'];
    let hit = hit.start..text.ceil_char_boundary(hit.end);
    let before = text.get(..hit.start).unwrap_or_default();
    let after = text.get(hit.end..).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .take(60)
        .take_while(|(_, character)| !stops.contains(character))
        .last()
        .map_or(hit.start, |(at, _)| at);
    let end = after
        .char_indices()
        .take(60)
        .take_while(|(_, character)| !stops.contains(character))
        .last()
        .map_or(hit.end, |(at, character)| hit.end + at + character.len_utf8());
    text.get(start..end).unwrap_or_default().trim()
}

/// Whether a line of `text` begins at an offset, but for marks and spaces.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    !line.contains(char::is_alphanumeric)
}

/// Whether `word` stands in `text` and not inside a longer word.
pub(in crate::signs) fn contains_word(text: &str, word: &str) -> bool {
    let is_part =
        |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|rest| rest.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|rest| rest.chars().next());
            !is_part(before) && !is_part(after)
        })
}
