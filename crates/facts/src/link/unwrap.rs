//! Targets inside links: mail gateways that check links, redirectors, click counters, and any parameter that carries a
//! whole address.

use crate::{Domain, Host, Unwrapped, Wrapper};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use mekiki_knowledge::domains::{self, RedirectorKind};
use std::borrow::Cow;
use url::Url;

/// How many wrappers inside one another are undone.
const DEEPEST: usize = 6;

/// The targets inside `url`, outermost first.
pub(super) fn unwrap(url: &Url) -> Vec<Unwrapped> {
    let mut chain: Vec<Unwrapped> = Vec::new();
    let mut next = inner(url);
    while let Some((wrapper, target)) = next.filter(|_| chain.len() < DEEPEST) {
        if chain.iter().any(|known| known.url == target.as_str()) {
            break;
        }
        next = inner(&target);
        chain.push(Unwrapped { wrapper, host: host(&target), url: String::from(target) });
    }
    chain
}

/// The host of a URL as a type of ours.
pub(super) fn host(url: &Url) -> Option<Host> {
    match url.host()? {
        url::Host::Domain(name) => Domain::parse(name).map(Host::Domain),
        url::Host::Ipv4(address) => Some(Host::Ip(address.into())),
        url::Host::Ipv6(address) => Some(Host::Ip(address.into())),
    }
}

fn inner(url: &Url) -> Option<(Wrapper, Url)> {
    let host = url.host_str()?;
    let known = domains::redirector(host, url.path());
    let wrapper = match known.map(|known| known.kind) {
        Some(RedirectorKind::Gateway) => Wrapper::Gateway,
        Some(RedirectorKind::Tracker) => Wrapper::Tracker,
        Some(_) => Wrapper::Redirector,
        None if domains::delivery_service(host).is_some() => Wrapper::Tracker,
        None => Wrapper::Parameter,
    };
    let target = defense_v3(url)
        .or_else(|| defense_v2(url))
        .or_else(|| in_parameter(url))
        .or_else(|| in_path(url))
        .or_else(|| if wrapper == Wrapper::Gateway { domain_alone(url) } else { None })?;
    // A page that only mentions where it came from or goes back to is no redirector of its own.
    let is_same_site = Domain::parse(host)
        .zip(target.host_str().and_then(Domain::parse))
        .is_some_and(|(outer, inner)| outer.is_aligned_with(&inner));
    (known.is_some() || !is_same_site).then_some((wrapper, target))
}

/// URL Defense v3: `/v3/__https://target__;encoded!!…`, where each `*` stands for a character that is given behind.
fn defense_v3(url: &Url) -> Option<Url> {
    let rest = Some(url.as_str()).filter(|url| url.contains(';'))?.split_once("/v3/__")?.1;
    let (target, rest) = rest.split_once("__;")?;
    let replaced = rest.split('!').next().and_then(from_base64).unwrap_or_default();
    let mut replacements = replaced.chars();
    let mut plain = String::with_capacity(target.len());
    let mut characters = target.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '*' {
            plain.push(character);
        } else if characters.peek() == Some(&'*') {
            // `**x`: a run, whose length the next character tells.
            characters.next();
            let length = characters.next().and_then(run_length).unwrap_or(1);
            plain.extend(replacements.by_ref().take(length));
        } else {
            plain.push(replacements.next().unwrap_or('*'));
        }
    }
    parse(&plain)
}

/// Run lengths of URL Defense v3: A is 2, B is 3, … over the base64url alphabet.
fn run_length(character: char) -> Option<usize> {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".find(character).map(|at| at + 2)
}

/// URL Defense v1 and v2: `u=` with `-` for `%` and `_` for `/`.
fn defense_v2(url: &Url) -> Option<Url> {
    if !url.host_str()?.ends_with("urldefense.proofpoint.com") {
        return None;
    }
    let (_, value) = url.query_pairs().find(|(key, _)| key == "u")?;
    parse(&value).or_else(|| parse(&percent_decoded(&value.replace('-', "%").replace('_', "/"))))
}

/// What a gateway tells where it keeps the address to itself, as Mimecast does: `/s/2bX9?domain=example.com`.
fn domain_alone(url: &Url) -> Option<Url> {
    let (_, domain) = url.query_pairs().find(|(key, _)| key == "domain")?;
    let is_host = domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    parse(&format!("https://{domain}/")).filter(|_| is_host)
}

