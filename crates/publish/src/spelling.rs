//! What a text spells, however it is written: percent-encoded any number of times over, with escapes of programming
//! languages and of HTML, made unclickable, with invisible letters inside, in full-width or accented letters.

use mekiki_knowledge::fold::is_invisible;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A letter that a text spells, and where in the text (bytes) it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    pub letter: char,
    pub start: usize,
    pub end: usize,
}

/// Everything that `text` spells.
pub fn spelled(text: &str) -> Vec<Unit> {
    plain(escapes(unescaped(text, '%')))
}

/// The same read as quoted-printable (RFC 2045 §6.7, RFC 2047 §4.2), where the text can be read so.
pub fn spelled_quoted(text: &str) -> Option<Vec<Unit>> {
    let is_quoted = text.split('=').skip(1).any(|rest| byte_of(rest).is_some());
    is_quoted.then(|| plain(escapes(unescaped(text, '='))))
}

/// The byte that two hexadecimal digits at the beginning of a text stand for.
fn byte_of(text: &str) -> Option<u8> {
    let digits = text.get(..2)?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
}

/// The byte at the beginning of a text that is written as `escape` and two digits, the escape itself written so as well
/// however many times: `%40`, `%2540`, `%252540`. With the length of that.
fn escaped_byte(text: &str, escape: char) -> Option<(u8, usize)> {
    let mut digits = text.strip_prefix(escape)?;
    let own = format!("{:02X}", u32::from(escape));
    while digits.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(&own))
        && digits.get(2..).and_then(byte_of).is_some()
    {
        digits = digits.get(2..).unwrap_or_default();
    }
    byte_of(digits).map(|byte| (byte, text.len() - digits.len() + 2))
}

/// Undoes escapes of bytes, and the brackets that make an address unclickable.
fn unescaped(text: &str, escape: char) -> Vec<Unit> {
    let mut units = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((byte, length)) = escaped_byte(rest, escape) {
            let mut bytes = vec![byte];
            let mut end = at + length;
            let (mut letter, mut letter_end) = (char::from(byte), end);
            // The further bytes of the letter, if they make one.
            let most = match byte {
                0xC0..=0xDF => 2,
                0xE0..=0xEF => 3,
                0xF0..=0xF7 => 4,
                _ => 1,
            };
            while bytes.len() < most {
                let Some((byte, length)) = text.get(end..).and_then(|rest| escaped_byte(rest, escape)) else { break };
                bytes.push(byte);
                end += length;
                if let Some(whole) = std::str::from_utf8(&bytes).ok().and_then(|whole| whole.chars().next()) {
                    (letter, letter_end) = (whole, end);
                }
            }
            units.push(Unit { letter, start: at, end: letter_end });
            at = letter_end;
            continue;
        }
        let bracketed = ["[.]", "[@]", "[:]", "[#]", "[-]"].iter().find(|bracketed| rest.starts_with(**bracketed));
        let (letter, length) = match (bracketed, rest.chars().next()) {
            (Some(bracketed), _) => (bracketed.chars().nth(1).unwrap_or('.'), bracketed.len()),
            (None, Some(letter)) => (letter, letter.len_utf8()),
            (None, None) => break,
        };
        units.push(Unit { letter, start: at, end: at + length });
        at += length;
    }
    units
}

/// Undoes escapes of letters: `\u0041`, `\u{41}`, `\x41`, `&#65;`, `&#x41;`.
fn escapes(units: Vec<Unit>) -> Vec<Unit> {
    if !units.iter().any(|unit| matches!(unit.letter, '\\' | '&')) {
        return units;
    }
    let mut out = Vec::with_capacity(units.len());
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let rest = units.get(at + 1..).unwrap_or_default();
        let read = match unit.letter {
            '\\' => backslashed(rest),
            '&' => referred(rest),
            _ => None,
        };
        if let Some((letter, length)) = read {
            let end = units.get(at + length).map_or(unit.end, |last| last.end);
            out.push(Unit { letter, start: unit.start, end });
            at += length + 1;
        } else {
            out.push(*unit);
            at += 1;
        }
    }
    out
}

