//! Dates in a text, Japanese and international. Each pattern is tried only around digits, so that a long text without
//! dates costs little.

use super::{MentionedDate, MentionedDay, Weekday};
use regex::{Captures, Regex};
use std::sync::{LazyLock, OnceLock};

/// Most dates that are kept.
const MOST: usize = 60;
/// Most places that are looked at.
const MOST_PLACES: usize = 400;
/// Bytes before and after a number in which the rest of its date may stand.
const BEFORE: usize = 24;
const AFTER: usize = 60;

/// The dates that the subject and the shown text mention.
pub(crate) fn mentioned(subject: &str, text: &str) -> Vec<MentionedDate> {
    let mut dates = find(subject);
    for date in &mut dates {
        date.range = None;
    }
    dates.extend(find(text));
    dates.truncate(MOST);
    dates
}

/// How the day is taken from what a pattern found.
type Read = fn(&Captures) -> Option<MentionedDay>;

/// Whether a pattern may fit: by the character behind the number that led there, by how many digits that number has,
/// and by whether a year stands near it. Cheap, so that most numbers cost next to nothing.
type Fits = fn(next: char, digits: usize, has_year: bool) -> bool;

struct Pattern {
    text: String,
    /// Made when a number fits: all of them take longer than most mails do.
    regex: OnceLock<Option<Regex>>,
    read: Read,
    fits: Fits,
}

impl Pattern {
    fn captures<'t>(&self, window: &'t str) -> Option<Captures<'t>> {
        self.regex.get_or_init(|| Regex::new(&self.text).ok()).as_ref()?.captures(window)
    }
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let japanese_weekday =
        "(?:[ ]?[（(][ ]?(?P<w>[月火水木金土日])(?:曜日?)?[ ・祝]*[)）]|[ ]?(?P<x>[月火水木金土日])曜)?";
    let month = "(?P<m>[0-9]{1,2})";
    let day = "(?P<d>[0-9]{1,2})";
    let year = "(?P<y>(?:19|20)[0-9]{2})";
    let word = "(?P<n>[a-zäéûç]{3,10})";
    let weekday = "(?:(?P<w>[a-zäéàçí]{2,10}(?:-feira)?),?[ ])?";
    let all: [(String, Read, Fits); 8] = [
        (format!("{year}[ ]?年[ ]?{month}[ ]?月[ ]?{day}[ ]?日{japanese_weekday}"), full, |next, digits, _| {
            digits == 4 && matches!(next, '年' | ' ')
        }),
        (
            format!(
                "(?P<e>令和|平成|昭和|[rh])[. ]?(?P<y>[0-9]{{1,2}}|元)[年./-][ ]?{month}[月./-][ ]?{day}日?{japanese_weekday}"
            ),
            era,
            |next, digits, _| digits <= 2 && matches!(next, '年' | '月' | '.' | '/' | '-'),
        ),
        (format!("{month}月[ ]?{day}日{japanese_weekday}"), yearless, |next, digits, _| digits <= 2 && next == '月'),
        (format!("{year}[/.-]{month}[/.-]{day}{japanese_weekday}"), full, |next, digits, _| {
            digits == 4 && matches!(next, '/' | '.' | '-')
        }),
        (format!("{month}/{day}[ ]?[（(](?P<w>[月火水木金土日])[)）]"), yearless, |next, digits, _| {
            digits <= 2 && next == '/'
        }),
        (
            format!("{weekday}(?:den[ ])?{day}(?:st|nd|rd|th|er|º|°|\\.)?(?:[ ]de)?[ ]{word}\\.?,?(?:[ ]de)?[ ]{year}"),
            named,
            |next, digits, has_year| {
                has_year && digits <= 2 && (next.is_alphabetic() || matches!(next, ' ' | '.' | '°'))
            },
        ),
        (format!("{weekday}{word}\\.?[ ]{day}(?:st|nd|rd|th)?,?[ ]{year}"), named, |next, digits, has_year| {
            has_year && digits <= 2 && (next.is_alphabetic() || matches!(next, ' ' | ','))
        }),
        (format!("{weekday}(?:den[ ])?{day}\\.[ ]?{month}\\.[ ]?{year}"), full, |next, digits, has_year| {
            has_year && digits <= 2 && next == '.'
        }),
    ];
    all.into_iter().map(|(text, read, fits)| Pattern { text, regex: OnceLock::new(), read, fits }).collect()
});

static RELATIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "(?P<h>[0-9]{1,3})[ ]?(?:時間以内|時間內|小时内|小時內|시간 이내)|(?P<d>[0-9]{1,2})[ ]?(?:日以内|天内)|(?:within|in the next|next)[ ](?P<i>[0-9]{1,3})[ ]hours|(?:innerhalb von|binnen|in)[ ](?P<j>[0-9]{1,3})[ ](?:stunden|uur)|(?:sous|dans les|en)[ ](?P<k>[0-9]{1,3})[ ](?:heures|horas)",
    )
    .ok()
});

/// What the words begin with that stand behind the number of a span of time.
const UNITS: [char; 8] = ['時', '小', '시', '日', '天', 'h', 's', 'u'];

/// Words for days near the mail's own.
const NEAR: &[(&str, u32)] = &[
    ("本日", 0),
    ("明日", 24),
    ("明後日", 48),
    ("翌日", 24),
    ("today", 0),
    ("tomorrow", 24),
    ("heute", 0),
    ("morgen", 24),
    ("aujourd'hui", 0),
    ("demain", 24),
    ("hoy", 0),
    ("mañana", 24),
    ("hoje", 0),
    ("amanhã", 24),
    ("oggi", 0),
    ("domani", 24),
    ("vandaag", 0),
];

