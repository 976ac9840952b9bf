//! Whether the sending domain vouches for it.

pub mod dmarc_fail;
pub mod missing;
pub mod spf_fail;
pub mod unaligned;
