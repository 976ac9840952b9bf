//! Who it says it is from.

pub mod address_in_name;
pub mod brand_name;
pub mod claims_recipient;
pub mod contact_name;
pub mod disguised_name;
pub mod envelope_elsewhere;
pub mod first_contact;
pub mod freemail_organisation;
pub mod lookalike_domain;
pub mod malformed;
pub mod message_id;
mod named;
pub mod on_behalf;
pub mod own_domain;
pub mod random_address;
pub mod reply_elsewhere;
pub mod self_addressed;
