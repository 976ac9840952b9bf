//! Being made.
use std::net::IpAddr;
/// A network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Number.
    pub asn: u32,
    /// Name.
    pub name: &'static str,
    /// Country.
    pub country: Option<&'static str>,
}
/// Look-up.
pub fn look_up(_: IpAddr) -> Option<Network> {
    None
}
