//! What Mekiki knows about the world without asking anybody: suffixes, domains, brands, networks, words.
//! Data and look-up, no judgement.

// The tables that the build script makes stand in these modules, and are read by nobody.
#![allow(clippy::unreadable_literal, reason = "generated tables")]

pub mod brands;
pub mod country;
pub mod domains;
mod endings;
pub mod fold;
mod hash;
pub mod hosts;
mod index;
mod kanji;
pub mod lookalike;
pub mod networks;
mod phrase;
mod script;
pub mod simplified;
pub mod suffix;
pub mod vocabulary;
pub mod words;
