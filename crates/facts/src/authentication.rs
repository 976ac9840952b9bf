//! What the header says about the sender's domain vouching for the message, and whose word that is.

use crate::Domain;
use serde::Serialize;
use std::net::IpAddr;

/// All authentication fields.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Authentication {
    /// Every Authentication-Results field (RFC 8601), in order.
    pub results: Vec<AuthenticationResults>,
    /// Every Received-SPF field (RFC 7208 §9.1), in order.
    pub received_spf: Vec<ReceivedSpf>,
    /// Every DKIM-Signature field (RFC 6376 §3.5), in order.
    pub signatures: Vec<DkimSignature>,
    /// The ARC sets (RFC 8617), by instance.
    pub arc: Vec<ArcSet>,
}

impl Authentication {
    /// The results of that method that the receiving host wrote.
    pub fn received<'a>(&'a self, method: &'a Method) -> impl Iterator<Item = &'a MethodResult> + 'a {
        self.results
            .iter()
            .filter(|results| results.witness == Witness::Receiver)
            .flat_map(|results| &results.methods)
            .filter(move |result| result.method == *method)
    }
}

/// Whose word a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// Written by the receiving host: it stands above, or among, the fields that host wrote.
    Receiver,
    /// Written by a host on the way, before the message came to the receiving side.
    Intermediary,
    /// Could have been written by anybody.
    #[default]
    Anybody,
}

/// One Authentication-Results field.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationResults {
    /// The authserv-id, absent in Microsoft's shape.
    pub authserv_id: Option<String>,
    /// What was checked, in order.
    pub methods: Vec<MethodResult>,
    /// Whose word it is.
    pub witness: Witness,
    /// The value as written.
    pub raw: String,
}

/// One method's result.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MethodResult {
    /// The method.
    pub method: Method,
    /// Its outcome.
    pub outcome: Outcome,
    /// The domain it speaks of: smtp.mailfrom or smtp.helo for SPF, header.d (or header.i) for DKIM,
    /// header.from for DMARC.
    pub domain: Option<Domain>,
    /// Every property as written: `ptype.property`, value.
    pub properties: Vec<(String, String)>,
}

/// An authentication method (RFC 8601 §2.7 and the IANA registry).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Sender Policy Framework.
    Spf,
    /// `DomainKeys` Identified Mail.
    Dkim,
    /// Domain-based Message Authentication, Reporting and Conformance.
    Dmarc,
    /// Authenticated Received Chain.
    Arc,
    /// Microsoft's composite authentication.
    Compauth,
    /// Any other, by its name in lower case.
    Other(String),
}

/// The outcome of a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It passed.
    Pass,
    /// It failed.
    Fail,
    /// SPF `softfail`.
    Softfail,
    /// SPF or DKIM `neutral`.
    Neutral,
    /// Nothing to check: no record, no signature.
    None,
    /// `temperror`.
    Temperror,
    /// `permerror`.
    Permerror,
    /// `policy`, `bestguesspass` and anything else.
    Other,
}

/// One Received-SPF field.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedSpf {
    /// The result.
    pub outcome: Outcome,
    /// The client address it was checked for.
    pub client_ip: Option<IpAddr>,
    /// The envelope sender's domain.
    pub domain: Option<Domain>,
    /// Whose word it is.
    pub witness: Witness,
}

/// One DKIM-Signature, every tag.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DkimSignature {
    /// `d=`.
    pub domain: Option<Domain>,
    /// `s=`.
    pub selector: Option<String>,
    /// `a=`, lower-case.
    pub algorithm: Option<String>,
    /// `i=`.
    pub identity: Option<String>,
    /// `h=`, lower-case, in order, repetitions kept.
    pub signed_fields: Vec<String>,
    /// `l=`: number of body octets covered.
    pub body_length: Option<u64>,
    /// `t=`, seconds since 1970.
    pub signed_at: Option<i64>,
    /// `x=`, seconds since 1970.
    pub expires_at: Option<i64>,
    /// Every tag as written, in order.
    pub tags: Vec<(String, String)>,
}

/// One ARC set (RFC 8617 §4).
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArcSet {
    /// `i=`.
    pub instance: u32,
    /// `cv=` of the seal.
    pub chain: Option<String>,
    /// `d=` of the seal.
    pub sealed_by: Option<Domain>,
    /// The ARC-Authentication-Results.
    pub results: Option<AuthenticationResults>,
}
