//! Whether a piece of a URL is a word, or a number or made-up string by which its sender may know the recipient.

/// Longest piece that is taken for words.
const LONGEST: usize = 60;

/// Longest word.
const LONGEST_WORD: usize = 20;

/// Shortest number that may be somebody's.
const SHORTEST_NUMBER: usize = 6;

/// Shortest string of letters and digits, or of letters, that is taken for made up.
const SHORTEST: usize = 8;

/// Whether a part of a path, a parameter or a label of a host is none of the words that people read.
pub fn is_made_up(piece: &[char]) -> bool {
    piece.len() > LONGEST || piece.split(|letter| !letter.is_alphanumeric()).any(is_made_up_word)
}

fn is_made_up_word(word: &[char]) -> bool {
    let count = |is: fn(&char) -> bool| word.iter().filter(|letter| is(letter)).count();
    let digits = count(char::is_ascii_digit);
    let letters = count(char::is_ascii_alphabetic);
    if digits + letters < word.len() {
        return false;
    }
    if letters == 0 {
        return digits >= SHORTEST_NUMBER;
    }
    if word.len() > LONGEST_WORD {
        return true;
    }
    let vowels = word.iter().filter(|letter| "aeiouyAEIOUY".contains(**letter)).count();
    if digits == 0 {
        return word.len() >= SHORTEST && is_of_mixed_case(word) || word.len() >= SHORTEST - 2 && vowels == 0;
    }
    word.len() >= SHORTEST
        && (digits * 3 >= word.len() || turns(word) >= 3 || turns(word) == 2 && word.len() >= SHORTEST + 4)
}

/// How often digits and letters follow one another.
fn turns(word: &[char]) -> usize {
    word.iter().zip(word.iter().skip(1)).filter(|(one, next)| one.is_ascii_digit() != next.is_ascii_digit()).count()
}

/// Whether small and capital letters stand otherwise than in words written together, each with its capital.
fn is_of_mixed_case(word: &[char]) -> bool {
    let runs: Vec<_> = word.chunk_by(|one, next| one.is_uppercase() == next.is_uppercase()).collect();
    let is_odd = |run: &&[char]| run.first().is_some_and(|letter| letter.is_uppercase()) == (run.len() >= 2);
    runs.len() >= 3 && runs.iter().skip(1).filter(|run| is_odd(run)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_words() {
        let is = |text: &str| is_made_up(&text.chars().collect::<Vec<_>>());
        for text in [
            "confirm",
            "login-check",
            "your-account-has-been-limited",
            "VerifyAccountNow",
            "pp1",
            "2024",
            "index",
            "utm_source",
            "signInPage",
            "web2print",
            "\u{30ED}\u{30B0}\u{30A4}\u{30F3}",
        ] {
            assert!(!is(text), "{text}");
        }
        for text in [
            "3f5474ad927c3fd05e3c970e3e4f350c",
            "aGVsbG8gd29ybGQ",
            "dGFyb3lhbWFkYQ",
            "20481234",
            "lnznqn",
            "a1b2c3d4",
            "550e8400-e29b-41d4-a716-446655440000",
            "orqxe3zopfqw2ylemfagk6dbnvygyzjonjya",
            "x-9f8e7d6c5b",
        ] {
            assert!(is(text), "{text}");
        }
    }
}
