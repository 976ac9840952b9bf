//! What the header says about the sender's domain vouching for the message, and whose word that is.

mod grammar;

use crate::{
    Domain, Trail,
    header::{RawField, RawHeader, text},
};
use serde::Serialize;
use std::{collections::BTreeMap, net::IpAddr};

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

/// Where a field stands, and so who can have written it. A host puts its lines above everything it received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Above the last line that the receiving side wrote for certain: nobody else can write there.
    Above,
    /// Right below that line, in the very name of the host that wrote it, nothing between that comes with a message: its
    /// own where its filter writes there (Postfix with a milter), or else the sender's.
    Below,
    /// Anywhere else: it could have come with the message.
    #[default]
    Elsewhere,
}

/// One Authentication-Results field.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationResults {
    /// The authserv-id, absent in Microsoft's shape.
    pub authserv_id: Option<String>,
    /// What was checked, in order.
    pub methods: Vec<MethodResult>,
    /// Where it stands.
    pub place: Place,
    /// Byte offset of the field in the message.
    pub offset: usize,
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
    /// Where it stands.
    pub place: Place,
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

/// Fields that come with the message: what stands below one of them was not put in by the receiving host.
const SENDERS: &[&str] =
    &["Received", "From", "Sender", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];

/// Longest value that is kept to be shown, in characters. The whole of it is read.
const LONGEST_SHOWN: usize = 4_000;

/// Reads the authentication fields. The trail tells where each of them stands.
pub(crate) fn read(header: &RawHeader, trail: &Trail) -> Authentication {
    let lines = Lines::of(header, trail);
    let results = header
        .all("Authentication-Results")
        .map(|field| {
            let value = text(&field.value);
            results(field, &value, grammar::authres_payload(&value), &lines)
        })
        .collect();
    let received_spf = header
        .all("Received-SPF")
        .map(|field| ReceivedSpf { place: lines.place(field, None), ..parse_received_spf(&text(&field.value)) })
        .collect();
    let signatures = header.all("DKIM-Signature").map(|field| parse_signature(&text(&field.value))).collect();
    Authentication { results, received_spf, signatures, arc: arc_sets(header, &lines) }
}

fn results(field: &RawField, value: &str, payload: grammar::Payload, lines: &Lines) -> AuthenticationResults {
    AuthenticationResults {
        place: lines.place(field, payload.authserv_id.as_deref()),
        authserv_id: payload.authserv_id,
        methods: payload.methods,
        offset: field.offset,
        raw: value.chars().take(LONGEST_SHOWN).collect(),
    }
}

/// What the receiving side wrote for certain, and what comes with the message.
struct Lines<'a> {
    /// Offset of the last line of the receiving side, and the host that wrote it.
    last_own: Option<(usize, Option<&'a str>)>,
    /// Offset of the first field below it that comes with a message.
    first_senders: usize,
}

impl<'a> Lines<'a> {
    fn of(header: &RawHeader, trail: &'a Trail) -> Self {
        let last_own = trail.last_own_hop().map(|hop| (hop.offset, hop.by.as_deref()));
        let is_senders = |field: &&RawField| {
            last_own.is_some_and(|(offset, _)| field.offset > offset)
                && SENDERS.iter().any(|name| name.eq_ignore_ascii_case(&field.name))
        };
        let first_senders = header.fields.iter().find(is_senders).map_or(usize::MAX, |field| field.offset);
        Self { last_own, first_senders }
    }

    fn place(&self, field: &RawField, authserv_id: Option<&str>) -> Place {
        let Some((last_own, by)) = self.last_own else { return Place::Elsewhere };
        if field.offset < last_own {
            return Place::Above;
        }
        match (authserv_id, by) {
            (Some(id), Some(by)) if field.offset < self.first_senders && id.eq_ignore_ascii_case(by) => Place::Below,
            _ => Place::Elsewhere,
        }
    }
}

impl MethodResult {
    /// The domain that its properties name as the one that was checked.
    fn subject(&self) -> Option<Domain> {
        let keys: &[&str] = match self.method {
            Method::Spf => &["smtp.mailfrom", "smtp.mail", "envelope-from", "smtp.helo"],
            Method::Dkim => &["header.d", "header.i"],
            // Cisco writes `d` without a ptype.
            Method::Dmarc | Method::Compauth => &["header.from", "from", "d"],
            Method::Arc | Method::Other(_) => &[],
        };
        let property = |key: &&str| {
            self.properties
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.as_str())
                .filter(|value| !value.is_empty())
        };
        keys.iter().find_map(property).and_then(domain_of)
    }
}

