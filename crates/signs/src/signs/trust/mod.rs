//! Why it may well be genuine.

pub mod brand_authenticated;
pub mod list;
