use mekiki_facts::MentionedDay;

use crate::{Detail, Evidence, case::Case, sign::declare_sign};

declare_sign! {
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
    id: "text.wrong-weekday",
    evidence: [Passage, Date, Weekday, OtherWeekday],
    banner: [Wants 24],
    exempt: [Answer],
    finds: Many(look),
}

fn look(case: &Case) -> Vec<Evidence> {
    let sent = case.facts.identity.date;
    case.facts
        .dates
        .iter()
        .filter(|date| matches!(date.day, MentionedDay::Full { .. }))
        .filter_map(|date| {
            let day = date.day.on_calendar(&sent?)?;
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
