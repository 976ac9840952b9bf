//! Every sign there is: a line each, `pub mod`, and its module declares it. `build.rs` makes the registry of these
//! lines, and stops where a sign has no weight. What several signs of a group share stands in a module that is not `pub`.
//!
//! The order is the order of the catalogue (sender, auth, path, link, text, attach, mime, trust; by name within a group);
//! it decides which of two findings of equal weight is shown first.

use crate::Sign;

/// Who it says it is from.
mod sender {
    pub mod address_in_name;
    pub mod brand_alone;
    pub mod brand_name;
    pub mod claims_recipient;
    pub mod contact_name;
    pub mod disguised_name;
    pub mod envelope_elsewhere;
    pub mod first_contact;
    pub mod freemail_organisation;
    pub mod lookalike_domain;
    pub mod mailbox_host;
    pub mod malformed;
    pub mod message_id;
    pub mod name_unborne;
    pub mod on_behalf;
    pub mod own_domain;
    pub mod random_address;
    pub mod reply_elsewhere;
    pub mod self_addressed;
}

/// Whether the sending domain vouches for it.
mod auth {
    pub mod dkim_fail;
    pub mod dmarc_fail;
    pub mod forged_results;
    pub mod missing;
    pub mod spf_fail;
    pub mod unaligned;
    pub mod weak_signature;
}

/// Where it really came from.
mod path {
    pub mod consumer_line;
    pub mod country_mismatch;
    pub mod forged_greeting;
    pub mod host_verdict;
    pub mod mailer_mismatch;
    pub mod network_mismatch;
    pub mod no_reverse_name;
    pub mod time_travel;
}

/// Where it wants the reader to go.
mod link {
    pub mod brand_in_url;
    pub mod brand_mismatch;
    pub mod download;
    pub mod false_https;
    pub mod form_in_mail;
    pub mod host_location;
    pub mod ip_host;
    pub mod lookalike_domain;
    pub mod obfuscated;
    pub mod odd_port;
    pub mod recipient_in_url;
    pub mod redirector;
    pub mod risky_suffix;
    pub mod script_scheme;
    pub mod second_brand;
    pub mod text_mismatch;
    pub mod throwaway_host;
    pub mod userinfo;

    mod mentions;
    mod shown_elsewhere;
}

/// What it says.
mod text {
    pub mod account_problem;
    pub mod asks_credentials;
    pub mod asks_money;
    pub mod brand_bait;
    pub mod call_back;
    pub mod deadline;
    pub mod fake_banner;
    pub mod faked_thread;
    pub mod foreign_letters;
    pub mod gift_cards;
    pub mod hidden;
    pub mod image_only;
    pub mod impersonal;
    pub mod random_token;
    pub mod recipient_in_subject;
    pub mod short_notice;
    pub mod subject_mismatch;
    pub mod summons;
    pub mod windfall;
    pub mod wrong_weekday;

    pub(super) mod passage;
    pub(super) mod said;
}

/// What comes with it.
mod attach {
    pub mod disguised;
    pub mod html_page;
    pub mod link_inside;
    pub mod locked_archive;
    pub mod macros;
    pub mod program;
    pub mod qr_code;
}

/// Tricks on the reader's software.
mod mime {
    pub mod alternatives_differ;
    pub mod ambiguous;
    pub mod unread;
}

/// Why it may well be genuine.
mod trust {
    pub mod brand_authenticated;
    pub mod correspondent;
    pub mod list;
    pub mod user;
}

include!(concat!(env!("OUT_DIR"), "/registry.rs"));

/// Every sign, in the order of the catalogue.
pub fn registry() -> &'static [&'static Sign] {
    REGISTRY
}

/// What each sign says about itself where it is written, in the order of [`registry`].
pub fn documentation() -> &'static [&'static str] {
    DOCUMENTATION
}
