//! Who it says it is from.

pub mod brand_name;
pub mod disguised_name;
pub mod freemail_organisation;
pub mod malformed;
pub mod random_address;
pub mod self_addressed;
