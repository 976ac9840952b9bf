//! Where a link leads: known redirectors, gateways and click counters are followed to the target that stands in them;
//! an address inside any other link is bait, put there to be read. Who is known, and where its target stands, is told
//! by `mekiki_knowledge::domains::redirector`.

use crate::{Bait, Domain, Host, Unwrapped, Wrapper};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use mekiki_knowledge::domains::{self, Redirector, RedirectorKind, Target, TargetCoding};
use std::borrow::Cow;
use url::{Position, Url};

/// How many redirectors inside one another are followed.
const DEEPEST: usize = 6;

/// Most baits of one link that are kept.
const MOST_BAITS: usize = 8;

/// How many words may stand before a target in a path: `/c/s/www.example.com`.
const WORDS_BEFORE: usize = 2;

/// Where a link leads.
#[derive(Default)]
pub(super) struct Way {
    /// The targets, outermost first.
    pub targets: Vec<Unwrapped>,
    /// What the last of them, or the link itself, is where only it knows where it leads.
    pub sealed: Option<Wrapper>,
    /// Foreign addresses in it that are not followed.
    pub baits: Vec<Bait>,
    /// Whether there are more of them.
    pub has_more_baits: bool,
}

/// Follows a link.
pub(super) fn follow(url: &Url) -> Way {
    let mut way = Way::default();
    let mut current = Cow::Borrowed(url);
    while let Some(known) = redirector(&current) {
        let wrapper = wrapper(known);
        let target = target(&current, known).filter(|target| {
            way.targets.len() < DEEPEST && way.targets.iter().all(|known| known.url != target.as_str())
        });
        let Some(target) = target else {
            way.sealed = Some(wrapper);
            break;
        };
        way.targets.push(Unwrapped { wrapper, host: host(&target), url: target.as_str().to_owned() });
        current = Cow::Owned(target);
    }
    (way.baits, way.has_more_baits) = baits(&current);
    way
}

/// The host of a URL as a type of ours.
pub(super) fn host(url: &Url) -> Option<Host> {
    match url.host()? {
        url::Host::Domain(name) => Domain::parse(name).map(Host::Domain),
        url::Host::Ipv4(address) => Some(Host::Ip(address.into())),
        url::Host::Ipv6(address) => Some(Host::Ip(address.into())),
    }
}

fn redirector(url: &Url) -> Option<&'static Redirector> {
    domains::redirector(url.host_str()?, &percent_decoded(url.path()))
}

fn wrapper(known: &Redirector) -> Wrapper {
    match known.kind {
        RedirectorKind::Gateway => Wrapper::Gateway,
        RedirectorKind::Tracker => Wrapper::Tracker,
        RedirectorKind::OpenRedirect | RedirectorKind::Translator | RedirectorKind::Cache => Wrapper::Redirector,
    }
}

/// The target that stands in a redirector's link, where one does.
fn target(url: &Url, known: &Redirector) -> Option<Url> {
    match known.target {
        Target::Query(fields, coding) => in_query(url, fields, coding),
        Target::Path => in_path(url, known.path),
        Target::Host => in_host(url, known.hosts),
        Target::CheckPoint => url.as_str().split("___").nth(1).and_then(decoded_address),
        Target::UrlDefenseV3 => defense_v3(url),
        Target::Hidden => None,
    }
}

/// The target in the query. Where fields name several hosts, which of them is taken only the redirector knows.
fn in_query(url: &Url, fields: &[&str], coding: TargetCoding) -> Option<Url> {
    let mut found =
        url.query_pairs().filter(|(key, _)| fields.contains(&&**key)).filter_map(|(_, value)| match coding {
            TargetCoding::Plain => decoded_address(&value),
            TargetCoding::Base64 => decoded_address(&from_base64(value.trim())?),
            TargetCoding::Bing => decoded_address(&from_base64(value.trim().strip_prefix("a1")?)?),
            TargetCoding::UrlDefenseV2 => decoded_address(&value.replace('-', "%").replace('_', "/")),
        });
    let first = found.next()?;
    found.all(|other| other.host_str() == first.host_str()).then_some(first)
}

