use crate::{Detail, Evidence, case::Case, sign::declare_sign};
use mekiki_facts::{Address, AddressField};

declare_sign! {
    /// The message claims to come from its own recipient.
    ///
    /// # What it looks for
    ///
    /// A From address that is one of the recipient's, on a message that came in from outside and for which the
    /// recipient's domain does not vouch.
    ///
    /// # Why it matters
    ///
    /// Nobody gets notices of a company from themselves. Forgers do it because the address passes for a known one, and
    /// some programs then show "Me" in place of it.
    ///
    /// # When it is wrong
    ///
    /// A mail to oneself sent through a host that neither logs in nor signs; a scanner or a script at home. A
    /// submission that logged in, a signed message, one that never left the house and a list's copy to its author are let
    /// pass.
    id: "sender.self-addressed",
    evidence: [Address],
    banner: [Sender 85],
    exempt: [List, AuthorVouched, Inside],
    finds: One(look),
}

fn look(case: &Case) -> Option<Evidence> {
    let identity = &case.facts.identity;
    let author = identity.author_address()?;
    // Who writes to others puts himself in Cc: that is the recipient's own address only where it was delivered to it.
    let is_author = |address: &Address| address.is_same_mailbox(author);
    let is_in = |fields: &[AddressField]| {
        let mailboxes = fields.iter().flat_map(|field| &field.mailboxes);
        mailboxes.filter_map(|mailbox| mailbox.address.as_ref()).any(is_author)
    };
    let is_only_copied = is_in(&identity.cc) && !is_in(&identity.to);
    let is_recipient =
        if is_only_copied { case.own_addresses().any(is_author) } else { case.recipients().iter().any(is_author) };
    (is_recipient && !is_delivered_elsewhere(case, author)).then(|| Evidence::of(Detail::Address, &author.shown))
}

/// Fields in which receiving hosts write down to whom they deliver.
const DELIVERY: [&str; 5] = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To"];

/// Whether the receiving host wrote down to whom it was delivered, and nothing of that is the author's: a list and an office
/// that write to themselves, and to everybody else in Bcc. A forwarder's line tells whose mail it forwards.
fn is_delivered_elsewhere(case: &Case, author: &Address) -> bool {
    let is_near = |address: &Address| {
        address.domain.as_ref().zip(author.domain.as_ref()).is_some_and(|(one, other)| one.is_aligned_with(other))
    };
    let is_authors = |text: &str| text.eq_ignore_ascii_case(&author.shown);
    let delivered = &case.facts.identity.delivered_to;
    // Below its own lines a sender can write the same.
    let is_receivers = case.facts.trail.first_outside_hop().is_some_and(|outside| {
        DELIVERY.iter().flat_map(|name| case.facts.header.all(name)).any(|field| field.offset < outside.offset)
    });
    is_receivers
        && !delivered.iter().any(is_near)
        && !case.own_addresses().any(|own| own.is_same_mailbox(author))
        && !case.facts.trail.hops.iter().filter_map(|hop| hop.for_address.as_deref()).any(is_authors)
}
