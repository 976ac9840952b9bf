//! Which characters belong to scripts that do not part words by spaces. Read by the build script too, so that data and
//! text are cut alike.

/// Kana, Han and the like, which are written without spaces.
pub(crate) fn is_unspaced(character: char) -> bool {
    character >= '\u{2E80}' && !is_hangul(character)
}

/// The same and Hangul, whose words are parted by spaces as each writer likes, and carry endings that are no words.
pub(crate) fn is_joined(character: char) -> bool {
    character >= '\u{2E80}' || is_hangul(character)
}

fn is_hangul(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7FF}')
}
