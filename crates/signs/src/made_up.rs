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

/// Whether capitals stand in a short word as nobody sets them: `bSUEn`, `7pkUH`. Words joined with capitals (`JaneDoe`),
/// abbreviations behind one (`waDOH`) and a letter in front (`iPhone`) are set so.
pub fn is_oddly_capitalised(word: &str) -> bool {
    let has = |is_kind: fn(&char) -> bool| word.chars().any(|character| is_kind(&character));
    if !word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        || !has(char::is_ascii_uppercase)
        || !has(char::is_ascii_lowercase)
    {
        return false;
    }
    let humps = humps(word);
    let is_short = |hump: &str| hump.len() < 3 && hump.bytes().any(|byte| byte.is_ascii_lowercase());
    let short = humps.iter().filter(|hump| is_short(hump)).count();
    short >= 2 || has(char::is_ascii_digit) && humps.iter().skip(1).any(|hump| is_short(hump))
}

/// The pieces of a word: a capital with the small letters behind it, capitals in a row, digits.
fn humps(word: &str) -> Vec<&str> {
    let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let mut humps: Vec<&str> = Vec::new();
    let mut start = 0;
    for (at, pair) in word.as_bytes().windows(2).enumerate() {
        let (before, after) = match pair {
            [before, after] => (*before, *after),
            _ => continue,
        };
        // The last of several capitals belongs to the small letters behind it.
        let end = if before.is_ascii_uppercase() && after.is_ascii_lowercase() {
            at
        } else if kind(before) == kind(after) {
            continue;
        } else {
            at + 1
        };
        if end > start {
            humps.extend(word.get(start..end));
            start = end;
        }
    }
    humps.extend(word.get(start..));
    humps
}

#[cfg(test)]
mod tests {
    use super::{humps, is_made_up, is_oddly_capitalised};

    #[test]
    fn made_up_words_are_told_from_numbers() {
        for word in ["xK3pQ9vT2mZ", "fraudeDM1sTWq2pts"] {
            assert!(is_made_up(word), "{word}");
        }
        for word in ["A1B2C3D4E5F6", "ISO2022JP", "iPhone15ProMax", "Congratulations", "1234567890ab"] {
            assert!(!is_made_up(word), "{word}");
        }
    }

    #[test]
    fn capitals_are_set_in_some_order() {
        assert_eq!(humps("renewqOn2J"), ["renewq", "On", "2", "J"]);
        for word in ["bSUEn", "oNhPL", "7pkUH", "Aq9j3", "q9TpA", "renew5xXaK"] {
            assert!(is_oddly_capitalised(word), "{word}");
        }
        for word in ["JaneDoe", "McDonald", "waDOH", "MyJCB", "iPhone15ProMax", "AlSearsMD", "noReply2", "VMware", "IT"]
        {
            assert!(!is_oddly_capitalised(word), "{word}");
        }
    }
}
