//! The registry: every sign there is, one line each.
//!
//! The order is the order of the catalogue (sender, auth, path, link, text, mime, trust; by name within a group);
//! it decides which of two findings of equal weight is shown first.

mod auth;
mod link;
mod path;
mod sender;
mod text;
mod trust;

use crate::Sign;

static REGISTRY: &[&dyn Sign] = &[
    &sender::brand_name::BrandName,
    &sender::disguised_name::DisguisedName,
    &sender::envelope_elsewhere::EnvelopeElsewhere,
    &sender::freemail_organisation::FreemailOrganisation,
    &sender::malformed::Malformed,
    &sender::random_address::RandomAddress,
    &sender::reply_elsewhere::ReplyElsewhere,
    &sender::self_addressed::SelfAddressed,
    &auth::dmarc_fail::DmarcFail,
    &auth::missing::Missing,
    &auth::spf_fail::SpfFail,
    &auth::unaligned::Unaligned,
    &path::consumer_line::ConsumerLine,
    &path::country_mismatch::CountryMismatch,
    &path::forged_greeting::ForgedGreeting,
    &path::host_verdict::HostVerdict,
    &path::mailer_mismatch::MailerMismatch,
    &path::network_mismatch::NetworkMismatch,
    &path::no_reverse_name::NoReverseName,
    &path::time_travel::TimeTravel,
    &link::brand_in_url::BrandInUrl,
    &link::brand_mismatch::BrandMismatch,
    &link::host_location::HostLocation,
    &link::ip_host::IpHost,
    &link::redirector::Redirector,
    &link::risky_suffix::RiskySuffix,
    &link::second_brand::SecondBrand,
    &link::throwaway_host::ThrowawayHost,
    &text::account_problem::AccountProblem,
    &text::asks_credentials::AsksCredentials,
    &text::asks_money::AsksMoney,
    &text::brand_bait::BrandBait,
    &text::deadline::Deadline,
    &text::fake_banner::FakeBanner,
    &text::faked_thread::FakedThread,
    &text::foreign_letters::ForeignLetters,
    &text::hidden::Hidden,
    &text::image_only::ImageOnly,
    &text::impersonal::Impersonal,
    &text::random_token::RandomToken,
    &text::recipient_in_subject::RecipientInSubject,
    &text::short_notice::ShortNotice,
    &text::subject_mismatch::SubjectMismatch,
    &text::summons::Summons,
    &text::windfall::Windfall,
    &text::wrong_weekday::WrongWeekday,
    &trust::brand_authenticated::BrandAuthenticated,
    &trust::list::List,
];

/// Every sign, in the order of the catalogue.
pub fn registry() -> &'static [&'static dyn Sign] {
    REGISTRY
}
