//! What is odd in the way a link is written.
//!
//! Slips that honest senders make are not noted: a line that was folded inside a path, an invisible character that was
//! copied along at the end, the backslashes of text that a program escaped (`https:\/\/`, `\n`).

use crate::LinkQuirk;
use mekiki_knowledge::fold::is_invisible;
use std::borrow::Cow;

/// From how many on the letters that are percent-encoded without need are no accident.
const CODED_LETTERS: usize = 3;

/// Notes what is odd in `written`, a link with a scheme of the web.
pub(super) fn find(written: &str, quirks: &mut Vec<LinkQuirk>) {
    // Browsers leave tabs and line ends out, wherever they stand (URL standard, "basic URL parser").
    let bare: Cow<str> = if written.contains(is_left_out) {
        written.chars().filter(|character| !is_left_out(*character)).collect()
    } else {
        Cow::Borrowed(written)
    };
    let Some((scheme, rest)) = bare.split_once(':').filter(|(scheme, _)| scheme.len() <= 6) else { return };
    if !["http", "https", "ftp"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return;
    }
    let slashes = rest.len() - rest.trim_start_matches(['/', '\\']).len();
    let (slashes, rest) = rest.split_at(slashes);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let behind = rest.get(authority.len()..).unwrap_or_default();
    let head = beginning(written, scheme.len() + 1 + slashes.len() + authority.len());
    let host = authority.rsplit('@').next().unwrap_or_default();

    let is_plain = head.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_plain && has_control(head) {
        quirks.push(LinkQuirk::ControlCharacter);
    }
    if !is_plain && head.trim_end_matches(is_invisible).chars().any(is_invisible) {
        quirks.push(LinkQuirk::InvisibleCharacter);
    }
    if slashes.len() != 2 && slashes != r"\/\/" {
        quirks.push(LinkQuirk::OddSlashes);
    }
    if slashes.contains('\\') && slashes != r"\/\/" || is_turned(behind) {
        quirks.push(LinkQuirk::Backslash);
    }
    if authority.contains('@') {
        quirks.push(LinkQuirk::Userinfo);
    }
    if coded(host).next().is_some() || coded_letters(rest) >= CODED_LETTERS {
        quirks.push(LinkQuirk::NeedlessEncoding);
    }
    // At the end it may belong to the sentence around.
    if !is_plain && host.trim_end_matches(is_compatibility_form).chars().any(is_compatibility_form) {
        quirks.push(LinkQuirk::CompatibilityForm);
    }
}

/// The beginning of `written` that is `length` bytes long once tabs and line ends are left out.
fn beginning(written: &str, length: usize) -> &str {
    let mut seen = 0;
    let end = written.char_indices().find_map(|(at, character)| {
        if seen >= length {
            return Some(at);
        }
        if !is_left_out(character) {
            seen += character.len_utf8();
        }
        None
    });
    written.get(..end.unwrap_or(written.len())).unwrap_or_default()
}

fn is_left_out(character: char) -> bool {
    matches!(character, '\t' | '\r' | '\n')
}

/// Whether a control character stands inside. Old mail servers cut overlong lines by an exclamation mark and a line
/// end, wherever that falls.
fn has_control(head: &str) -> bool {
    let mut before = ' ';
    head.chars().any(|character| {
        let is_cut = matches!(character, '\r' | '\n') && matches!(before, '!' | '\r');
        before = if is_cut { '\r' } else { character };
        character.is_control() && !is_cut
    })
}

/// Whether the path begins with a backslash that no program put there to escape a line end or a quotation mark.
fn is_turned(behind: &str) -> bool {
    behind.strip_prefix('\\').is_some_and(|rest| {
        rest.chars().next().is_some_and(|next| !matches!(next, 'n' | 'r' | 't' | 'u' | '"' | '\'' | '\\' | '/'))
    })
}

/// The percent-encoded bytes of a text.
fn coded(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.split('%').skip(1).filter_map(|rest| u8::from_str_radix(rest.get(..2)?, 16).ok())
}

/// How many letters and digits are percent-encoded though they need not be. Behind a byte of another charset's
/// character (the second byte in Shift JIS is often a letter) they do not count.
fn coded_letters(text: &str) -> usize {
    let mut is_behind_other = false;
    coded(text)
        .filter(|byte| {
            let counts = byte.is_ascii_alphanumeric() && !is_behind_other;
            is_behind_other = !byte.is_ascii();
            counts
        })
        .count()
}

/// Fullwidth letters, digits and dots, the ideographic full stop, enclosed and mathematical letters: the URL standard
/// reads them as plain ones.
fn is_compatibility_form(character: char) -> bool {
    matches!(u32::from(character),
        0x3002 | 0xFF61 | 0xFF0E | 0xFF10..=0xFF19 | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A | 0x2460..=0x24FF
        | 0x1D400..=0x1D7FF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quirks(written: &str) -> Vec<LinkQuirk> {
        let mut found = Vec::new();
        find(written, &mut found);
        found
    }

    #[test]
    fn tricks_are_noted() {
        for (written, quirk) in [
            ("https://a@evil.example/", LinkQuirk::Userinfo),
            ("https:/example.com", LinkQuirk::OddSlashes),
            ("https:\\\\example.com", LinkQuirk::Backslash),
            ("https:/\\example.com", LinkQuirk::Backslash),
            ("https://evil.example\\pay\\in.php", LinkQuirk::Backslash),
            ("https://example.com\\@evil.example/", LinkQuirk::Backslash),
            ("ht\ntps://example.com", LinkQuirk::ControlCharacter),
            ("https://evil.ex\tample/", LinkQuirk::ControlCharacter),
            ("https://evil%2eexample/", LinkQuirk::NeedlessEncoding),
            ("https://example.com/?q=%68%74%74p%3A%2F%2Fevil.example", LinkQuirk::NeedlessEncoding),
            ("https://evil\u{3002}example/", LinkQuirk::CompatibilityForm),
            ("https://\u{FF45}vil.example/", LinkQuirk::CompatibilityForm),
            ("https://exam\u{200B}ple.com/", LinkQuirk::InvisibleCharacter),
        ] {
            assert!(quirks(written).contains(&quirk), "{written}: {:?}", quirks(written));
        }
    }

    #[test]
    fn slips_are_not() {
        for written in [
            "https://www.example.com/a?b=c@d",
            "mailto:a@example.com",
            "https://user.example/%7Ea",
            // Folded inside a long path, and cut by an old mail server.
            "https://www.example.com/a/very/long\n\n/path",
            "https://www.exam!\r\nple.com/",
            // Copied along.
            "https://www.example.com\u{200B}",
            // Text that a program escaped.
            "https:\\/\\/www.example.com",
            "https://www.example.com\\n",
            // Behind the address a sentence goes on.
            "https://www.example.com\u{FF0E}",
            // Shift JIS, a password before the host, an address in a field.
            "https://www.example.com/?q=%83%4A%83%4B%83%4C%83%4D",
            "https://www.example.com/?m=taro%40example.com&to=a%2Eb%2Dc",
        ] {
            assert!(quirks(written).is_empty(), "{written}: {:?}", quirks(written));
        }
    }
}
