use super::passage::{begins_line, passage};
use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_knowledge::words::Purpose;

declare_sign! {
    /// It greets nobody, or greets by mail address.
    ///
    /// # What it looks for
    ///
    /// Among the first lines, a greeting of nobody in particular ("Dear customer", お客様各位), one made of a mail address
    /// ("Dear taro@example.jp"), or one with a blank that was never filled in ("Dear {name}").
    ///
    /// # Why it matters
    ///
    /// A company that has the reader for a customer has a name to call the customer by. A forger has the address alone.
    ///
    /// # When it is wrong
    ///
    /// Newsletters and notices to all customers greet nobody, and services without names greet by address, so this
    /// weighs little. Replies and reports, and mail that the named company vouches for are let
    /// pass.
    id: "text.impersonal",
    evidence: [Passage],
    banner: [Wants 20],
    exempt: [Answer, OwnName, PlausibleBrand],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let by_address = || {
        let greeting = case.facts.text.greeting.as_deref()?;
        (has_address(greeting) || has_blank(greeting)).then_some(greeting)
    };
    by_address().or_else(|| greeted_nobody(case)).map(|greeting| Evidence::of(Detail::Passage, greeting))
}

/// How far down, in bytes, a greeting stands at most.
const HEAD: usize = 600;

/// A greeting of nobody in particular that begins one of the first lines.
fn greeted_nobody<'c>(case: &'c Case) -> Option<&'c str> {
    let text = case.facts.text.shown_text();
    case.words
        .iter()
        .filter(|hit| hit.purpose == Purpose::ImpersonalGreeting)
        .map(|hit| case.folded_text.original(&hit.range))
        .take_while(|range| range.start < HEAD)
        .find(|range| begins_line(text, range.start))
        .map(|range| passage(text, &range))
}

/// Whether a whole mail address stands in a greeting.
fn has_address(greeting: &str) -> bool {
    greeting.split(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | ':' | '!' | '(' | ')' | '<' | '>')).any(
        |word| {
            word.split_once('@').is_some_and(|(local, domain)| {
                local.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+'))
                    && !local.is_empty()
                    && domain.chars().filter(char::is_ascii_alphanumeric).count() >= 3
            })
        },
    )
}

/// Whether a blank of a form letter stands in a greeting: `{name}`, `%%first%%`, `[[NAME]]`.
fn has_blank(greeting: &str) -> bool {
    [("{", "}"), ("%%", "%%"), ("[[", "]]"), ("<%", "%>"), ("*|", "|*")].iter().any(|(open, close)| {
        greeting
            .split_once(open)
            .and_then(|(_, rest)| rest.split_once(close))
            .is_some_and(|(name, _)| (2..=30).contains(&name.len()) && name.contains(char::is_alphabetic))
    })
}

#[cfg(test)]
mod tests {
    use super::{has_address, has_blank};

    #[test]
    fn addresses_and_blanks_are_told_from_names() {
        assert!(has_address("Hi taro@example.jp,") && has_address("Dear: taro@example.jp"));
        assert!(!has_address("Hi @taro,") && !has_address("Dear Taro,") && !has_address("Hi all @ work,"));
        assert!(
            has_blank("Hallo {title} {lastname}!") && has_blank("Dear %%first_name%%,") && has_blank("Hi [[NAME]]")
        );
        assert!(!has_blank("Hi {}, 100%% sure") && !has_blank("Hi Taro :-{"));
    }
}