/// The target in the path: `/L0/https:%2F%2Ftarget`, `/amp/s/target`, `/web/2026/https://target`.
fn in_path(url: &Url, known: &str) -> Option<Url> {
    let rest = &url[Position::BeforePath..Position::AfterQuery];
    if let Some(at) = scheme_within(rest) {
        let whole = rest.get(at..)?;
        let is_open = whole.get(..7).is_some_and(|start| start.contains(":/"));
        // Encoded as a whole it ends where its piece of the path ends.
        let piece = if is_open && !whole.get(..8)?.contains('%') { whole } else { whole.split(['/', '?']).next()? };
        return decoded_address(piece);
    }
    let path = percent_decoded(url.path());
    let mut rest = path.strip_prefix(known)?.trim_start_matches('/');
    for _ in 0..WORDS_BEFORE {
        match rest.split_once('/') {
            Some((word, behind)) if !word.contains('.') => rest = behind,
            _ => break,
        }
    }
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    without_scheme(&format!("{rest}{query}"))
}

/// Where an address of the web begins, in the open or percent-encoded.
fn scheme_within(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices("http").map(|(at, _)| at).find(|at| {
        let behind = lower.get(at + 4..).unwrap_or_default();
        let behind = behind.strip_prefix('s').unwrap_or(behind);
        [":/", ":%2f", "%3a%2f", "%3a/", "%253a%252f"].iter().any(|colon| behind.starts_with(colon))
    })
}

/// The target in the host: `www-example-com.translate.goog`, where two hyphens stand for one.
fn in_host(url: &Url, hosts: &[&str]) -> Option<Url> {
    let host = url.host_str()?;
    let label = hosts.iter().find_map(|known| host.strip_suffix(known)?.strip_suffix('.'))?;
    let name: Vec<String> = label.split("--").map(|part| part.replace('-', ".")).collect();
    let mut target = url.clone();
    target.set_host(Some(&name.join("-"))).ok()?;
    Some(target).filter(|target| target.host_str().is_some_and(|host| host.contains('.')))
}

/// URL Defense v3: `/v3/__https://target__;encoded!!…`, where each `*` stands for a character that is given behind.
fn defense_v3(url: &Url) -> Option<Url> {
    let rest = url.as_str().split_once("/v3/__")?.1;
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
    address(&plain)
}

/// Run lengths of URL Defense v3: A is 2, B is 3, … over the base64url alphabet.
fn run_length(character: char) -> Option<usize> {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".find(character).map(|at| at + 2)
}

/// An address as it stands, or percent-encoded once or twice more.
fn decoded_address(text: &str) -> Option<Url> {
    address(text).or_else(|| {
        let once = percent_decoded(text);
        address(&once).or_else(|| address(&percent_decoded(&once)))
    })
}

/// An address of the web, whose scheme may be missing.
fn address(text: &str) -> Option<Url> {
    let text = text.trim();
    Url::parse(text).ok().filter(is_on_the_net).or_else(|| without_scheme(text))
}

/// An address that begins with its host: `www.example.com/a`, `//www.example.com`, `www.example.com:8080`.
fn without_scheme(text: &str) -> Option<Url> {
    let text = text.trim_start_matches(['/', '\\']);
    let head = text.split(['/', '\\', '?', '#']).next()?;
    let is_port = |behind: &str| behind.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = head.contains('.')
        && !head.contains(|character: char| character.is_whitespace() || character == '%')
        && head.rsplit_once(':').is_none_or(|(before, behind)| is_port(behind) && !before.contains(':'));
    if !is_host {
        return None;
    }
    Url::parse(&format!("https://{text}")).ok().filter(is_on_the_net)
}

