//! Whether the sending domain vouches for it.

pub mod missing;
