//! Addresses in plain text, where a mail client makes them clickable.

use std::ops::Range;

/// Most addresses of one text that are kept.
pub(super) const MOST: usize = 1_000;

/// Where addresses stand in `text`: with a scheme (defanged ones too), or beginning with `www.`.
pub(crate) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // Single letters are found faster than words, and labels of links are short.
    let stands = |word: &'static str| move |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(word));
    let colons = text.match_indices(':').map(|(at, _)| at).filter(stands("://"));
    let letters = text.match_indices('w').map(|(at, _)| at).filter(stands("www."));
    let mut marks: Vec<usize> =
        colons.filter_map(|at| scheme_start(text, at)).chain(letters.filter(|at| begins_word(text, *at))).collect();
    marks.sort_unstable();
    for start in marks {
        if found.len() >= MOST {
            break;
        }
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let end = end_of(text, start);
        if end > start + 8 {
            found.push(start..end);
        }
    }
    found
}

/// Where the scheme before `://` begins, if it is one that clients make clickable.
fn scheme_start(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let letters: usize = before.bytes().rev().take(5).take_while(u8::is_ascii_alphabetic).count();
    let scheme = before.get(at - letters..)?.to_ascii_lowercase();
    ["https", "http", "hxxps", "hxxp", "ftp"]
        .iter()
        .find(|known| scheme.ends_with(**known))
        .map(|known| at - known.len())
}

fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|before| !before.is_ascii_alphanumeric() && !matches!(before, '/' | '.' | '@' | '-' | '_'))
}

/// Where an address ends: before white space, quotes, brackets or East Asian text, without closing punctuation.
fn end_of(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let mut end = rest
        .char_indices()
        .find(|(_, character)| {
            character.is_whitespace()
                || matches!(
                    character,
                    '<' | '>'
                        | '"'
                        | '`'
                        | '「'
                        | '」'
                        | '『'
                        | '』'
                        | '【'
                        | '】'
                        | '（'
                        | '）'
                        | '＜'
                        | '＞'
                        | '、'
                        | '。'
                        | '｜'
                        | '|'
                )
                || is_east_asian_letter(*character)
                || is_placeholder(*character)
        })
        .map_or(rest.len(), |(at, _)| at);
    let has_opening = rest.get(..end).is_some_and(|url| url.contains('('));
    while let Some(last) = rest.get(..end).and_then(|url| url.chars().next_back()) {
        if matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | ']') || last == ')' && !has_opening {
            end -= last.len_utf8();
        } else {
            break;
        }
    }
    start + end
}

/// Kana and Han: text goes on right behind an address in Japanese mail. Fullwidth letters and dots may belong to it.
fn is_east_asian_letter(character: char) -> bool {
    matches!(u32::from(character), 0x3041..=0x30FF | 0x3400..=0x9FFF)
}

/// What is put in place of letters where an address is quoted as a warning: `https://\u{25CF}\u{25CF}.cn/`.
fn is_placeholder(character: char) -> bool {
    matches!(
        character,
        '\u{25CF}'
            | '\u{25CB}'
            | '\u{25EF}'
            | '\u{25A0}'
            | '\u{25A1}'
            | '\u{D7}'
            | '\u{2715}'
            | '\u{FF0A}'
            | '\u{3007}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<&str> {
        find(text).into_iter().filter_map(|range| text.get(range)).collect()
    }

    #[test]
    fn addresses_end_where_clients_end_them() {
        assert_eq!(
            seen("See https://example.com/a(b)c. Or <http://example.org>!"),
            ["https://example.com/a(b)c", "http://example.org"]
        );
        assert_eq!(
            seen("こちらhttps://example.jp/x?a=1をご覧ください（www.example.jp）"),
            ["https://example.jp/x?a=1", "www.example.jp"]
        );
        assert_eq!(
            seen("hxxps://evil.example/x and ftp://files.example/"),
            ["hxxps://evil.example/x", "ftp://files.example/"]
        );
    }

    #[test]
    fn what_is_no_address_is_left_alone() {
        assert!(seen("https://\u{25CF}\u{25CF}\u{25CF}.cn/ and https://\u{25CB}\u{25CB}.example").is_empty());
        assert!(seen("a://b mailto:a@example.com not-www.example foo@www.example.com").is_empty());
    }
}
