//! The same words in other letters: what the eye reads as before and a search does not find.

use crate::{
    Mail, Transformation,
    header::{with_name, with_subject},
};

type Spell = fn(&str) -> String;

/// Latin letters and what looks like them: Cyrillic and Greek.
const ALIKE: &[(char, char)] = &[
    ('a', '\u{430}'),
    ('c', '\u{441}'),
    ('e', '\u{435}'),
    ('i', '\u{456}'),
    ('o', '\u{43E}'),
    ('p', '\u{440}'),
    ('s', '\u{455}'),
    ('x', '\u{445}'),
    ('y', '\u{443}'),
    ('A', '\u{391}'),
    ('B', '\u{392}'),
    ('E', '\u{395}'),
    ('P', '\u{3A1}'),
    ('T', '\u{3A4}'),
];

/// Small capitals of the phonetic alphabet.
const SMALL_CAPITALS: &[(char, char)] = &[
    ('a', '\u{1D00}'),
    ('b', '\u{299}'),
    ('c', '\u{1D04}'),
    ('d', '\u{1D05}'),
    ('e', '\u{1D07}'),
    ('g', '\u{262}'),
    ('h', '\u{29C}'),
    ('i', '\u{26A}'),
    ('l', '\u{29F}'),
    ('m', '\u{1D0D}'),
    ('n', '\u{274}'),
    ('o', '\u{1D0F}'),
    ('p', '\u{1D18}'),
    ('r', '\u{280}'),
    ('t', '\u{1D1B}'),
    ('u', '\u{1D1C}'),
];

/// Ways to spell, with whether they suit running text and not only a name.
const SPELLINGS: &[(&str, bool, Spell)] = &[
    ("zero-width-space", true, |text| between_letters(text, '\u{200B}')),
    ("zero-width-joiner", true, |text| between_letters(text, '\u{200D}')),
    ("word-joiner", true, |text| between_letters(text, '\u{2060}')),
    ("soft-hyphen", true, |text| between_letters(text, '\u{AD}')),
    ("grapheme-joiner", true, |text| between_letters(text, '\u{34F}')),
    ("variation-selector", true, |text| between_letters(text, '\u{FE0F}')),
    ("tag-characters", true, |text| between_letters(text, '\u{E0061}')),
    ("left-to-right-marks", true, |text| between_letters(text, '\u{200E}')),
    ("cyrillic", true, |text| swapped(text, ALIKE)),
    ("small-capitals", false, |text| swapped(text, SMALL_CAPITALS)),
    ("full-width", true, |text| shifted(text, |_| Some(0xFEE0))),
    ("mathematical-bold", true, |text| {
        shifted(text, |letter| match letter {
            'A'..='Z' => Some(0x1D400 - 0x41),
            'a'..='z' => Some(0x1D41A - 0x61),
            _ => None,
        })
    }),
    ("circled", false, |text| {
        shifted(text, |letter| match letter {
            'A'..='Z' => Some(0x24B6 - 0x41),
            'a'..='z' => Some(0x24D0 - 0x61),
            _ => None,
        })
    }),
    ("squared", false, |text| {
        shifted(&text.to_uppercase(), |letter| letter.is_ascii_uppercase().then_some(0x1F170 - 0x41))
    }),
    ("combining-dot", false, |text| between_letters(text, '\u{323}')),
    ("capital-i", false, |text| text.replace('l', "I")),
    ("trademark", false, |text| format!("{text}\u{2122}")),
    ("registered", false, |text| text.replacen(' ', "\u{AE} ", 1) + "\u{AE}"),
    ("spaced", false, |text| text.chars().flat_map(|letter| [letter, ' ']).collect::<String>().trim_end().to_owned()),
    ("thin-spaces", false, |text| between_letters(text, '\u{200A}')),
    ("ornaments", false, |text| format!("\u{2605} {text} \u{2605}")),
    ("emoji", false, |text| format!("\u{1F512}{text}\u{1F512}")),
    ("no-break-spaces", true, |text| text.replace(' ', "\u{A0}")),
];

pub fn transformations() -> Vec<Transformation> {
    let mut all = Vec::new();
    for &(name, suits_text, spell) in SPELLINGS {
        all.push(Transformation::new(format!("name-{name}"), move |mail| changed(mail, with_name(mail, spell))));
        if suits_text {
            all.push(Transformation::new(format!("subject-{name}"), move |mail| {
                changed(mail, with_subject(mail, spell))
            }));
            all.push(Transformation::new(format!("text-{name}"), move |mail| {
                changed(mail, mail.with_both(|html| in_texts(html, spell), |plain| beside_addresses(plain, spell)))
            }));
        }
    }
    all
}

