//! What the header says about the sender's domain vouching for the message, and whose word that is.

use crate::{
    Domain, Trail,
    header::{RawField, RawHeader, text},
};
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

/// Fields that come with the message: what stands below one of them was not put in by the receiving host.
const SENDERS: &[&str] =
    &["Received", "From", "Sender", "Reply-To", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"];

/// Reads the authentication fields. The trail tells which of them the receiving side wrote.
///
/// A host puts its lines above everything it received. So what stands above the line of the first outside hop was
/// written by the receiving side, whatever it says. Some hosts (Postfix with a milter) put their results right below
/// their own Received line: those are believed only where their authserv-id is the very name of that host and nothing
/// stands between that comes with a message. Everything else could have come with it too.
pub(crate) fn read(header: &RawHeader, trail: &Trail) -> Authentication {
    let parsed: Vec<(&RawField, AuthenticationResults)> =
        header.all("Authentication-Results").map(|field| (field, parse_results(&text(&field.value)))).collect();
    // A host that wrote its checks above the line of the hand-over wrote none below it.
    let has_written_above = |authserv_id: &str, handover: usize| {
        parsed.iter().any(|(field, results)| {
            field.offset < handover
                && results.authserv_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(authserv_id))
                && results.methods.iter().any(|result| matches!(result.method, Method::Spf | Method::Dmarc))
        })
    };
    let witness = |field: &RawField, authserv_id: Option<&str>| -> Witness {
        let Some(handover) = trail.first_outside_hop() else {
            return if trail.hops.is_empty() { Witness::Anybody } else { Witness::Receiver };
        };
        if field.offset < handover.offset {
            return Witness::Receiver;
        }
        let is_own = |name: &str| !SENDERS.iter().any(|own| own.eq_ignore_ascii_case(name));
        let is_next_to_it = header
            .fields
            .iter()
            .filter(|between| between.offset > handover.offset && between.offset < field.offset)
            .all(|between| is_own(&between.name));
        match (authserv_id, handover.by.as_deref()) {
            (Some(id), Some(by))
                if is_next_to_it && id.eq_ignore_ascii_case(by) && !has_written_above(id, handover.offset) =>
            {
                Witness::Receiver
            }
            _ => Witness::Anybody,
        }
    };
    let results = parsed
        .iter()
        .map(|(field, results)| {
            let witness = witness(field, results.authserv_id.as_deref());
            AuthenticationResults { witness, ..results.clone() }
        })
        .collect();
    let received_spf = header
        .all("Received-SPF")
        .map(|field| ReceivedSpf { witness: witness(field, None), ..parse_received_spf(&text(&field.value)) })
        .collect();
    let signatures = header.all("DKIM-Signature").take(20).map(|field| parse_signature(&text(&field.value))).collect();
    Authentication { results, received_spf, signatures, arc: arc_sets(header) }
}

/// Reads a value of Authentication-Results (RFC 8601 §2.2), comments left out.
fn parse_results(value: &str) -> AuthenticationResults {
    let plain = without_comments(value);
    let mut results =
        AuthenticationResults { raw: value.chars().take(4_000).collect(), ..AuthenticationResults::default() };
    for (at, part) in plain.split(';').map(str::trim).filter(|part| !part.is_empty()).enumerate() {
        let first = part.split_whitespace().next().unwrap_or_default();
        if at == 0 && !first.contains('=') {
            results.authserv_id = Some(first.trim_matches('"').to_ascii_lowercase());
            // Some hosts forget the semicolon behind their name.
            if let Some(result) = part.split_once(char::is_whitespace).and_then(|(_, rest)| parse_method(rest.trim())) {
                results.methods.push(result);
            }
        } else if first.contains('.') && first.contains('=') {
            // Yahoo! Japan puts a semicolon before the properties of a method.
            if let Some(last) = results.methods.pop() {
                results.methods.push(last.with(properties(part)));
            }
        } else if let Some(result) = parse_method(part) {
            results.methods.push(result);
        }
        if results.methods.len() >= 50 {
            break;
        }
    }
    results
}

/// One `method=result ptype.property=value …`.
fn parse_method(part: &str) -> Option<MethodResult> {
    let (name, outcome) = part.split_whitespace().find_map(|word| word.split_once('='))?;
    let name = name.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let method = match name.as_str() {
        "spf" => Method::Spf,
        "dkim" => Method::Dkim,
        "dmarc" => Method::Dmarc,
        "arc" => Method::Arc,
        "compauth" => Method::Compauth,
        // What Yahoo! Japan writes there is the author's domain.
        "none" | "" | "from" => return None,
        _ => Method::Other(name),
    };
    let result = MethodResult { method, outcome: Outcome::parse(outcome), domain: None, properties: Vec::new() };
    Some(result.with(properties(part).into_iter().skip(1).collect()))
}

/// Every `name=value`, names in lower case.
fn properties(part: &str) -> Vec<(String, String)> {
    part.split_whitespace()
        .filter_map(|word| word.split_once('='))
        .map(|(key, value)| (key.to_ascii_lowercase(), value.trim_matches('"').trim_end_matches([',', ';']).to_owned()))
        .collect()
}

