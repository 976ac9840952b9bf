//! What mail programs put before the subject of an answer or of what is passed on. The standard knows "Re:" only
//! (RFC 5322 §3.6.5).

use mekiki_knowledge::vocabulary::{FORWARD_MARK, REPLY_MARK};

/// Whether a subject is that of an answer, with words after the mark.
pub fn is_answer(subject: &str) -> bool {
    has_mark(subject, &REPLY_MARK)
}

/// Whether a subject is that of a message passed on, with words after the mark.
pub fn is_passed_on(subject: &str) -> bool {
    has_mark(subject, &FORWARD_MARK)
}

/// A subject without the marks and the tag of a ticket in front of it. The end of it, byte for byte.
pub fn without_marks(subject: &str) -> &str {
    let mut rest = subject.trim_start();
    loop {
        let tag = rest.strip_prefix('[').and_then(|behind| behind.split_once(']'));
        rest = match tag {
            Some((tag, behind)) if tag.contains(|character: char| character.is_ascii_digit()) => behind.trim_start(),
            _ if is_answer(rest) || is_passed_on(rest) => {
                rest.split_once([':', '：']).map_or(rest, |(_, behind)| behind.trim_start())
            }
            _ => return rest,
        };
    }
}

fn has_mark(subject: &str, marks: &[&str]) -> bool {
    subject.split_once([':', '：']).is_some_and(|(before, rest)| {
        let before = before.trim().to_lowercase();
        // "Re[2]:" counts the answers.
        let mark = before.split('[').next().unwrap_or_default();
        marks.contains(&mark) && !rest.trim().is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::{is_answer, is_passed_on};

    #[test]
    fn answers_are_told_by_their_mark() {
        for subject in ["Re: hello", " RE: RE: hello", "AW: Termin", "Re[2]: hello", "返信：お見積り", "R: ciao"]
        {
            assert!(is_answer(subject), "{subject}");
        }
        for subject in ["Research: new results", "Re:", "Fw: hello", "Your order", "Reminder: today", "[Re]: hello"] {
            assert!(!is_answer(subject), "{subject}");
        }
    }

    #[test]
    fn what_is_passed_on_is_told_by_its_mark() {
        assert!(is_passed_on("Fwd: hello") && is_passed_on("WG: Termin") && is_passed_on("転送: お知らせ"));
        assert!(!is_passed_on("Forward: march") && !is_passed_on("Re: hello") && !is_passed_on("転送のご案内"));
    }
}