fn is_on_the_net(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| host.contains(['.', ':']))
}

/// Addresses of others in path, query and fragment of a link, one for each host, and whether there are more.
fn baits(url: &Url) -> (Vec<Bait>, bool) {
    let own = host(url);
    let mut found: Vec<Bait> = Vec::new();
    let mut add = |address: &str| {
        let Some(url) = Url::parse(address).ok().filter(is_on_the_net) else { return false };
        let Some(host) = host(&url) else { return false };
        let is_own = match (&own, &host) {
            (Some(Host::Domain(own)), Host::Domain(domain)) => own.is_aligned_with(domain),
            (own, host) => own.as_ref() == Some(host),
        };
        if is_own || found.iter().any(|known| known.host == host) {
            return false;
        }
        if found.len() >= MOST_BAITS {
            return true;
        }
        found.push(Bait { url: super::cut(url.as_str()).to_owned(), host });
        false
    };
    let rest = &url[Position::BeforePath..];
    let mut has_more = false;
    if rest.contains(':') || rest.contains('%') {
        let once = percent_decoded(rest);
        let text = percent_decoded(&once);
        let starts: Vec<usize> = starts(&text).collect();
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(text.len());
            let written = text.get(*start..end).unwrap_or_default();
            has_more |= add(written.split(['&', '"', '<', ' ']).next().unwrap_or_default());
        }
    }
    // Of both `h` and `H` the first letter in base64 is known.
    for piece in rest.split(['/', '?', '#', '&', '=']).filter(|piece| piece.starts_with(['a', 'S']) && piece.len() > 16)
    {
        if let Some(plain) = from_base64(&percent_decoded(piece)) {
            has_more |= add(&percent_decoded(&plain));
        }
    }
    (found, has_more)
}

/// Where addresses with a scheme of the web begin.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices("://").filter_map(|(at, _)| {
        ["https", "http"].iter().find_map(|scheme| {
            let start = at.checked_sub(scheme.len())?;
            text.get(start..at)?.eq_ignore_ascii_case(scheme).then_some(start)
        })
    })
}

