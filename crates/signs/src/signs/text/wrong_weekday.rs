//! `text.wrong-weekday`

use mekiki_facts::MentionedDay;

use crate::{Detail, Evidence, Sign, case::Case};

/// A date with the wrong weekday.
///
/// # What it looks for
///
/// A full date in the text beside a weekday that it does not fall on.
///
/// # Why it matters
///
/// Whoever sets a real date looks at a calendar. A forger changes the date of an old notice and forgets the
/// weekday.
///
/// # When it is wrong
///
/// Honest slips of the pen; dates whose order of day and month is uncertain are left out by the reader of dates.
pub struct WrongWeekday;

impl Sign for WrongWeekday {
    fn id(&self) -> &'static str {
        "text.wrong-weekday"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Passage, Detail::Date, Detail::Weekday, Detail::OtherWeekday]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(sent) = case.facts.identity.date.filter(|_| !case.is_report() && !case.is_through_list()) else {
            return Vec::new();
        };
        case.facts
            .dates
            .iter()
            .filter(|date| matches!(date.day, MentionedDay::Full { .. }))
            .filter_map(|date| {
                let day = date.day.on_calendar(&sent)?;
                let written = date.weekday?;
                (day.weekday() != written).then(|| {
                    Evidence::of(Detail::Passage, &date.passage)
                        .and(Detail::Date, day.to_string())
                        .and(Detail::Weekday, written.name())
                        .and(Detail::OtherWeekday, day.weekday().name())
                })
            })
            .collect()
    }
}
