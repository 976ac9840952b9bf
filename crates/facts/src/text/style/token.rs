//! CSS cut into pieces as its grammar has it (CSS Syntax Level 3): comments, strings, escapes, brackets.

use std::borrow::Cow;

/// Deepest brackets that are followed.
const DEEPEST: usize = 64;

/// Stands where a comment parted two words; no name and no value has it in it.
const PARTED: char = '\u{1}';

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || !byte.is_ascii()
}

/// A style sheet or a list of declarations without its comments. A comment in a string or in `url(…)` is none; one that
/// does not end goes on to the end.
pub(super) fn without_comments(css: &str) -> Cow<'_, str> {
    if !css.contains("/*") {
        return Cow::Borrowed(css);
    }
    let bytes = css.as_bytes();
    let mut clean = String::with_capacity(css.len());
    let mut from = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' | b'\'' => at = behind_string(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                clean.push_str(css.get(from..at).unwrap_or_default());
                let end = css.get(at + 2..).and_then(|rest| rest.find("*/"));
                at = end.map_or(bytes.len(), |end| at + 2 + end + 2);
                from = at;
                // Two words with a comment between do not become one.
                if clean.bytes().next_back().is_some_and(is_of_name) && bytes.get(at).copied().is_some_and(is_of_name) {
                    clean.push(PARTED);
                }
            }
            _ => at += 1,
        }
    }
    clean.push_str(css.get(from..).unwrap_or_default());
    Cow::Owned(clean)
}

/// The place behind a string whose quotation mark stands at `at`. One that does not end goes on to the end of its line.
fn behind_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes.get(at).copied();
    let mut at = at + 1;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\\' => at += 2,
            b'\n' => return at,
            _ if Some(byte) == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The place of the first of some bytes from `at` on that stands in no string and in no bracket opened since; braces
/// count as brackets unless they are asked for.
pub(super) fn find(css: &str, at: usize, wanted: &[u8]) -> Option<usize> {
    let bytes = css.as_bytes();
    let mut at = at;
    let mut closing = [0_u8; DEEPEST];
    let mut depth = 0_usize;
    while let Some(&byte) = bytes.get(at) {
        if depth == 0 && wanted.contains(&byte) {
            return Some(at);
        }
        match byte {
            b'\\' => at += 1,
            b'"' | b'\'' => {
                at = behind_string(bytes, at);
                continue;
            }
            b'(' | b'[' | b'{' => {
                if let Some(place) = closing.get_mut(depth) {
                    *place = match byte {
                        b'(' => b')',
                        b'[' => b']',
                        _ => b'}',
                    };
                }
                depth += 1;
            }
            b')' | b']' | b'}' if depth > 0 && closing.get(depth - 1).is_none_or(|closing| *closing == byte) => {
                depth -= 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The pieces between separators that stand in no string and no bracket.
pub(super) fn split(css: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(css);
    std::iter::from_fn(move || {
        let text = rest?;
        match find(text, 0, &[separator]) {
            Some(at) => {
                rest = text.get(at + 1..);
                text.get(..at)
            }
            None => rest.take(),
        }
    })
}

/// A name or a string with its escapes undone.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        let mut code = 0_u32;
        let mut digits = 0;
        while let Some(digit) = characters.peek().and_then(|next| next.to_digit(16)).filter(|_| digits < 6) {
            code = code << 4 | digit;
            digits += 1;
            characters.next();
        }
        if digits == 0 {
            // A line break behind it is nothing.
            plain.extend(characters.next().filter(|next| *next != '\n'));
        } else {
            plain.push(char::from_u32(code).filter(|character| *character != '\0').unwrap_or('\u{FFFD}'));
            characters.next_if(char::is_ascii_whitespace);
        }
    }
    Cow::Owned(plain)
}

/// In lower case; most style sheets are written in it.
pub(super) fn lower(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_strings_and_brackets_are_told_apart() {
        assert_eq!(without_comments("a/* {} */b"), "a\u{1}b");
        assert_eq!(without_comments(".a/**/.b/* */{"), ".a.b{");
        assert_eq!(without_comments("'/*'a/*b"), "'/*'a");
        assert_eq!(find("a(;)';'[;];", 0, b";"), Some(10));
        assert_eq!(split("a,b(c,d),'e,f'", b',').collect::<Vec<_>>(), ["a", "b(c,d)", "'e,f'"]);
        assert_eq!(unescaped(r"d\69 splay\:x"), "display:x");
    }
}