/// base64 in either alphabet, with or without padding; nothing where it is not text.
pub(crate) fn from_base64(text: &str) -> Option<String> {
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

    fn way(url: &str) -> Way {
        follow(&Url::parse(url).unwrap())
    }

    fn last(url: &str) -> Option<String> {
        way(url).targets.pop().map(|inner| inner.url)
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
            ("https://urldefense.com/v2/url?u=https-3A__www.example.com_a-3Fb&d=DwMF", "https://www.example.com/a?b"),
            ("https://urldefense.com/v3/__https://www.example.com/a?b=*c__;JA!!abc$", "https://www.example.com/a?b=$c"),
            ("https://protect-eu.mimecast.com/s/2bX9C?domain=example.com", "https://example.com/"),
            ("https://secure-web.cisco.com/1aB-c/https%3A%2F%2Fwww.example.com%2Fa", "https://www.example.com/a"),
            (
                "https://us-west-2.protection.sophos.com/?d=example.com&u=aHR0cHM6Ly93d3cuZXhhbXBsZS5jb20vYQ==&p=m",
                "https://www.example.com/a",
            ),
            (
                "https://ddec1-0-en-ctp.trendmicro.com/wis/clicktime/v1/query?url=https%3a%2f%2fwww.example.com%2fa&umid=1",
                "https://www.example.com/a",
            ),
            ("https://url.avanan.click/v2/___https://www.example.com/a___.YXAz", "https://www.example.com/a"),
            ("https://www.google.com/url?q=https://www.example.com/a&sa=D", "https://www.example.com/a"),
            ("https://www.google.com/%75rl?q=https://www.example.com/a", "https://www.example.com/a"),
            ("https://www.google.com/amp/s/www.example.com/a", "https://www.example.com/a"),
            ("https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a", "https://www.example.com/a"),
            ("https://a--b-example-com.translate.goog/c?_x_tr_sl=ja", "https://a-b.example.com/c?_x_tr_sl=ja"),
            ("https://web.archive.org/web/2026/https://www.example.com/a", "https://www.example.com/a"),
            ("https://www.youtube.com/redirect?q=www.example.com%2Fa", "https://www.example.com/a"),
            ("https://www.youtube.com/redirect?q=example.org@www.example.com", "https://example.org@www.example.com/"),
            (
                "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly93d3cuZXhhbXBsZS5jb20vYQ&ntb=1",
                "https://www.example.com/a",
            ),
            ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.com%2Fa&h=AT0", "https://www.example.com/a"),
            ("https://x.awstrack.me/L0/https:%2F%2Fwww.example.com%2Fa/1/0100", "https://www.example.com/a"),
            ("https://click.pstmrk.it/3s/www.example.com%2Fa/xyz", "https://www.example.com/a/xyz"),
            ("https://ad.doubleclick.net/ddm/clk/1;2;a?https://www.example.com/a", "https://www.example.com/a"),
            (
                "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fwww.google.com%2furl%3fq%3dhttps%3a%2f%2fwww.example.com%2f",
                "https://www.example.com/",
            ),
        ] {
            assert_eq!(last(url).as_deref(), Some(inner), "{url}");
            assert_eq!(way(url).sealed, None, "{url}");
        }
    }

    #[test]
    fn an_address_in_an_unknown_link_is_bait() {
        for url in [
            "https://evil.test/pp?continue=https://www.example.com/signin",
            "https://evil.test/pp?continue=https%253A%252F%252Fwww.example.com%252Fsignin",
            "https://evil.test/pp#https://www.example.com/signin",
            "https://evil.test/pp#to=https://www.example.com/signin",
            "https://evil.test/https://www.example.com/signin",
            "https://evil.test/v3/__https://www.example.com/signin__;!!x",
            "https://evil.test/?https://www.example.com/signin",
            "https://evil.test/go?to=aHR0cHM6Ly93d3cuZXhhbXBsZS5jb20vc2lnbmlu",
            "https://www.google.com/url?q=https%3A%2F%2Fevil.test%2F%3Fc%3Dhttps%3A%2F%2Fwww.example.com",
        ] {
            let way = way(url);
            let baits: Vec<String> = way.baits.iter().map(|bait| bait.host.to_string()).collect();
            assert_eq!(baits, ["www.example.com"], "{url}");
            assert!(way.targets.iter().all(|target| target.url.starts_with("https://evil.test/")), "{url}");
        }
    }

    #[test]
    fn what_only_the_redirector_knows_is_sealed() {
        for (url, wrapper) in [
            ("https://www.linkedin.com/slink?code=abc", Wrapper::Redirector),
            ("https://www.google.com/url?q=https://www.example.com/&url=https://evil.test/", Wrapper::Redirector),
            ("https://u1234.ct.sendgrid.net/ls/click?upn=abc&url=https://www.example.com/", Wrapper::Tracker),
            ("https://www.bing.com/ck/a?!&&p=abc", Wrapper::Redirector),
        ] {
            let way = way(url);
            assert_eq!((way.sealed, way.targets.len()), (Some(wrapper), 0), "{url}");
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
            let way = way(url);
            assert!(way.targets.is_empty() && way.baits.is_empty() && way.sealed.is_none(), "{url}");
        }
    }

    #[test]
    fn nothing_is_followed_without_end() {
        let mut url = "https://www.example.com/".to_owned();
        for _ in 0..DEEPEST + 2 {
            url = format!(
                "https://www.google.com/url?q={}",
                url::form_urlencoded::byte_serialize(url.as_bytes()).collect::<String>()
            );
        }
        let way = way(&url);
        assert_eq!((way.targets.len(), way.sealed), (DEEPEST, Some(Wrapper::Redirector)));
    }
}
