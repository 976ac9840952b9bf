//! What the sender wrote, made so that no mail program, web page or terminal takes a part of it for something to click.

/// Longest value shown, in characters: a header line may be a megabyte.
const LONGEST: usize = 2_000;

/// Schemes that programs make clickable without two slashes after them.
const BARE_SCHEMES: &[&str] = &[
    "about",
    "bitcoin",
    "callto",
    "cid",
    "data",
    "facetime",
    "file",
    "geo",
    "im",
    "imap",
    "intent",
    "javascript",
    "ldap",
    "magnet",
    "mailto",
    "market",
    "mid",
    "news",
    "nntp",
    "pres",
    "sip",
    "sips",
    "skype",
    "sms",
    "snews",
    "tel",
    "tg",
    "vbscript",
    "view-source",
    "webcal",
    "whatsapp",
    "xmpp",
];

/// `text` so that nobody can click anything in it: `hxxps://example[.]com`, `name[@]example[.]com`, `[@]name`,
/// `mailto[:]`, `[#]1`. One line, without characters that have no shape of their own.
pub fn defang(text: &str) -> String {
    let text = mekiki_signs::presentable_within(text, LONGEST);
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    // What stands before in the same word, as far as a scheme may be made of it.
    let mut scheme_from = None;
    let mut before = None;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        let next = after.chars().next();
        match letter {
            '@' | '\u{FF20}' | '\u{FE6B}' => bracket(&mut out, letter),
            '.' | '\u{FF0E}' | '\u{3002}' | '\u{FF61}' if joins(letter, before, next) => bracket(&mut out, letter),
            '#' if next.is_some_and(|next| next.is_ascii_digit()) => bracket(&mut out, letter),
            '-' if next.is_some_and(|next| next.is_ascii_digit()) && is_issue(&out) => bracket(&mut out, letter),
            ':' => {
                let scheme = scheme_from.and_then(|from| out.get(from..)).unwrap_or_default().to_ascii_lowercase();
                let has_slashes = after.starts_with("//");
                match (scheme.as_str(), has_slashes, scheme_from) {
                    ("http" | "https", _, Some(from)) if next.is_some_and(|next| !next.is_whitespace()) => {
                        out.truncate(from);
                        out.push_str(if scheme == "http" { "hxxp" } else { "hxxps" });
                        out.push(':');
                    }
                    // What was made unclickable before stays as it is.
                    ("hxxp" | "hxxps", true, _) => out.push(':'),
                    (_, true, Some(_)) => bracket(&mut out, ':'),
                    (scheme, ..) if BARE_SCHEMES.contains(&scheme) => bracket(&mut out, ':'),
                    _ => out.push(':'),
                }
            }
            _ => out.push(letter),
        }
        let goes_on = letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-');
        scheme_from = match scheme_from {
            Some(from) if goes_on => Some(from),
            None if letter.is_ascii_alphabetic()
                && !before.is_some_and(|before: char| before.is_ascii_alphanumeric()) =>
            {
                Some(out.len() - 1)
            }
            _ => None,
        };
        before = Some(letter);
        rest = after;
    }
    out
}

fn bracket(out: &mut String, letter: char) {
    out.push('[');
    out.push(letter);
    out.push(']');
}

/// Whether a full stop holds a name together, rather than ending a sentence or grouping the digits of a number.
fn joins(stop: char, before: Option<char>, next: Option<char>) -> bool {
    let (Some(before), Some(next)) = (before, next) else { return false };
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '*');
    // The full stop of Chinese and Japanese stands between words as well.
    let is_plain = |letter: char| letter.is_ascii() && is_name(letter);
    if stop == '.' {
        is_name(before) && is_name(next) && !(before.is_ascii_digit() && next.is_ascii_digit())
    } else {
        is_plain(before) && is_plain(next)
    }
}

/// Whether what was written ends as a reference to an issue of GitHub does before its number: `GH-`.
fn is_issue(out: &str) -> bool {
    out.len() >= 2 && out.get(out.len() - 2..).is_some_and(|end| end.eq_ignore_ascii_case("gh"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shown_can_be_clicked() {
        for (written, shown) in [
            ("https://www.example.com/a", "hxxps://www[.]example[.]com/a"),
            ("(HTTP://example.com:80)", "(hxxp://example[.]com:80)"),
            ("see ftp://a.example", "see ftp[:]//a[.]example"),
            ("taro@example.jp", "taro[@]example[.]jp"),
            ("@octocat #12 GH-7", "[@]octocat [#]12 GH[-]7"),
            ("mailto:a@b.example?x", "mailto[:]a[@]b[.]example?x"),
            ("javascript:alert(1)", "javascript[:]alert(1)"),
            ("example\u{FF0E}com", "example[\u{FF0E}]com"),
        ] {
            assert_eq!(defang(written), shown);
        }
    }

    #[test]
    fn what_is_no_address_stays_as_it_is() {
        for text in [
            "httpbin: 1.000,50 at 12:30. End.",
            "2024-07-05T11:15:48+09:00",
            "\u{3067}\u{3059}\u{3002}\u{6B21}",
            "hxxps://example[.]com/",
            "Re: PayPal:Konto",
            "192.0.2.1 2001:db8::1",
        ] {
            assert_eq!(defang(text), text);
        }
    }

    #[test]
    fn a_value_is_one_line_and_moves_no_cursor() {
        assert_eq!(defang("a\u{1B}[2Jb\r\n\n== Signs\u{202E}x"), "a\\u{001B}[2Jb == Signs\\u{202E}x");
    }
}
