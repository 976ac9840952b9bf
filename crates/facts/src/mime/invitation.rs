//! What an invitation (iCalendar, RFC 5545) says where a mail client shows it: its title, place, description, address and
//! who invites.

/// Most lines that are read.
const MOST_LINES: usize = 10_000;

/// What an invitation says.
#[derive(Default)]
pub(super) struct Invitation {
    /// As plain text.
    pub text: String,
    /// Descriptions in HTML.
    pub pages: Vec<String>,
}

/// Reads an invitation.
pub(super) fn read(source: &str) -> Invitation {
    let mut invitation = Invitation::default();
    for line in unfolded(source) {
        let Some((head, value)) = split(&line) else { continue };
        let name = head.split(';').next().unwrap_or_default().to_ascii_uppercase();
        match name.as_str() {
            "SUMMARY" | "LOCATION" | "DESCRIPTION" | "COMMENT" | "URL" | "ORGANIZER" | "CONTACT" => {
                // The name of who invites is a parameter.
                if let Some(name) = head.split(';').find_map(|parameter| parameter.strip_prefix("CN=")) {
                    invitation.text.push_str(name.trim_matches('"'));
                    invitation.text.push('\n');
                }
                invitation.text.push_str(&unescaped(value));
                invitation.text.push('\n');
            }
            "X-ALT-DESC" => invitation.pages.push(unescaped(value)),
            _ => {}
        }
    }
    invitation
}

/// The lines, folded ones put together (RFC 5545 §3.1).
fn unfolded(source: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in source.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        if let (Some(rest), Some(last)) = (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            last.push_str(rest);
        } else if lines.len() < MOST_LINES {
            lines.push(line.to_owned());
        } else {
            break;
        }
    }
    lines
}

/// A line before and behind its colon, the first one outside quotation marks.
fn split(line: &str) -> Option<(&str, &str)> {
    let mut is_quoted = false;
    let colon = line.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b':' && !is_quoted
    })?;
    Some((line.get(..colon)?, line.get(colon + 1..)?))
}

/// A text without its escapes (RFC 5545 §3.3.11).
fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_an_invitation_is_read() {
        let invitation = read(
            "BEGIN:VEVENT\r\nSUMMARY;LANGUAGE=en:Your acc\r\n ount\r\nDESCRIPTION:Dear customer\\,\\nlog in: https://a.example/\r\nORGANIZER;CN=\"Bank: desk\":mailto:b@example.com\r\nUID:1\r\nX-ALT-DESC;FMTTYPE=text/html:<p>page</p>\r\n",
        );
        assert_eq!(
            invitation.text,
            "Your account\nDear customer,\nlog in: https://a.example/\nBank: desk\nmailto:b@example.com\n"
        );
        assert_eq!(invitation.pages, ["<p>page</p>"]);
    }
}
