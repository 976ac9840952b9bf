//! Who it says it is from.

pub mod brand_name;
pub mod disguised_name;
pub mod envelope_elsewhere;
pub mod freemail_organisation;
pub mod malformed;
pub mod random_address;
pub mod reply_elsewhere;
pub mod self_addressed;
