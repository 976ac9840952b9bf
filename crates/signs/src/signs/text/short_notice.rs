//! `text.short-notice`

use mekiki_facts::MentionedDay;

use crate::{Detail, Evidence, Sign, case::Case};

/// A date that is upon the reader.
///
/// # What it looks for
///
/// A full date named in the text that lies within two days after the mail's own date, in a message that speaks for
/// a brand which does not vouch for it.
///
/// # Why it matters
///
/// Changes of a service are announced weeks ahead. Forgers leave no time to think.
///
/// # When it is wrong
///
/// Delivery and appointment notices name tomorrow for good reason.
pub struct ShortNotice;

impl Sign for ShortNotice {
    fn id(&self) -> &'static str {
        "text.short-notice"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Passage, Detail::Date]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let Some(sent) = case.facts.identity.date else { return Vec::new() };
        let Some(today) = sent.calendar_day() else { return Vec::new() };
        if case.claimed().is_none_or(|brand| case.is_from(brand)) {
            return Vec::new();
        }
        case.facts
            .dates
            .iter()
            .filter(|date| matches!(date.day, MentionedDay::Full { .. }))
            .filter_map(|date| Some((date, date.day.on_calendar(&sent)?)))
            .find(|(_, day)| matches!(day.days_after(today), 1..=2))
            .map(|(date, day)| Evidence::of(Detail::Passage, &date.passage).and(Detail::Date, day.to_string()))
            .into_iter()
            .collect()
    }
}
