//! Points in time and the dates that a text mentions.

mod mentioned;

pub(crate) use mentioned::mentioned;
use serde::Serialize;
use std::ops::Range;

/// A point in time as a header field gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Offset from UTC in minutes, as written.
    pub offset: i32,
    /// Year, month (1-12) and day (1-31) on the writer's own calendar.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// A date that the text mentions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MentionedDate {
    /// The passage as it stands in the text.
    pub passage: String,
    /// Byte range of the passage in the shown text, absent where it stands in the subject.
    pub range: Option<Range<usize>>,
    /// The day it names.
    pub day: MentionedDay,
    /// The weekday written beside it.
    pub weekday: Option<Weekday>,
}

/// The day a passage names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum MentionedDay {
    /// A full date of the Gregorian calendar.
    Full {
        /// Year.
        year: i32,
        /// Month, 1 to 12.
        month: u8,
        /// Day, 1 to 31.
        day: u8,
    },
    /// Month and day, no year.
    Yearless {
        /// Month, 1 to 12.
        month: u8,
        /// Day, 1 to 31.
        day: u8,
    },
    /// So many hours from the mail's own date: 本日 and today are 0, 明日 and tomorrow 24, "within 48 hours" 48.
    Relative {
        /// Hours.
        hours: u32,
    },
}

impl Timestamp {
    /// Reads a date as header fields have it (RFC 5322 §3.3, obsolete zones and sloppy forms included).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        // The seconds may be missing (RFC 5322 §3.3), which the parser does not know.
        let is_short = |word: &str| word.len() <= 5 && word.matches(':').count() == 1;
        let words: Vec<String> = text
            .split_whitespace()
            .take(20)
            .map(|word| if is_short(word) { format!("{word}:00") } else { word.to_owned() })
            .collect();
        let mut date = mail_parser::DateTime::parse_rfc822(&words.join(" "))?;
        // RFC 5322 §4.3: two digits up to 49 are of this century, others and three digits count from 1900.
        date.year += match date.year {
            0..=49 => 2000,
            50..=999 => 1900,
            _ => 0,
        };
        let date = Some(date).filter(|date| date.is_valid() && date.year >= 1970)?;
        let minutes = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
        Some(Self {
            seconds: date.to_timestamp(),
            offset: if date.tz_before_gmt { -minutes } else { minutes },
            year: i32::from(date.year),
            month: date.month,
            day: date.day,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sloppy_dates_are_read() {
        for text in [
            "Tue, 3 Sep 2024 10:15:00 +0900",
            "Tue,  3 Sep 2024 10:15:00 +0900 (JST)",
            "3 Sep 2024 10:15 +0900",
            "Tue, 03 Sep 24 01:15 GMT",
            "Mon, 2 Sep 2024 20:15:00 EST",
        ] {
            assert_eq!(Timestamp::parse(text).map(|time| time.seconds), Some(1_725_326_100), "{text}");
        }
        for text in
            ["", "yesterday", "99 Foo 99999", "Tue, 3 Sep 1924 10:15:00 +0900", "Tue, 3 Sep 2024 25:61:00 +0900"]
        {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