fn find(text: &str) -> Vec<MentionedDate> {
    // Same length byte by byte, so that ranges are those of the text; fullwidth digits are folded with a map of their own.
    let (plain, places) = plain(text);
    let origin = |at: usize| places.as_ref().map_or(at, |places| places.get(at).copied().unwrap_or(text.len()));
    let mut found: Vec<MentionedDate> = Vec::new();
    let mut done = 0;
    for at in numbers(&plain) {
        if at < done || found.len() >= MOST {
            continue;
        }
        let window_start = boundary(&plain, at.saturating_sub(BEFORE).max(done));
        let window_end = boundary(&plain, at + AFTER);
        let window = plain.get(window_start..window_end).unwrap_or_default();
        let rest = plain.get(at..window_end).unwrap_or_default();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let next = rest.get(digits..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
        let has_year = has_year(window);
        let hit = PATTERNS
            .iter()
            .filter(|pattern| (pattern.fits)(next, digits, has_year))
            .filter_map(|pattern| {
                let captures = pattern.captures(window)?;
                let whole = captures.get(0)?;
                // The number that led here must be part of it, or another place will find it.
                let covers = (window_start + whole.start()..window_start + whole.end()).contains(&at);
                let is_word = !begins_inside_number(window, whole.start()) && !ends_inside_number(window, whole.end());
                let day = (pattern.read)(&captures).filter(|_| covers && is_word)?;
                Some((whole.range(), day, weekday(&captures)))
            })
            .max_by_key(|(range, ..)| range.len());
        let relative = || {
            let behind = rest.get(digits..).unwrap_or_default();
            if digits > 3 || !behind.strip_prefix(' ').unwrap_or(behind).starts_with(UNITS) {
                return None;
            }
            let captures = RELATIVE.as_ref()?.captures(window)?;
            let whole = captures.get(0)?;
            let number = |name: &str| captures.name(name).and_then(|number| number.as_str().parse::<u32>().ok());
            let hours = number("h")
                .or_else(|| number("i"))
                .or_else(|| number("j"))
                .or_else(|| number("k"))
                .or_else(|| number("d").map(|days| days * 24))?;
            Some((whole.range(), MentionedDay::Relative { hours }, None))
        };
        let Some((range, day, weekday)) = hit.or_else(relative) else { continue };
        let (start, end) = (window_start + range.start, window_start + range.end);
        done = end;
        let range = origin(start)..origin(end);
        let passage = text.get(range.clone()).unwrap_or_default().trim().to_owned();
        found.push(MentionedDate { passage, range: Some(range), day, weekday });
    }
    near(text, &plain, &origin, &mut found);
    found
}

/// 本日, tomorrow and their like, each word once.
fn near(text: &str, plain: &str, origin: &dyn Fn(usize) -> usize, found: &mut Vec<MentionedDate>) {
    let is_ascii = plain.is_ascii();
    for (word, hours) in NEAR.iter().filter(|(word, _)| !is_ascii || word.is_ascii()) {
        let Some(at) = plain.find(word) else { continue };
        let is_letter = |character: Option<char>| word.is_ascii() && character.is_some_and(char::is_alphanumeric);
        let before = plain.get(..at).and_then(|rest| rest.chars().next_back());
        let after = plain.get(at + word.len()..).and_then(|rest| rest.chars().next());
        if is_letter(before) || is_letter(after) || found.len() >= MOST {
            continue;
        }
        let range = origin(at)..origin(at + word.len());
        let passage = text.get(range.clone()).unwrap_or_default().to_owned();
        found.push(MentionedDate {
            passage,
            range: Some(range),
            day: MentionedDay::Relative { hours: *hours },
            weekday: None,
        });
    }
}

/// The text in lower case (ASCII), with fullwidth digits and ideographic spaces made plain, and where each byte of it
/// stood; no map where nothing moved.
fn plain(text: &str) -> (String, Option<Vec<usize>>) {
    if !text.chars().any(|character| matches!(character, '０'..='９' | '\u{3000}' | '\u{A0}')) {
        return (text.to_ascii_lowercase(), None);
    }
    let mut plain = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len() + 1);
    for (at, character) in text.char_indices() {
        let folded = match character {
            '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10).unwrap_or(character),
            '\u{3000}' | '\u{A0}' => ' ',
            other => other.to_ascii_lowercase(),
        };
        places.extend((0..folded.len_utf8()).map(|step| if folded == character { at + step } else { at }));
        plain.push(folded);
    }
    places.push(text.len());
    (plain, Some(places))
}

/// Where runs of digits begin, and era names.
fn numbers(plain: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = plain.as_bytes();
    bytes
        .iter()
        .enumerate()
        .filter(|(at, byte)| {
            byte.is_ascii_digit()
                && !at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_digit)
        })
        .map(|(at, _)| at)
        .take(MOST_PLACES)
}

/// Whether a year of our times stands in a text.
fn has_year(text: &str) -> bool {
    text.as_bytes()
        .windows(4)
        .any(|four| matches!(four, [b'1', b'9', b'0'..=b'9', b'0'..=b'9'] | [b'2', b'0', b'0'..=b'9', b'0'..=b'9']))
}

/// The character boundary at or after `at`.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn begins_inside_number(window: &str, at: usize) -> bool {
    let before = window.get(..at).and_then(|rest| rest.bytes().next_back());
    let first = window.as_bytes().get(at).copied().unwrap_or_default();
    first.is_ascii_digit() && before.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'/' | b'-'))
        || first.is_ascii_alphabetic() && before.is_some_and(|byte| byte.is_ascii_alphanumeric())
}