/// Rewrites what stands beside addresses in plain text: who spells those otherwise has no link any more.
fn beside_addresses(plain: &str, spell: Spell) -> String {
    plain
        .split_inclusive(char::is_whitespace)
        .map(|word| if word.contains("://") { word.to_owned() } else { spell(word) })
        .collect()
}

/// A change that changes something.
fn changed(before: &Mail, after: Option<Mail>) -> Option<Mail> {
    after.filter(|after| after.raw() != before.raw())
}

/// Rewrites the text of HTML between its tags, but for that of styles, scripts and titles. References to characters and
/// addresses in plain view stay.
pub fn in_texts(html: &str, rewrite: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len() * 2);
    let mut rest = html;
    let mut raw_until: Option<&str> = None;
    while !rest.is_empty() {
        let tag = rest.find('<').unwrap_or(rest.len());
        let (text, behind) = rest.split_at(tag);
        if raw_until.is_some() {
            out.push_str(text);
        } else {
            for piece in text.split_inclusive(char::is_whitespace) {
                let is_kept = ["&", "://", "www.", "@"].iter().any(|mark| piece.contains(mark));
                out.push_str(&if is_kept { piece.to_owned() } else { rewrite(piece) });
            }
        }
        let end = behind.find('>').map_or(behind.len(), |at| at + 1);
        let (tag, behind) = behind.split_at(end);
        out.push_str(tag);
        let name = tag.get(1..).unwrap_or_default().to_ascii_lowercase();
        match raw_until {
            None => raw_until = ["style", "script", "title"].into_iter().find(|raw| name.starts_with(raw)),
            Some(raw) if name.starts_with(&format!("/{raw}")) => raw_until = None,
            Some(_) => {}
        }
        rest = behind;
    }
    out
}

/// Rewrites every word of more than three Latin letters.
pub fn in_words(text: &str, rewrite: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut word = String::new();
    let flush = |word: &mut String, out: &mut String| {
        out.push_str(&if word.len() > 3 { rewrite(word) } else { word.clone() });
        word.clear();
    };
    for letter in text.chars() {
        if letter.is_ascii_alphabetic() {
            word.push(letter);
        } else {
            flush(&mut word, &mut out);
            out.push(letter);
        }
    }
    flush(&mut word, &mut out);
    out
}

fn between_letters(text: &str, mark: char) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    let mut is_behind_letter = false;
    for letter in text.chars() {
        if is_behind_letter && letter.is_alphabetic() {
            out.push(mark);
        }
        is_behind_letter = letter.is_alphabetic();
        out.push(letter);
    }
    out
}

fn swapped(text: &str, table: &[(char, char)]) -> String {
    let other = |letter| table.iter().find(|(plain, _)| *plain == letter).map_or(letter, |(_, other)| *other);
    text.chars().map(other).collect()
}

fn shifted(text: &str, by: impl Fn(char) -> Option<u32>) -> String {
    let other = |letter: char| {
        let by = by(letter).filter(|_| letter.is_ascii_alphanumeric())?;
        char::from_u32(u32::from(letter) + by)
    };
    text.chars().map(|letter| other(letter).unwrap_or(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_respelled_and_markup_is_not() {
        let html = "<style>p{a:b}</style><p title=\"Log in\">Log in &amp; pay <a href=\"https://a.example\">https://a.example</a></p>";
        let spelled = in_texts(html, str::to_uppercase);
        assert_eq!(
            spelled,
            "<style>p{a:b}</style><p title=\"Log in\">LOG IN &amp; PAY <a href=\"https://a.example\">https://a.example</a></p>"
        );
    }

    #[test]
    fn words_are_split_and_short_ones_are_not() {
        assert_eq!(in_words("to verify it", |word| word.replacen("ri", "r-i", 1)), "to ver-ify it");
    }

    #[test]
    fn letters_change_and_digits_and_spaces_stay() {
        assert_eq!(swapped("pay 1", ALIKE), "\u{440}\u{430}\u{443} 1");
        assert_eq!(between_letters("ab c", '-'), "a-b c");
    }
}
