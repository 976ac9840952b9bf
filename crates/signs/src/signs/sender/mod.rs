//! Who it says it is from.

pub mod brand_name;
pub mod self_addressed;