fn ends_inside_number(window: &str, at: usize) -> bool {
    // What ends with a weekday or 日 is whole, whatever number follows: 6月12日（月）23:59.
    if !window.get(..at).is_some_and(|found| found.ends_with(|last: char| last.is_ascii_digit())) {
        return false;
    }
    let mut after = window.get(at..).unwrap_or_default().bytes();
    match after.next() {
        Some(byte) if byte.is_ascii_digit() => true,
        Some(b'.' | b'/' | b'-') => after.next().is_some_and(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

fn number(captures: &Captures, name: &str) -> Option<u8> {
    captures.name(name)?.as_str().parse().ok()
}

fn checked(year: i32, month: u8, day: u8) -> Option<MentionedDay> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(MentionedDay::Full { year, month, day })
}

fn full(captures: &Captures) -> Option<MentionedDay> {
    checked(captures.name("y")?.as_str().parse().ok()?, number(captures, "m")?, number(captures, "d")?)
}

fn yearless(captures: &Captures) -> Option<MentionedDay> {
    let (month, day) = (number(captures, "m")?, number(captures, "d")?);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(MentionedDay::Yearless { month, day })
}

fn era(captures: &Captures) -> Option<MentionedDay> {
    let first = match captures.name("e")?.as_str() {
        "令和" | "r" => 2018,
        "平成" | "h" => 1988,
        _ => 1925,
    };
    let year: i32 = match captures.name("y")?.as_str() {
        "元" => 1,
        digits => digits.parse().ok()?,
    };
    checked(first + year, number(captures, "m")?, number(captures, "d")?)
}

fn named(captures: &Captures) -> Option<MentionedDay> {
    let month = month(captures.name("n")?.as_str())?;
    checked(captures.name("y")?.as_str().parse().ok()?, month, number(captures, "d")?)
}

/// The month that a word names, in English, German, French, Spanish, Portuguese, Italian or Dutch.
fn month(word: &str) -> Option<u8> {
    const MONTHS: [&[&str]; 12] = [
        &["jan", "january", "januar", "janvier", "enero", "ene", "janeiro", "gennaio", "januari", "jänner"],
        &["feb", "february", "februar", "février", "fevrier", "febrero", "fevereiro", "febbraio", "februari"],
        &["mar", "march", "märz", "mars", "marzo", "março", "maart", "mrz"],
        &["apr", "april", "avril", "abril", "abr", "aprile"],
        &["may", "mai", "mayo", "maio", "maggio", "mei"],
        &["jun", "june", "juni", "juin", "junio", "junho", "giugno"],
        &["jul", "july", "juli", "juillet", "julio", "julho", "luglio"],
        &["aug", "august", "août", "aout", "agosto", "ago", "augustus"],
        &["sep", "sept", "september", "septembre", "septiembre", "setembro", "settembre"],
        &["oct", "october", "oktober", "okt", "octobre", "octubre", "outubro", "ottobre"],
        &["nov", "november", "novembre", "noviembre", "novembro"],
        &["dec", "december", "dezember", "dez", "décembre", "decembre", "diciembre", "dezembro", "dicembre"],
    ];
    MONTHS.iter().position(|names| names.contains(&word)).and_then(|at| u8::try_from(at + 1).ok())
}

fn weekday(captures: &Captures) -> Option<Weekday> {
    const DAYS: [(Weekday, &[&str]); 7] = [
        (Weekday::Monday, &["月", "monday", "mon", "montag", "lundi", "lunes", "segunda-feira", "lunedì", "maandag"]),
        (
            Weekday::Tuesday,
            &["火", "tuesday", "tue", "tues", "dienstag", "mardi", "martes", "terça-feira", "martedì", "dinsdag"],
        ),
        (
            Weekday::Wednesday,
            &["水", "wednesday", "wed", "mittwoch", "mercredi", "miércoles", "quarta-feira", "mercoledì", "woensdag"],
        ),
        (
            Weekday::Thursday,
            &[
                "木",
                "thursday",
                "thu",
                "thurs",
                "donnerstag",
                "jeudi",
                "jueves",
                "quinta-feira",
                "giovedì",
                "donderdag",
            ],
        ),
        (
            Weekday::Friday,
            &["金", "friday", "fri", "freitag", "vendredi", "viernes", "sexta-feira", "venerdì", "vrijdag"],
        ),
        (Weekday::Saturday, &["土", "saturday", "sat", "samstag", "samedi", "sábado", "sabato", "zaterdag"]),
        (Weekday::Sunday, &["日", "sunday", "sun", "sonntag", "dimanche", "domingo", "domenica", "zondag"]),
    ];
    let word = captures.name("w").or_else(|| captures.name("x"))?.as_str();
    DAYS.iter().find(|(_, names)| names.contains(&word)).map(|(day, _)| *day)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn full(text: &str) -> Option<(i32, u8, u8, Option<Weekday>)> {
        find(text).into_iter().find_map(|date| match date.day {
            MentionedDay::Full { year, month, day } => Some((year, month, day, date.weekday)),
            _ => None,
        })
    }

    #[test]
    fn the_major_forms_are_read() {
        for (text, wanted) in [
            ("2023年6月12日(火)", (2023, 6, 12, Some(Weekday::Tuesday))),
            ("２０２３年６月１２日（火曜日）から", (2023, 6, 12, Some(Weekday::Tuesday))),
            ("令和5年6月12日", (2023, 6, 12, None)),
            ("令和元年5月1日", (2019, 5, 1, None)),
            ("R5.6.12", (2023, 6, 12, None)),
            ("2023/6/12（月）", (2023, 6, 12, Some(Weekday::Monday))),
            ("on 2023-06-12.", (2023, 6, 12, None)),
            ("Monday, 12 June 2023", (2023, 6, 12, Some(Weekday::Monday))),
            ("Mon, 12 Jun 2023 10:00", (2023, 6, 12, Some(Weekday::Monday))),
            ("June 12th, 2023", (2023, 6, 12, None)),
            ("am Montag, 12. Juni 2023", (2023, 6, 12, Some(Weekday::Monday))),
            ("Montag, den 12. Juni 2023", (2023, 6, 12, Some(Weekday::Monday))),
            ("2023年6月12日（月）23:59まで", (2023, 6, 12, Some(Weekday::Monday))),
            ("12.06.2023", (2023, 6, 12, None)),
            ("le 12 juin 2023", (2023, 6, 12, None)),
            ("12 de junio de 2023", (2023, 6, 12, None)),
        ] {
            assert_eq!(full(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn days_without_a_year_and_hours_are_read() {
        let days = |text: &str| find(text).into_iter().map(|date| date.day).collect::<Vec<_>>();
        assert_eq!(days("6月12日まで"), [MentionedDay::Yearless { month: 6, day: 12 }]);
        assert_eq!(days("6月12日（月）23:59まで"), [MentionedDay::Yearless { month: 6, day: 12 }]);
        assert_eq!(days("6/12(月)"), [MentionedDay::Yearless { month: 6, day: 12 }]);
        assert_eq!(days("24時間以内に"), [MentionedDay::Relative { hours: 24 }]);
        assert_eq!(days("within 48 hours"), [MentionedDay::Relative { hours: 48 }]);
        assert_eq!(days("明日"), [MentionedDay::Relative { hours: 24 }]);
    }

    #[test]
    fn numbers_of_other_kinds_are_no_dates() {
        for text in [
            "version 1.2.3",
            "192.0.2.1",
            "+81-3-1234-5678",
            "Order 2023-06-1234",
            "1,200円",
            "12.99 EUR",
            "1/2",
            "20230612",
            "13月45日",
            "203.0.113.2023",
        ] {
            assert!(find(text).is_empty(), "{text}: {:?}", find(text));
        }
    }

    #[test]
    fn passages_stand_where_they_say() {
        let text = "提供開始は２０２３年６月１２日（火）です";
        let date = find(text).pop().unwrap();
        assert_eq!(text.get(date.range.unwrap()), Some("２０２３年６月１２日（火）"));
    }

    #[test]
    fn every_pattern_is_well_formed() {
        assert_eq!(PATTERNS.len(), 8);
        assert!(RELATIVE.is_some());
    }
}
