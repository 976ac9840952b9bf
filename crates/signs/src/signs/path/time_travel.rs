use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::Timestamp;
use mekiki_knowledge::{country, vocabulary};

declare_sign! {
    /// The time it gives for itself cannot be right.
    ///
    /// # What it looks for
    ///
    /// A Date more than two hours after the moment the receiving side took the message; or, in a message that speaks
    /// for a brand which does not vouch for it, a Date in a time zone far from all where that brand is at home.
    ///
    /// # Why it matters
    ///
    /// No mail arrives before it was written. And whoever writes forged mail sets the name of a bank, seldom the clock
    /// of his own machine.
    ///
    /// # When it is wrong
    ///
    /// Machines whose clock is wrong, of people and of small companies. World time and the zones of America are the
    /// presets of delivery services everywhere and are not counted against anybody, nor is lateness: mail may wait for
    /// days. A world-wide brand writes to each country from there: the zone of the text's language is let pass, and so
    /// is what a list passes on.
    id: "path.time-travel",
    evidence: [Value, OtherPassage],
    banner: [],
    exempt: [List],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let sent = case.facts.identity.date?;
    let field = case.facts.header.first("Date")?;
    let arrived = case.first_outside().and_then(|hop| Some((hop.time?, hop.raw.rsplit_once(';')?.1)));
    let brand = case.claimed().filter(|brand| !case.is_plausibly_from(brand) && !case.is_delivered_by_service());
    let other = match (arrived, brand) {
        (Some((time, written)), _) if sent.seconds - time.seconds > LEAST => Some(written.trim().to_owned()),
        (_, Some(brand)) if is_far(sent, brand.country) && !is_at_home(sent, case.facts.text.language) => {
            Some(brand.name.to_owned())
        }
        _ => None,
    };
    other.map(|other| Evidence::of(Detail::Value, field.value.trim()).and(Detail::OtherPassage, other))
}

/// So many seconds ahead is no clock that runs a little fast.
const LEAST: i64 = 2 * 3_600;

/// So many minutes from the nearest zone of a country is no branch across the border.
const FAR: i32 = 120;

/// Countries for which the next zone is already another sea: nothing is sent from there in their companies' name.
const APART: &[&str] = &["JP", "KR"];

/// Zones that delivery services preset, in minutes from world time: America's, from the Pacific to the Atlantic.
const PRESET: std::ops::RangeInclusive<i32> = -480..=-240;

/// Whether a time was written where people speak a language.
fn is_at_home(time: Timestamp, language: Option<&str>) -> bool {
    language
        .and_then(vocabulary::language)
        .into_iter()
        .flat_map(|language| language.countries)
        .filter_map(|country| country::zones(country))
        .any(|(least, most)| (least..=most).contains(&time.offset))
}

/// Whether a time was written far from a country.
fn is_far(time: Timestamp, country: &str) -> bool {
    let Some((least, most)) = country::zones(country) else { return false };
    let margin = if APART.contains(&country) { 60 } else { FAR };
    time.offset != 0
        && !PRESET.contains(&time.offset)
        && (time.offset <= least - margin || time.offset >= most + margin)
}
