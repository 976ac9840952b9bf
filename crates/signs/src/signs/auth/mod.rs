//! Whether the sending domain vouches for it.

pub mod dkim_fail;
pub mod dmarc_fail;
pub mod forged_results;
pub mod missing;
pub mod spf_fail;
pub mod unaligned;
pub mod weak_signature;
