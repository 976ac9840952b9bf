//! Days of the Gregorian calendar, and what the dates of a message come to on it.

use crate::{MentionedDay, Timestamp, Weekday};
use std::fmt;

/// One day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDay(time::Date);

impl CalendarDay {
    /// That day, or nothing where the calendar has no such day. `month` and `day` count from 1.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = time::Month::try_from(month).ok()?;
        time::Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// The day of the week it falls on.
    pub fn weekday(self) -> Weekday {
        match self.0.weekday() {
            time::Weekday::Monday => Weekday::Monday,
            time::Weekday::Tuesday => Weekday::Tuesday,
            time::Weekday::Wednesday => Weekday::Wednesday,
            time::Weekday::Thursday => Weekday::Thursday,
            time::Weekday::Friday => Weekday::Friday,
            time::Weekday::Saturday => Weekday::Saturday,
            time::Weekday::Sunday => Weekday::Sunday,
        }
    }

    /// How many days it lies after `other`; negative where it lies before.
    pub fn days_after(self, other: Self) -> i32 {
        self.0.to_julian_day() - other.0.to_julian_day()
    }
}

/// `YYYY-MM-DD`.
impl fmt::Display for CalendarDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), u8::from(self.0.month()), self.0.day())
    }
}

impl Timestamp {
    /// The day on the writer's own calendar.
    pub fn calendar_day(&self) -> Option<CalendarDay> {
        CalendarDay::new(self.year, self.month, self.day)
    }

    /// RFC 3339, in the writer's own zone.
    pub fn to_rfc3339(&self) -> String {
        let seconds_of_day = (self.seconds + i64::from(self.offset) * 60).rem_euclid(86_400);
        let (hour, minute, second) = (seconds_of_day / 3_600, seconds_of_day / 60 % 60, seconds_of_day % 60);
        let (sign, offset) = if self.offset < 0 { ('-', -self.offset) } else { ('+', self.offset) };
        let (year, month, day) = (self.year, self.month, self.day);
        format!(
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{:02}:{:02}",
            offset / 60,
            offset % 60
        )
    }
}

impl MentionedDay {
    /// The calendar day it comes to in a mail sent at `sent`. A day without a year is the one nearest to that
    /// moment; a relative one counts from the writer's own day. Nothing where the calendar has no such day.
    pub fn on_calendar(&self, sent: &Timestamp) -> Option<CalendarDay> {
        let today = sent.calendar_day()?;
        match *self {
            Self::Full { year, month, day } => CalendarDay::new(year, month, day),
            Self::Yearless { month, day } => (-1..=1)
                .filter_map(|step| CalendarDay::new(sent.year + step, month, day))
                .min_by_key(|candidate| candidate.days_after(today).abs()),
            Self::Relative { hours } => {
                today.0.checked_add(time::Duration::days(i64::from(hours / 24))).map(CalendarDay)
            }
        }
    }
}

impl Weekday {
    /// The English name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    const SENT: Timestamp = Timestamp { seconds: 1_703_980_800, offset: 540, year: 2023, month: 12, day: 31 };

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        assert_eq!(CalendarDay::new(2023, 6, 12).unwrap().weekday(), Weekday::Monday);
        assert_eq!(CalendarDay::new(2023, 2, 29), None);
        assert_eq!(CalendarDay::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn a_day_without_a_year_is_the_nearest() {
        let day = MentionedDay::Yearless { month: 1, day: 2 }.on_calendar(&SENT).unwrap();
        assert_eq!(day.to_string(), "2024-01-02");
        assert_eq!(day.days_after(SENT.calendar_day().unwrap()), 2);
    }

    #[test]
    fn relative_days_count_from_the_writers_day() {
        let day = MentionedDay::Relative { hours: 24 }.on_calendar(&SENT).unwrap();
        assert_eq!(day.to_string(), "2024-01-01");
    }

    #[test]
    fn points_in_time_are_written_in_the_writers_zone() {
        assert_eq!(SENT.to_rfc3339(), "2023-12-31T09:00:00+09:00");
        let west = Timestamp { seconds: 0, offset: -210, year: 1969, month: 12, day: 31 };
        assert_eq!(west.to_rfc3339(), "1969-12-31T20:30:00-03:30");
    }
}
