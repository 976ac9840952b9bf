//! Words that machines make up.

/// Whether a word mixes capitals, small letters and digits as no name or number does.
pub fn is_made_up(word: &str) -> bool {
    if word.len() < 10 || !word.chars().all(|character| character.is_ascii_alphanumeric()) {
        return false;
    }
    let has = |is_kind: fn(&char) -> bool| word.chars().any(|character| is_kind(&character));
    has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase) && has(char::is_ascii_digit) && strays(word) >= 5
}

/// How many letters stand in no run that could be a word: three small letters or more, the first perhaps a capital.
fn strays(word: &str) -> usize {
    let mut strays = 0;
    let mut run = 0;
    for character in word.chars().chain(['0']) {
        if character.is_ascii_lowercase() {
            run += 1;
            continue;
        }
        strays += if run < 3 { run } else { 0 };
        run = usize::from(character.is_ascii_uppercase());
    }
    strays
}

#[cfg(test)]
mod tests {
    use super::is_made_up;

    #[test]
    fn made_up_words_are_told_from_numbers() {
        for word in ["xK3pQ9vT2mZ", "fraudeDM1sTWq2pts"] {
            assert!(is_made_up(word), "{word}");
        }
        for word in ["A1B2C3D4E5F6", "ISO2022JP", "iPhone15ProMax", "Congratulations", "1234567890ab"] {
            assert!(!is_made_up(word), "{word}");
        }
    }
}