/// A parameter that carries a whole address, plain or in base64.
fn in_parameter(url: &Url) -> Option<Url> {
    url.query_pairs()
        .take(50)
        .chain(
            url.fragment().into_iter().flat_map(|fragment| url::form_urlencoded::parse(fragment.as_bytes())).take(20),
        )
        .find_map(|(_, value)| {
            let value = value.trim();
            parse(value)
                .or_else(|| parse(&percent_decoded(value)))
                .or_else(|| address_in_base64(value.strip_prefix("a1").unwrap_or(value)))
        })
}

/// An address in base64. Of both `h` and `H` its first letter is known.
fn address_in_base64(text: &str) -> Option<Url> {
    Some(text).filter(|text| text.starts_with(['a', 'S'])).and_then(from_base64).as_deref().and_then(parse)
}

/// An address in the path: `/L0/https:%2F%2Ftarget`, `/amp/s/target`, `/https://target`.
fn in_path(url: &Url) -> Option<Url> {
    let path = percent_decoded(url.path());
    let address = || path.find("http://").or_else(|| path.find("https://"));
    if let Some(at) = if path.contains(':') { address() } else { None } {
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        return parse(&format!("{}{query}", path.get(at..)?));
    }
    let host = url.host_str()?;
    let is_google = host.starts_with("www.google.");
    path.strip_prefix("/amp/s/").filter(|_| is_google).and_then(|rest| parse(&format!("https://{rest}")))
}

fn parse(text: &str) -> Option<Url> {
    let begins_with = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if text.get(..8).is_none() || !(begins_with("http://") || begins_with("https://")) {
        return None;
    }
    Url::parse(text).ok().filter(|url| url.host_str().is_some_and(|host| host.contains('.') || host.contains(':')))
}

/// base64 in either alphabet, with or without padding; nothing where it is not text.
pub(super) fn from_base64(text: &str) -> Option<String> {
    if text.len() > 4_096 {
        return None;
    }
    let text = text.trim_end_matches('=');
    let letters: Option<Vec<u8>> = text
        .bytes()
        .map(|byte| match byte {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            _ => Some(byte).filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')),
        })
        .collect();
    String::from_utf8(STANDARD_NO_PAD.decode(letters?).ok()?).ok()
}

/// Percent-encoding undone; what is not UTF-8 then is left as it was.
pub(super) fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let hex = |byte: Option<u8>| {
        byte.and_then(|byte| char::from(byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        match (byte, hex(ahead.next()), hex(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high << 4 | low);
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn last(url: &str) -> Option<String> {
        unwrap(&Url::parse(url).unwrap()).pop().map(|inner| inner.url)
    }

    #[test]
    fn gateways_and_redirectors_are_undone() {
        for (url, inner) in [
            (
                "https://emea01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.com%2Fa&data=05",
                "https://www.example.com/a",
            ),
            (
                "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.example.com_a&d=DwMF",
                "https://www.example.com/a",
            ),
            ("https://urldefense.com/v3/__https://www.example.com/a?b=*c__;JA!!abc$", "https://www.example.com/a?b=$c"),
            ("https://protect-eu.mimecast.com/s/2bX9C?domain=example.com", "https://example.com/"),
            ("https://www.google.com/url?q=https://www.example.com/a&sa=D", "https://www.example.com/a"),
            ("https://www.google.com/amp/s/www.example.com/a", "https://www.example.com/a"),
            ("https://x.awstrack.me/L0/https:%2F%2Fwww.example.com%2Fa/1/0100", "https://www.example.com/a/1/0100"),
            ("https://example.org/go?to=aHR0cHM6Ly93d3cuZXhhbXBsZS5jb20vYQ", "https://www.example.com/a"),
            (
                "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fwww.google.com%2furl%3fq%3dhttps%3a%2f%2fwww.example.com%2f",
                "https://www.example.com/",
            ),
        ] {
            assert_eq!(last(url).as_deref(), Some(inner), "{url}");
        }
    }

    #[test]
    fn an_ordinary_link_has_nothing_inside() {
        for url in [
            "https://www.example.com/a?b=c",
            "https://shop.example.com/login?return=https%3A%2F%2Fwww.example.com%2F",
            "https://www.example.com/?q=http",
            "https://www.example.com/whois?domain=example.org",
        ] {
            assert_eq!(last(url), None, "{url}");
        }
    }
}
