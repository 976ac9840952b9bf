//! Tricks on the reader's software.

pub mod alternatives_differ;
pub mod ambiguous;
pub mod unread;
