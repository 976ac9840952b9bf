//! Why it may well be genuine.

pub mod brand_authenticated;
pub mod correspondent;
pub mod list;
pub mod user;
