use mekiki_facts::MentionedDay;

use crate::{Detail, Evidence, Trick, case::Case, sign::declare_sign};

declare_sign! {
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
    id: "text.short-notice",
    evidence: [Passage, Date, Trick],
    banner: [Wants 60],
    exempt: [BrandItself],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let sent = case.facts.identity.date?;
    let today = sent.calendar_day()?;
    case.claimed()?;
    case.facts
        .dates
        .iter()
        .filter(|date| matches!(date.day, MentionedDay::Full { .. }))
        .filter_map(|date| Some((date, date.day.on_calendar(&sent)?)))
        .find_map(|(date, day)| {
            let notice = match day.days_after(today) {
                1 => Trick::NextDay,
                2 => Trick::TwoDaysLater,
                _ => return None,
            };
            let evidence = Evidence::of(Detail::Passage, &date.passage).and(Detail::Date, day.to_string());
            Some(evidence.and(Detail::Trick, notice))
        })
}
