use crate::{Detail, Evidence, case::Case, sign::declare_sign, subject};
use mekiki_knowledge::vocabulary::{QUOTED_BEGINS, QUOTED_INTRODUCED};

declare_sign! {
    /// It pretends to answer a message that was never written.
    ///
    /// # What it looks for
    ///
    /// A subject that begins with "Re:", or what stands for it in other languages, in a message that neither names the
    /// message it answers (In-Reply-To, References; RFC 5322 §3.6.4) nor quotes a line of it, and has a link to click
    /// on.
    ///
    /// # Why it matters
    ///
    /// People open an answer to themselves without a second thought.
    ///
    /// # When it is wrong
    ///
    /// People who type "Re:" by hand and send a link, ticket systems, forms and automatic answers. Ticket numbers,
    /// automatic answers and what lists pass on are let pass; forwarded mail is not judged, since it names nothing
    /// either.
    id: "text.faked-thread",
    evidence: [Passage],
    banner: [Wants 45],
    exempt: [List, Answer],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let subject = identity.subject_text();
    if !subject::is_answer(subject)
        || !identity.references.is_empty()
        || has_ticket(subject)
        || case.web_links().next().is_none()
        || is_automatic(case)
        || quotes(case.facts.text.shown_text())
    {
        return None;
    }
    Some(Evidence::of(Detail::Passage, subject))
}

/// Whether a subject carries the number of a ticket: "(#5290765)", "[Case 2024-001]".
fn has_ticket(subject: &str) -> bool {
    [('[', ']'), ('(', ')'), ('#', ' ')].iter().any(|(open, close)| {
        subject.split(*open).skip(1).any(|rest| {
            let number = rest.split(*close).next().unwrap_or_default();
            number.chars().filter(char::is_ascii_digit).count() >= 4
        })
    })
}

/// Whether a machine says that it answers (RFC 3834), or the answer was sent from a form.
fn is_automatic(case: &Case) -> bool {
    let header = &case.facts.header;
    header.first("Auto-Submitted").is_some_and(|field| !field.value.trim().eq_ignore_ascii_case("no"))
        || ["X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"].iter().any(|name| header.first(name).is_some())
}

/// Whether any line is quoted, or introduces what is.
fn quotes(text: &str) -> bool {
    text.lines().map(str::trim).any(|line| {
        let lower = line.to_lowercase();
        QUOTED_BEGINS.iter().any(|mark| lower.starts_with(mark))
            || QUOTED_INTRODUCED.iter().any(|end| lower.ends_with(end))
    })
}

#[cfg(test)]
mod tests {
    use super::{has_ticket, quotes};

    #[test]
    fn tickets_and_quotes_are_told() {
        assert!(has_ticket("Re: (#5290765) printer") && has_ticket("Re: [Case 2024-001] printer"));
        assert!(has_ticket("Re: [TKT-4021] printer") && !has_ticket("Re: [Reminder] printer"));
        assert!(quotes("Yes.\n\nOn Monday, Anna wrote:\n> Hello") && quotes("Yes.\n-----Original Message-----"));
        assert!(!quotes("Click here:\nDe nieuwe prijs"));
    }
}