/// The domain of an address, of `@domain`, or of a bare domain.
fn domain_of(value: &str) -> Option<Domain> {
    let value = value.trim_matches(['<', '>', '"', '\'']);
    Domain::parse(value.rsplit('@').next()?).filter(|domain| domain.is_plain() && domain.as_str() != "none")
}

impl Outcome {
    fn parse(word: &str) -> Self {
        let word = word.trim_matches(['"', ',', ';']).to_ascii_lowercase();
        // Yahoo! used to write dkim_pass, and success for DMARC.
        match word.strip_prefix("dkim_").unwrap_or(&word) {
            "pass" | "success" => Self::Pass,
            "fail" | "hardfail" => Self::Fail,
            "softfail" => Self::Softfail,
            "neutral" => Self::Neutral,
            "none" => Self::None,
            "temperror" => Self::Temperror,
            "permerror" => Self::Permerror,
            _ => Self::Other,
        }
    }
}

/// Reads a value of Received-SPF (RFC 7208 §9.1), Microsoft's prose included.
fn parse_received_spf(value: &str) -> ReceivedSpf {
    let outcome = Outcome::parse(value.split_whitespace().next().unwrap_or_default());
    let plain = without_comments(value);
    let pair = |key: &str| {
        plain.split([';', ' ', '\t']).find_map(|part| {
            part.trim().strip_prefix(key)?.strip_prefix('=').map(|value| value.trim_matches(['"', '<', '>']).to_owned())
        })
    };
    // "domain of a@example.com designates …" stands in the comment.
    let behind = |words: &str| value.split(words).nth(1).into_iter().flat_map(str::split_whitespace);
    let in_prose = behind("domain of").find(|word| *word != "transitioning").and_then(domain_of);
    let ip_in_prose = || behind("designates").chain(behind("use of")).find_map(|word| word.parse().ok());
    ReceivedSpf {
        outcome,
        client_ip: pair("client-ip").and_then(|ip| ip.parse().ok()).or_else(ip_in_prose),
        domain: pair("envelope-from").as_deref().and_then(domain_of).or(in_prose),
        place: Place::Elsewhere,
    }
}

/// Reads a tag list (RFC 6376 §3.2).
fn tags(value: &str) -> Vec<(String, String)> {
    value
        .split(';')
        .filter_map(|tag| tag.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.split_whitespace().collect::<Vec<_>>().join("")))
        .collect()
}

fn parse_signature(value: &str) -> DkimSignature {
    let tags = tags(value);
    let tag = |name: &str| tags.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    DkimSignature {
        domain: tag("d").as_deref().and_then(Domain::parse).filter(Domain::is_plain),
        selector: tag("s"),
        algorithm: tag("a").map(|algorithm| algorithm.to_ascii_lowercase()),
        identity: tag("i"),
        signed_fields: tag("h")
            .map(|fields| fields.to_ascii_lowercase().split(':').map(str::to_owned).collect())
            .unwrap_or_default(),
        body_length: tag("l").and_then(|length| length.parse().ok()),
        signed_at: tag("t").and_then(|time| time.parse().ok()),
        expires_at: tag("x").and_then(|time| time.parse().ok()),
        tags,
    }
}

/// Gathers the ARC sets by instance.
fn arc_sets(header: &RawHeader, lines: &Lines) -> Vec<ArcSet> {
    let mut sets: BTreeMap<u32, ArcSet> = BTreeMap::new();
    for field in header.all("ARC-Seal") {
        let tags = tags(&text(&field.value));
        let tag = |name: &str| tags.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let Some(instance) = tag("i").and_then(|instance| instance.parse().ok()) else { continue };
        let set = sets.entry(instance).or_default();
        set.chain = tag("cv").map(str::to_ascii_lowercase);
        set.sealed_by = tag("d").and_then(Domain::parse);
    }
    for field in header.all("ARC-Authentication-Results") {
        let value = text(&field.value);
        let Some((instance, payload)) = grammar::arc_info(&value) else { continue };
        let payload = results(field, &value, payload, lines);
        let set = sets.entry(instance).or_default();
        // Of several with one number the uppermost was written last.
        set.results.get_or_insert(payload);
    }
    sets.into_iter().map(|(instance, set)| ArcSet { instance, ..set }).collect()
}

