//! Where it really came from.

pub mod consumer_line;
pub mod country_mismatch;
pub mod forged_greeting;
pub mod host_verdict;
pub mod mailer_mismatch;
pub mod network_mismatch;
pub mod no_reverse_name;
pub mod time_travel;
