//! What can be proven of a message: DKIM (RFC 6376, RFC 8301, RFC 8463), ARC (RFC 8617), SPF (RFC 7208) and DMARC
//! (RFC 7489).
//!
//! Nothing here asks the network or the clock. A [`Prover`] takes the bytes of a message, what is known of its delivery
//! and the time; each [`Prover::prove`] takes the answers so far and gives what is proven so far and the questions that
//! are still open. Whoever asks goes on until there are none, or follows a [`Course`], which does that within bounds: the
//! zones that are asked may be the sender's own, and may lie or never end. What was not answered is "could not be
//! checked", never a failure.
//!
//! Of crates that do this, mail-auth 0.15 asks the network itself and reads the clock, and viadkim and viaspf are under
//! the GPL: hence it is done here, on the RSA and ed25519 of the RustCrypto and dalek projects.

mod arc;
mod dkim;
mod dmarc;
mod dns;
mod key;
mod message;
mod prover;
mod signature;
mod spf;
mod tags;

pub use dns::{Answer, Answers, Query, RecordType};
pub use mekiki_proven::{Envelope, Proof};
pub use prover::{Course, Prover, Round};
