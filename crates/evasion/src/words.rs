//! Sentences put beside those that ask: denials, quotation marks, what honest mail says.

use crate::{Mail, Transformation, header::with_subject};

/// Sentences before or behind the text, in a language that the recipient may or may not read.
const BEFORE: &[(&str, &str)] = &[
    ("no-need-to-worry", "There is no need to worry: "),
    ("instead-of", "Instead of a long letter: "),
    ("never-asks", "We never ask for your password by mail. "),
    ("not-fraud", "This is not phishing and not a scam. "),
    ("ja-denial", "\u{3054}\u{5B89}\u{5FC3}\u{304F}\u{3060}\u{3055}\u{3044}\u{3002}"),
    ("greeting-by-name", "Dear Taro Yamada, "),
    ("forwarded", "---------- Forwarded message ----------\n"),
    ("scanned", "This message was scanned and is safe. "),
];

const BEHIND: &[(&str, &str)] = &[
    ("unsubscribe", "You receive this mail because you subscribed. Unsubscribe: https://example.org/u"),
    ("list-footer", "_______________________________________________\nUsers mailing list\nUsers@lists.example.org"),
    ("warning", "Beware of phishing: we never ask for your password."),
    ("quoted", "On Monday A wrote:\n> Thank you for your help with the garden.\n> See you on Sunday.\n"),
    ("legal", "This e-mail is confidential. If you are not the intended recipient, please delete it."),
];

pub fn transformations() -> Vec<Transformation> {
    let before = BEFORE.iter().map(|&(name, sentence)| {
        Transformation::new(format!("words-{name}"), move |mail: &Mail| {
            mail.with_both(|html| format!("<p>{sentence}</p>{html}"), |plain| format!("{sentence}{plain}"))
        })
    });
    let behind = BEHIND.iter().map(|&(name, sentence)| {
        Transformation::new(format!("words-{name}-behind"), move |mail: &Mail| {
            let html = sentence.replace('\n', "<br>").replace("<br>> ", "<br>&gt; ");
            mail.with_both(|text| format!("{text}<p>{html}</p>"), |plain| format!("{plain}\n\n{sentence}\n"))
        })
    });
    let denial_in_line = Transformation::new("words-denial-in-every-line", |mail| {
        mail.with_both(
            |html| {
                html.replace("<p>", "<p>There is no need to worry: ").replace("<br>", "<br>There is no need to worry: ")
            },
            |plain| plain.replace('\n', "\nThere is no need to worry: "),
        )
    });
    let quoted = Transformation::new("words-quoted", |mail| {
        mail.with_both(
            |html| format!("\u{201C}{html}\u{201D} \u{2014} phishing"),
            |plain| plain.lines().map(|line| format!("\u{201C}{line}\u{201D}\n")).collect::<String>() + "phishing\n",
        )
    });
    let quoted_by_mark = Transformation::new("words-quoted-by-mark", |mail| {
        mail.with_plain(|plain| plain.lines().map(|line| format!("> {line}\n")).collect())
    });
    let subject =
        Transformation::new("words-forwarded-subject", |mail| with_subject(mail, |subject| format!("Fwd: {subject}")));
    before.chain(behind).chain([denial_in_line, quoted, quoted_by_mark, subject]).collect()
}
