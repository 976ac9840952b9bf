//! Facts in, a [`Report`] out: the signs, their weights and the verdict.
//!
//! [`inspect`] is the whole of Mekiki as one pure function: no clock, no network, no file. What it needs from
//! outside comes in as [`Context`] and [`Answers`]; what it would still like to know it lists as
//! [`Report::wanted`]. This crate never sees how a message was parsed: a sign judges [`mekiki_facts::Facts`].

mod aim;
mod answers;
mod banner;
mod case;
mod claim;
mod context;
mod evidence;
mod imitation;
mod made_up;
mod named;
mod proof;
mod reading;
mod report;
mod results;
mod sign;
mod signs;
mod subject;
mod trick;
mod weigh;

pub use aim::Aim;
pub use answers::{Answers, Question};
pub use banner::{BannerLine, Slot};
pub use case::Exemption;
pub use context::{Contact, Context, OwnBrand, Receiver, ResultsPlace, Sensitivity};
pub use evidence::{Detail, DetailKind, Evidence, Pieces, presentable_within};
pub use proof::envelope;
pub use report::{
    Authenticated, Ending, Finding, From, HeaderLine, HopView, Level, LineRole, LinkView, ReceivingHost, Report,
    Strength,
};
pub use results::{Standing, Told};
pub use sign::Sign;
pub use signs::{documentation, registry};
pub use trick::Trick;
pub use weigh::{Weights, weights};

use case::Case;
use mekiki_facts::UnreadKind;
use mekiki_knowledge::brands::Own;

/// Judges one message.
///
/// `raw` is the message as it was transmitted or stored (CRLF or LF line ends); it may be malformed in any way.
/// The same arguments give the same report on any machine.
pub fn inspect(raw: &[u8], context: &Context, answers: &Answers) -> Report {
    let facts = mekiki_facts::read_with(raw, answers.inside.as_deref().unwrap_or_default());
    judge(&facts, context, answers)
}

/// The author of a message, by name and address: to find out what of the reader's side its [`Context`] needs. As the
/// whole message will be read, but before anything is judged.
pub fn author(raw: &[u8]) -> Option<Contact> {
    let identity = mekiki_facts::read_identity(raw);
    let author = identity.author()?;
    Some(Contact {
        name: author.name.as_ref().map(|name| name.shown.clone()).unwrap_or_default(),
        address: author.address.as_ref()?.shown.to_lowercase(),
    })
}

/// Where a click on one address leads, be it a link of a message or not.
pub fn link(address: &str) -> LinkView {
    report::view_link(&mekiki_facts::read_link(address))
}

/// Judges facts that were read before, see [`inspect`].
pub fn judge(facts: &mekiki_facts::Facts, context: &Context, answers: &Answers) -> Report {
    judge_by(weights(), facts, context, answers)
}

/// Judges by weights other than those in force, to measure what a sign is worth.
pub fn judge_by(weights: &Weights, facts: &mekiki_facts::Facts, context: &Context, answers: &Answers) -> Report {
    let brands = context.own_brands.iter().map(|brand| (brand.names.as_slice(), brand.domains.as_slice()));
    let own_brands = Own::new(brands);
    let case = Case::new(facts, context, answers, &own_brands);
    let mut found: Vec<_> = registry()
        .iter()
        .flat_map(|sign| sign.look(&case).into_iter().map(move |evidence| (*sign, evidence)))
        .collect();
    // What is wanted in the own name is held against nobody of whom nothing else is to be said.
    let is_blameless = |(sign, _): &(&'static Sign, Evidence)| {
        sign.is_ask() || weights.of(sign.id()) <= 0.0 || CIRCUMSTANCES.contains(&sign.id())
    };
    if found.iter().any(|(sign, _)| sign.is_ask()) && found.iter().all(is_blameless) && case.is(Exemption::OwnName) {
        found.retain(|(sign, _)| !sign.is_ask());
    }
    // What was not read is never "nothing found". Of encrypted mail it is known what was looked at: the header.
    let is_unread = facts.unread.iter().any(|unread| unread.kind != UnreadKind::Encrypted);
    let least = if is_unread { Level::Notice } else { Level::None };
    let banner = banner::lines(&case, &found, weights);
    report::draw_up(&case, weigh::weigh(found, weights, context.sensitivity, least), banner)
}

/// What befalls honest small senders, and nobody does: their machines' names, and what filters and forwarders make of them.
const CIRCUMSTANCES: &[&str] =
    &["auth.dkim-fail", "path.forged-greeting", "path.host-verdict", "path.no-reverse-name", "sender.first-contact"];
