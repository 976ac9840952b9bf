use super::said::passage_where;
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::{
    brands::{Brand, Mention},
    fold::{Folded, words},
    vocabulary::is_company_word,
    words::{Purpose, WordHit},
};
use std::ops::Range;

declare_sign! {
    /// It bills in a brand's name and gives a number to call.
    ///
    /// # What it looks for
    ///
    /// Words of a renewal or charge, a telephone number behind words that want a call, and the name of a brand
    /// that the author's address is not of.
    ///
    /// # Why it matters
    ///
    /// Nothing was ordered: whoever calls to say so is talked into giving cards, codes or the use of the computer. Such
    /// mail needs no link, so that nothing else can show.
    ///
    /// # When it is wrong
    ///
    /// A small dealer who sells a brand's goods and gives the own number. Known houses that vouch for the mail, addresses
    /// the recipient knows, lists and answers are let pass.
    id: "text.call-back",
    evidence: [Brand, Passage],
    banner: [Wants 88],
    exempt: [List, Answer, KnownAddress, KnownHouse, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let said = |purpose| case.words.iter().chain(&case.subject_words).any(|hit| hit.purpose == purpose);
    if !said(Purpose::Call) || !said(Purpose::Charge) {
        return None;
    }
    let passage = passage_where(case, number_to_call)?;
    let brand = foreign_brand(case, &case.folded_text).or_else(|| foreign_brand(case, &case.folded_subject))?;
    Some(Evidence::of(Detail::Brand, brand.name).and(Detail::Passage, passage))
}

/// The brand that a text names and that the author's address is not of.
fn foreign_brand<'c>(case: &'c Case, text: &Folded) -> Option<&'c Brand<'c>> {
    let is_meant = |mention: &&Mention| !mention.common || is_before_product(text.as_str(), &mention.folded);
    let mentions = case.own_brands().find(text);
    let mut brands = mentions.iter().filter(is_meant).map(|mention| mention.brand);
    brands.find(|brand| !brand.self_hosted && !case.is_address_of(brand))
}

/// Whether a number or a company's word stands behind a name: "Norton 360", "Norton Billing".
fn is_before_product(text: &str, name: &Range<usize>) -> bool {
    let behind = text.get(name.end..).unwrap_or_default();
    let word = words(behind).next().filter(|word| word.start <= 1).and_then(|word| behind.get(word));
    word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()) || is_company_word(word))
}

/// Words that want a call, with the telephone number behind them.
fn number_to_call(_: &str, folded: &Folded, hits: &[WordHit]) -> Option<Range<usize>> {
    let calls = hits.iter().filter(|hit| hit.purpose == Purpose::Call && !hit.negated);
    let place = calls.filter_map(|hit| {
        let text: &str = folded.as_str();
        let end = text.floor_char_boundary(hit.range.end + REACH);
        let number = telephone_number(text.get(hit.range.end..end)?)?;
        Some(hit.range.start..hit.range.end + number.end)
    });
    place.map(|place| folded.original(&place)).next()
}

/// How far behind such words a number stands at most, in bytes.
const REACH: usize = 80;
/// Digits of a telephone number (ITU-T E.164 has at most 15).
const DIGITS: std::ops::RangeInclusive<usize> = 9..=15;

/// Where a telephone number stands: digits with nothing between them but what parts such a number.
fn telephone_number(text: &str) -> Option<Range<usize>> {
    let mut digits = 0;
    let mut range = 0..0;
    for (at, character) in text.char_indices().chain([(text.len(), 'x')]) {
        if character.is_ascii_digit() {
            if digits == 0 {
                range.start = at;
            }
            digits += 1;
            range.end = at + 1;
        } else if !matches!(character, ' ' | '(' | ')' | '-' | '+' | '.' | '/' | '\u{2010}'..='\u{2015}') {
            if DIGITS.contains(&digits) {
                return Some(range);
            }
            digits = 0;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::telephone_number;

    #[test]
    fn telephone_numbers_are_told_from_others() {
        for text in ["+1 (888) 555-0142.", "1-888-555-0142", "us on 0120-000-000"] {
            assert!(telephone_number(text).is_some(), "{text}");
        }
        for text in ["12 hours", "2024-11-29", "order 123-4567", "1234567890123456789"] {
            assert!(telephone_number(text).is_none(), "{text}");
        }
    }
}