impl MethodResult {
    /// The same with more properties, and the domain that they tell.
    fn with(mut self, more: Vec<(String, String)>) -> Self {
        self.properties.extend(more);
        let property = |keys: &[&str]| {
            keys.iter()
                .find_map(|key| self.properties.iter().find(|(name, _)| name == key))
                .map(|(_, value)| value.as_str())
        };
        let subject = match self.method {
            Method::Spf => property(&["smtp.mailfrom", "smtp.mail", "envelope-from", "smtp.helo"]),
            Method::Dkim => property(&["header.d", "header.i"]),
            Method::Dmarc | Method::Compauth => property(&["header.from", "from"]),
            Method::Arc | Method::Other(_) => None,
        };
        self.domain = subject.and_then(domain_of);
        self
    }
}

/// The domain of an address, of `@domain`, or of a bare domain.
fn domain_of(value: &str) -> Option<Domain> {
    let value = value.trim_matches(['<', '>', '"', '\'']);
    Domain::parse(value.rsplit('@').next()?).filter(|domain| domain.is_plain() && domain.as_str() != "none")
}

impl Outcome {
    fn parse(word: &str) -> Self {
        match word.trim_matches(['"', ',', ';']).to_ascii_lowercase().as_str() {
            "pass" => Self::Pass,
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
        witness: Witness::Anybody,
    }
}

/// Reads a tag list (RFC 6376 §3.2).
fn tags(value: &str) -> Vec<(String, String)> {
    value
        .split(';')
        .filter_map(|tag| tag.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.split_whitespace().collect::<Vec<_>>().join("")))
        .take(50)
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
fn arc_sets(header: &RawHeader) -> Vec<ArcSet> {
    let mut sets: Vec<ArcSet> = Vec::new();
    let at = |sets: &mut Vec<ArcSet>, instance: u32| -> usize {
        sets.iter().position(|set| set.instance == instance).unwrap_or_else(|| {
            sets.push(ArcSet { instance, ..ArcSet::default() });
            sets.len() - 1
        })
    };
    for field in header.all("ARC-Seal").take(50) {
        let tags = tags(&text(&field.value));
        let tag = |name: &str| tags.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let Some(instance) = tag("i").and_then(|instance| instance.parse().ok()) else { continue };
        let place = at(&mut sets, instance);
        if let Some(set) = sets.get_mut(place) {
            set.chain = tag("cv").map(str::to_ascii_lowercase);
            set.sealed_by = tag("d").and_then(Domain::parse);
        }
    }
    for field in header.all("ARC-Authentication-Results").take(50) {
        let value = text(&field.value);
        let Some((instance, rest)) = value.split_once(';') else { continue };
        let Some(instance) = instance.trim().strip_prefix("i=").and_then(|instance| instance.trim().parse().ok())
        else {
            continue;
        };
        let place = at(&mut sets, instance);
        if let Some(set) = sets.get_mut(place) {
            set.results = Some(AuthenticationResults { witness: Witness::Intermediary, ..parse_results(rest) });
        }
    }
    sets.sort_by_key(|set| set.instance);
    sets
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
    fn results_are_read_with_comments_and_folding() {
        let found = parse_results(
            "mx.example.jp (a; comment);\r\n dkim=pass (2048-bit key) header.d=example.net header.s=s1; spf=pass smtp.mailfrom=bounce@news.example.net; dmarc=fail (p=none) header.from=example.com",
        );
        assert_eq!(found.authserv_id.as_deref(), Some("mx.example.jp"));
        let seen: Vec<_> =
            found.methods.iter().map(|result| (result.outcome, result.domain.as_ref().unwrap().as_str())).collect();
        assert_eq!(
            seen,
            [(Outcome::Pass, "example.net"), (Outcome::Pass, "news.example.net"), (Outcome::Fail, "example.com")]
        );
    }

    #[test]
    fn microsofts_shape_has_no_authserv_id() {
        let found = parse_results(
            "spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=example.com; dkim=none (message not signed) header.d=none;dmarc=fail action=none header.from=example.com;compauth=fail reason=001",
        );
        assert_eq!(found.authserv_id, None);
        assert_eq!(
            found.methods.iter().map(|result| result.outcome).collect::<Vec<_>>(),
            [Outcome::Fail, Outcome::None, Outcome::Fail, Outcome::Fail]
        );
    }

    #[test]
    fn whose_word_it_is_depends_on_where_it_stands() {
        let above =
            of(&format!("Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom=a@example.net\r\n{OUTSIDE}"));
        assert_eq!(above.results[0].witness, Witness::Receiver);
        let below =
            of(&format!("{OUTSIDE}Authentication-Results: mx.example.com; spf=pass smtp.mailfrom=a@example.net\r\n"));
        assert_eq!(below.results[0].witness, Witness::Anybody);
        let milter =
            of(&format!("{OUTSIDE}Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom=a@example.net\r\n"));
        assert_eq!(milter.results[0].witness, Witness::Receiver);
        let twice = of(&format!(
            "Authentication-Results: mx.example.jp; spf=fail smtp.mailfrom=a@example.net\r\n{OUTSIDE}Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom=a@example.net\r\n"
        ));
        assert_eq!(twice.results[0].witness, Witness::Receiver);
        assert_eq!(twice.results[1].witness, Witness::Anybody);
        let carried = of(&format!(
            "{OUTSIDE}Received: from a by b with SMTP\r\nAuthentication-Results: mx.example.jp; spf=pass smtp.mailfrom=a@example.net\r\n"
        ));
        assert_eq!(carried.results[0].witness, Witness::Anybody);
        assert_eq!(
            of("Authentication-Results: x; spf=pass smtp.mailfrom=a@example.net\r\n").results[0].witness,
            Witness::Anybody
        );
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