/// The text without comments in parentheses (RFC 5322 §3.2.2); quoted strings keep theirs. A parenthesis that never
/// closes begins no comment: it would swallow everything behind it.
fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut is_quoted = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                let escaped = characters.next();
                if depth == 0 {
                    plain.extend(escaped);
                }
            }
            '"' if depth == 0 => {
                is_quoted = !is_quoted;
                plain.push(character);
            }
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted && depth > 0 => depth -= 1,
            _ if depth == 0 => plain.push(character),
            _ => {}
        }
    }
    if depth > 0 { text.to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]
    use super::*;

    fn of(raw: &str) -> Authentication {
        let header = crate::header::read(format!("{raw}\r\n").as_bytes());
        read(&header, &crate::trail::read(&header))
    }

    const OUTSIDE: &str = "Received: from mail.example.net (mail.example.net [133.242.0.3]) by mx.example.jp with ESMTPS id 1; Tue, 3 Sep 2024 10:15:00 +0900\r\n";

    #[test]
    fn who_can_have_written_it_depends_on_where_it_stands() {
        const RESULTS: &str = "Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom=a@example.net\r\n";
        let places = |raw: &str| of(raw).results.iter().map(|results| results.place).collect::<Vec<_>>();
        assert_eq!(places(&format!("{RESULTS}{OUTSIDE}")), [Place::Above]);
        assert_eq!(places(&format!("{OUTSIDE}{RESULTS}")), [Place::Below]);
        assert_eq!(places(&format!("{OUTSIDE}{}", RESULTS.replace("mx.", "other."))), [Place::Elsewhere]);
        assert_eq!(places(&format!("{RESULTS}{OUTSIDE}{RESULTS}")), [Place::Above, Place::Below]);
        let carried = format!("{OUTSIDE}Received: from a by b with SMTP\r\n{RESULTS}");
        assert_eq!(places(&carried), [Place::Elsewhere]);
        assert_eq!(places(&format!("{OUTSIDE}From: a@example.net\r\n{RESULTS}")), [Place::Elsewhere]);
        assert_eq!(places(RESULTS), [Place::Elsewhere]);
    }

    #[test]
    fn below_the_only_line_of_a_private_network_nothing_is_certain() {
        let inside = "Received: from a (unknown [172.22.1.1]) by mx.example.jp with ESMTPS id 1; Tue, 3 Sep 2024 10:15:00 +0900\r\n";
        let forged = "Authentication-Results: anything.example; dkim=pass header.d=example.com\r\n";
        assert_eq!(of(&format!("{inside}{forged}")).results[0].place, Place::Elsewhere);
        assert_eq!(of(&format!("{forged}{inside}")).results[0].place, Place::Above);
    }

    #[test]
    fn every_tag_of_a_signature_is_kept() {
        let signature = parse_signature(
            "v=1; a=RSA-SHA256; d=Example.NET; s=s1; h=From:To:From;\r\n\tl=120; t=1725326100; x=1725412500; b=ab\r\n\tcd",
        );
        assert_eq!(signature.domain.unwrap().as_str(), "example.net");
        assert_eq!(signature.signed_fields, ["from", "to", "from"]);
        assert_eq!((signature.body_length, signature.expires_at), (Some(120), Some(1_725_412_500)));
        assert!(signature.tags.contains(&("b".to_owned(), "abcd".to_owned())));
    }

    #[test]
    fn received_spf_is_read_in_both_shapes() {
        let found = parse_received_spf(
            "Fail (protection.outlook.com: domain of a@example.com does not designate 192.0.2.1 as permitted sender) receiver=x; client-ip=192.0.2.1; helo=mail;",
        );
        assert_eq!(
            (found.outcome, found.domain.unwrap().as_str(), found.client_ip),
            (Outcome::Fail, "example.com", "192.0.2.1".parse().ok())
        );
        let found =
            parse_received_spf("pass (example.jp: ok) client-ip=192.0.2.1; envelope-from=\"b@example.net\"; helo=x");
        assert_eq!(found.domain.unwrap().as_str(), "example.net");
    }
}