/// The letter that an escape stands for, by what follows its backslash, and the number of units that takes.
fn backslashed(rest: &[Unit]) -> Option<(char, usize)> {
    match (rest.first()?.letter, rest.get(1)?.letter) {
        ('u', '{') => {
            let (number, length) = number(rest.get(2..)?, 16, 6)?;
            (rest.get(2 + length)?.letter == '}').then(|| Some((char::from_u32(number)?, length + 3)))?
        }
        ('u' | 'U', _) => fixed(rest.get(1..)?, 4),
        ('x' | 'X', _) => fixed(rest.get(1..)?, 2),
        _ => None,
    }
}

fn fixed(digits: &[Unit], length: usize) -> Option<(char, usize)> {
    let (number, read) = number(digits, 16, length)?;
    (read == length).then(|| Some((char::from_u32(number)?, length + 1)))?
}

/// The letter that a character reference of HTML stands for, by what follows its ampersand.
fn referred(rest: &[Unit]) -> Option<(char, usize)> {
    if rest.first()?.letter != '#' {
        return None;
    }
    let is_hexadecimal = matches!(rest.get(1)?.letter, 'x' | 'X');
    let from = if is_hexadecimal { 2 } else { 1 };
    let (number, length) = number(rest.get(from..)?, if is_hexadecimal { 16 } else { 10 }, 7)?;
    let has_end = rest.get(from + length).is_some_and(|unit| unit.letter == ';');
    Some((char::from_u32(number)?, from + length + usize::from(has_end)))
}

fn number(units: &[Unit], radix: u32, most: usize) -> Option<(u32, usize)> {
    let digits: Vec<u32> = units.iter().take(most).map_while(|unit| unit.letter.to_digit(radix)).collect();
    (!digits.is_empty()).then(|| (digits.iter().fold(0, |number, digit| number * radix + digit), digits.len()))
}

/// Letters in their plain form; what has no shape is nothing.
fn plain(units: Vec<Unit>) -> Vec<Unit> {
    if units.iter().all(|unit| unit.letter.is_ascii_graphic() || unit.letter == ' ') {
        return units;
    }
    let mut out = Vec::with_capacity(units.len());
    for unit in units {
        if unit.letter.is_whitespace() {
            out.push(Unit { letter: ' ', ..unit });
        } else if unit.letter.is_ascii() {
            if !unit.letter.is_control() {
                out.push(unit);
            }
        } else if !is_invisible(unit.letter) && !unit.letter.is_control() {
            let letters = std::iter::once(unit.letter).nfkd().filter(|letter| !is_combining_mark(*letter));
            out.extend(letters.map(|letter| Unit { letter, ..unit }));
        }
    }
    out
}

/// The letters and digits of what a text spells, in lower case, each with the number of its unit.
pub fn folded(units: &[Unit]) -> Vec<(char, usize)> {
    units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.letter.is_alphanumeric())
        .flat_map(|(at, unit)| unit.letter.to_lowercase().map(move |letter| (letter, at)))
        .collect()
}

/// The same of a whole text, as a word.
pub fn word(text: &str) -> Vec<char> {
    folded(&spelled(text)).into_iter().map(|(letter, _)| letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelled_is_read_in_any_writing() {
        for text in [
            "taro@example.jp",
            "taro[@]example[.]jp",
            "taro%40example%2Ejp",
            "taro%252540example%2ejp",
            "ta\u{200B}ro@exam\\u{200B}ple.jp",
            "\\u0074aro&#64;example\\x2Ejp",
            "%5Cu0074aro&#x40;example.jp",
            "\u{FF54}\u{FF41}ro\u{FF20}example.jp",
        ] {
            let spelled: String = spelled(text).iter().map(|unit| unit.letter).collect();
            assert_eq!(spelled, "taro@example.jp", "{text}");
        }
        let units = spelled_quoted("taro=40example=2Ejp").unwrap_or_default();
        assert_eq!(units.iter().map(|unit| unit.letter).collect::<String>(), "taro@example.jp");
        assert_eq!(spelled_quoted("taro=example"), None);
    }

    #[test]
    fn letters_of_several_bytes_are_one() {
        let units = spelled("%E5%B1%B1x");
        assert_eq!(units, [Unit { letter: '\u{5C71}', start: 0, end: 9 }, Unit { letter: 'x', start: 9, end: 10 }]);
        assert_eq!(spelled("%E5x").len(), 2);
    }
}
