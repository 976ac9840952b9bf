//! What Mekiki knows about the world without asking anybody: suffixes, domains, brands, networks, words.
//! Data and look-up, no judgement.

pub mod suffix;
