//! The registry: every sign there is, one line each.
//!
//! The order is the order of the catalogue (sender, auth, path, link, text, mime, trust; by name within a group);
//! it decides which of two findings of equal weight is shown first.

mod auth;
mod link;
mod mime;
mod path;
mod sender;
mod text;
mod trust;

use crate::Sign;

static REGISTRY: &[&dyn Sign] = &[
    &sender::address_in_name::AddressInName,
    &sender::brand_alone::BrandAlone,
    &sender::brand_name::BrandName,
    &sender::claims_recipient::ClaimsRecipient,
    &sender::contact_name::ContactName,
    &sender::disguised_name::DisguisedName,
    &sender::envelope_elsewhere::EnvelopeElsewhere,
    &sender::first_contact::FirstContact,
    &sender::freemail_organisation::FreemailOrganisation,
    &sender::lookalike_domain::LookalikeDomain,
    &sender::malformed::Malformed,
    &sender::message_id::MessageId,
    &sender::on_behalf::OnBehalf,
    &sender::own_domain::OwnDomain,
    &sender::random_address::RandomAddress,
    &sender::reply_elsewhere::ReplyElsewhere,
    &sender::self_addressed::SelfAddressed,
    &auth::dkim_fail::DkimFail,
    &auth::dmarc_fail::DmarcFail,
    &auth::forged_results::ForgedResults,
    &auth::missing::Missing,
    &auth::spf_fail::SpfFail,
    &auth::unaligned::Unaligned,
    &auth::weak_signature::WeakSignature,
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
    &link::download::Download,
    &link::false_https::FalseHttps,
    &link::form_in_mail::FormInMail,
    &link::host_location::HostLocation,
    &link::ip_host::IpHost,
    &link::lookalike_domain::LookalikeDomain,
    &link::obfuscated::Obfuscated,
    &link::odd_port::OddPort,
    &link::recipient_in_url::RecipientInUrl,
    &link::redirector::Redirector,
    &link::risky_suffix::RiskySuffix,
    &link::script_scheme::ScriptScheme,
    &link::second_brand::SecondBrand,
    &link::text_mismatch::TextMismatch,
    &link::throwaway_host::ThrowawayHost,
    &link::userinfo::Userinfo,
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
    &mime::alternatives_differ::AlternativesDiffer,
    &mime::ambiguous::Ambiguous,
    &mime::unread::Unreadable,
    &trust::brand_authenticated::BrandAuthenticated,
    &trust::correspondent::Correspondent,
    &trust::list::List,
    &trust::user::User,
];

/// Every sign, in the order of the catalogue.
pub fn registry() -> &'static [&'static dyn Sign] {
    REGISTRY
}
