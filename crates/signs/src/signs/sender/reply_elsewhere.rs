//! `sender.reply-elsewhere`

use crate::{Detail, Evidence, Sign, case::Case};
use mekiki_knowledge::{brands, domains};

/// Answers would go to somebody else.
///
/// # What it looks for
///
/// A Reply-To address (RFC 5322 §3.6.2) of another organisation than the From address, at a provider where anybody
/// gets a mailbox, while the sender writes from a domain of its own.
///
/// # Why it matters
///
/// A forger who borrows an address cannot read what is sent there. The answer has to reach him elsewhere.
///
/// # When it is wrong
///
/// Clubs and small shops that write through a service and read at a free provider; forms on websites. So this
/// weighs little alone.
pub struct ReplyElsewhere;

impl Sign for ReplyElsewhere {
    fn id(&self) -> &'static str {
        "sender.reply-elsewhere"
    }

    fn details(&self) -> &'static [Detail] {
        &[Detail::Address, Detail::OtherAddress]
    }

    fn look(&self, case: &Case) -> Vec<Evidence> {
        let identity = &case.facts.identity;
        let Some(author) = identity.author_domain() else { return Vec::new() };
        if case.is_through_list() || case.is_report() {
            return Vec::new();
        }
        let Some(from) = identity.author_address() else { return Vec::new() };
        if domains::is_consumer_mail(author.as_str()) {
            return Vec::new();
        }
        identity
            .reply_to
            .iter()
            .flat_map(|field| &field.mailboxes)
            .filter_map(|mailbox| mailbox.address.as_ref())
            .filter(|reply| {
                reply.domain.as_ref().is_some_and(|domain| {
                    !domain.is_aligned_with(author)
                        && domains::is_consumer_mail(domain.as_str())
                        && brands::of_domain(domain.as_str()).is_none_or(|brand| !brand.owns(author.as_str()))
                })
            })
            .map(|reply| Evidence::of(Detail::Address, &reply.shown).and(Detail::OtherAddress, &from.shown))
            .take(1)
            .collect()
    }
}
